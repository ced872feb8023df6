"""Which systems a search reaches, and which further identifier would reach the others: told before it is answered."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Connection, select

from reports.case.reached import Reach
from scanner.cases.desk import Desk
from scanner.linking.identity import ADDRESS, CONTACT, STRONG, TRACE
from scanner.store import schema
from scanner.subject.answer import Searched

_ASKED = (*STRONG, *CONTACT, ADDRESS, *TRACE)
"""What can be asked for, the surest first."""


def reach(desk: Desk, searched: Searched) -> list[Reach]:
    """Tell for each configured system what the search reaches.

    Args:
        desk: Whose configuration.
        searched: A search whose transaction is still open.
    """
    found: dict[str, Counter[str]] = {}
    for hit in searched.outcome.hits.values():
        source = searched.search.ownership.unit(hit.unit).source
        found.setdefault(source, Counter())[hit.grade.name.lower()] += 1
    known = {one.entity for one in searched.outcome.owned.values()}
    with desk.store.reading() as connection:
        held = {name: _held(desk, connection, name) for name in desk.config.sources}
    return [_reach(name, held[name], found.get(name, Counter()), known) for name in desk.config.sources]


def _reach(name: str, held: set[str] | None, hits: Counter[str], known: set[str]) -> Reach:
    if held is None:
        return Reach(name, {}, (), by_hand=True)
    return Reach(name, dict(hits), tuple(entity for entity in _ASKED if entity in held and entity not in known))


def _held(desk: Desk, connection: Connection, name: str) -> set[str] | None:
    """What a person can be found by in a source; None: nothing of it has been searched."""
    unit, finding = schema.unit, schema.finding
    source = connection.scalar(select(schema.source.c.id).where(schema.source.c.name == name))
    units = select(unit.c.id).where(unit.c.source_id == source, unit.c.records > 0)
    if source is None or connection.scalar(units.limit(1)) is None:
        return None
    found = set()
    for entity in _ASKED:
        number = desk.store.terms.find(connection, entity)
        query = select(finding.c.record_id).where(finding.c.unit_id.in_(units), finding.c.entity == number).limit(1)
        if number is not None and connection.scalar(query) is not None:
            found.add(entity)
    return found
