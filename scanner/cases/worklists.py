"""What owners of systems have to do when somebody asks for erasure, rectification, restriction, or objects.

Insyn changes no source. A list says for each record what may be done and what must stay and why; when the owners are
done and the sources have been scanned again, a new search of the case shows what is left.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from reports.case.worklist_report import Asked, Work, document
from reports.dates import today
from reports.document import Document
from reports.facts import Source
from reports.language import Language
from reports.locators import record_text
from reports.policy import Policy
from scanner.cases import hits as case_hits
from scanner.cases.desk import Desk
from scanner.cases.model import Case, Right
from scanner.errors import ConfigError


class Measure(StrEnum):
    """What is to be done with a record."""

    ERASE = "erase"
    KEEP = "keep"
    """A law says so: the reason is the law."""
    REMOVE_MENTION = "remove_mention"
    """The record is about somebody else: only the person's own data go."""
    RECTIFY = "rectify"
    RESTRICT = "restrict"
    STOP = "stop"
    """Stop the use that is objected to (direct marketing: at once, Art. 21(3))."""
    LOOK = "look"
    """It may be about somebody else: a human looks first."""


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One record on an owner's list."""

    owner: str
    source: str
    unit: str = field(repr=False)
    record: Mapping[str, str | int] | None = field(repr=False)
    measure: Measure
    why: str
    """Law or purpose; "" where nothing speaks against it."""
    categories: tuple[str, ...]


_MEASURES = {
    Right.ERASURE: Measure.ERASE,
    Right.RECTIFICATION: Measure.RECTIFY,
    Right.RESTRICTION: Measure.RESTRICT,
    Right.OBJECTION: Measure.STOP,
}


def worklist(desk: Desk, number: str, lang: str = "sv") -> list[WorkItem]:
    """The records of a case with what is to be done, by owner. Logged like every search.

    Args:
        desk: Who works, with what.
        number: Of a case for erasure, rectification, restriction or objection.
        lang: Of purposes and laws.

    Raises:
        ConfigError: the case is for access or portability, which change nothing.
    """
    case = desk.register.get(number)
    if not changes(case):
        raise ConfigError(f"case {number}: {case.right} changes nothing, there is no list of work")
    items = [_item(desk, case.right, one) for one in case_hits.review(desk, number, lang)]
    return sorted(items, key=lambda item: (item.owner, item.source, item.measure))


def told(desk: Desk, number: str, lang: Language) -> Document:
    """The same as a report, with every value in names of places and records masked.

    Raises:
        ConfigError: as `worklist`.
    """
    case = desk.register.get(number)
    work = [
        Work(
            owner=one.owner,
            system=one.source,
            place=desk.shown(one.unit),
            record=desk.shown(record_text(one.record, lang)),
            measure=one.measure.value,
            why=one.why,
        )
        for one in worklist(desk, number, lang.code)
    ]
    return document(Asked(case.number, case.right.value, desk.policy.company, str(today())), work, lang)


def changes(case: Case) -> bool:
    """Whether a case is for a right by which something is changed, so that there are lists of work."""
    return case.right in _MEASURES


def _item(desk: Desk, right: Right, one: case_hits.Review) -> WorkItem:
    source = desk.config.sources.get(one.hit.source)
    categories = tuple(dict.fromkeys(part.category for part in one.hit.fields if part.category))
    measure, why = _measure(desk, right, one, categories)
    return WorkItem(
        owner=source.owner if source else "",
        source=one.hit.source,
        unit=one.hit.unit,
        record=one.hit.record,
        measure=measure,
        why=why,
        categories=categories,
    )


def _measure(desk: Desk, right: Right, one: case_hits.Review, categories: tuple[str, ...]) -> tuple[Measure, str]:
    if one.hit.grade == "possible":
        return Measure.LOOK, ""
    if right is Right.OBJECTION:
        return Measure.STOP, "; ".join(_objectionable(desk.policy, categories))
    if right is not Right.ERASURE:
        return _MEASURES[right], ""
    laws = list(dict.fromkeys(_laws(desk, one, categories)))
    if laws:
        return Measure.KEEP, "; ".join(laws)
    return (Measure.ERASE if one.kept.own else Measure.REMOVE_MENTION), ""


def _objectionable(policy: Policy, categories: tuple[str, ...]) -> Iterator[str]:
    purposes = (policy.purposes[id] for category in categories if category in policy.categories
                for id in policy.purposes_with(category))  # fmt: skip
    yield from dict.fromkeys(purpose.sv for purpose in purposes if purpose.right_to_object)


def _laws(desk: Desk, one: case_hits.Review, categories: tuple[str, ...]) -> Iterator[str]:
    """Laws that say that a record of these categories is kept: accounts, for instance."""
    config, policy = desk.config.sources.get(one.hit.source), desk.policy
    purposes = config.purposes if config else ()
    units = {name: table.purposes for name, table in config.tables.items() if table.purposes} if config else {}
    source = Source(one.hit.source, config.type if config else "", purposes=purposes, unit_purposes=units)
    for category in categories:
        known = policy.categories.get(category)
        for id in policy.purposes_of(category, source, one.hit.unit) if known else ():
            rule = policy.retention_rules[policy.purposes[id].retention]
            if known and known.accounting_records:
                yield from (period.law for period in rule.resolves_to)
