"""What is kept too long, may be, or cannot be told: every verdict that the store and the policy give on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from reports import retention
from reports.ages import Aged
from reports.dates import today
from reports.policy import Policy
from reports.retention import Item
from reports.review import counting
from scanner.config import Config
from scanner.decisions import policy_answers, review
from scanner.reporting import remembered
from scanner.reporting.ages import Ages
from scanner.reporting.overview import dismissed, sources
from scanner.reporting.selection import Selections
from scanner.store import Store

Counted = Callable[[Ages], Iterable[Aged]]


def judged(store: Store, config: Config, promised: Policy, on: date, counted: Counted) -> list[Item]:
    """The verdicts on a day, each with how to find its rows. Names of places are plain.

    Args:
        store: With what was found.
        config: Of the sources.
        promised: Judges, with what the company has answered to its questions.
        on: The day.
        counted: What is held by age.
    """
    decided = counting(review.decisions(store), on)
    settled = policy_answers.settled(store, promised)
    with store.reading() as connection:
        ages = Ages(store, connection, config, settled.keeps_accounts(sources(config)), dismissed(decided))
        items = retention.build(counted(ages), sources(config), settled, on, decided=decided)
        selections = Selections(ages, config, settled, on)
        return [replace(item, select=sql) if (sql := selections.sql(item)) else item for item in items]


def kept(store: Store, config: Config, promised: Policy) -> list[Item]:
    """Today's verdicts, and what is held by age, are kept in the store: neither is worked out twice."""

    def count(ages: Ages) -> Sequence[Aged]:
        return remembered.aged(store, config, promised, ages.aged)

    said = f"{today()} {review.stamp(store)} {policy_answers.stamp(store)}"
    judge = partial(judged, store, config, promised, today(), count)
    return remembered.items(store, config, promised, said, judge)


def shown(items: Iterable[Item], mask: Callable[[str], str]) -> list[Item]:
    """The same with names of places fit to be shown."""
    masked = ((item, mask(item.unit), mask(item.field)) for item in items)
    return [
        item if (unit, field) == (item.unit, item.field) else replace(item, unit=unit, field=field)
        for item, unit, field in masked
    ]
