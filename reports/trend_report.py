"""What has changed since an earlier inventory, as a report and as parts of the inventory's own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from reports.coverage import coverage_table
from reports.document import Bars, Cell, Column, Document, Figure, Line, Mark, Table
from reports.inventory import Inventory
from reports.language import Language
from reports.policy import Policy
from reports.trend import APART, CHANGED, GONE, NEW, SAME, STATES, Trend
from reports.words import category_name, entity_name, moment

_SEGMENTS = {NEW: "overdue", GONE: "in_time", CHANGED: "may_be_overdue", APART: "no_purpose", SAME: "unknown"}
"""Colours are those of the verdicts: what is new is to be looked at first."""


def document(trend: Trend | None, now: Inventory, lang: Language) -> Document:
    """The comparison, the new first; None: there is only one scan yet."""
    _, policy = lang.text, now.policy
    tables = [*(parts(trend, policy, lang) if trend else ()), coverage_table(now.coverage, lang)]
    banner = (
        _("There is nothing to compare with yet: each scan that finds a change is remembered.") if not trend else ""
    )
    if trend and trend.other_policy:
        banner = _("The policy has changed in between: categories may differ for that reason.")
    return Document(
        id="trend",
        title=_("What has changed"),
        company=policy.company,
        meta=span(trend, lang) if trend else [],
        figures=figures(trend, lang) if trend else [],
        bars=[bars(trend, lang)] if trend and trend.systems else [],
        lines=lines(trend, lang) if trend else [],
        tables=tables,
        banner=banner,
        notes=[
            _("Of what was not read whole then or now, or was read in another way, nothing is said to be new or gone."),
            _("Both are judged by today's policy and decisions, unless an earlier file is compared with."),
        ],
        footer=_("Made by Insyn. Names of places are shown with personal data in them masked."),
    )


def span(trend: Trend, lang: Language) -> list[str]:
    """From when to when."""
    _ = lang.text
    return [_("from %(date)s", date=moment(trend.since)), _("to %(date)s", date=moment(trend.until))]


def figures(trend: Trend, lang: Language) -> list[Figure]:
    """Rows of the inventory by what became of them."""
    return [Figure(lang.text(word), lang.number(trend.totals[state])) for state, (word, _tone) in STATES.items()]


def parts(trend: Trend, policy: Policy, lang: Language) -> list[Table]:
    """The changes one by one, and the scans that the line is drawn from."""
    return [_changes(trend, policy, lang), *([_scans(trend, lang)] if trend.points else [])]


def _changes(trend: Trend, policy: Policy, lang: Language) -> Table:
    _ = lang.text
    rows: list[list[Cell]] = [
        [
            Mark(_(STATES[one.state][0]), STATES[one.state][1]), one.source, one.unit or "/",
            one.field or _("running text"), entity_name(one.entity, lang), category_name(one.category, policy, lang),
            one.then, one.now,
        ]
        for one in trend.changes
    ]  # fmt: skip
    columns = [
        Column(_("State"), "mark", 16), Column(_("System"), width=13), Column(_("Place"), "path", 25),
        Column(_("Field"), "path", 21), Column(_("Found as"), width=27), Column(_("Category"), width=26),
        Column(_("Values then"), "number", 14), Column(_("Values now"), "number", 14),
    ]  # fmt: skip
    return Table("changes", _("Changes"), _("The new first."), columns, rows, _("Nothing has changed."), detail=True)


def _scans(trend: Trend, lang: Language) -> Table:
    _ = lang.text
    rows: list[list[Cell]] = [[moment(one.at), one.fields, one.values] for one in trend.points]
    columns = [
        Column(_("Scan"), width=20), Column(_("Fields"), "number", 10), Column(_("Values"), "number", 12),
    ]  # fmt: skip
    return Table("scans", _("Scan by scan"), _("Fields with personal data, and values in them."), columns, rows)


def lines(trend: Trend, lang: Language) -> list[Line]:
    """Fields with personal data, scan by scan; nothing where there is no line to draw."""
    if len(trend.points) < 2:
        return []
    _ = lang.text
    points = [(moment(one.at), one.fields) for one in trend.points]
    return [Line(_("Fields with personal data"), _("After each scan that found a change."), points)]


def bars(trend: Trend, lang: Language) -> Bars:
    """What became of each system's rows."""
    legend = {_SEGMENTS[state]: lang.text(word) for state, (word, _tone) in STATES.items()}
    rows = [(name, _coloured(states.items())) for name, states in trend.systems.items()]
    return Bars(lang.text("By system"), lang.text("Rows of the inventory by what became of them."), legend, rows)


def _coloured(states: Iterable[tuple[str, int]]) -> dict[str, int]:
    return {_SEGMENTS[state]: count for state, count in states}


def objects(trend: Trend) -> dict[str, Any]:
    """The comparison for scripts."""
    names = ("state", "source", "unit", "field", "entity", "category", "then", "now")
    return {
        "since": trend.since,
        "until": trend.until,
        "totals": dict(trend.totals),
        "changes": [{name: getattr(one, name) for name in names} for one in trend.changes],
        "scans": [{"at": one.at, "fields": one.fields, "values": one.values} for one in trend.points],
    }
