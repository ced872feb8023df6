"""Insyn beside plain Presidio over the demo's customer register, in one run: `python -m bench.speed [DIR]`.

Presidio runs as its documentation says: its Swedish recognizers on, its phone recognizer with region SE, a blank
Swedish spaCy pipeline, the batch API over columns. Both see the same cells, in this process, one after the other. For the whole
command `insyn scan` runs as a user runs it (start, reading, store and ledger included); Presidio is given the cells in
memory and stores nothing. Figures are ratios; single times hang on the machine.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import spacy
import tldextract
from presidio_analyzer import AnalyzerEngine, BatchAnalyzerEngine, RecognizerRegistry
from presidio_analyzer.nlp_engine import SpacyNlpEngine
from presidio_analyzer.predefined_recognizers import (
    CreditCardRecognizer,
    EmailRecognizer,
    IbanRecognizer,
    IpRecognizer,
    PhoneRecognizer,
    SeOrganisationsnummerRecognizer,
    SePersonnummerRecognizer,
)

from connectors.database import DatabaseConnector
from recognizers import Analyzer
from scanner.demo.estate import make
from scanner.keys import new_key

Table = Mapping[str, Sequence[str | None]]
NOTES = ("arenden", "anteckning")
INSYN = str(Path(sys.executable).with_name("insyn"))


class _Blank(SpacyNlpEngine):  # type: ignore[misc]
    """A Swedish pipeline without a model: nothing is downloaded."""

    def __init__(self) -> None:
        super().__init__(models=[{"lang_code": "sv", "model_name": "blank"}])
        self.nlp = {"sv": spacy.blank("sv")}

    def load(self) -> None:
        """Nothing to load."""


def presidio() -> BatchAnalyzerEngine:
    """Plain Presidio, as good for Sweden as its own parts make it."""
    tldextract.tldextract.TLD_EXTRACTOR = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
    registry = RecognizerRegistry(supported_languages=["sv"])
    kinds = (CreditCardRecognizer, EmailRecognizer, IbanRecognizer, IpRecognizer)
    for kind in (*kinds, SePersonnummerRecognizer, SeOrganisationsnummerRecognizer):
        registry.add_recognizer(kind(supported_language="sv"))
    registry.add_recognizer(PhoneRecognizer(supported_language="sv", supported_regions=["SE"]))
    engine = AnalyzerEngine(registry=registry, nlp_engine=_Blank(), supported_languages=["sv"])
    return BatchAnalyzerEngine(engine)


def tables(directory: Path) -> dict[str, Table]:
    """All tables of the demo's customer register, as the connector reads them."""
    found: dict[str, Table] = {}
    with DatabaseConnector(url=f"sqlite:///{directory / 'crm.db'}") as connector:
        for unit in connector.units():
            key = getattr(unit, "key", "")
            for batch in connector.read(unit) if key else ():
                found[key] = batch.fields
    return found


def seconds(work: Callable[[], object], rounds: int = 1) -> float:
    """The least time of some rounds: noise only adds."""
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def by_presidio(engine: BatchAnalyzerEngine, columns: Sequence[Table]) -> None:
    """All columns through the batch API."""
    for table in columns:
        for values in table.values():
            engine.analyze_iterator([value for value in values if value], language="sv")


def line(name: str, cells: int, ours: float, theirs: float) -> str:
    """One row of the outcome."""
    return (
        f"{name:<26}{cells:>9} cells  insyn {cells / ours:>10,.0f}/s  presidio {cells / theirs:>8,.0f}/s"
        f"  ratio {theirs / ours:>6.1f}x"
    )


def count(columns: Sequence[Table]) -> int:
    """Non-empty cells."""
    return sum(1 for table in columns for values in table.values() for value in values if value)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path, nargs="?", help="a demo estate; made anew if not given")
    directory = parser.parse_args().directory or _made()
    read = tables(directory)
    unit, field = NOTES
    notes = [{field: read[unit][field]}]
    cells = [{name: column for name, column in table.items() if name != field} for table in read.values()]
    engine, analyzer = presidio(), Analyzer()
    analyzer.find({"": ["Anna Ek, Storgatan 5, 070-174 06 05"]})  # loads the lexicons
    by_presidio(engine, [{"": ["070-174 06 05"]}])
    ours = {name: seconds(lambda part=part: [analyzer.find(table) for table in part], 3) for name, part in
            (("table cells", cells), ("notes", notes))}  # type: ignore[misc]  # fmt: skip
    theirs = {name: seconds(lambda part=part: by_presidio(engine, part)) for name, part in
              (("table cells", cells), ("notes", notes))}  # type: ignore[misc]  # fmt: skip
    print(line("analyzer, table cells", count(cells), ours["table cells"], theirs["table cells"]))
    print(line("analyzer, notes", count(notes), ours["notes"], theirs["notes"]))
    whole = seconds(lambda: _scan(directory), 3)
    print(line("whole command, register", count(cells) + count(notes), whole, sum(theirs.values())))


def _made() -> Path:
    directory = Path(tempfile.mkdtemp(prefix="insyn-bench-")) / "estate"
    make(directory)
    new_key(directory / "insyn.key")
    return directory


def _scan(directory: Path) -> None:
    """The whole command, over everything in the register, into a new store."""
    for path in directory.glob("insyn.db*"):
        path.unlink()
    subprocess.run([INSYN, "scan", "crm"], cwd=directory, check=True, capture_output=True, env=dict(os.environ))


if __name__ == "__main__":
    main()
