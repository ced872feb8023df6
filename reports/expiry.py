"""When a datum's time is up: events and rules of the policy, each in its earliest and its latest reading.

The expiry is the last day on which the datum may be kept. Both readings are worked out and neither is picked (P12);
what is not known stays None and is never taken for "in time" (P9).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from reports.ages import Age
from reports.dates import NEVER, add_months, fiscal_calendar_end
from reports.policy_model import RetentionRule

_PLUS = re.compile(r"^(.+?)\s*\+\s*(\d+) months$")
_OF = re.compile(r"^(first_of|last_of) \[(.+)\]$")
RECEIVED = frozenset({"quote_request_received", "record_created", "cookie_created"})
_LAST = frozenset({"last_interaction_on_request", "cookie_last_seen"})
_UNSEEN = frozenset({"equipment_returned", "contact_removed"})
"""Dates that no system tells yet: left out of `first_of` and `last_of`."""
DATES = RECEIVED | _LAST | _UNSEEN | {"contract_end_date", "final_invoice_settled", "objection"}
"""Names of dates that events may be made of."""


@dataclass(frozen=True, slots=True)
class Span:
    """An earliest and a latest reading of a date; None: not known."""

    first: date | None
    last: date | None

    def plus(self, months: int) -> Span:
        """Both readings, some months later."""
        return Span(*(None if day is None else add_months(day, months) for day in (self.first, self.last)))

    @property
    def known(self) -> bool:
        """Whether both readings are."""
        return self.first is not None and self.last is not None


UNKNOWN = Span(None, None)


class Events:
    """The events of a policy, asked for the dates of one datum."""

    def __init__(self, events: Mapping[str, Mapping[str, Any]]) -> None:
        self._events = events

    def span(self, event: str, age: Age) -> Span:
        """The two readings of an event; of one that law computes, from the record's own date."""
        told = self._events[event]
        if "compute" in told:
            month = int(told.get("parameter", {}).get("fiscal_year_end_month", 12))
            day = age.last and fiscal_calendar_end(age.last, month)
            return Span(day, day)
        first, last = (self._read(str(told[end]), age, last=end == "latest") for end in ("earliest", "latest"))
        return Span(first, last) if first is None or last is None or first <= last else Span(last, first)

    def _read(self, text: str, age: Age, *, last: bool) -> date | None:
        if plus := _PLUS.match(text):
            day = self._read(plus.group(1), age, last=last)
            return day and add_months(day, int(plus.group(2)))
        if several := _OF.match(text):
            days = [self._read(part.strip(), age, last=last) for part in several.group(2).split(",")]
            known = [day for day in days if day is not None]
            return (min if several.group(1) == "first_of" else max)(known) if known else None
        if text in self._events:
            span = self.span(text, age)
            return span.last if last else span.first
        return _date(text, age, last=last)


def _date(name: str, age: Age, *, last: bool) -> date | None:
    if name in RECEIVED:
        return age.received
    if name in _LAST:
        return age.last
    if name == "objection":
        return age.objected
    if name == "contract_end_date" and age.linked:
        return (age.ended_last if last else age.ended) or NEVER
    if name == "final_invoice_settled" and age.linked:
        return age.settled
    return None


def parts(text: str) -> Sequence[str]:
    """Names of dates and events in an expression such as `last_of [a, b]` or `a + 24 months`."""
    text = plus.group(1) if (plus := _PLUS.match(text)) else text
    names = several.group(2).split(",") if (several := _OF.match(text)) else [text]
    return [name.strip() for name in names]


@dataclass(frozen=True, slots=True)
class Expiry:
    """What one rule makes of one datum: the event, the period, and the last day in both readings."""

    rule: str
    event: str
    from_: Span
    months: int
    until: Span


def expiry(id: str, rule: RetentionRule, events: Events, age: Age) -> Expiry:
    """The last day by a rule. A rule without an event (the law's, with no period known) is never known."""
    if rule.resolves_to:
        period = rule.resolves_to[0]
        span = events.span(period.after, age)
        return Expiry(id, period.after, span, period.years * 12, span.plus(period.years * 12))
    if not rule.after or rule.months is None:
        return Expiry(id, rule.after, UNKNOWN, 0, UNKNOWN)
    span = events.span(rule.after, age)
    return Expiry(id, rule.after, span, rule.months, span.plus(rule.months))


def ended_by(event: str, one: Expiry, events: Events, age: Age) -> Expiry:
    """An expiry that an event such as an objection brings forward: from its day on the purpose keeps nothing (P6)."""
    day, until = events.span(event, age).last, one.until
    if day is None or (until.last is not None and until.last <= day):
        return one
    return Expiry(one.rule, event, Span(day, day), 0, Span(until.first and min(until.first, day), day))


def longest(expiries: Sequence[Expiry]) -> Span:
    """Until when any of several rules lets a datum be kept (P3): the latest of each reading.

    A rule that is not known might last longer, so the latest reading is then not known, unless another never ends.
    """
    firsts = [one.until.first for one in expiries]
    lasts = [one.until.last for one in expiries]
    return Span(_latest(firsts, open_ended=False), _latest(lasts, open_ended=True))


def _latest(days: Sequence[date | None], *, open_ended: bool) -> date | None:
    known = [day for day in days if day is not None]
    if not known or (open_ended and None in days and NEVER not in known):
        return None
    return max(known)
