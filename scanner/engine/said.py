"""Keys that the configuration says or denies, beside those that a source declares and those that are found.

What is said counts as declared. Where it has changed since the last scan, how tables hang together is worked out anew
from what the store holds; read again are only the units of which a column named now was not kept as a key.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import Connection, delete, func, insert, select, update

from scanner.engine.agreements import Pair
from scanner.engine.job import Job
from scanner.engine.unsettled import mark
from scanner.linking.handlers import Column
from scanner.linking.referenced import Referenced, Spot, linked
from scanner.references import Said
from scanner.store import Store, schema

_NAME = "said:"
_STALE = ""
"""Version of a unit that was read without what is wanted of it now."""


class SaidKeys:
    """What is said of the keys of a source, found in the store.

    Args:
        store: Opens names.
        connection: Within whose transaction.
        said: Of this source's columns, or by those of others.
    """

    def __init__(self, store: Store, connection: Connection, said: Sequence[Said]) -> None:
        self._connection = connection
        self._known = Referenced(store, connection)
        self.pairs = list(dict.fromkeys(pair for one in said if not one.deny for pair in self._pairs(one)))
        self._denied: set[tuple[int, int, int, int]] = set()
        self._nowhere: set[tuple[int, int]] = set()
        for one in said:
            if one.deny:
                self._deny(one)

    def denies(self, pair: Pair) -> bool:
        """Whether it is said that a column does not refer to another, or to any."""
        child, parent = pair
        one = (child.unit, child.field)
        return one in self._nowhere or (*one, parent.unit, parent.field) in self._denied

    def _pairs(self, said: Said) -> Iterator[Pair]:
        """Columns with what each refers to; nothing where that may be one of several, or no value of it is kept."""
        parents = self._known.find(said.other, said.parent).spots
        if len(parents) != 1:
            return
        parent = self._column(parents[0])
        children = map(self._column, self._known.find(said.source, said.child).spots if parent.rows else ())
        yield from ((child, parent) for child in children if child.rows and child != parent)

    def _column(self, spot: Spot) -> Column:
        return Column(spot.unit, spot.field, spot.key, spot.name, *linked(self._connection, spot))

    def _deny(self, said: Said) -> None:
        children = self._known.find(said.source, said.child).spots
        parents = self._known.find(said.other, said.parent).spots if said.parent else ()
        for child in children:
            if not said.parent:
                self._nowhere.add((child.unit, child.field))
            self._denied |= {(child.unit, child.field, one.unit, one.field) for one in parents}


def of_source(said: Collection[Said], source: str) -> list[Said]:
    """What is said of the keys of a source, or of others' that lead to it."""
    return [one for one in said if source in (one.source, one.other)]


def is_settled(connection: Connection, source_id: int, said: Sequence[Said]) -> bool:
    """Whether what is said of a source now is what was said when its tables were last looked at."""
    known = connection.scalar(select(schema.meta.c.value).where(schema.meta.c.name == f"{_NAME}{source_id}"))
    return (known or "") == _digest(said)


def unkept(store: Store, connection: Connection, source: tuple[int, str], said: Sequence[Said]) -> set[int]:
    """The units of a source that must be read again, for a column said of now was not kept as a key.

    Args:
        store: Opens names.
        connection: To it.
        source: Number and name.
        said: Of the source.
    """
    number, name = source
    if is_settled(connection, number, said):
        return set()
    known = Referenced(store, connection)
    columns = {column for one in said if not one.deny for column in one.columns(name)}
    spots = (spot for column in sorted(columns) for spot in known.find(name, column).spots)
    parts = {spot.unit for spot in spots if linked(connection, spot)[0] < spot.total}
    unit = schema.unit
    whole = func.coalesce(unit.c.parent_id, unit.c.id)
    return {number for part in parts for number in connection.scalars(select(whole).where(unit.c.id == part))}


def renew(store: Store, job: Job, said: Sequence[Said]) -> None:
    """Have a source's tables settled anew, and units read again, if something else is said now than before.

    Args:
        store: Of the scan.
        job: Of the scanner.
        said: Of the job's source.
    """
    with store.reading() as connection:
        if is_settled(connection, job.source_id, said):
            return
    unit, chunk, meta = schema.unit, schema.chunk, schema.meta
    name = f"{_NAME}{job.source_id}"
    with store.transaction() as connection:
        for number in unkept(store, connection, (job.source_id, job.source), said):
            connection.execute(update(unit).where(unit.c.id == number).values(analyzer=_STALE))
            connection.execute(update(chunk).where(chunk.c.unit_id == number).values(analyzer=_STALE))
        mark(connection, job)
        connection.execute(delete(meta).where(meta.c.name == name))
        connection.execute(insert(meta).values(name=name, value=_digest(said)))


def _digest(said: Sequence[Said]) -> str:
    """What is said, whatever its order; "" of nothing."""
    lines = sorted(json.dumps([one.source, one.child, one.other, one.parent, one.deny]) for one in said)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16] if lines else ""
