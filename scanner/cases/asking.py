"""What a case searches for, replaced: which decisions still count, and which have lapsed.

A decision was made about the person who was searched for then. Where an identifier is no longer asked for, it stays
with a record that the new search finds, too, and lapses with any other: else it would count again, unseen, as soon as a
later search meets the record. Another personal identity number is another person: what was to be handed out to the
first lapses at once, also where the second is found by it (a telephone that they share); what was to be left out stays.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import ColumnElement, Connection, and_, not_, or_, select, update

from scanner.cases import REPLACED, case_id, places
from scanner.cases.desk import Desk
from scanner.cases.model import Case, CaseHit, Decision, Event, Lapsed
from scanner.linking.identity import PERSONNUMMER
from scanner.store.case_schema import case_event, case_hit
from scanner.subject.outcome import Grade
from scanner.subject.question import Seed, identified

SEARCHED = "searched"
LAPSED = "lapsed"


def ask(desk: Desk, number: str, identifiers: Sequence[str]) -> Case:
    """Set what a case searches for; what was decided about another person lapses.

    Args:
        desk: Who works, with what.
        number: Of the case.
        identifiers: From now on.

    Raises:
        ConfigError: there is no such case.
    """
    before, after = (_read(desk, one) for one in (desk.register.get(number).identifiers, identifiers))
    if _names_another(before, after):
        with desk.store.transaction() as connection:
            lapse(desk, connection, number, _hands_out())
    replaced = not _tokens(before) <= _tokens(after)
    return desk.register.ask(number, identifiers, replaced=replaced)


def _read(desk: Desk, identifiers: Sequence[str]) -> list[Seed]:
    return identified(desk.analyzer, desk.store.keys, identifiers)


def _tokens(seeds: Iterable[Seed]) -> set[bytes]:
    return {seed.token for seed in seeds}


def _names_another(before: Iterable[Seed], after: Iterable[Seed]) -> bool:
    """Whether both give a person's number, and not the same.

    Each is read with its check digit and without: one that was mistyped there is the same as the right one.
    """
    first, second = (_tokens(one for one in seeds if one.entity == PERSONNUMMER) for seeds in (before, after))
    return bool(first and second) and first.isdisjoint(second)


def _hands_out() -> ColumnElement[bool]:
    """A decision by which more is handed out than without it."""
    possible = and_(places.is_included(), case_hit.c.grade == Grade.POSSIBLE)
    return or_(case_hit.c.decision == Decision.RELEASE, possible)


def settle_replaced(desk: Desk, connection: Connection, number: str) -> None:
    """After a search: where what is searched for was replaced since the one before, let lapse what it did not find.

    Args:
        desk: Who searches.
        connection: The transaction in which the search is kept.
        number: Of the case.
    """
    table = case_event
    of_case = (table.c.case_id == case_id(connection, number), table.c.what.in_((SEARCHED, REPLACED)))
    last = connection.scalar(select(table.c.what).where(*of_case).order_by(table.c.id.desc()).limit(1))
    if last == REPLACED:
        lapse(desk, connection, number, not_(case_hit.c.found))


def lapse(desk: Desk, connection: Connection, number: str, which: ColumnElement[bool]) -> None:
    """Let decisions about records of a case no longer count, and note them.

    Args:
        desk: Who is at work.
        connection: The transaction.
        number: Of the case.
        which: Of its records.
    """
    mine = (case_hit.c.case_id == case_id(connection, number), case_hit.c.decision != "", which)
    columns = (case_hit.c.id, case_hit.c.decision, case_hit.c.decided_by, case_hit.c.reason)
    rows = connection.execute(select(*columns).where(*mine).order_by(case_hit.c.id)).all()
    if not rows:
        return
    unseal = desk.store.keys.unseal
    noted = [[row.id, row.decision, row.decided_by, unseal(row.reason) if row.reason else ""] for row in rows]
    connection.execute(update(case_hit).where(*mine).values(decision="", decided_by="", reason=None))
    desk.register.note(connection, number, LAPSED, json.dumps(noted, ensure_ascii=False))


def lapsed(events: Iterable[Event], records: Iterable[CaseHit]) -> Iterator[Lapsed]:
    """The decisions that no longer count, in the order in which they lapsed.

    Args:
        events: Of a case.
        records: That it keeps.
    """
    known = {one.id: one for one in records}
    for event in events:
        for id, decision, by, reason in _noted(event):
            yield Lapsed(known[id], Decision(decision), by, reason, event.at)


def count_lapsed(events: Iterable[Event]) -> int:
    """How many decisions some events of a case let lapse."""
    return sum(len(_noted(event)) for event in events)


def _noted(event: Event) -> list[tuple[int, str, str, str]]:
    """What `lapse` has noted, if it is that: record, decision, by whom, and why."""
    return [tuple(one) for one in json.loads(event.detail)] if event.what == LAPSED else []
