"""The records of a case: found, kept (and held from erasure while it is open), and decided one by one."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

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
from scanner.subject import located
from scanner.subject.answer import Answer, Searched
from scanner.subject.outcome import Grade

Locator = tuple[str, str, str]
"""Source, unit, and locator as JSON."""
_MANY = 1000


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


def search(desk: Desk, number: str, identifiers: Sequence[str] = ()) -> Summary:
    """Search for a case's person and keep what is found; what was decided before stays decided.

    Args:
        desk: Who works, with what.
        number: Of the case.
        identifiers: Kept with the case if they are given.

    Raises:
        SpecialHandlingError: the person's identity is protected, and this user has no such task.
    """
    case = desk.register.ask(number, identifiers) if identifiers else desk.register.get(number)
    with desk.searched(case, "case search") as found:
        rows = dict(_rows(desk, found))
        grades = [one.grade for one in found.outcome.hits.values()]
        to_listen = case_tasks.to_listen(found)
        cut = found.outcome.cut
    new = _keep(desk, number, rows)
    tasks = case_tasks.plan(desk, number, to_listen)
    sources = [key[0] for key in rows]
    return Summary(
        grades={grade.name.lower(): grades.count(grade) for grade in reversed(Grade)},
        sources={name: sources.count(name) for name in dict.fromkeys(sources)},
        new=new,
        cut=cut,
        tasks=tasks,
    )


def _rows(desk: Desk, found: Searched) -> Iterator[tuple[Locator, dict[str, object]]]:
    for one in found.outcome.hits.values():
        source, unit, record = located(desk.store, found.search, one)
        key = (source, unit, json.dumps(record, sort_keys=True))
        yield key, {"grade": int(one.grade), "own": one.concerns or one.about}


def _keep(desk: Desk, number: str, rows: Mapping[Locator, Mapping[str, object]]) -> int:
    seal = desk.store.keys.seal
    with desk.store.transaction() as connection:
        case = case_id(connection, number)
        connection.execute(update(case_hit).where(case_hit.c.case_id == case).values(found=False))
        known = _ids(connection, case)
        fresh = []
        for (source, unit, record), judged in rows.items():
            key = (source, seal(unit), seal(record))
            if key in known:
                changed = update(case_hit).where(case_hit.c.id == known[key])
                connection.execute(changed.values(**judged, found=True))
            else:
                fresh.append({"case_id": case, "source": source, "unit": key[1], "record": key[2], **judged})
        for at in range(0, len(fresh), _MANY):
            connection.execute(insert(case_hit), fresh[at : at + _MANY])
        desk.register.note(connection, number, "searched", f"{len(rows)} records, {len(fresh)} new")
    return len(fresh)


def _ids(connection: Connection, case: int) -> dict[tuple[str, bytes, bytes], int]:
    table = case_hit
    query = select(table.c.id, table.c.source, table.c.unit, table.c.record).where(table.c.case_id == case)
    return {(source, unit, record): number for number, source, unit, record in connection.execute(query)}


def kept(desk: Desk, number: str) -> list[CaseHit]:
    """The records of a case as they are kept, the surest first. Nothing is looked up."""
    with desk.store.reading() as connection:
        query = select(case_hit).where(case_hit.c.case_id == case_id(connection, number))
        rows = connection.execute(query.order_by(case_hit.c.grade.desc(), case_hit.c.id)).mappings().all()
    return [_hit(desk.store, row) for row in rows]


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
    known = {(one.source, one.unit, json.dumps(one.record, sort_keys=True)): one for one in kept(desk, number)}
    with desk.searched(desk.register.get(number), "case review") as found:
        answer = Answer(desk.store, desk.config, desk.policy, desk.analyzer, translator(lang))
        hits = answer.hits(found, values=values)
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
        case = case_id(connection, number)
        wanted = update(case_hit).where(case_hit.c.case_id == case, case_hit.c.id.in_(list(hits)))
        changed = connection.execute(wanted.values(**values)).rowcount
        if changed != len(set(hits)):
            raise ConfigError(f"case {number}: {len(set(hits)) - changed} of these records are not in the case")
        desk.register.note(connection, number, f"decided {decision}", f"{changed} records: {reason}")


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
