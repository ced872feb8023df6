"""The verdict of the policy's rules on one datum of one age: the arithmetic behind retention."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from reports.ages import Age
from reports.expiry import Events, Expiry, Span, ended_by, expiry, longest
from reports.policy import Policy

VERDICTS = ("overdue", "may_be_overdue", "unknown", "no_purpose", "in_time")
"""The gravest first."""
RuleSet = tuple[tuple[str, str], ...]
"""Retention rules, each with the event that ends the purpose itself, "" if none does."""
Days = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What comes of rules applied to an age."""

    verdict: str
    rules: tuple[str, ...] = ()
    preliminary: tuple[str, ...] = ()
    rule: str = ""
    event: str = ""
    months: int = 0


class Verdicts:
    """Works verdicts out on a day; what is the same for many data is worked out once."""

    def __init__(self, policy: Policy, on: date) -> None:
        self._policy = policy
        self._on = on
        self._events = Events(policy.document.events)
        self._expiry = cache(self._worked_out)
        self._told = cache(self._outcome)

    def rules(self, category: str, role: str, purposes: Sequence[str]) -> tuple[RuleSet, RuleSet]:
        """Retention rules of the purposes with what ends each, and those about third parties, which are strict (P5)."""
        policy = self._policy
        third = [policy.third_party_rules[id] for id in policy.third_party_rules_for(category, role)]
        strict = any(rule.overrides_any_purpose for rule in third)
        serving = () if strict else (policy.purposes[id] for id in purposes)
        own = tuple(dict.fromkeys((purpose.retention, purpose.ends_at) for purpose in serving))
        return own, tuple(dict.fromkeys((rule.retention, "") for rule in third))

    def judged(self, own: RuleSet, third: RuleSet, age: Age) -> tuple[Outcome, Days, Days]:
        """What comes of rules, the dates of the event that decides, and the last day, in both readings."""
        by_rule, by_purpose = ([self._expiry(*rule, age) for rule in some] for some in (third, own))
        expiries = [*by_rule, *by_purpose]
        span = longest(expiries)
        if by_rule and by_purpose:
            span = Span(longest(by_rule).first, span.last)
        one = _deciding(expiries, span)
        if one is None:
            return Outcome("no_purpose"), (None, None), (None, None)
        rests_on = tuple(dict.fromkeys((each.rule, each.event) for each in expiries))
        outcome = self._told(self._verdict(span), rests_on, one.rule, one.event, one.months)
        return outcome, (one.from_.first, one.from_.last), (span.first, span.last)

    def _outcome(
        self, verdict: str, rests_on: tuple[tuple[str, str], ...], rule: str, event: str, months: int
    ) -> Outcome:
        rules = tuple(dict.fromkeys(rule for rule, _event in rests_on))
        return Outcome(verdict, rules, self._policy.unconfirmed(rests_on), rule, event, months)

    def _worked_out(self, rule: str, ends_at: str, age: Age) -> Expiry:
        found = expiry(rule, self._policy.retention_rules[rule], self._events, age)
        return ended_by(ends_at, found, self._events, age) if ends_at else found

    def _verdict(self, until: Span) -> str:
        if until.last is not None and self._on > until.last:
            return "overdue"
        if until.first is not None and self._on <= until.first:
            return "in_time"
        return "may_be_overdue" if until.first is not None and until.last is not None else "unknown"


def _deciding(expiries: Sequence[Expiry], span: Span) -> Expiry | None:
    """The expiry whose latest reading decides, or one that is not known; None without any."""
    return next((one for one in expiries if one.until.last == span.last), None)
