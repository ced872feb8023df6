"""Places of records as a case keeps them, sealed: compared without being opened. And which of them were decided on.

Sealing is deterministic: equal places are equal in the store.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from hashlib import blake2b
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, select

from scanner.cases.model import Decision
from scanner.store import Store
from scanner.store.case_schema import case_hit, subject_case
from scanner.subject import Search
from scanner.subject.located import located
from scanner.subject.outcome import Found, Grade, Outcome

_INCLUDED = (Decision.MASK, Decision.RELEASE)
_MANY = 1000
"""Records asked for at once: a statement takes only so many numbers."""


def place(store: Store, search: Search, found: Found) -> dict[str, Any]:
    """Where a record lies, as a case keeps it."""
    source, unit, record = located(store, search, found)
    seal = store.keys.seal
    return {"source": source, "unit": seal(unit), "record": seal(json.dumps(record, sort_keys=True))}


def digest(row: Mapping[str, Any] | RowMapping) -> bytes:
    """A record's place, short."""
    name: bytes = row["source"].encode()
    return blake2b(b"\0".join((name, row["unit"], row["record"])), digest_size=16).digest()


def is_included() -> ColumnElement[bool]:
    """That somebody has decided that a record of a case is handed out: what its grade says alone is no decision."""
    return case_hit.c.decision.in_(_INCLUDED)


def included(connection: Connection, number: str, *conditions: ColumnElement[bool]) -> frozenset[bytes]:
    """The places of the records of a case of which somebody has decided that they are handed out."""
    query = select(case_hit.c.source, case_hit.c.unit, case_hit.c.record)
    query = query.join(subject_case, subject_case.c.id == case_hit.c.case_id)
    rows = connection.execute(query.where(subject_case.c.number == number, is_included(), *conditions)).mappings()
    return frozenset(map(digest, rows))


def included_if(connection: Connection, number: str, hits: Collection[int], decision: Decision) -> frozenset[bytes]:
    """The same places, if it were decided so about some records of the case."""
    now, chosen = included(connection, number), frozenset(_of(connection, hits))
    return now - chosen if decision is Decision.WITHHOLD else now | chosen


def _of(connection: Connection, hits: Collection[int]) -> Iterator[bytes]:
    for some in among(hits):
        query = select(case_hit.c.source, case_hit.c.unit, case_hit.c.record).where(some)
        yield from map(digest, connection.execute(query).mappings())


def among(hits: Collection[int]) -> Iterator[ColumnElement[bool]]:
    """That a record of a case is one of these, said in pieces that a statement can take."""
    chosen = sorted(set(hits))
    for at in range(0, len(chosen), _MANY):
        yield case_hit.c.id.in_(chosen[at : at + _MANY])


def followed(store: Store, number: str) -> frozenset[bytes]:
    """The places of those among them that a search alone gave as possible: they change what the next one finds."""
    with store.reading() as connection:
        return included(connection, number, case_hit.c.grade == Grade.POSSIBLE)


def possible_among(store: Store, search: Search, outcome: Outcome, places: frozenset[bytes]) -> frozenset[int]:
    """Records that a search gives as possible and that lie at some places."""
    possible = (one for one in outcome.hits.values() if one.grade is Grade.POSSIBLE)
    return frozenset(one.record for one in possible if digest(place(store, search, one)) in places)
