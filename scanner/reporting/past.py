"""One scan, long after: what became of each source, which units were not read, and what was otherwise before it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from reports.facts import FieldFacts
from reports.words import READ
from scanner.reporting import snapshots
from scanner.reporting.ledger import Scan, Unread
from scanner.reporting.snapshots import Snapshot
from scanner.store import Store, schema
from scanner.store.scan_schema import scan_source


@dataclass(frozen=True, slots=True)
class Part:
    """What became of a source in a scan."""

    source: str
    program: str
    """Version of Insyn."""
    reading: str
    """Version of the recognizers and of what is read."""
    units: Mapping[str, int]
    """State -> units; they sum to what was enumerated."""
    records: int
    values: int
    bytes: int
    findings: int
    seconds: float
    error: str

    @property
    def enumerated(self) -> int:
        """Units that were listed."""
        return sum(self.units.values())

    @property
    def unread(self) -> int:
        """Units that were not read whole."""
        return sum(count for state, count in self.units.items() if state not in READ)


@dataclass(frozen=True, slots=True)
class Shift:
    """What of a source is otherwise after a scan than before: fields with personal data, and the values in them."""

    source: str
    then: int
    now: int
    """Values."""
    new: int
    gone: int
    changed: int
    """Fields."""
    otherwise: bool
    """It was read in another way than before: what is new or gone may have been there, or be there still."""


@dataclass(frozen=True, slots=True)
class Past:
    """A scan."""

    scan: Scan
    parts: Sequence[Part]
    unread: Sequence[tuple[str, Unread]]
    """Source and unit, of those that no later scan has met. Names are plain: mask them before they are shown."""
    later: int
    """Units of it that were not read whole and that later scans have met."""


def past(store: Store, number: int, most: int) -> Past | None:
    """A scan by its number, with at most so many unread units; None: there is none."""
    with store.reading() as connection:
        row = connection.execute(select(schema.scan).where(schema.scan.c.id == number)).first()
    if row is None:
        return None
    scan = Scan(row.id, row.started, row.finished or "", row.status)
    parts = _parts(store, number)
    unread, count = _unread(store, number, most)
    return Past(scan, parts, unread, max(0, sum(one.unread for one in parts) - count))


def _parts(store: Store, number: int) -> list[Part]:
    table, source = scan_source, schema.source
    query = select(source.c.name, table).join(source, source.c.id == table.c.source_id).order_by(source.c.id)
    with store.reading() as connection:
        rows = connection.execute(query.where(table.c.scan_id == number)).all()
    return [
        Part(
            row.name, row.program, row.reading, json.loads(row.units), row.records, row.amount, row.bytes,
            row.findings, row.seconds, row.error,
        )
        for row in rows
    ]  # fmt: skip


def _unread(store: Store, number: int, most: int) -> tuple[list[tuple[str, Unread]], int]:
    """Units that this scan was the last to meet and that were not read whole; and how many there are."""
    unit, source, unseal = schema.unit, schema.source, store.keys.unseal
    wanted = (unit.c.scan_id == number, unit.c.state.not_in(READ))
    query = select(source.c.name, unit.c.key, unit.c.state, unit.c.reason, unit.c.size)
    query = query.join(source, source.c.id == unit.c.source_id).where(*wanted).order_by(source.c.id, unit.c.id)
    with store.reading() as connection:
        rows = connection.execute(query.limit(most)).all()
        count = connection.scalar(select(func.count()).select_from(unit).where(*wanted)) or 0
    return [(row.name, Unread(unseal(row.key), row.state, row.reason, row.size)) for row in rows], count


def shifts(store: Store, number: int) -> list[Shift] | None:
    """What a scan has changed, source by source; None: what was before it is not remembered."""
    before, after = snapshots.around(store, number)
    if before is None or after is None:
        return None
    names = dict.fromkeys(one.source for shot in (before, after) for one in shot.coverage)
    found = [_shift(name, before, after) for name in names]
    return [one for one in found if one.otherwise or one.new or one.gone or one.changed]


def _shift(source: str, before: Snapshot, after: Snapshot) -> Shift:
    then, now = _fields(before.facts, source), _fields(after.facts, source)
    return Shift(
        source,
        sum(then.values()),
        sum(now.values()),
        new=len(now.keys() - then.keys()),
        gone=len(then.keys() - now.keys()),
        changed=sum(then[key] != now[key] for key in then.keys() & now.keys()),
        otherwise=before.ways.get(source) != after.ways.get(source),
    )


def _fields(facts: Sequence[FieldFacts], source: str) -> dict[tuple[str, str], int]:
    """Place and field -> values in which something was found."""
    found: dict[tuple[str, str], int] = {}
    for fact in facts:
        if fact.source == source and fact.entity is not None:
            found[fact.unit, fact.field] = found.get((fact.unit, fact.field), 0) + fact.values
    return found
