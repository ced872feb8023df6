"""Insyn beside plain Presidio over the demo's customer register, in one run: `python -m bench.speed [--large]`.

Presidio runs as its documentation says: its Swedish recognizers on, its phone recognizer with region SE, the batch API
over columns. "Same" is Insyn with the recognizers that Presidio has too, beside Presidio with a blank Swedish pipeline.
"Names" is Insyn with names besides, by lists and by the trained pipeline; Presidio finds names by a model only, so it
is given the same pipeline in spaCy, and its own `SpacyRecognizer`. "All" is Insyn with all that are installed; Presidio
has no such recognizers, so both ratios are printed.

Times are CPU seconds of one core, so that a busy machine counts little, the least of several rounds; read the ratios.
Notes are other ones in each round, so that no sentence is known from the one before; the rounds, in which all take
turns, count together. For
the whole command `insyn scan` runs as a user runs it (start, reading, store and ledger included; modules compiled);
Presidio is given the cells in memory and stores nothing. `--large` scans a register of a million cells too, and
compares by cells a second. What the bare multi-pattern engine is, `bench.engine` says.
"""

from __future__ import annotations

import argparse
import gc
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from importlib.metadata import entry_points
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # one core, for both; `insyn` does so by itself

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
    SpacyRecognizer,
)
from spacy.language import Language

from bench import engine as bare
from bench.registers import Table, batches, count, register
from recognizers import Analyzer
from recognizers.installed import GROUP, load
from recognizers.pipeline import trained

NOTES = ("arenden", "anteckning")
INSYN = (str(Path(sys.executable).with_name("insyn")), "scan", "crm")
ROUNDS = 5
SEEDS = 4
"""Of the notes of a round: some 3,300. Of a few hundred, the change of work would count, too."""
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
_ENVIRONMENT["PYTHONPATH"] = str(Path(__file__).parent.parent)
SAME = ("personnummer", "samordningsnummer", "organisationsnummer", "phone", "email", "ip", "iban", "card")
"""Entry points of the recognizers that Presidio has too."""
NAMED = ("name", "name_model")
BESIDE = {"same": ("same",), "names": ("names",), "all": ("same", "names")}
"""What runs of Insyn -> what of Presidio it is compared with."""
ONLY_SAME = (sys.executable, "-m", "bench.scanning", *SAME)


class _Loaded(SpacyNlpEngine):
    """A Swedish pipeline that is there already: nothing is downloaded."""

    def __init__(self, pipeline: Language) -> None:
        super().__init__(models=[{"lang_code": "sv", "model_name": "loaded"}])
        self.nlp = {"sv": pipeline}  # type: ignore[assignment]  # the base class says None

    def load(self) -> None:
        """Nothing to load."""


def presidio(*, names: bool = False) -> BatchAnalyzerEngine:
    """Plain Presidio, as good for Sweden as its own parts make it; with names, by the pipeline that Insyn ships."""
    tldextract.tldextract.TLD_EXTRACTOR = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
    registry = RecognizerRegistry(supported_languages=["sv"])
    kinds = (CreditCardRecognizer, EmailRecognizer, IbanRecognizer, IpRecognizer)
    for kind in (*kinds, SePersonnummerRecognizer, SeOrganisationsnummerRecognizer):
        registry.add_recognizer(kind(supported_language="sv"))
    registry.add_recognizer(PhoneRecognizer(supported_language="sv", supported_regions=["SE"]))
    if names:
        registry.add_recognizer(SpacyRecognizer(supported_language="sv", supported_entities=["PERSON"]))
    pipeline = trained() if names else spacy.blank("sv")
    engine = AnalyzerEngine(registry=registry, nlp_engine=_Loaded(pipeline), supported_languages=["sv"])
    return BatchAnalyzerEngine(engine)


def analyzers() -> dict[str, Analyzer]:
    """Insyn with fewer and more recognizers, lexicons loaded."""
    points = entry_points(group=GROUP)
    same = [load(points[name]) for name in SAME]
    made = {
        "same": Analyzer(same),
        "names": Analyzer([*same, *(load(points[name]) for name in NAMED)]),
        "all": Analyzer(),
    }
    for analyzer in made.values():
        analyzer.find({"": ["Anna Ek, Storgatan 5, 070-174 06 05"]})
    return made


def seconds(work: Callable[[], object], rounds: int) -> float:
    """The least CPU time of some rounds: noise only adds."""
    times = []
    for _ in range(rounds):
        gc.collect()  # what the round before has left is not this one's
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return min(times)


def by_presidio(engine: BatchAnalyzerEngine, columns: Sequence[Table]) -> None:
    """All columns through the batch API."""
    for table in columns:
        for values in table.values():
            engine.analyze_iterator([value for value in values if value], language="sv")


def line(name: str, cells: int, ours: float, theirs: float, peer: str = "same") -> str:
    """One row of the outcome: cells, cells a second of both, their ratio; `peer`: which recognizers Presidio had."""
    return (
        f"{name:<28}{cells:>10,} cells  insyn {cells / ours:>10,.0f}/s  presidio, {peer:<6}{theirs:>7,.0f}/s"
        f"  ratio {cells / ours / theirs:>6.1f}x"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--large", action="store_true", help="scan a register of a million cells too")
    large = parser.parse_args().large
    folder = register(1)
    notes, cells = split(batches(folder))
    engines, ours = {"same": presidio(), "names": presidio(names=True)}, analyzers()
    for engine in engines.values():
        by_presidio(engine, [{"": ["070-174 06 05"]}])
    cells_rates = _tables(engines, ours, cells)
    notes_rates = _notes(engines, ours, notes)
    both = count(cells) + count(notes)
    rates = {peer: both / (count(cells) / cells_rates[peer] + count(notes) / notes_rates[peer]) for peer in engines}
    _scans("", folder, both, rates, 4)
    if large:
        folder = register(11)
        _scans(", large", folder, count([table for _, table in batches(folder)]), rates, 1)


def _scans(size: str, folder: Path, cells: int, rates: dict[str, float], rounds: int) -> None:
    """The rows of the whole command."""
    for name, command in (("same", ONLY_SAME), ("all", INSYN)):
        taken = min(scan(folder, command) for _ in range(rounds))
        for peer in BESIDE[name]:
            print(line(f"whole command, {name}{size}", cells, taken, rates[peer], peer))


def _tables(engines: dict[str, BatchAnalyzerEngine], ours: dict[str, Analyzer], cells: list[Table]) -> dict[str, float]:
    """The rows of table cells, and those of the bare engine over the same cells; returns Presidio's cells a second.

    Presidio is measured before and after Insyn: a machine may become slower meanwhile.
    """
    more = split(batches(register(3)))[1]
    before = {peer: seconds(lambda by=engine: by_presidio(by, cells), 1) for peer, engine in engines.items()}  # type: ignore[misc]
    times = {
        name: seconds(lambda by=analyzer: [by.find(table) for table in more], 3)  # type: ignore[misc]
        for name, analyzer in ours.items()
    }
    after = {peer: seconds(lambda by=engine: by_presidio(by, cells), 1) for peer, engine in engines.items()}  # type: ignore[misc]
    theirs = {peer: count(cells) / min(before[peer], after[peer]) for peer in engines}
    for name, taken in times.items():
        for peer in BESIDE[name]:
            print(line(f"table cells, {name}", count(more), taken, theirs[peer], peer))
    _bare(more, times["same"])
    return theirs


def _bare(cells: list[Table], ours: float) -> None:
    """The rows of the bare engine with the same shapes."""
    size = sum(len(value.encode()) for table in cells for values in table.values() for value in values if value)
    points = entry_points(group=GROUP)
    patterns = bare.shapes(load(points[name]) for name in SAME)
    engines = {"re2.Set, by cell": bare.by_re2(patterns, cells), "Hyperscan, block": bare.by_hyperscan(patterns, cells)}
    for name, run in engines.items():
        if run is not None:
            taken = seconds(run, 3)
            print(
                f"{f'bare engine, {name}':<28}{count(cells):>10,} cells  insyn {size / 1e6 / ours:>8.1f} MB/s"
                f"  engine {size / 1e6 / taken:>9.1f} MB/s  share {taken / ours:>5.0%}"
            )


def _notes(engines: dict[str, BatchAnalyzerEngine], ours: dict[str, Analyzer], known: list[Table]) -> dict[str, float]:
    """The rows of notes, each round by all in turn; returns Presidio's notes a second.

    Notes are other ones in each round; before, words are made known as they are after a minute's work.
    """
    for analyzer in ours.values():
        for table in known:
            analyzer.find(table)
    rounds = [split(batches(register(SEEDS, first=seed)))[0] for seed in range(21, 21 + SEEDS * ROUNDS, SEEDS)]
    theirs, taken = dict.fromkeys(engines, 0.0), dict.fromkeys(ours, 0.0)
    for read in rounds:
        for peer, engine in engines.items():
            theirs[peer] += seconds(lambda by=engine, read=read: by_presidio(by, read), 1)  # type: ignore[misc]
        for name, analyzer in ours.items():
            taken[name] += seconds(lambda by=analyzer, read=read: [by.find(table) for table in read], 1)  # type: ignore[misc]
    size = sum(map(count, rounds))
    for name, one in taken.items():
        for peer in BESIDE[name]:
            print(line(f"notes, {name}", size, one, size / theirs[peer], peer))
    return {peer: size / one for peer, one in theirs.items()}


def split(read: Sequence[tuple[str, Table]]) -> tuple[list[Table], list[Table]]:
    """The column of notes, and all other columns."""
    unit, field = NOTES
    notes: list[Table] = [{field: table[field]} for name, table in read if name == unit]
    others: list[Table] = [{name: column for name, column in table.items() if name != field} for _, table in read]
    return notes, others


def scan(folder: Path, command: Sequence[str]) -> float:
    """CPU seconds of the whole command, over everything in the register, into a new store."""
    for path in folder.glob("insyn.db*"):
        path.unlink()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=folder, env=_ENVIRONMENT, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
