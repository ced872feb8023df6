"""The records of a case: found, kept (and held from erasure while it is open), and decided one by one."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import RowMapping, func, not_, select, update

from reports.facts import Hit
from reports.language import translator
from scanner.cases import case_id, places
from scanner.cases import tasks as case_tasks
from scanner.cases.asking import ask, count_lapsed
from scanner.cases.desk import Desk
from scanner.cases.keeping import keep
from scanner.cases.model import Case, CaseHit, Decision, State
from scanner.errors import ConfigError
from scanner.store import Store
from scanner.store.case_schema import case_hit, subject_case
from scanner.subject.answer import Answer, Searched
from scanner.subject.outcome import Found, Grade

Locator = tuple[str, str, str]
"""Source, unit, and locator as JSON."""


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
    more: int
    """Records that the search before this one had not found."""
    gone: int
    """Records that it had found, and this one has not."""
    cut: bool
    tasks: int
    mistyped: bool
    """A personnummer asked for has a wrong check digit."""
    lapsed: int = 0
    """Decisions that no longer count, for something else is searched for."""
    hits: Sequence[Hit] = ()
    """The records found with their reasons, if they were asked for."""


def search(desk: Desk, number: str, identifiers: Sequence[str] = (), lang: str = "") -> Summary:
    """Search for a case's person and keep what is found; what was decided before stays decided (but see `asking`).

    Args:
        desk: Who works, with what.
        number: Of the case.
        identifiers: Kept with the case if they are given.
        lang: Of the reasons, if the records are to be given, too.

    Raises:
        SpecialHandlingError: the person's identity is protected, and this user has no such task.
    """
    before = len(desk.register.events(number))
    case = ask(desk, number, identifiers) if identifiers else desk.register.get(number)
    with desk.searched(case, "case search") as found:
        made = _taken_in(desk, number, found, lang)
    return replace(made, lapsed=count_lapsed(desk.register.events(number)[before:]))


def _taken_in(desk: Desk, number: str, found: Searched, lang: str) -> Summary:
    """Keep what was found with its case, and plan the tasks that it makes."""
    hits = found.outcome.hits.values()
    grades, sources = Counter(one.grade for one in hits), Counter(_source(found, one) for one in hits)
    given = _answer(desk, lang).hits(found) if lang else ()
    change = keep(desk, number, found)
    return Summary(
        grades={grade.name.lower(): grades[grade] for grade in reversed(Grade)},
        sources=dict(sources),
        new=change.new,
        more=change.more,
        gone=change.gone,
        cut=found.outcome.cut,
        tasks=case_tasks.plan(desk, number, case_tasks.to_listen(found)),
        mistyped=any(seed.mistyped for seed in found.seeds),
        hits=given,
    )


def _answer(desk: Desk, lang: str) -> Answer:
    return Answer(desk.store, desk.config, desk.policy, desk.shown, translator(lang))


def _source(found: Searched, one: Found) -> str:
    return found.search.ownership.unit(one.unit).source


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


def settle(
    desk: Desk, number: str, hits: Collection[int], decision: Decision, reason: str = "", lang: str = ""
) -> Summary | None:
    """Decide what becomes of records in the package; and search again, if that changes what is followed.

    The search comes first: of a decision that would show who is protected to whoever may not see that, nothing is kept
    but that the case needs special handling.

    Args:
        desk: Who works, with what.
        number: Of the case.
        hits: Ids of its records.
        decision: As for `decide`.
        reason: As for `decide`.
        lang: As for `search`.

    Returns:
        What the new search found; None: none was needed.

    Raises:
        ConfigError: there is no reason, no such record, or the package has been released.
        SpecialHandlingError: the person's identity is protected, and this user has no such task.
    """
    case = desk.register.get(number)
    desk.admit(number, protected=case.protected)
    _check(desk, case, (hits, decision, reason))
    included = turned(desk, case, hits, decision)
    if included is None:
        decide(desk, number, hits, decision, reason)
        return None
    with desk.searched(case, "case decide", included=included) as found:
        decide(desk, number, hits, decision, reason)
        return _taken_in(desk, number, found, lang)


def decide(desk: Desk, number: str, hits: Collection[int], decision: Decision, reason: str = "") -> None:
    """Decide what becomes of records in the package. Nothing is looked up: see `settle`.

    Args:
        desk: Who works, with what.
        number: Of the case.
        hits: Ids of its records.
        decision: Masked needs no reason; the others do.
        reason: Kept with the case; that of what is withheld is told to the person.

    Raises:
        ConfigError: there is no reason, no such record, or the package has been released.
    """
    _check(desk, desk.register.get(number), (hits, decision, reason))
    values = {"decision": decision, "reason": desk.store.keys.seal(reason), "decided_by": desk.actor}
    with desk.store.transaction() as connection:
        for some in places.among(hits):
            connection.execute(update(case_hit).where(some).values(**values))
        desk.register.note(connection, number, f"decided {decision}", f"{len(set(hits))} records: {reason}")


def _check(desk: Desk, case: Case, what: tuple[Collection[int], Decision, str]) -> None:
    """Refuse what cannot be decided."""
    hits, decision, reason = what
    if decision is not Decision.MASK and not reason.strip():
        raise ConfigError(f"case {case.number}: {decision}: give the reason; it is kept with the case")
    check_open(desk, case, hits)


def check_open(desk: Desk, case: Case, hits: Collection[int]) -> None:
    """Refuse records that are not a case's, or that nothing more can be decided about.

    Raises:
        ConfigError: it is so.
    """
    if case.state is not State.OPEN:
        raise ConfigError(f"case {case.number}: is {case.state}; nothing more can be decided")
    with desk.store.reading() as connection:
        mine = select(func.count()).where(case_hit.c.case_id == case_id(connection, case.number))
        known = sum(connection.scalar(mine.where(some)) or 0 for some in places.among(hits))
    if known != len(set(hits)):
        raise ConfigError(f"case {case.number}: {len(set(hits)) - known} of these records are not in the case")


def turned(desk: Desk, case: Case, hits: Collection[int], decision: Decision) -> frozenset[bytes] | None:
    """What a decision changes for the next search: the places of all records of the case that are then handed out.

    None: nothing; no possible record among these is handed out that was not before, or the other way round.
    """
    was = places.is_included()
    turns = (case_hit.c.grade == Grade.POSSIBLE, was if decision is Decision.WITHHOLD else not_(was))
    query = select(case_hit.c.id).where(*turns).limit(1)
    with desk.store.reading() as connection:
        if all(connection.scalar(query.where(some)) is None for some in places.among(hits)):
            return None
        return places.included_if(connection, case.number, hits, decision)


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


def held(store: Store) -> set[Locator]:
    """All records that may not be erased now, for an open case asks for them: source, unit, locator as JSON."""
    query = select(case_hit.c.source, case_hit.c.unit, case_hit.c.record).distinct()
    query = query.join(subject_case, subject_case.c.id == case_hit.c.case_id)
    with store.reading() as connection:
        rows = connection.execute(query.where(subject_case.c.state != State.CLOSED)).all()
    return {(source, store.keys.unseal(unit), store.keys.unseal(record)) for source, unit, record in rows}
