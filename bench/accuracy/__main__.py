"""Accuracy of the analyzer on labelled texts and columns: `python -m bench.accuracy [--part held|dev] [--peers]`.

`--set second`, `third` and `fourth` take the labels of kinds that the first set has least of.
The quoted figures are of the `held` half. `--misses FILE` lists what went wrong in the `dev` half. Other libraries are
run with `--peers`, from the Python of `--peers-python`; those that it lacks are named.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from bench.accuracy import chance, mentions, placing, report
from bench.accuracy.columns import typing
from bench.accuracy.corpus import sentences
from bench.accuracy.halves import PARTS
from bench.accuracy.labels import SETS, Labelled, lowered, registers, templates, texts
from bench.accuracy.misses import columns_missed, texts_missed
from bench.accuracy.peers import OUTSIDE, Outside, Presidio, missing
from bench.accuracy.scoring import THRESHOLD, Tally, tally
from bench.accuracy.spellings import recalled
from bench.accuracy.systems import Insyn

CUSTOMERS = frozenset({
    "chat", "complaint", "crm_note", "mail", "sms", "support_ticket", "transcript", "web_form",
    "small_chat", "english_mail", "everywhere", "operator_log",
})  # fmt: skip
"""Registers that customers write in, or that are written while they speak."""
SPELLED = 200
"""Numbers of each spelling."""
PEER_NUMBERS = 5_000
PEER_KINDS = ("10 digits", "12 digits", "YYYYMMDDHHMM", "EAN-13")


def main() -> None:
    """Measure and print."""
    options = _options()
    insyn, labelled = Insyn(), list(texts(options.part, options.set))
    found = insyn.read([text.text for text in labelled])
    total = tally(zip(labelled, found, strict=True))
    typed = typing(options.part, insyn.column, options.set)
    _say(
        f"half `{options.part}`: {len(labelled)} texts of {_written(options.set)} hand-written ones",
        report.rates(total),
    )
    _say("lower-cased customer texts", [_people(insyn, map(lowered, _customers(labelled)))])
    _say("columns", report.columns(typed))
    _say("categories by name, nothing found", placing.rates(options.part))
    _say("mentions", mentions.rates(options.part, insyn.read))
    _say("calibration, texts", report.calibration(total))
    _say("calibration, columns", report.calibration(tally(typed.cells)))
    _say("confusions", report.confusions(total))
    if options.misses:
        lines = [*report.confusions(total), *texts_missed(labelled, found), *columns_missed(typed)]
        options.misses.write_text("\n".join(lines), encoding="utf-8")
    if options.corpus:
        _say("news corpus", _news(insyn, options.corpus))
    _say("numbers by chance, share taken for somebody's", _chance(insyn, options.random, options.singly))
    _say("spellings: recall with the word for it, and without", recalled(insyn, options.part, SPELLED))
    if options.peers:
        _peers(insyn, labelled, total, options.peers_python)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=PARTS, default="held")
    parser.add_argument("--set", choices=SETS, default="first", help="of labels: `second` is small, and mean")
    parser.add_argument("--corpus", type=Path, help="a corpus with people labelled, a token a line")
    parser.add_argument("--random", type=int, default=1_000_000, help="numbers by chance of each kind, as columns")
    parser.add_argument("--singly", type=int, default=10_000, help="numbers by chance of each kind, one by one")
    parser.add_argument("--misses", type=Path, help="write what went wrong, in detail (dev only)")
    parser.add_argument("--peers", action="store_true", help="other libraries over the same texts")
    parser.add_argument("--peers-python", default=sys.executable, help="a Python that has them")
    options = parser.parse_args()
    if options.misses and options.part != "dev":
        parser.error("--misses goes with --part dev: the held half is only counted")
    return options


def _written(series: str) -> int:
    return sum(len(templates(register, series)) for register in registers(series))


def _say(title: str, lines: Iterable[str]) -> None:
    print(f"\n== {title}")
    for line in lines:
        print(line, flush=True)


def _customers(labelled: Iterable[Labelled]) -> Iterator[Labelled]:
    return (text for text in labelled if text.register in CUSTOMERS)


def _people(system: Insyn, labelled: Iterable[Labelled]) -> str:
    given = list(labelled)
    total = tally(zip(given, system.read([text.text for text in given]), strict=True))
    count = total.entities["PERSON"]
    precision, recall, both = count.rates()
    return f"PERSON given {count.given}, found {count.found}: P {precision:.3f}  R {recall:.3f}  F1 {both:.3f}"


def _news(system: Insyn, path: Path) -> Iterator[str]:
    given = list(sentences(path))
    yield _people(system, given)
    words = sum(len(text.text.split()) for text in given)
    hits = sum(one.entity == "ADDRESS" and one.score >= THRESHOLD for row in system.read([text.text for text in given])
               for one in row)  # fmt: skip
    yield f"ADDRESS hits: {hits} in {words} words, {hits * 100_000 / max(words, 1):.1f} in 100,000"


def _chance(system: Insyn, columns: int, singly: int) -> Iterator[str]:
    for kind in chance.KINDS:
        for way, count, read in (("columns", columns, lambda values: system.column("", values)),
                                 ("singly", singly, system.read)):  # fmt: skip
            if count:
                taken = chance.taken(kind, count, read)
                most = ", ".join(f"{name} {n}" for name, n in taken.most_common() if name != "any")
                shares = f"personnummer {taken['SE_PERSONNUMMER'] / count:8.4%}  any {taken['any'] / count:8.4%}"
                yield f"{kind:<14}{way:<9}{count:>9}  {shares}  {most}"


def _peers(insyn: Insyn, labelled: list[Labelled], ours: Tally, python: str) -> None:
    systems: list[Presidio | Outside] = [Presidio()]
    for name in OUTSIDE:
        if reason := missing(name, python):
            print(f"\nnot installed, left out: {name} ({reason})")
        else:
            systems.append(Outside(name, python))
    given = [text.text for text in labelled]
    tallies = {"insyn": ours} | {
        system.name: tally(zip(labelled, system.read(given), strict=True)) for system in systems
    }
    _say("the same texts (P R F1 by overlap)", report.beside(tallies))
    _say(f"{PEER_NUMBERS} numbers of a kind by chance, share taken", map(_taken, [insyn, *systems]))


def _taken(system: Insyn | Presidio | Outside) -> str:
    shares = (chance.taken(kind, PEER_NUMBERS, system.read)["any"] / PEER_NUMBERS for kind in PEER_KINDS)
    return f"{system.name:<14}" + "  ".join(
        f"{kind} {share:.3%}" for kind, share in zip(PEER_KINDS, shares, strict=True)
    )


if __name__ == "__main__":
    main()
