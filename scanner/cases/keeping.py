"""What a search found is kept with its case: places and grades, and whether the latest search still finds them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Connection, insert, select, update

from scanner.cases import asking, case_id, places
from scanner.cases.desk import Desk
from scanner.store.case_schema import case_hit
from scanner.subject.answer import Searched
from scanner.subject.outcome import Grade

_MANY = 1000
"""Records changed at once: a statement takes only so many numbers."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a search changed in what is kept."""

    new: int
    """Records that no earlier search of the case had found."""
    more: int
    """Records that the search before this one had not found."""
    gone: int
    """Records that it had found, and this one has not."""


def keep(desk: Desk, number: str, found: Searched) -> Change:
    """Keep what was found with a case; what was decided before stays decided, but see `scanner.cases.asking`.

    Args:
        desk: Who works, with what.
        number: Of the case.
        found: A search whose transaction is still open.
    """
    new = again = 0
    with desk.store.transaction() as connection:
        case = case_id(connection, number)
        known, rows = _ids(connection, case), _rows(desk, found)
        before = sum(was_found for _, was_found in known.values())
        connection.execute(update(case_hit).where(case_hit.c.case_id == case).values(found=False))
        while some := list(islice(rows, _MANY)):
            fresh = [row | {"case_id": case} for row in some if places.digest(row) not in known]
            new += len(fresh)
            if fresh:
                connection.execute(insert(case_hit), fresh)
            for row in some:
                if kept := known.get(places.digest(row)):
                    changed = update(case_hit).where(case_hit.c.id == kept[0])
                    connection.execute(changed.values(grade=row["grade"], own=row["own"], found=True))
                    again += kept[1]
        asking.settle_replaced(desk, connection, number)
        desk.register.note(connection, number, asking.SEARCHED, f"{len(found.outcome.hits)} records, {new} new")
    return Change(new, len(found.outcome.hits) - again, before - again)


def _rows(desk: Desk, found: Searched) -> Iterator[dict[str, Any]]:
    """The records as the table keeps them, one at a time: there may be very many.

    The grade is that of the search alone: what somebody has decided stands beside it.
    """
    outcome = found.outcome
    for number, one in found.search.records.ahead(outcome.hits.items()):
        grade = Grade.POSSIBLE if number in outcome.confirmed else one.grade
        where = places.place(desk.store, found.search, one)
        yield where | {"grade": int(grade), "own": one.concerns or one.about}


def _ids(connection: Connection, case: int) -> dict[bytes, tuple[int, bool]]:
    """The records of a case by their place: their ids, and whether the last search found them."""
    table = case_hit
    query = select(table.c.id, table.c.found, table.c.source, table.c.unit, table.c.record)
    rows = connection.execute(query.where(table.c.case_id == case)).mappings()
    return {places.digest(row): (row["id"], row["found"]) for row in rows}
