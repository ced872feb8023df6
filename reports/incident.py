"""The first hour of a personal data breach (GDPR Art. 33): what lay in a table, folder or bucket, and whose it was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from fnmatch import fnmatchcase

from reports.coverage import coverage_table
from reports.document import Cell, Column, Document, Figure, Mark, Table
from reports.inventory import Inventory, Row
from reports.language import Language
from reports.policy import Policy
from reports.words import category_name, entity_name, moment

_TONE = {"critical": "critical", "high": "high", "protected": "high", "normal": "info"}
"""How sensitive a category is, the gravest first -> how it is marked."""


def affected(inventory: Inventory, source: str, unit: str) -> list[Row]:
    """Rows in a place, or in places that a pattern matches, or below a folder."""
    return [
        row
        for row in inventory.rows
        if row.source == source
        and (not unit or fnmatchcase(row.unit, unit) or row.unit.startswith(unit.rstrip("/") + "/"))
    ]


def document(rows: Sequence[Row], inventory: Inventory, where: str, lang: Language) -> Document:
    """What the notification to the authority asks for, as far as a scan can tell (Art. 33(3)(a))."""
    _, policy = lang.text, inventory.policy
    grouped: dict[str | None, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row.category].append(row)
    roles = {
        policy.role_of(row.category, row.field, row.unit, linked=False, ended=False) for row in rows if row.category
    }
    names = [policy.roles[role].label(lang.code) for role in policy.roles if role in roles]
    order = sorted(grouped, key=lambda id: list(_TONE).index(_grade(id, policy)))
    cells = [_row(id, grouped[id], inventory, lang) for id in order]
    return Document(
        id="incident",
        title=_("What lay in %(place)s", place=where),
        company=policy.company,
        meta=[_("searched %(date)s", date=moment(inventory.generated)), _("GDPR Art. 33(3)(a)")],
        figures=_figures(rows, inventory, lang),
        tables=[
            Table("categories", _("Categories"), _("What somebody who had it can know."), _columns(lang), cells,
                  _("No personal data were found there. What was not searched may hold some.")),
            coverage_table([one for one in inventory.coverage if one.source in {row.source for row in rows}], lang),
        ],
        banner=_("Notify the authority within 72 hours of becoming aware, unless a risk is unlikely (Art. 33(1))."),
        notes=[
            _("Whose: %(roles)s", roles=", ".join(names) or _("not known")),
            _("Counts are lower bounds, from the last scan; what came later is not in them."),
        ],
        footer=_("Made by Insyn. Names of places are shown with personal data in them masked."),
    )  # fmt: skip


def _figures(rows: Sequence[Row], inventory: Inventory, lang: Language) -> list[Figure]:
    _, most = lang.text, lang.text("the most in one place")
    persons = max((row.persons for row in rows), default=0)
    records = max((row.records for row in rows), default=0)
    found = {row.category for row in rows}
    grave = [id for id in found if id and _grave(id, inventory)]
    return [
        Figure(_("persons at least"), lang.number(persons), most, "alert" if persons else ""),
        Figure(_("records at least"), lang.number(records), most),
        Figure(_("categories"), lang.number(len(found))),
        Figure(_("of which grave"), lang.number(len(grave)), tone="alert" if grave else ""),
    ]


def _columns(lang: Language) -> list[Column]:
    _ = lang.text
    return [
        Column(_("Category"), width=36), Column(_("Sensitivity"), "mark", 16),
        Column(_("Persons at least"), "number", 12), Column(_("Records"), "number", 12),
        Column(_("Places"), "number", 9), Column(_("Found as"), width=30),
        Column(_("Oldest"), "date", 12), Column(_("Newest"), "date", 12),
    ]  # fmt: skip


def _grave(id: str, inventory: Inventory) -> bool:
    policy = inventory.policy
    return id in policy.not_in_policy or policy.categories[id].sensitivity != "normal"


def _grade(id: str | None, policy: Policy) -> str:
    """How sensitive a category is; what the policy leaves out is critical where the law is stricter about it."""
    if id is None:
        return "normal"
    if id in policy.categories:
        return policy.categories[id].sensitivity
    return "high" if policy.not_in_policy[id].gap == "undeclared" else "critical"


def _row(id: str | None, rows: Sequence[Row], inventory: Inventory, lang: Language) -> list[Cell]:
    policy = inventory.policy
    grade = _grade(id, policy)
    word = {"critical": lang.text("Critical"), "normal": lang.text("ordinary")}.get(grade, lang.text("High"))
    days = [day for row in rows for day in (row.oldest, row.newest) if day]
    return [
        category_name(id, policy, lang), Mark(word, _TONE[grade]), max(row.persons for row in rows) or None,
        max(row.records for row in rows) or None, len({(row.unit, row.field) for row in rows}),
        ", ".join(dict.fromkeys(entity_name(row.entity, lang) for row in rows)),
        min(days, default=None), max(days, default=None),
    ]  # fmt: skip
