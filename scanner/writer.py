"""Writes what was found in one unit: findings, links, dates and the unit's state, in one transaction.

What the store knew of the unit is replaced, or kept where the reading failed: an outage must not look like an erasure.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath
from typing import Any

import numpy as np
from sqlalchemy import Connection, delete, insert, or_, select, update

from connectors import Batch, Record, State, Unit, Unread
from recognizers import Matches
from scanner import lookup, schema
from scanner.bulk import insert_rows
from scanner.finding import WHY, Tokens, key_tokens
from scanner.links import LINK, PATH, link_value, path_keys
from scanner.store import FAILED, Store

KEPT_SCORE = 0.3
"""Findings below this are not stored; reports show those from 0.5."""
_EPOCH = date(1970, 1, 1).toordinal()
_TABLE_KINDS = ("table", "view")
_ASIDE = b"~"
_WORDS = 6
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


@dataclass(slots=True)
class Tally:
    """How much was read and found in a unit."""

    records: int = 0
    values: int = 0
    findings: int = 0


@dataclass(slots=True)
class Part:
    """The unit itself, or one member of it, while it is written."""

    id: int
    tally: Tally = field(default_factory=Tally)
    totals: dict[str, int] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)
    whole_record: int = 0
    """Number of the record that is the part as a whole, once it is entered."""
    dated: set[str] = field(default_factory=set)
    """Names of the dates that have been entered."""
    state: State = State.SCANNED
    reason: str = ""
    sampled: bool = False


@dataclass(frozen=True, slots=True)
class _Before:
    """A part as the store knew it."""

    id: int
    whole: bool


class UnitWriter:
    """Collects the batches of one unit. Lives inside one transaction."""

    def __init__(self, store: Store, connection: Connection, source_id: int, scan_id: int) -> None:
        self._store = store
        self._connection = connection
        self._source_id = source_id
        self._scan_id = scan_id
        self._parts: dict[str, Part] = {}
        self._before: dict[str, _Before] = {}
        for numbers in (store.records, store.findings):
            numbers.begin(connection)

    def start(self, unit: Unit, analyzer: str) -> None:
        """Enter the unit anew; what was known of it and its members is put aside until `finish`."""
        table = schema.unit
        sealed = self._store.keys.seal(unit.key)
        number = self._connection.scalar(
            select(table.c.id).where(table.c.source_id == self._source_id, table.c.key == sealed)
        )
        if number is not None:
            query = select(table.c.id, table.c.key, table.c.whole).where(
                or_(table.c.id == number, table.c.parent_id == number)
            )
            for old, key, whole in self._connection.execute(query).all():
                self._before[self._store.keys.unseal(key)] = _Before(old, whole)
                self._connection.execute(update(table).where(table.c.id == old).values(key=key + _ASIDE))
        self._part(unit.key, unit, analyzer, None)

    def _part(self, key: str, unit: Unit, analyzer: str, parent: int | None) -> Part:
        kind = unit.kind if parent is None else "member"
        result = self._connection.execute(
            insert(schema.unit).values(
                source_id=self._source_id,
                key=self._store.keys.seal(key),
                place=self._store.keys.seal(place(unit.key, unit.kind)),
                parent_id=parent,
                kind=kind,
                extension="" if kind in _TABLE_KINDS else PurePosixPath(key).suffix[1:].lower()[:20],
                version=unit.version,
                analyzer=analyzer,
                state=State.SCANNED,
                size=unit.size,
                scan_id=self._scan_id,
            )
        )
        part = Part(int(result.inserted_primary_key[0]))  # type: ignore[index]
        self._parts[key] = part
        return part

    def member(self, key: str, unit: Unit, analyzer: str) -> Part:
        """The part of the unit that a batch or failure belongs to; entered when first met."""
        found = self._parts.get(key)
        return found or self._part(key, unit, analyzer, self._parts[unit.key].id)

    def add(self, part: Part, batch: Batch, matches: Matches, link_fields: Sequence[str]) -> None:
        """Store what was found in a batch, and the links of its key columns."""
        part.tally.records += sum(record is not None for record in batch.records)
        part.sampled |= batch.sampled
        part.keys.update(batch.keys)
        part.texts.update(name for name, values in batch.fields.items() if is_text(name, values))
        for name, (filled, _) in matches.counts.items():
            part.totals[name] = part.totals.get(name, 0) + filled
            part.tally.values += filled
        kept = np.flatnonzero(matches.score >= KEPT_SCORE)
        linked = {name: batch.fields[name] for name in link_fields if name in batch.fields}
        numbers = self._records(part, batch, set(matches.record[kept].tolist()), linked)
        self._findings(part, matches, kept, numbers)
        self._links(part, linked, numbers)
        self._moments(part, batch, numbers)

    def _records(
        self, part: Part, batch: Batch, found: set[int], linked: Mapping[str, Sequence[str | None]]
    ) -> dict[int, int]:
        wanted = found.union(*({at for at, value in enumerate(values) if value} for values in linked.values()))
        numbers, new = {}, []
        free = iter(self._store.records.take(self._connection, len(wanted)))
        for at in sorted(wanted):
            record = batch.records[at]
            if record is None and part.whole_record:  # path and content of a file are one record
                numbers[at] = part.whole_record
                continue
            numbers[at] = next(free)
            if record is None:
                part.whole_record = numbers[at]
            new.append((numbers[at], part.id, None if record is None else self._store.keys.seal(locator(record))))
        insert_rows(self._connection, schema.record, new)
        return numbers

    def _findings(self, part: Part, matches: Matches, kept: np.ndarray[Any, Any], numbers: Mapping[int, int]) -> None:
        fields = [self._field(name) for name in matches.fields]
        entities = [self._term(text) for text in matches.entities]
        kinds = [self._term(text) for text in matches.kinds]
        whys = [self._term(WHY.join(codes)) for codes in matches.whys]
        records, keys = matches.record[kept].tolist(), matches.key[kept].tolist()
        numbered = self._store.findings.take(self._connection, len(kept))
        tokens = {key: self._tokens(matches, key) for key in set(keys)}
        # In the order of the table's columns.
        columns = (
            np.asarray(fields)[matches.field[kept]],
            np.asarray(whys)[matches.why[kept]],
            matches.start[kept],
            matches.end[kept],
            matches.score[kept].round(4),
            np.asarray(entities)[matches.entity[kept]],
            np.asarray(kinds)[matches.kind[kept]],
            matches.test[kept],
        )
        owners = ([numbers[record] for record in records], [part.id] * len(kept))
        standing = zip(*(tokens[key] for key in keys), strict=True) if keys else ((), (), ())
        rows = zip(numbered, *owners, *(column.tolist() for column in columns), *standing, strict=True)
        part.tally.findings += insert_rows(self._connection, schema.finding, rows)
        found = zip(numbered, keys, strict=True)
        lookup.enter(self._connection, ((finding, one) for finding, key in found for one in tokens[key] if one))

    def _tokens(self, matches: Matches, number: int) -> Tokens:
        return key_tokens(self._store.keys, matches.keys[number])

    def _links(self, part: Part, linked: Mapping[str, Sequence[str | None]], numbers: Mapping[int, int]) -> None:
        for name, values in linked.items():
            field_id = self._field(name)
            tokens = {value: self._link_tokens(name, value) for value in set(values) if value}
            rows = (
                (numbers[at], field_id, token, part.id)
                for at, value in enumerate(values)
                if value
                for token in tokens[value]
            )
            insert_rows(self._connection, schema.link, rows)

    def _link_tokens(self, name: str, value: str) -> set[bytes]:
        found = path_keys(value) if name == PATH else [link_value(value)]
        return {self._store.keys.token(LINK, one) for one in found}

    def _moments(self, part: Part, batch: Batch, numbers: Mapping[int, int]) -> None:
        for name, days in batch.dates.items():
            number = self._term(name)
            once = name in part.dated
            told = [(record, days[at]) for at, record in numbers.items() if not (once and record == part.whole_record)]
            part.dated.add(name)
            rows = ((record, number, date.fromisoformat(day).toordinal() - _EPOCH) for record, day in told if day)
            insert_rows(self._connection, schema.moment, rows)

    def unread(self, part: Part, unread: Unread) -> None:
        """Note that a part could not be read, or not whole."""
        part.state = unread.state
        part.reason = unread.reason[:200]

    def finish(self) -> dict[str, Part]:
        """Write states and counts, and settle what was known before; returns the parts by key."""
        for done in self._parts.values():
            self._close(done)
        top = next(iter(self._parts))
        failed = self._parts[top].state in FAILED
        gone = []
        for key, before in sorted(self._before.items(), key=lambda item: item[0] != top):
            part: Part | None = self._parts.get(key)
            if (part is None and failed) or (part is not None and part.state in FAILED and before.whole):
                self._keep(key, before, part)
            else:
                gone.append(before.id)
        forget(self._connection, gone[::-1], members=False)  # the unit itself after its members
        return self._parts

    def _close(self, part: Part) -> None:
        self._connection.execute(
            update(schema.unit)
            .where(schema.unit.c.id == part.id)
            .values(
                state=part.state,
                reason=part.reason,
                whole=part.state not in FAILED,
                records=part.tally.records,
                amount=part.tally.values,
                sampled=part.sampled,
            )
        )
        facts = [
            (part.id, self._field(name), total, name in part.keys, name in part.texts)
            for name, total in part.totals.items()
        ]
        insert_rows(self._connection, schema.field_fact, facts)

    def _keep(self, key: str, before: _Before, part: Part | None) -> None:
        """Keep what an earlier, whole reading found; note that the last one failed."""
        values: dict[str, Any] = {"key": self._store.keys.seal(key), "scan_id": self._scan_id}
        parent = self._parts[next(iter(self._parts))]
        if part is not parent:
            values["parent_id"] = parent.id
        if part is not None:
            children = update(schema.unit).where(schema.unit.c.parent_id == part.id).values(parent_id=before.id)
            self._connection.execute(children)
            forget(self._connection, [part.id], members=False)
            values |= {"state": part.state, "reason": part.reason}
            part.id = before.id
        self._connection.execute(update(schema.unit).where(schema.unit.c.id == before.id).values(**values))

    def _field(self, name: str) -> int:
        return self._store.field_names.number(self._connection, self._store.keys.seal(name))

    def _term(self, text: str) -> int:
        return self._store.terms.number(self._connection, text)


def place(key: str, kind: str) -> str:
    """The inventory's grain: a table is its own place, a file lies in its folder ("" = the top)."""
    return key if kind in _TABLE_KINDS else key.partition("!/")[0].rpartition("/")[0]


def is_text(name: str, values: Sequence[str | None]) -> bool:
    """Whether a field holds running text: more words in a value than a name, an address or a list of codes has."""
    if name in ("", "path"):
        return True
    filled = [value for value in values if value]
    return bool(filled) and sum(value.count(" ") for value in filled) / len(filled) > _WORDS


def locator(record: Record) -> str:
    """A record's locator as canonical JSON."""
    return _encode(record)


def forget(connection: Connection, units: Sequence[int], *, members: bool = True) -> None:
    """Delete units (and their members) and all that was found in them."""
    for number in units:
        if members:
            forget(
                connection,
                list(connection.scalars(select(schema.unit.c.id).where(schema.unit.c.parent_id == number))),
                members=False,
            )
        records = select(schema.record.c.id).where(schema.record.c.unit_id == number)
        findings = select(schema.finding.c.id).where(schema.finding.c.unit_id == number)
        lookup.remove(connection, findings)
        connection.execute(delete(schema.link).where(schema.link.c.record_id.in_(records)))
        connection.execute(delete(schema.moment).where(schema.moment.c.record_id.in_(records)))
        for table in (schema.finding, schema.record, schema.field_fact, schema.role):
            connection.execute(delete(table).where(table.c.unit_id == number))
        related = or_(schema.relation.c.unit_id == number, schema.relation.c.ref_unit_id == number)
        connection.execute(delete(schema.relation).where(related))
        connection.execute(delete(schema.unit).where(schema.unit.c.id == number))
