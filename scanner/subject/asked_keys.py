"""A word that no recognizer reads, and that was asked for: it may be the key of a row."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sqlalchemy import Connection, literal, select

from scanner.store import schema
from scanner.subject.climbing import keyed
from scanner.subject.outcome import Found, Grade, Step
from scanner.subject.question import Seed
from scanner.subject.records import Records


def rows_by_key(
    connection: Connection, records: Records, seed: Seed, step: Callable[[str, int], Step], most: int
) -> Iterator[Found]:
    """The rows whose key it is: whom it means, else all that hold something personal, as possible ones.

    Args:
        connection: To the store.
        records: Of the search.
        seed: The word.
        step: A reason about a unit.
        most: Rows that are looked at.
    """
    link = schema.link
    query = select(link.c.record_id, link.c.unit_id, link.c.field_id).where(
        schema.is_token(link.c.token, literal(seed.token))
    )
    found = connection.execute(query.order_by(link.c.record_id).limit(most)).all()
    rows = [(record, unit, field) for record, unit, field in found if records.is_key(unit, field)]
    meant = keyed(records, rows)
    for record, unit, _ in rows:
        chain = (Step("asked_key"), step("key", unit))
        if record in meant:
            yield Found(record, unit, Grade.PROBABLE, chain, concerns=True)
        elif records.view(record).seen and not meant:
            yield Found(record, unit, Grade.POSSIBLE, chain)
