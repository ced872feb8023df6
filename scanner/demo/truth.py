"""What is where, and whose: written next to the estate so that anyone can measure a scan against it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scanner.demo.gap_truth import gaps
from scanner.demo.people import People, Person
from scanner.demo.texts import Text

Record = Mapping[str, str | int] | None

ENTITIES = (
    "SE_PERSONNUMMER", "SE_ORGANISATIONSNUMMER", "PERSON", "PHONE_NUMBER", "EMAIL_ADDRESS",
    "ADDRESS", "POSTAL_CODE", "IP_ADDRESS",
    "SE_BANKGIRO", "SE_BANK_ACCOUNT", "IBAN_CODE", "CREDIT_CARD", "LOCATION_COORDINATES", "CUSTOMER_ID",
    "SE_LICENSE_PLATE",
)  # fmt: skip
"""What the truth is complete for; findings of other entities cannot be judged with it."""


FREE_TEXT = ("", "anteckning", "ovrigt", "kommentar", "meddelande", "summary", "title", "comment", "description")
"""Fields (last part of their path) that hold running text; the others are columns."""


@dataclass(frozen=True, slots=True)
class Place:
    """A record: source, unit key and locator, as the connectors give them."""

    source: str
    unit: str
    record: Record = None

    @property
    def key(self) -> tuple[str, str, str]:
        """The place as something that can be hashed."""
        return self.source, self.unit, json.dumps(self.record, sort_keys=True)


@dataclass(slots=True)
class Truth:
    """Collects what the writers of the estate put where."""

    findings: list[dict[str, Any]] = field(default_factory=list)
    texts: list[tuple[str, str, str, str]] = field(default_factory=list)
    """Source, unit, field and text of all that was written."""
    _places: dict[tuple[str, str, str], Place] = field(default_factory=dict)
    _held: dict[tuple[str, str, str], dict[str, set[str]]] = field(default_factory=dict)
    _about: dict[tuple[str, str, str], set[str]] = field(default_factory=dict)

    def see(self, place: Place, name: str, text: Text) -> None:
        """Note every datum of a text that stands in a field of a record."""
        self.texts.append((place.source, place.unit, name, text.text))
        for span in text.spans:
            value = text.text[span.start : span.end]
            row: dict[str, Any] = {"source": place.source, "unit": place.unit, "record": place.record, "field": name}
            row |= {"entity": span.entity, "value": value, "person": span.person}
            row |= {"start": span.start, "end": span.end}
            self.findings.append(row | {"tier": span.tier} if span.tier else row)
            if span.person:
                self._places[place.key] = place
                self._held.setdefault(place.key, {}).setdefault(span.person, set()).add(span.entity)

    def concern(self, place: Place, *persons: str) -> None:
        """Note whom a record is about, whether or not it holds anything of theirs."""
        self._places[place.key] = place
        self._about.setdefault(place.key, set()).update(persons)

    def _relation(self, key: tuple[str, str, str], person: str) -> str:
        held = self._held.get(key, {}).get(person, set())
        if person not in self._about.get(key, set()):
            return "mention"
        return "own" if held - {"CUSTOMER_ID"} or (held and key[0] != "crm") else "key"

    def records(self) -> dict[str, list[dict[str, Any]]]:
        """Person -> records that hold something of theirs (`entities`) or are about them (`relation` own or key)."""
        out: dict[str, list[dict[str, Any]]] = {}
        for key, place in self._places.items():
            for person in sorted(self._held.get(key, {}).keys() | self._about.get(key, set())):
                row: dict[str, Any] = {"source": place.source, "unit": place.unit, "record": place.record}
                row |= {"relation": self._relation(key, person)}
                row |= {"entities": sorted(self._held.get(key, {}).get(person, ()))}
                out.setdefault(person, []).append(row)
        return out

    def write(self, path: Path, people: People) -> None:
        """Write all as JSON: `entities`, `free_text`, `cases`, `gaps`, `findings`, `subjects`."""
        records = self.records()
        ips: dict[str, set[str]] = {}
        for row in self.findings:
            if row["entity"] == "IP_ADDRESS" and row["person"]:
                ips.setdefault(row["person"], set()).add(row["value"])
        subjects = [_subject(one, records.get(one.id, []), ips.get(one.id, set())) for one in people.all()]
        whole: dict[str, Any] = {"entities": ENTITIES, "free_text": FREE_TEXT, "cases": people.cases}
        whole |= {"gaps": sorted(set(gaps(self.findings, self.texts)))}
        whole |= {"findings": self.findings, "subjects": subjects}
        path.write_text(json.dumps(whole, ensure_ascii=False, indent=None, separators=(",", ":")), encoding="utf-8")


def _subject(person: Person, records: list[dict[str, Any]], ips: set[str]) -> dict[str, Any]:
    where = person.address
    return {
        "person": person.id,
        "personnummer": person.pnr or None,
        "emails": person.emails,
        "phones": person.phones,
        "customer_numbers": [str(person.number)] if person.number else [],
        "name": f"{person.given} {person.surname}".strip(),
        "born_as": person.born_as or None,
        "born": person.born.isoformat(),
        "plates": person.plates,
        "ips": sorted(ips),
        "address": f"{where.street}, {where.postal} {where.town}" if where else None,
        "records": records,
    }
