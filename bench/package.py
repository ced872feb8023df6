"""Access packages: `python -m bench.package DIR` looks for other people's data in everybody's package (S-05).

DIR is of `insyn demo DIR`. Looked for, in all that an entry tells, are the personnummer, customer numbers, plates,
e-mail addresses, telephones and whole names (in any spelling and order) that the truth knows and that are not also
the person's own. Nothing is released by hand; possible namesakes stay withheld.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from reports.case.model import Entry

Row = dict[str, Any]
Value = tuple[str, str]
"""Kind, and the value in its plainest form."""
_EMAIL = re.compile(r"[\w.+-]+@[\w.-]+\w")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NUMBER = re.compile(r"[\d+][\d \-–+()/]{6,}\d")
_CODE = re.compile(r"(?<![^\W_])(?:[a-z]{3} ?\d\d[a-z\d]|[a-z]{0,3}-?[a-z\d]*\d{4,10})(?![^\W_])")
_TRUNK = re.compile(r"^(?:0{0,2}46|0)0?")


def values_of(person: Row) -> set[Value]:
    """What gives a person away."""
    found = {("e-mail", mail.lower()) for mail in person["emails"]}
    found |= {("phone", _TRUNK.sub("", one)) for one in person["phones"]}
    found |= {("code", code.lower().replace(" ", "")) for code in (*person["customer_numbers"], *person["plates"])}
    if person["personnummer"]:
        found.add(("personnummer", person["personnummer"][-10:]))
    return found | {("name", _name(_WORD.findall(name.lower()))) for name in _names(person)}


def _names(person: Row) -> Iterator[str]:
    yield from (name for name in (person["name"], person.get("born_as") or "") if " " in name)


def _name(words: Sequence[str]) -> str:
    return " ".join(sorted(words))


def in_text(text: str) -> Iterator[Value]:
    """Everything in a text that could be such a value."""
    low = text.lower()
    yield from (("e-mail", mail) for mail in _EMAIL.findall(low))
    words = _WORD.findall(_EMAIL.sub(" ", low))
    yield from (("name", _name(words[at : at + n])) for n in (2, 3) for at in range(len(words) - n + 1))
    yield from (("code", code.replace(" ", "")) for code in _CODE.findall(low))
    for run in _NUMBER.findall(low):
        digits = re.sub(r"\D", "", run)
        yield from (("phone", _TRUNK.sub("", digits)), ("personnummer", digits[-10:]))


def told(entry: Entry) -> Iterator[tuple[str, str]]:
    """All that an entry says: where it stands, and the text."""
    yield from (("place", entry.place), ("record", entry.record), *((one.label, one.value) for one in entry.data))


def strangers(directory: Path, *, every: int = 1, first: int = 0) -> tuple[int, Counter[str]]:
    """Make the entries of every n-th person's package, from one on.

    Returns:
        How many persons were asked for, and what of others stands in their packages: kind and place.
    """
    persons: list[Row] = json.loads((directory / "truth.json").read_text(encoding="utf-8"))["subjects"]
    holders: dict[Value, set[str]] = {}
    for person in persons:
        for value in values_of(person):
            holders.setdefault(value, set()).add(person["person"])
    asked = [one for one in persons if one["personnummer"] or one["customer_numbers"]][first::every]
    found: Counter[str] = Counter()
    met: dict[str, None] = {}
    for person, entry in _entries(directory, asked):
        if person["person"] not in met:
            met[person["person"]] = None
            _progress(len(met), len(asked), sum(found.values()))
        own = values_of(person)
        for label, text in told(entry):
            for value in set(in_text(text)) - own:
                if person["person"] not in holders.get(value, {person["person"]}):
                    found[f"{value[0]} in {entry.source} {entry.place.rpartition('/')[2]} {label}"] += 1
    return len(asked), found


def _progress(done: int, of: int, strangers: int) -> None:
    if done % 25 == 0:
        print(f"{done} of {of} packages, {strangers} data of others so far", file=sys.stderr, flush=True)


def _entries(directory: Path, persons: list[Row]) -> Iterator[tuple[Row, Entry]]:
    from recognizers import Analyzer
    from reports.language import translator
    from scanner import config as configuration
    from scanner.cases.desk import Desk
    from scanner.cases.model import NewCase
    from scanner.cases.package_entries import Entries
    from scanner.workflow import opened, policy

    config = configuration.load(directory / "insyn.yaml")
    with opened(config) as store:
        desk = Desk(store, config, policy(config), Analyzer(), actor="bench", special=True)
        for person in persons:
            seed = person["personnummer"] or person["customer_numbers"][0]
            case = desk.register.open(NewCase(date(2026, 11, 2), identifiers=(seed,)))
            with desk.searched(case, "case package") as found:
                yield from ((person, entry) for entry in Entries(desk, found, {}, translator("sv")))


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every N-th person")
    parser.add_argument("--first", type=int, default=0, metavar="N", help="begin with the N-th person")
    options = parser.parse_args()
    asked, found = strangers(options.directory, every=options.every, first=options.first)
    print(f"{asked} packages, {sum(found.values())} data of others in them")
    print(*(f"  {count:>5}  {place}" for place, count in found.most_common(20)), sep="\n")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
