"""The retention report: what is to be erased, may be, or cannot be told, place by place, with the arithmetic shown."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from reports import retention_tables
from reports.coverage import coverage_table
from reports.dates import NEVER
from reports.document import Bars, Document, Figure
from reports.language import Language
from reports.policy import Policy
from reports.retention import Item, Retention, totals
from reports.verdicts import VERDICTS
from reports.words import VERDICT, VERDICT_MEANING, moment


def document(report: Retention, lang: Language) -> Document:
    """The report, to be written in any format."""
    _, policy = lang.text, report.policy
    sums = totals(report.items)
    preliminary = sum(item.count for item in report.items if item.preliminary and item.verdict != "no_purpose")
    groups = retention_tables.places(report.items)
    return Document(
        id="retention",
        title=_("Retention"),
        company=policy.company,
        meta=[
            _("As of %(date)s", date=report.on),
            *([_("searched %(date)s", date=moment(report.generated))] if report.generated else []),
            _("Policy %(id)s, sha256 %(hash)s", id=policy.id, hash=policy.sha256[:12]),
        ],
        figures=[
            Figure(_(VERDICT[verdict]), lang.number(sums[verdict]), _(VERDICT_MEANING[verdict]), _tone(verdict, sums))
            for verdict in VERDICTS
        ],
        banner=_(
            "Insyn erases nothing. Of the verdicts, %(n)s rest on readings of the policy that the company has not "
            "confirmed; see Open questions.",
            n=lang.number(preliminary),
        ),
        bars=[_bars(report, lang, by_owner=True), _bars(report, lang, by_owner=False)],
        tables=[
            retention_tables.worklist(groups, report, lang),
            retention_tables.unknown(groups, policy, lang),
            retention_tables.without_purpose(groups, policy, lang),
            retention_tables.questions(report, lang),
            retention_tables.details(report, lang),
            coverage_table(report.coverage, lang),
        ],
        notes=[
            _("A datum may be kept as long as any purpose allows that applies to it where it lies (P3, P4)."),
            _("Where the policy can be read in two ways, both are worked out; what lies between may be overdue (P12)."),
            _("What has no date is unknown, and is never counted as in time (P9)."),
            _("Files and recordings without a date of their own are as old as their last change."),
        ],
        glossary=[(_(VERDICT[verdict]), _(VERDICT_MEANING[verdict])) for verdict in VERDICTS],
        footer=_("Made by Insyn. Names of places are shown with personal data in them masked."),
    )


def _tone(verdict: str, sums: Mapping[str, int]) -> str:
    return {"overdue": "alert", "may_be_overdue": "watch"}.get(verdict, "") if sums[verdict] else ""


def _bars(report: Retention, lang: Language, *, by_owner: bool) -> Bars:
    _ = lang.text
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    for item in report.items:
        groups[item.owner or _("no owner") if by_owner else _rule(item, report.policy, lang)][item.verdict] += (
            item.count
        )
    rows = sorted(groups.items(), key=lambda one: (-one[1]["overdue"], -one[1].total(), one[0]))
    title = _("By owner") if by_owner else _("By rule")
    legend = {verdict: _(VERDICT[verdict]) for verdict in VERDICTS}
    return Bars(title, _("Data by verdict; the length is their number."), legend, [(n, dict(c)) for n, c in rows])


def _rule(item: Item, policy: Policy, lang: Language) -> str:
    if not item.rule:
        return lang.text("no rule")
    return policy.retention_rules[item.rule].text or policy.event_name(item.event, lang.code)


def objects(report: Retention) -> dict[str, Any]:
    """The report for scripts: every item, `select` where it is known how to find its rows."""
    return {
        "on": report.on,
        "generated": report.generated,
        "policy": {"id": report.policy.id, "sha256": report.policy.sha256},
        "totals": dict(totals(report.items)),
        "items": [_item(item) for item in report.items],
        "coverage": [asdict(item) | {"reasons": dict(item.reasons)} for item in report.coverage],
    }


def _item(item: Item) -> dict[str, Any]:
    shown = asdict(item)
    for key in ("events", "until"):
        shown[key] = [None if day is None else "ongoing" if day == NEVER else day for day in shown[key]]
    return shown
