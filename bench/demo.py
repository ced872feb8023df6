"""Measures a scan of the demo estate against its truth: `python -m bench.demo DIR` (made by `insyn demo DIR`).

A datum of the truth is found if a finding of its entity overlaps it; a finding is right if it overlaps a datum of its
entity. Optional truth (a postal code inside an address) is neither asked for nor held against a finding. Names and
addresses are also measured apart for columns, running text and file names. Values are shown only with `--show`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Row = dict[str, Any]
Spot = tuple[str, str, str, str]
"""Source, unit, record as JSON, field."""

THRESHOLDS = {
    "SE_PERSONNUMMER": (1.0, 0.99),
    "EMAIL_ADDRESS": (1.0, 0.99),
    "IP_ADDRESS": (1.0, 0.99),
    "PHONE_NUMBER": (0.99, 0.98),
    "ADDRESS": (0.97, 0.97),
    "PERSON columns": (0.97, 0.95),
    "PERSON text": (0.85, 0.85),
}
"""Recall and precision that the product must meet."""
SPLIT = ("PERSON", "ADDRESS", "CUSTOMER_ID")


@dataclass(slots=True)
class Score:
    """Counts of one entity (in one kind of place)."""

    wanted: int = 0
    found: int = 0
    given: int = 0
    right: int = 0
    mistyped: int = 0
    mistyped_found: int = 0

    @property
    def recall(self) -> float:
        """Share of the wanted that was found; 1 where nothing is wanted."""
        return self.found / self.wanted if self.wanted else 1.0

    @property
    def precision(self) -> float:
        """Share of the given that is right; 1 where nothing is given."""
        return self.right / self.given if self.given else 1.0

    def below(self, recall: float, precision: float) -> bool:
        """Whether either share is less."""
        return self.recall < recall or self.precision < precision


@dataclass(slots=True)
class Table:
    """The outcome: a score a row, and what was missed or wrong (truth rows and finding rows)."""

    scores: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    missed: list[Row] = field(default_factory=list)
    wrong: list[Row] = field(default_factory=list)

    def failures(self) -> list[str]:
        """Rows below their threshold."""
        judged = ((name, self.scores[name], *goal) for name, goal in THRESHOLDS.items() if name in self.scores)
        return [name for name, score, recall, precision in judged if score.below(recall, precision)]

    def __str__(self) -> str:
        """Lay the scores out for a terminal."""
        lines = [f"{'':<28}{'truth':>7}{'found':>7}{'recall':>8}{'given':>8}{'right':>7}{'prec':>8}  wanted"]
        for name, score in sorted(self.scores.items()):
            mark = " FAIL" if name in self.failures() else ""
            goal = "{:.2f}/{:.2f}".format(*THRESHOLDS[name]) if name in THRESHOLDS else ""
            counts = f"{score.wanted:>7}{score.found:>7}{score.recall:>8.3f}"
            counts += f"{score.given:>8}{score.right:>7}{score.precision:>8.3f}"
            tail = f"  mistyped {score.mistyped_found}/{score.mistyped}" if score.mistyped else ""
            lines.append(f"{name:<28}{counts}  {goal}{mark}{tail}")
        return "\n".join(lines)


class _Truth:
    """The truth, indexed by place."""

    def __init__(self, path: Path) -> None:
        whole = json.loads(path.read_text(encoding="utf-8"))
        self.entities, self.free_text = set(whole["entities"]), set(whole["free_text"])
        self.rows: list[Row] = whole["findings"]
        self._units = {(row["source"], row["unit"]) for row in self.rows}
        self.at: dict[tuple[Spot, str], list[Row]] = defaultdict(list)
        for row in self.rows:
            self.at[self.spot(row), row["entity"]].append(row)

    def spot(self, row: Row) -> Spot:
        """Where a row stands; the schema that a database server puts before a table is left out."""
        unit = row["unit"]
        if (row["source"], unit) not in self._units and (row["source"], unit.rpartition(".")[2]) in self._units:
            unit = unit.rpartition(".")[2]
        return row["source"], unit, json.dumps(row["record"], sort_keys=True), row["field"]

    def names(self, row: Row) -> Iterator[str]:
        """Rows of the table that a finding counts in."""
        yield row["entity"]
        if row["entity"] in SPLIT:
            last = row["field"].rpartition(".")[2]
            yield f"{row['entity']} {'paths' if last == 'path' else 'text' if last in self.free_text else 'columns'}"


def measure(truth: Path, findings: Iterable[Row]) -> Table:
    """Compare findings (rows as `insyn findings --format jsonl` gives them) with a `truth.json`."""
    known, table = _Truth(truth), Table()
    given: dict[tuple[Spot, str], list[Row]] = defaultdict(list)
    for row in findings:
        if row["entity"] in known.entities:
            spot = known.spot(row)
            given[spot, row["entity"]].append(row)
            _judge(row, known.at.get((spot, row["entity"]), []), known, table)
    for row in known.rows:
        hit = _overlapping(row, given.get((known.spot(row), row["entity"]), []))
        _count(row, bool(hit), known, table)
    return table


def _overlapping(row: Row, others: Iterable[Row]) -> list[Row]:
    return [other for other in others if row["start"] < other["end"] and other["start"] < row["end"]]


def _judge(row: Row, near: list[Row], known: _Truth, table: Table) -> None:
    hits = _overlapping(row, near)
    if hits and all(hit.get("tier") == "optional" for hit in hits):
        return
    for name in known.names(row):
        table.scores[name].given += 1
        table.scores[name].right += bool(hits)
    if not hits:
        table.wrong.append(row)


def _count(row: Row, hit: bool, known: _Truth, table: Table) -> None:
    tier = row.get("tier")
    if tier == "optional":
        return
    for name in known.names(row):
        score = table.scores[name]
        if tier == "mistyped":
            score.mistyped, score.mistyped_found = score.mistyped + 1, score.mistyped_found + hit
        else:
            score.wanted, score.found = score.wanted + 1, score.found + hit
    if not hit:
        table.missed.append(row)


def _insyn(directory: Path, *arguments: str) -> str:
    command = [str(Path(sys.executable).with_name("insyn")), *arguments]
    done = subprocess.run(command, cwd=directory, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 3):
        raise SystemExit(f"{' '.join(command[:2])} ended with {done.returncode}: {done.stderr.strip()[-300:]}")
    return done.stdout


def _places(rows: list[Row], show: bool, most: int) -> Iterator[str]:
    counts = Counter(f"{row['source']} {row['entity']} {row['field'] or '(text)'}" for row in rows)
    yield from (f"  {count:>5}  {place}" for place, count in counts.most_common(most))
    for row in rows[:most] if show else []:
        where = f"{row['unit']} {json.dumps(row['record'], ensure_ascii=False)} {row['field']}"
        yield f"  {where} {row['start']}:{row['end']} {row['entity']} {row.get('value', '')}"


def main() -> None:
    """Measure the estate in a directory that has been scanned."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--show", action="store_true", help="list single misses with their values")
    parser.add_argument("--most", type=int, default=25, help="places to list")
    options = parser.parse_args()
    truth = options.directory / "truth.json"
    lines = _insyn(options.directory, "findings", "--format", "jsonl").splitlines()
    table = measure(truth, map(json.loads, lines))
    print(table)
    print("missed:", *_places(table.missed, options.show, options.most), sep="\n")
    print("wrong:", *_places(table.wrong, options.show, options.most), sep="\n")
    sys.exit(1 if table.failures() else 0)


if __name__ == "__main__":
    main()
