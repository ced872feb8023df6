"""What is whose in an estate, as its truth tells, and with what each of its people can be asked for."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

Row = dict[str, Any]
Spot = tuple[str, str, str]
"""Source, unit, record as JSON."""


def _joined(person: Row, *keys: str) -> list[str]:
    parts = [person.get(key) for key in keys]
    return [", ".join(map(str, parts))] if all(parts) else []


SEEDS: Mapping[str, Callable[[Row], list[str]]] = {
    "personnummer": lambda s: _joined(s, "personnummer"),
    "customer number": lambda s: s["customer_numbers"][:1],
    "e-mail": lambda s: s["emails"][:1],
    "phone": lambda s: s["phones"][:1],
    "name and address": lambda s: _joined(s, "name", "address"),
    "name and date of birth": lambda s: _joined(s, "name", "born"),
    "licence plate": lambda s: s.get("plates", [])[:1],
    "IP address": lambda s: s.get("ips", [])[:1],
}
"""What a person can be asked for with, a single thing at a time."""
STANDS: Mapping[str, tuple[str, ...]] = {
    "personnummer": ("SE_PERSONNUMMER",),
    "customer number": ("CUSTOMER_ID",),
    "e-mail": ("EMAIL_ADDRESS",),
    "phone": ("PHONE_NUMBER",),
    "name and address": ("ADDRESS",),
    "name and date of birth": ("SE_PERSONNUMMER", "DATE_OF_BIRTH"),
    "licence plate": ("SE_LICENSE_PLATE",),
    "IP address": ("IP_ADDRESS",),
}
"""Kind of seed -> entities of which one must stand somewhere for a seed to lead anywhere."""


ACCOUNTS = ("IP address",)
"""Kinds that say who somebody is only through the account beside which they stand."""
_MANY = {"e-mail": "emails", "phone": "phones", "licence plate": "plates", "IP address": "ips"}
"""Kinds of which a person may have several."""


def _all(kind: str, person: Row) -> list[str]:
    return list(person.get(_MANY[kind], ())) if kind in _MANY else SEEDS[kind](person)


class Truth:
    """What is whose, by place."""

    def __init__(self, path: Path) -> None:
        whole = json.loads(path.read_text(encoding="utf-8"))
        self.persons: list[Row] = whole["subjects"]
        self.cases: dict[str, list[str]] = whole["cases"]
        self._values: dict[tuple[str, str], list[Row]] = {}
        for row in whole["findings"]:
            self._values.setdefault((row["entity"], row.get("value", "")), []).append(row)
        self._held = {(row["person"], row["entity"]) for row in whole["findings"]}
        self._units = {(row["source"], row["unit"]) for one in self.persons for row in one["records"]}

    def spot(self, row: Row) -> Spot:
        """Where a row stands; the schema that a database server puts before a table is left out."""
        unit = row["unit"]
        if (row["source"], unit) not in self._units and (row["source"], unit.rpartition(".")[2]) in self._units:
            unit = unit.rpartition(".")[2]
        return row["source"], unit, json.dumps(row["record"], sort_keys=True)

    def askable(self, kind: str) -> Iterator[tuple[Row, list[str]]]:
        """Everybody of whom anything is held and who has a seed of this kind."""
        for person in self.persons:
            seed = SEEDS[kind](person)
            if seed and person["records"]:
                yield person, seed

    def stands(self, kind: str, person: Row) -> bool:
        """Whether a person's seed of this kind stands anywhere in the estate."""
        return any((person["person"], entity) in self._held for entity in STANDS[kind])

    def alone(self, kind: str) -> set[str]:
        """Those whose seed of this kind nobody else has, nor the account beside which it stands (an IP address)."""
        holders = Counter(one for person in self.persons for one in _all(kind, person))
        single = (person for person, seed in self.askable(kind) if holders[seed[0]] == 1)
        return {person["person"] for person in single if kind not in ACCOUNTS or not self._shares_account(person)}

    def _shares_account(self, person: Row) -> bool:
        others = {mail for one in self.persons if one is not person for mail in one["emails"]}
        return bool(person["emails"]) and set(person["emails"]) <= others

    def told_in_text(self, kind: str, seed: str) -> bool:
        """Whether a seed stands in running text only: whose it is there, nobody can tell (a blocked address)."""
        starts = [row["start"] for row in self._values.get((STANDS[kind][0], seed), ())]
        return kind in ACCOUNTS and bool(starts) and all(starts)
