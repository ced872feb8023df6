"""Writes what was found in one unit: findings, links, dates and the unit's state, in one transaction.

What the store knew of the unit is replaced, or kept where the reading failed: an outage must not look like an erasure.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from sqlalchemy import Connection, bindparam, insert, or_, select, update

from connectors import State, Unit, Unread
from scanner.engine.job import Job
from scanner.engine.page import Page
from scanner.engine.readings import read_by
from scanner.engine.rows import Part, Rows
from scanner.linking.links import PATH
from scanner.store import Store, schema
from scanner.store.bulk import insert_rows
from scanner.store.forgetting import forget

_TABLE_KINDS = ("table", "view")
_ASIDE = b"~"
# Made once: to make a statement takes several times as long as to run it, and most units are small.
_KNOWN = select(schema.unit.c.id).where(
    schema.unit.c.source_id == bindparam("source"), schema.unit.c.key == bindparam("sealed")
)
_ENTER = insert(schema.unit)
_CLOSE = update(schema.unit).where(schema.unit.c.id == bindparam("number"))


@dataclass(frozen=True, slots=True)
class _Before:
    """A part as the store knew it."""

    id: int
    whole: bool


class UnitWriter:
    """Collects the batches of one unit. Lives inside one transaction."""

    def __init__(self, store: Store, connection: Connection, job: Job) -> None:
        self._store = store
        self._connection = connection
        self._job = job
        self._rows = Rows(store, connection)
        self._parts: dict[str, Part] = {}
        self._before: dict[str, _Before] = {}
        self._linked = job.unit.kind in _TABLE_KINDS
        self._start(job.unit)

    def _start(self, unit: Unit) -> None:
        """Enter the unit anew; what was known of it and its members is put aside until `finish`."""
        table = schema.unit
        sealed = self._store.keys.seal(unit.key)
        number = self._connection.scalar(_KNOWN, {"source": self._job.source_id, "sealed": sealed})
        if number is not None:
            query = select(table.c.id, table.c.key, table.c.whole).where(
                or_(table.c.id == number, table.c.parent_id == number)
            )
            for old, key, whole in self._connection.execute(query).all():
                self._before[self._store.keys.unseal(key)] = _Before(old, whole)
                self._connection.execute(update(table).where(table.c.id == old).values(key=key + _ASIDE))
        self._part(unit.key, None)

    def _part(self, key: str, parent: int | None) -> Part:
        unit = self._job.unit
        kind = unit.kind if parent is None else "member"
        values = {
            "source_id": self._job.source_id,
            "key": self._store.keys.seal(key),
            "place": self._store.keys.seal(place(unit.key, unit.kind)),
            "parent_id": parent,
            "kind": kind,
            "extension": "" if kind in _TABLE_KINDS else PurePosixPath(key).suffix[1:].lower()[:20],
            "version": unit.version,
            "analyzer": self._job.analyzer,
            "state": State.SCANNED,
            "size": unit.size,
            "scan_id": self._job.scan_id,
            "task_id": self._job.task_id,
            "readers": unit.readers,
        }
        result = self._connection.execute(_ENTER, values)
        part = Part(int(result.inserted_primary_key[0]))  # type: ignore[index]
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
        path = self._store.field_names.find(self._connection, self._store.keys.seal(PATH))
        units = [before.id for before in self._before.values()]
        if not units:
            return True
        records = select(record.c.id).where(record.c.unit_id.in_(units))
        query = select(link.c.record_id).where(link.c.record_id.in_(records), link.c.field_id != (path or 0)).limit(1)
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
        self._connection.execute(_CLOSE, values)
        insert_rows(self._connection, schema.field_fact, ((part.id, *fact) for fact in part.facts()))

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
            children = update(schema.unit).where(schema.unit.c.parent_id == part.id).values(parent_id=before.id)
            self._connection.execute(children)
            forget(self._connection, [part.id], members=False)
            values |= {"state": part.state, "reason": part.reason}
            part.id = before.id
        self._connection.execute(update(schema.unit).where(schema.unit.c.id == before.id).values(**values))


def place(key: str, kind: str) -> str:
    """The inventory's grain: a table is its own place, a file lies in its folder ("" = the top)."""
    return key if kind in _TABLE_KINDS else key.partition("!/")[0].rpartition("/")[0]
