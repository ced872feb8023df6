"""The list of decisions: what was decided about which findings, by whom, why, and whether it counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from reports.document import Cell, Column, Document, Figure, Mark, Table
from reports.language import Language
from reports.policy import Policy
from reports.review import ACTIVE, EXPIRED, UNDONE, WAITING, Decision
from reports.words import GAP_KINDS, N_, entity_name, place

DECISIONS: Mapping[str, str] = {
    "confirm": N_("confirmed"),
    "dismiss": N_("no personal data"),
    "reclassify": N_("another category"),
    "accept": N_("accepted for a time"),
    "hold": N_("held from erasure"),
    "handle": N_("marked as taken care of"),
}
STATES: Mapping[str, tuple[str, str]] = {
    ACTIVE: (N_("counts"), "low"),
    WAITING: (N_("waits for a second person"), "medium"),
    EXPIRED: (N_("expired"), "info"),
    UNDONE: (N_("undone"), "info"),
}


def document(decisions: Sequence[Decision], policy: Policy, on: date, lang: Language) -> Document:
    """All decisions, in the order in which they were made."""
    _ = lang.text
    columns = [
        Column(_("Number"), "number", 8), Column(_("Decision"), width=20), Column(_("About"), "path", 40),
        Column(_("Found as"), width=22), Column(_("To"), width=26), Column(_("Reason"), width=40),
        Column(_("By"), width=16), Column(_("When"), "date", 12), Column(_("Until"), "date", 12),
        Column(_("Approved by"), width=16), Column(_("State"), "mark", 24),
    ]  # fmt: skip
    states = [one.state(on) for one in decisions]
    waiting = states.count(WAITING)
    return Document(
        id="review",
        title=_("Decisions about findings"),
        company=policy.company,
        meta=[_("As of %(date)s", date=on)],
        figures=[
            Figure(_("decisions that count"), lang.number(states.count(ACTIVE))),
            Figure(_("waiting for a second person"), lang.number(waiting), tone="watch" if waiting else ""),
        ],
        tables=[
            Table(
                "decisions", _("Decisions"), _("They are tied to places, not to rows, and survive new scans."), columns,
                [_row(one, policy, on, lang) for one in decisions], _("Nothing has been decided yet."),
            )
        ],
        footer=_("Made by Insyn."),
    )  # fmt: skip


def _row(one: Decision, policy: Policy, on: date, lang: Language) -> list[Cell]:
    _ = lang.text
    word, tone = STATES[one.state(on)]
    about = _("one value, wherever it stands") if one.token else place(one.source, one.unit, one.field)
    to = policy.label(one.category, lang.code) if one.kind == "reclassify" else one.category
    to = _(GAP_KINDS[to]) if one.kind == "accept" and to in GAP_KINDS else to
    return [
        one.id, _(DECISIONS[one.kind]), about, entity_name(one.entity, lang) if one.entity else _("anything"),
        to or None, one.reason or None, one.by, date.fromisoformat(one.at[:10]), one.until, one.approved_by or None,
        Mark(_(word), tone),
    ]  # fmt: skip


def objects(decisions: Sequence[Decision], on: date) -> list[dict[str, Any]]:
    """The decisions for scripts."""
    names = (
        "id",
        "kind",
        "source",
        "unit",
        "field",
        "entity",
        "category",
        "reason",
        "by",
        "at",
        "until",
        "approved_by",
    )
    return [
        {name: getattr(one, name) for name in names} | {"value": one.token is not None, "state": one.state(on)}
        for one in decisions
    ]
