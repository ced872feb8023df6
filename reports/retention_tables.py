"""The tables of the retention report: what is to be erased, cannot be told, has no purpose; and every field."""

from __future__ import annotations

import shlex
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from reports.dates import NEVER
from reports.document import Cell, Column, EachOf, Mark, Table
from reports.language import Language
from reports.policy import Policy
from reports.retention import Item, Retention
from reports.words import N_, VERDICT, category_name, category_names, entity_name

TONES = {"overdue": "critical", "may_be_overdue": "medium", "unknown": "info", "no_purpose": "high", "in_time": "low"}
TO_LOOK_AT = ("overdue", "may_be_overdue")
"""Verdicts of what is to be erased, or looked at."""
WORKLIST = "worklist"
"""Id of the table of what is overdue, or may be."""
_DATES = {
    "customer_relationship_end": N_("no date for the end of the customer relationship"),
    "quote_request_closed": N_("no date of the request for a quote"),
    "referral_received": N_("no date of the recommendation"),
    "alarm_contact_removed": N_("no date on which the contact was removed or the customer left"),
    "fiscal_year_calendar_end": N_("no date of the accounting record"),
}


Group = tuple[Item, Sequence[Item]]
"""The first item of a place with a verdict, and all of them."""


def places(items: Iterable[Item]) -> list[Group]:
    """Items by owner, place, verdict and deciding rule: what is handled in one go."""
    groups: dict[tuple[object, ...], list[Item]] = defaultdict(list)
    for item in items:
        key = (item.owner, item.source, item.unit, item.verdict, item.role, item.rules, item.event, item.months)
        groups[key].append(item)
    return [(some[0], some) for some in groups.values()]


def _categories(items: Iterable[Item], policy: Policy, lang: Language) -> str:
    return category_names((item.category for item in items), policy, lang)


def worklist(groups: Sequence[Group], report: Retention, lang: Language) -> Table:
    """What is overdue or may be, place by place, with the arithmetic."""
    _, policy = lang.text, report.policy
    wanted = [(first, items) for first, items in groups if first.verdict in TO_LOOK_AT]
    rows: list[list[Cell]] = [
        [
            first.owner or None,
            first.source,
            first.unit or "/",
            Mark(verdict_text(first, lang), TONES[first.verdict]),
            sum(item.count for item in items),
            _categories(items, policy, lang),
            _role(first.role, policy, lang),
            arithmetic(items, policy, lang, report.on),
            ", ".join(sorted({id for item in items for id in item.preliminary})) or None,
            first.select or f"insyn retention --rows --format csv --owner {shlex.quote(first.owner)}",
        ]
        for first, items in wanted
    ]
    columns = [
        Column(_("Owner"), width=16), Column(_("System"), width=12), Column(_("Place"), "path", 24),
        Column(_("Verdict"), "mark", 20), Column(_("Data"), "number", 15), Column(_("Categories"), width=34),
        Column(_("Whose"), width=18), Column(_("How it was worked out"), width=46),
        Column(_("Open questions"), width=11), Column(_("How to find them"), "code", 48),
    ]  # fmt: skip
    lede = _("A place at a time, for its owner. Look before you erase: what the SQL selects is what was counted.")
    about = [(first.source, first.unit) for first, _items in wanted]
    return Table(WORKLIST, _("To erase, or to look at"), lede, columns, rows, _("Nothing is overdue."), about=about)


def unknown(groups: Sequence[Group], policy: Policy, lang: Language) -> Table:
    """What nobody can tell from the data."""
    _ = lang.text

    def missing(item: Item) -> str:
        return _(_DATES[item.event]) if item.event in _DATES else _("no date that the rule counts from")

    told = [(first, items, missing(first)) for first, items in groups if first.verdict == "unknown"]
    columns = [*_place_columns(lang), Column(_("What is missing"), width=40)]
    lede = _("Nobody can say from the data whether these may still be kept. Unknown is not the same as in time.")
    rows = [_place_row(*one, policy, lang) for one in told]
    return Table("unknown", _("Cannot be told"), lede, columns, rows, _("Everything has a date."))


def without_purpose(groups: Sequence[Group], policy: Policy, lang: Language) -> Table:
    """What no purpose of the policy covers."""
    _ = lang.text
    told = [(one, items, _why_none(one, policy, lang)) for one, items in groups if one.verdict == "no_purpose"]
    columns = [*_place_columns(lang), Column(_("Why"), width=44)]
    lede = _("No purpose of the policy covers such data of such people in this place, so no period can run.")
    rows = [_place_row(*one, policy, lang) for one in told]
    return Table("no-purpose", _("Without a purpose"), lede, columns, rows, _("Everything has a purpose."))


def _place_columns(lang: Language) -> list[Column]:
    _ = lang.text
    return [
        Column(_("Owner"), width=16), Column(_("System"), width=12), Column(_("Place"), "path", 28),
        Column(_("Data"), "number", 9), Column(_("Categories"), width=40), Column(_("Whose"), width=20),
    ]  # fmt: skip


def _place_row(first: Item, items: Sequence[Item], why: str, policy: Policy, lang: Language) -> list[Cell]:
    return [
        first.owner or None, first.source, first.unit or "/", sum(item.count for item in items),
        _categories(items, policy, lang), _role(first.role, policy, lang), why,
    ]  # fmt: skip


def _why_none(item: Item, policy: Policy, lang: Language) -> str:
    _ = lang.text
    if item.role in policy.document.head.out_of_scope_roles:
        return _("The policy is not about these people; they need one of their own.")
    if item.category in policy.not_in_policy:
        return _("The policy does not mention such data.")
    if policy.purposes_with(item.category) and item.role:
        return _("No purpose given for this place covers such data of these people.")
    return _("No purpose given for this place covers such data.")


def questions(report: Retention, lang: Language) -> Table:
    """The open questions that verdicts rest on."""
    _ = lang.text
    rests: Counter[str] = Counter()
    for item in report.items:
        rests.update(dict.fromkeys(item.preliminary, item.count))
    rows: list[list[Cell]] = [
        [conflict.id, rests[conflict.id], conflict.problem, conflict.proposal]
        for conflict in report.policy.conflicts
        if conflict.id in rests
    ]
    columns = [
        Column(_("Question"), width=10), Column(_("Data"), "number", 14), Column(_("What is unclear"), width=60),
        Column(_("Proposal"), width=60),
    ]  # fmt: skip
    lede = _("The verdicts are preliminary until the company has confirmed these readings in the policy file.")
    return Table("questions", _("Open questions"), lede, columns, rows, _("All readings are confirmed."))


def details(report: Retention, lang: Language) -> Table:
    """Every field and kind of datum; a row is made when it is read, for there may be half a million."""
    _, policy = lang.text, report.policy

    def row(item: Item) -> list[Cell]:
        return [
            item.owner or None, item.source, item.unit or "/", item.field or _("running text"),
            category_name(item.category, policy, lang), entity_name(item.entity, lang), _role(item.role, policy, lang),
            Mark(verdict_text(item, lang), TONES[item.verdict]), item.count,
            " | ".join(policy.purposes[id].label(lang.code) for id in item.purposes) or None,
            item.months or None, _day(item.events[0]), _day(item.events[1]), _day(item.until[0]), _day(item.until[1]),
            _("yes") if item.bound else _("no"), ", ".join(item.preliminary) or None,
        ]  # fmt: skip

    columns = [
        Column(_("Owner"), width=16), Column(_("System"), width=12), Column(_("Place"), "path", 26),
        Column(_("Field"), "path", 20), Column(_("Category"), width=26), Column(_("Found as"), width=22),
        Column(_("Whose"), width=20), Column(_("Verdict"), "mark", 18), Column(_("Data"), "number", 9),
        Column(_("Purposes"), width=40), Column(_("Months"), "number", 8), Column(_("Event, first"), "date", 12),
        Column(_("Event, last"), "date", 12), Column(_("Last day, first"), "date", 13),
        Column(_("Last day, last"), "date", 13), Column(_("Upper bound"), width=10),
        Column(_("Open questions"), width=12),
    ]  # fmt: skip
    lede = _("Every field and kind of datum. Upper bound: the place has no purposes of its own, so all may apply.")
    return Table("details", _("Details"), lede, columns, EachOf(report.items, row), detail=True)


def _day(day: date | None) -> date | None:
    return None if day in (None, NEVER) else day


def _role(role: str, policy: Policy, lang: Language) -> str | None:
    return policy.roles[role].label(lang.code) if role else None


def verdict_text(item: Item, lang: Language) -> str:
    """The verdict in a word or two; what holds the data stands with it (P7)."""
    word = lang.text(VERDICT[item.verdict])
    return lang.text("%(verdict)s, held by %(hold)s", verdict=word, hold=item.held) if item.held else word


def arithmetic(items: Sequence[Item], policy: Policy, lang: Language, on: date) -> str:
    """The sum in words: event, its dates, the months, the last day, and for how long it has passed."""
    _ = lang.text
    first = items[0]
    event = policy.event_name(first.event, lang.code)
    days = [day for item in items for day in item.events if day not in (None, NEVER)]
    ends = [day for item in items for day in item.until if day not in (None, NEVER)]
    if not days or not ends:
        return ""
    text = _(
        "%(event)s %(dates)s + %(months)s months = last day %(ends)s",
        event=event, dates=_range(days), months=first.months, ends=_range(ends),
    )  # fmt: skip
    if first.verdict == "overdue":
        late = (on - min(ends)).days
        return text + _("; overdue since %(n)s days at most", n=lang.number(late))
    return text


def _range(days: Sequence[date | None]) -> str:
    known = sorted(day for day in days if day is not None)
    return f"{known[0]}" if known[0] == known[-1] else f"{known[0]} – {known[-1]}"
