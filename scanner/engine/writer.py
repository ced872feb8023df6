"""Writes what was found in one unit: findings, links, dates and the unit's state, in one transaction.

What the store knew of the unit is replaced, or kept where the reading failed: an outage must not look like an erasure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, or_, select, update

from connectors import State, Unit, Unread
from scanner.engine.job import Job
from scanner.engine.page import Page
from scanner.engine.readings import read_by
from scanner.engine.rows import Part, Rows
from scanner.linking.path_keys import fields_of_paths
from scanner.store import Store, schema
from scanner.store.bulk import insert_row
from scanner.store.forgetting import forget

_TABLE_KINDS = ("table", "view")
_ASIDE = b"~"
# Made once: to make a statement takes several times as long as to run it, and most units are small.
_KNOWN = select(schema.unit.c.key, schema.unit.c.id, schema.unit.c.scan_id).where(
    schema.unit.c.source_id == bindparam("source"), schema.unit.c.key.in_(bindparam("keys", expanding=True))
)


class Met(NamedTuple):
    """A unit that the store knows."""

    id: int
    scan_id: int
    """The last scan that has met it."""


def known_units(store: Store, connection: Connection, source: int, units: Sequence[Unit]) -> dict[str, Met]:
    """Those of some units that the store knows, by key.

    Args:
        store: Whose keys they are sealed with.
        connection: Of a transaction.
        source: The number of the source that they are of.
        units: A few.
    """
    sealed = {store.keys.seal(unit.key): unit.key for unit in units}
    rows = connection.execute(_KNOWN, {"source": source, "keys": list(sealed)})
    return {sealed[row.key]: Met(row.id, row.scan_id) for row in rows}


@dataclass(frozen=True, slots=True)
class _Before:
    """A part as the store knew it."""

    id: int
    whole: bool


class UnitWriter:
    """Collects the batches of one unit. Lives inside one transaction, in which other units may be written, too."""

    def __init__(self, rows: Rows, job: Job, known: int | None) -> None:
        """Enter a unit anew; what was known of it and its members is put aside until `finish`.

        Args:
            rows: Of the transaction; whoever made them flushes them.
            job: Of the unit.
            known: Its number; None: the store has not met it.
        """
        self._store, self._connection = rows.store, rows.connection
        self._job = job
        self._rows = rows
        self._parts: dict[str, Part] = {}
        self._before: dict[str, _Before] = {}
        self._linked = job.unit.kind in _TABLE_KINDS
        if known is not None:
            self._put_aside(known)
        self._part(job.unit.key, None)

    def _put_aside(self, number: int) -> None:
        table = schema.unit
        query = select(table.c.id, table.c.key, table.c.whole).where(
            or_(table.c.id == number, table.c.parent_id == number)
        )
        for old, key, whole in self._connection.execute(query).all():
            self._before[self._store.keys.unseal(key)] = _Before(old, whole)
            self._connection.execute(update(table).where(table.c.id == old).values(key=key + _ASIDE))

    def _part(self, key: str, parent: int | None) -> Part:
        unit = self._job.unit
        kind = unit.kind if parent is None else "member"
        row = {
            "source_id": self._job.source_id,
            "key": self._store.keys.seal(key),
            "place": self._store.keys.seal_name(place(unit.key, unit.kind)),
            "parent_id": parent,
            "kind": kind,
            "extension": "" if kind in _TABLE_KINDS else PurePosixPath(key).suffix[1:].lower()[:20],
            "version": unit.version,
            "analyzer": self._job.analyzer,
            "state": State.SCANNED.value,
            "reason": "",
            "whole": False,
            "size": unit.size,
            "records": 0,
            "amount": 0,
            "sampled": False,
            "scan_id": self._job.scan_id,
            "task_id": self._job.task_id,
            "readers": int(unit.readers),
        }
        part = Part(insert_row(self._connection, schema.unit, row))
        self._parts[key] = part
        return part

    def add(self, item: Page | Unread) -> None:
        """Enter a page, or that a part could not be read, or not whole."""
        part = self._parts.get(item.unit) or self._part(item.unit, self._parts[self._job.unit.key].id)
        if isinstance(item, Page):
            self._rows.add(part, item)
            self._linked = self._linked or item.linked
        else:
            part.fail(item)

    def is_apart(self) -> bool:
        """Whether neither what was entered nor what was known before has keys of rows. To be asked before `finish`."""
        if self._linked:
            return False
        link, record = schema.link, schema.record
        paths = fields_of_paths(self._store, self._connection)
        units = [before.id for before in self._before.values()]
        if not units:
            return True
        records = select(record.c.id).where(record.c.unit_id.in_(units))
        query = select(link.c.record_id).where(link.c.record_id.in_(records), link.c.field_id.not_in(paths)).limit(1)
        return self._connection.scalar(query) is None

    def finish(self) -> dict[str, Part]:
        """Write states and counts, and settle what was known before; returns the parts by key."""
        top = next(iter(self._parts))
        for key, done in self._parts.items():
            self._close(done, self._read_by() if key == top else self._job.analyzer)
        failed = self._parts[top].lost
        gone = []
        for key, before in sorted(self._before.items(), key=lambda item: item[0] != top):
            part: Part | None = self._parts.get(key)
            if (part is None and failed) or (part is not None and part.lost and before.whole):
                self._keep(key, before, part)
            else:
                gone.append(before.id)
        forget(self._connection, gone[::-1], members=False)  # the unit itself after its members
        return self._parts

    def _close(self, part: Part, analyzer: str) -> None:
        values = {
            "number": part.id,
            "analyzer": analyzer,
            "state": part.state,
            "reason": part.reason,
            "whole": not part.lost,
            "records": part.tally.records,
            "amount": part.tally.values,
            "sampled": part.sampled,
        }
        self._rows.end(values)
        self._rows.enter(schema.field_fact, ((part.id, *fact) for fact in part.facts()))

    def _read_by(self) -> str:
        """What the unit and its members were read by, as it is noted with the unit."""
        around = {key.rpartition("!/")[0] for key in self._parts}
        formats = {one for key, part in self._parts.items() for one in part.read_as(has_members=key in around)}
        return read_by(self._store, self._connection, self._job.analyzer, formats)

    def _keep(self, key: str, before: _Before, part: Part | None) -> None:
        """Keep what an earlier, whole reading found; note that the last one failed."""
        values: dict[str, Any] = {
            "key": self._store.keys.seal(key),
            "scan_id": self._job.scan_id,
            "task_id": self._job.task_id,
            "readers": self._job.unit.readers,
        }
        parent = self._parts[next(iter(self._parts))]
        if part is not parent:
            values["parent_id"] = parent.id
        if part is not None:
            self._rows.flush()
            children = update(schema.unit).where(schema.unit.c.parent_id == part.id).values(parent_id=before.id)
            self._connection.execute(children)
            forget(self._connection, [part.id], members=False)
            values |= {"state": part.state, "reason": part.reason}
            part.id = before.id
        self._connection.execute(update(schema.unit).where(schema.unit.c.id == before.id).values(**values))


def place(key: str, kind: str) -> str:
    """The inventory's grain: a table is its own place, a file lies in its folder ("" = the top)."""
    return key if kind in _TABLE_KINDS else key.partition("!/")[0].rpartition("/")[0]
