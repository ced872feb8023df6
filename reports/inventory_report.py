"""The inventory as sheets and on paper: map, gaps, every field, the policy in brief, coverage."""

from __future__ import annotations

from dataclasses import replace

from reports import trend_report
from reports.coverage import coverage_table
from reports.document import Cell, Column, Document, Figure, Mark, Table
from reports.inventory import Inventory, Row
from reports.language import Language
from reports.made import MadeRows
from reports.policy import Policy
from reports.views import Cell as MapCell
from reports.views import matrix, summary
from reports.words import (
    GAP_KINDS,
    GLOSSARY,
    READ,
    SEVERITY,
    category_name,
    category_names,
    entity_name,
    field_name,
    gap_action,
    gap_sentence,
    moment,
    readers_name,
)


def document(inventory: Inventory, lang: Language) -> Document:
    """The inventory, to be written as Excel or PDF."""
    _, policy = lang.text, inventory.policy
    meta = [_("Policy %(id)s, sha256 %(hash)s", id=policy.id, hash=policy.sha256[:12])]
    if inventory.generated:
        meta.insert(0, _("searched %(date)s", date=moment(inventory.generated)))
    unread = any(item.state not in READ for item in inventory.coverage)
    return Document(
        id="inventory",
        title=_("Inventory of personal data"),
        company=policy.company,
        meta=meta,
        figures=_figures(inventory, lang),
        tables=[
            _map(inventory, lang),
            _gaps("gaps", _("Gaps"), inventory, lang),
            *([_gaps("accepted", _("Accepted gaps"), inventory, lang)] if inventory.accepted else []),
            _fields(inventory, lang),
            *([_dismissed(inventory, lang)] if inventory.dismissed else []),
            _policy(policy, lang),
            coverage_table(inventory.coverage, lang),
            *(trend_report.parts(inventory.trend, policy, lang) if inventory.trend else []),
        ],
        banner=_("Not everything has been searched.") if unread else _("Everything was read whole."),
        good=not unread,
        glossary=[(_(word), _(meaning)) for word, meaning in GLOSSARY],
        footer=_("Made by Insyn. Names of places are shown with personal data in them masked."),
    )


def gaps(inventory: Inventory, lang: Language) -> Document:
    """Only where policy and reality part ways, open and accepted."""
    whole = document(replace(inventory, rows=[], dismissed=[], trend=None), lang)
    tables = [one for one in whole.tables if one.id in ("gaps", "accepted", "coverage")]
    return replace(whole, id="gaps", title=lang.text("Gaps"), figures=[], tables=tables, glossary=[])


def _figures(inventory: Inventory, lang: Language) -> list[Figure]:
    _, sums, number = lang.text, summary(inventory), lang.number
    named = _("of %(n)s in the policy", n=sums.categories_named)
    urgent = _("of which critical or high: %(n)s", n=number(sums.urgent))
    fields = _("%(n)s fields with personal data", n=number(sums.fields))
    return [
        Figure(_("categories found"), number(sums.categories_found), named),
        Figure(_("systems"), number(sums.systems), fields),
        Figure(_("persons at least"), number(sums.persons), _("the most in one place")),
        Figure(_("gaps"), number(sums.gaps), urgent, "alert" if sums.urgent else ""),
        Figure(_("units not read whole"), number(sums.unread), _("see Coverage"), "watch" if sums.unread else ""),
    ]


def _map(inventory: Inventory, lang: Language) -> Table:
    _ = lang.text
    laid = matrix(inventory)
    columns = [Column(_("Category"), width=40), *(Column(name, width=26) for name in [*laid.sources, _("In all")])]
    rows: list[list[Cell]] = [
        [
            category_name(row.category, inventory.policy, lang),
            *(_map_cell(cell, lang) for cell in [*row.cells, row.total]),
        ]
        for row in laid.rows
    ]
    if rows:
        rows.append([_("In all"), *(_map_cell(cell, lang) for cell in [*laid.totals, laid.total])])
    lede = _("Persons at least, and in how many places, for each category of the policy in each system.")
    return Table("map", _("What is held where"), lede, columns, rows, _("Nothing has been searched yet."))


def _map_cell(cell: MapCell, lang: Language) -> str:
    if cell.state == "declared":
        return lang.text("said to be there")
    if cell.state != "found":
        return "0" if cell.state == "none" else lang.text("not searched")
    count = cell.persons or cell.values
    word = lang.ngettext("person", "persons", count) if cell.persons else lang.ngettext("value", "values", count)
    return f"{lang.number(count)} {word}, {lang.ngettext('%(num)d place', '%(num)d places', cell.places)}"


def _gaps(id: str, title: str, inventory: Inventory, lang: Language) -> Table:
    _, policy = lang.text, inventory.policy
    columns = [
        Column(_("Severity"), "mark", 14), Column(_("Gap"), width=22), Column(_("What it is about"), "path", 60),
        Column(_("Values"), "number", 9), Column(_("Persons"), "number", 9), Column(_("Owner"), width=16),
        Column(_("What can be done"), width=46), Column(_("Open questions"), width=11),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            Mark(_(SEVERITY[gap.severity]), gap.severity), _(GAP_KINDS[gap.kind]), gap_sentence(gap, policy, lang),
            gap.count or None, gap.persons or None, gap.owner or None, gap_action(gap, lang), gap.conflict or None,
        ]
        for gap in (inventory.accepted if id == "accepted" else inventory.gaps)
    ]  # fmt: skip
    lede = _("Where what is held and what the policy says part ways. A person decides what it means.")
    if id == "accepted":
        lede = _("Somebody has accepted these for a time; then they are back.")
    return Table(id, title, lede, columns, rows, _("No gaps were found in what has been searched."))


def _dismissed(inventory: Inventory, lang: Language) -> Table:
    _, fields = lang.text, _fields(inventory, lang)
    rows = [_field(row, inventory.policy, lang) for row in inventory.dismissed]
    lede = _("Found, but somebody has said that it is no personal data.")
    return Table("dismissed", _("Said to be no personal data"), lede, fields.columns, rows, detail=True)


def _fields(inventory: Inventory, lang: Language) -> Table:
    _ = lang.text
    columns = [
        Column(_("System"), width=12), Column(_("Place"), "path", 28), Column(_("Field"), "path", 22),
        Column(_("Found as"), width=22), Column(_("Category"), width=28), Column(_("Units"), "number", 8),
        Column(_("Values"), "number", 9), Column(_("Persons (at least)"), "number", 10),
        Column(_("Share"), "share", 8), Column(_("Share, low"), "share", 8), Column(_("Share, high"), "share", 8),
        Column(_("Confidence"), "share", 10), Column(_("Sample"), width=9), Column(_("Owner"), width=16),
        Column(_("Purposes"), width=40), Column(_("Legal bases"), width=34), Column(_("Kept for"), width=40),
        Column(_("Oldest"), "date", 12), Column(_("Newest"), "date", 12), Column(_("May be read by"), width=22),
        Column(_("Review"), width=16),
    ]  # fmt: skip
    rows = MadeRows(inventory.rows, lambda row: _field(row, inventory.policy, lang))
    lede = _("Every place where each category was found. Purposes, legal bases and times are those of the policy.")
    return Table("fields", _("Fields"), lede, columns, rows, detail=True)


def _field(row: Row, policy: Policy, lang: Language) -> list[Cell]:
    purposes = " | ".join(policy.purposes[id].label(lang.code) for id in row.purposes)
    return [
        row.source, row.unit or "/", field_name(row.field, lang), entity_name(row.entity, lang),
        category_name(row.category, policy, lang), row.units, row.values, row.persons or None, row.share,
        row.share_low, row.share_high, row.confidence if row.entity else None,
        lang.text("yes") if row.sampled else lang.text("no"), row.owner or None, purposes or None,
        " | ".join(row.legal_bases) or None, " | ".join(row.retention) or None, row.oldest, row.newest,
        readers_name(row.readers, lang), row.review,
    ]  # fmt: skip


def _policy(policy: Policy, lang: Language) -> Table:
    _ = lang.text
    columns = [
        Column(_("Purpose"), width=36), Column(_("Why"), width=44), Column(_("Legal basis"), width=28),
        Column(_("Categories"), width=60), Column(_("Kept for"), width=36),
    ]  # fmt: skip
    unstated = _("not stated in the policy")
    rows: list[list[Cell]] = [
        [
            purpose.label(lang.code), purpose.why, f"{purpose.legal_basis.sv} (art. {purpose.legal_basis.article})",
            category_names(purpose.categories, policy, lang),
            policy.retention_rules[purpose.retention].text or unstated,
        ]
        for purpose in policy.purposes.values()
    ]  # fmt: skip
    rows += [
        [
            rule.label(lang.code), None, rule.legal_basis or unstated,
            category_names(rule.categories, policy, lang),
            policy.retention_rules[rule.retention].text or unstated,
        ]
        for rule in policy.third_party_rules.values()
    ]  # fmt: skip
    lede = _("What the inventory is judged by, in the policy's own words.")
    return Table("policy", _("The policy in brief"), lede, columns, rows)
