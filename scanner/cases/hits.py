"""The records of a case: found, kept (and held from erasure while it is open), and decided one by one."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select, update

from reports.facts import Hit
from reports.language import translator
from scanner.cases import case_id
from scanner.cases import tasks as case_tasks
from scanner.cases.desk import Desk
from scanner.cases.model import Case, CaseHit, Decision, State
from scanner.errors import ConfigError
from scanner.store import Store
from scanner.store.case_schema import case_hit, subject_case
from scanner.subject.answer import Answer, Searched
from scanner.subject.located import located
from scanner.subject.outcome import Found, Grade

Locator = tuple[str, str, str]
"""Source, unit, and locator as JSON."""
_MANY = 1000
"""Records read or changed at once: a statement takes only so many numbers."""


@dataclass(frozen=True, slots=True)
class Review:
    """One record to decide on: what is kept of it, and how and why it was found."""

    kept: CaseHit
    hit: Hit


@dataclass(frozen=True, slots=True)
class Summary:
    """What a search for a case found."""

    grades: Mapping[str, int]
    sources: Mapping[str, int]
    new: int
    """Records that no earlier search of the case had found."""
    cut: bool
    tasks: int
    mistyped: bool
    """A personnummer asked for has a wrong check digit."""
    hits: Sequence[Hit] = ()
    """The records found with their reasons, if they were asked for."""


def search(desk: Desk, number: str, identifiers: Sequence[str] = (), lang: str = "") -> Summary:
    """Search for a case's person and keep what is found; what was decided before stays decided.

    Args:
        desk: Who works, with what.
        number: Of the case.
        identifiers: Kept with the case if they are given.
        lang: Of the reasons, if the records are to be given, too.

    Raises:
        SpecialHandlingError: the person's identity is protected, and this user has no such task.
    """
    case = desk.register.ask(number, identifiers) if identifiers else desk.register.get(number)
    with desk.searched(case, "case search") as found:
        hits = found.outcome.hits.values()
        grades, sources = Counter(one.grade for one in hits), Counter(_source(found, one) for one in hits)
        to_listen = case_tasks.to_listen(found)
        cut, mistyped = found.outcome.cut, any(seed.mistyped for seed in found.seeds)
        given = _answer(desk, lang).hits(found) if lang else ()
        new = _keep(desk, number, found)
    tasks = case_tasks.plan(desk, number, to_listen)
    return Summary(
        grades={grade.name.lower(): grades[grade] for grade in reversed(Grade)},
        sources=dict(sources),
        new=new,
        cut=cut,
        tasks=tasks,
        mistyped=mistyped,
        hits=given,
    )


def _answer(desk: Desk, lang: str) -> Answer:
    return Answer(desk.store, desk.config, desk.policy, desk.shown, translator(lang))


def _source(found: Searched, one: Found) -> str:
    return found.search.ownership.unit(one.unit).source


def _rows(desk: Desk, found: Searched) -> Iterator[dict[str, Any]]:
    """The records as the table keeps them, one at a time: there may be very many."""
    seal, hits = desk.store.keys.seal, found.outcome.hits.items()
    for _, one in found.search.records.ahead(hits):
        source, unit, record = located(desk.store, found.search, one)
        where = {"source": source, "unit": seal(unit), "record": seal(json.dumps(record, sort_keys=True))}
        yield where | {"grade": int(one.grade), "own": one.concerns or one.about}


def _keep(desk: Desk, number: str, found: Searched) -> int:
    new = 0
    with desk.store.transaction() as connection:
        case = case_id(connection, number)
        connection.execute(update(case_hit).where(case_hit.c.case_id == case).values(found=False))
        known, rows = _ids(connection, case), _rows(desk, found)
        while some := list(islice(rows, _MANY)):
            fresh = [row | {"case_id": case} for row in some if _digest(row) not in known]
            new += len(fresh)
            if fresh:
                connection.execute(insert(case_hit), fresh)
            for row in some:
                if _digest(row) in known:
                    changed = update(case_hit).where(case_hit.c.id == known[_digest(row)])
                    connection.execute(changed.values(grade=row["grade"], own=row["own"], found=True))
        desk.register.note(connection, number, "searched", f"{len(found.outcome.hits)} records, {new} new")
    return new


def _ids(connection: Connection, case: int) -> dict[bytes, int]:
    table = case_hit
    query = select(table.c.id, table.c.source, table.c.unit, table.c.record).where(table.c.case_id == case)
    return {_digest(row): row["id"] for row in connection.execute(query).mappings()}


def _digest(row: Mapping[str, Any] | RowMapping) -> bytes:
    """A record's place, short."""
    name: bytes = row["source"].encode()
    return blake2b(b"\0".join((name, row["unit"], row["record"])), digest_size=16).digest()


def kept(desk: Desk, number: str) -> list[CaseHit]:
    """The records of a case as they are kept, the surest first. Nothing is looked up."""
    with desk.store.reading() as connection:
        query = select(case_hit).where(case_hit.c.case_id == case_id(connection, number))
        rows = connection.execute(query.order_by(case_hit.c.grade.desc(), case_hit.c.id)).mappings().all()
    return [_hit(desk.store, row) for row in rows]


def decided(desk: Desk, number: str) -> dict[Locator, CaseHit]:
    """The records of a case on which somebody has decided, by their place. Nothing is looked up."""
    with desk.store.reading() as connection:
        of_case = (case_hit.c.case_id == case_id(connection, number), case_hit.c.decision != "")
        rows = connection.execute(select(case_hit).where(*of_case)).mappings().all()
    hits = (_hit(desk.store, row) for row in rows)
    return {(one.source, one.unit, json.dumps(one.record, sort_keys=True)): one for one in hits}


def _hit(store: Store, row: RowMapping) -> CaseHit:
    grade = Grade(row["grade"])
    return CaseHit(
        id=row["id"],
        source=row["source"],
        unit=store.keys.unseal(row["unit"]),
        record=json.loads(store.keys.unseal(row["record"])),
        grade=grade.name.lower(),
        own=row["own"],
        found=row["found"],
        decision=Decision(row["decision"]) if row["decision"] else default(grade),
        decided_by=row["decided_by"],
        reason=store.keys.unseal(row["reason"]) if row["reason"] else "",
    )


def default(grade: Grade) -> Decision:
    """What becomes of a record that nobody has decided on: a possible namesake's is never handed out by itself."""
    return Decision.WITHHOLD if grade is Grade.POSSIBLE else Decision.MASK


def review(desk: Desk, number: str, lang: str = "sv", *, values: bool = False) -> list[Review]:
    """Search again and show each record with its reasons beside what was decided. New ones are not kept: see `search`.

    Args:
        desk: Who works, with what.
        number: Of the case.
        lang: Of the reasons.
        values: Read the records again, to show what stands in them.

    Raises:
        SpecialHandlingError: the person's identity is protected, and this user has no such task.
    """
    with desk.searched(desk.register.get(number), "case review") as found:
        hits = _answer(desk, lang).hits(found, values=values)
    return reviews(desk, number, hits)


def reviews(desk: Desk, number: str, hits: Iterable[Hit]) -> list[Review]:
    """Put records that were found beside what was decided about them; none that it does not keep."""
    known = {(one.source, one.unit, json.dumps(one.record, sort_keys=True)): one for one in kept(desk, number)}
    keyed = (((hit.source, hit.unit, json.dumps(hit.record, sort_keys=True)), hit) for hit in hits)
    return [Review(known[key], hit) for key, hit in keyed if key in known]


def decide(desk: Desk, number: str, hits: Collection[int], decision: Decision, reason: str = "") -> None:
    """Decide what becomes of records in the package.

    Args:
        desk: Who works, with what.
        number: Of the case.
        hits: Ids of its records.
        decision: Masked needs no reason; the others do.
        reason: Kept with the case; that of what is withheld is told to the person.

    Raises:
        ConfigError: there is no reason, no such record, or the package has been released.
    """
    if decision is not Decision.MASK and not reason.strip():
        raise ConfigError(f"case {number}: {decision}: give the reason; it is kept with the case")
    _still_open(desk.register.get(number))
    values = {"decision": decision, "reason": desk.store.keys.seal(reason), "decided_by": desk.actor}
    with desk.store.transaction() as connection:
        mine = update(case_hit).where(case_hit.c.case_id == case_id(connection, number)).values(**values)
        chosen, changed = sorted(set(hits)), 0
        for at in range(0, len(chosen), _MANY):
            changed += connection.execute(mine.where(case_hit.c.id.in_(chosen[at : at + _MANY]))).rowcount
        if changed != len(chosen):
            raise ConfigError(f"case {number}: {len(chosen) - changed} of these records are not in the case")
        desk.register.note(connection, number, f"decided {decision}", f"{changed} records: {reason}")


def beside(desk: Desk, number: str, hit: int) -> list[int]:
    """Ids of the records of a case in the same unit and of the same grade as one of them, which is among them.

    Raises:
        ConfigError: the case has no such record.
    """
    known = kept(desk, number)
    one = next((some for some in known if some.id == hit), None)
    if one is None:
        raise ConfigError(f"case {number}: this record is not in the case")
    return [some.id for some in known if (some.source, some.unit, some.grade) == (one.source, one.unit, one.grade)]


def _still_open(case: Case) -> None:
    if case.state is not State.OPEN:
        raise ConfigError(f"case {case.number}: is {case.state}; nothing more can be decided")


def held(store: Store) -> set[Locator]:
    """All records that may not be erased now, for an open case asks for them: source, unit, locator as JSON."""
    query = select(case_hit.c.source, case_hit.c.unit, case_hit.c.record).distinct()
    query = query.join(subject_case, subject_case.c.id == case_hit.c.case_id)
    with store.reading() as connection:
        rows = connection.execute(query.where(subject_case.c.state != State.CLOSED)).all()
    return {(source, store.keys.unseal(unit), store.keys.unseal(record)) for source, unit, record in rows}
