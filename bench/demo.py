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
from collections.abc import Callable, Iterable, Iterator
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
        self.subjects: list[Row] = whole["subjects"]
        rows = (row for row in self.rows if row["entity"] == "SE_PERSONNUMMER" and row.get("tier") != "mistyped")
        self._units = {(row["source"], row["unit"]) for row in self.rows}
        self.numbered: dict[str, list[Spot]] = defaultdict(list)
        for row in rows:
            self.numbered[row["person"]].append(self.spot(row | {"field": ""}))
        self.at: dict[tuple[Spot, str], list[Row]] = defaultdict(list)
        for row in self.rows:
            self.at[self.spot(row), row["entity"]].append(row)

    def can_be_asked(self, subject: Row, kind: str) -> bool:
        """Whether a person's seed of this kind stands as it should in a record of the person's own."""
        if kind != "personnummer":
            return True
        own = {self.spot(row | {"field": ""}) for row in subject["records"] if row["relation"] == "own"}
        return any(spot in own for spot in self.numbered[subject["person"]])

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


@dataclass(slots=True)
class Subjects:
    """How well everything held about one person is pulled together, over many persons."""

    asked: int = 0
    records: int = 0
    """Records of the person that something leads to: an identifier, or a key."""
    sure: int = 0
    """Of these, given as certain or probable."""
    all: int = 0
    """… at any grade."""
    named: int = 0
    """Records, outside the person's own rows, where nothing but the name stands."""
    named_found: int = 0
    certain: int = 0
    """Hits graded certain."""
    strangers: int = 0
    """Hits graded certain in records that are not the person's: must be 0."""
    missed: Counter[str] = field(default_factory=Counter)
    """Where records were missed: source, table and relation."""

    def __str__(self) -> str:
        """One line."""
        sure, every = self.sure / max(1, self.records), self.all / max(1, self.records)
        share = f"recall certain+probable {sure:.3f}, +possible {every:.3f}"
        held = f"{self.certain} certain, {self.strangers} of them a stranger's"
        name = f"by name only {self.named_found}/{self.named}"
        return f"{self.asked} asked, {self.records} records: {share}; {held}; {name}"


SEEDS: dict[str, Callable[[Row], list[str]]] = {
    "personnummer": lambda s: [s["personnummer"]] if s["personnummer"] else [],
    "email": lambda s: s["emails"][:1],
    "phone": lambda s: s["phones"][:1],
    "customer number": lambda s: s["customer_numbers"][:1],
    "name and address": lambda s: [f"{s['name']}, {s['address']}"] if s["name"] and s["address"] else [],
}
"""What a person can be asked for with."""


def measure_subjects(
    truth: Path, answer: Callable[[list[str]], Row], *, every: int = 1, only: str = ""
) -> dict[str, Subjects]:
    """Ask for every n-th person with each kind of seed.

    A personnummer that stands in no record of the person's own, or only mistyped, leads nowhere: it is not asked for.

    Args:
        truth: A `truth.json`.
        answer: From what is asked for to an answer as `insyn subject --format json` gives it.
        every: 1 = everybody.
        only: One kind of seed; "" = all.
    """
    known = _Truth(truth)
    outcome: dict[str, Subjects] = {}
    for kind, seed in SEEDS.items():
        if only in ("", kind):
            asked = [one for one in known.subjects if seed(one) and one["records"] and known.can_be_asked(one, kind)]
            outcome[kind] = _ask(asked[::every], lambda s, seed=seed: answer(seed(s)), known)  # type: ignore[misc]
    return outcome


def _ask(subjects: list[Row], answer: Callable[[Row], Row], known: _Truth) -> Subjects:
    total = Subjects()
    for subject in subjects:
        grades: dict[Spot, str] = {}
        for hit in answer(subject)["hits"]:
            grades.setdefault(known.spot(hit | {"field": ""}), hit["grade"])
        total.asked += 1
        for record in subject["records"]:
            _tell(record, grades.get(known.spot(record | {"field": ""}), ""), total)
        own = {known.spot(record | {"field": ""}) for record in subject["records"]}
        certain = {spot for spot, grade in grades.items() if grade == "certain"}
        total.certain, total.strangers = total.certain + len(certain), total.strangers + len(certain - own)
    return total


def _tell(record: Row, grade: str, total: Subjects) -> None:
    keyed = record["source"] == "crm" and record["relation"] != "mention"
    if record["entities"] == ["PERSON"] and not keyed:
        total.named, total.named_found = total.named + 1, total.named_found + bool(grade)
        return
    total.records, total.all = total.records + 1, total.all + bool(grade)
    total.sure += grade in ("certain", "probable")
    if not grade:
        unit = record["unit"] if record["source"] == "crm" else record["unit"].rpartition(".")[2]
        total.missed[f"{record['source']} {unit} {record['relation']} {' '.join(record['entities'])}"] += 1


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
    parser.add_argument("--subjects", type=int, default=0, metavar="N", help="also ask for every N-th person")
    options = parser.parse_args()
    truth = options.directory / "truth.json"
    lines = _insyn(options.directory, "findings", "--format", "jsonl").splitlines()
    table = measure(truth, map(json.loads, lines))
    print(table)
    print("missed:", *_places(table.missed, options.show, options.most), sep="\n")
    print("wrong:", *_places(table.wrong, options.show, options.most), sep="\n")
    if options.subjects:
        outcome = measure_subjects(truth, lambda seed: _subject(options.directory, seed), every=options.subjects)
        for kind, score in outcome.items():
            print(
                f"{kind}: {score}",
                *(f"  {n:>5}  {place}" for place, n in score.missed.most_common(options.most)),
                sep="\n",
            )
    sys.exit(1 if table.failures() else 0)


def _subject(directory: Path, seed: list[str]) -> Row:
    answer: Row = json.loads(_insyn(directory, "subject", *seed, "--case", "bench", "--format", "json"))
    return answer


if __name__ == "__main__":
    main()
