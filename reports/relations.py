"""How tables hang together: which column refers to which, how that is known, and what the configuration says of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from reports.document import Cell, Column, Document, Figure, Mark, Table
from reports.language import Language
from reports.words import N_, moment

DECLARED, DISCOVERED, CONFIGURED, BY_DAY = "declared", "discovered", "configured", "by_day"
ORIGINS = {
    CONFIGURED: (N_("said in the configuration"), "low"),
    DECLARED: (N_("declared by the source"), "low"),
    DISCOVERED: (N_("found by names and values"), "info"),
    BY_DAY: (N_("found, the day tells which row"), "info"),
}
SHORTLY = {
    CONFIGURED: N_("in insyn.yaml"),
    DECLARED: N_("by the source"),
    DISCOVERED: N_("found"),
    BY_DAY: N_("found, by the day"),
}
PERSON, ROLE, NOBODY = "person", "role", ""
LEADS = {PERSON: N_("a person"), ROLE: N_("somebody in a role"), NOBODY: N_("nobody")}
FOLLOWED, DENIED, WAITING, UNSCANNED = "followed", "denied", "waiting", "unscanned"
NO_TABLE, NO_COLUMN, SEVERAL, EMPTY, APART = "no_table", "no_column", "several", "empty", "apart"
STATES = {
    FOLLOWED: (N_("is followed"), "low"),
    DENIED: (N_("is not followed"), "low"),
    WAITING: (N_("takes effect at the next scan"), "info"),
    UNSCANNED: (N_("%(what)s was never scanned"), "medium"),
    NO_TABLE: (N_("%(what)s: there is no such table, file or folder"), "high"),
    NO_COLUMN: (N_("%(what)s: there is no such column"), "high"),
    SEVERAL: (N_("%(what)s may be one of several: write the schema or the path"), "high"),
    EMPTY: (N_("%(what)s holds nothing"), "medium"),
    APART: (N_("is followed, but no value of %(what)s stands there"), "medium"),
}
WRONG = frozenset({NO_TABLE, NO_COLUMN, SEVERAL})
"""What somebody must put right."""
DOUBTFUL = WRONG | {APART}
"""What somebody must look at."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A column whose values lead to rows of another table."""

    source: str
    unit: str
    """A table or file; the folder of several files whose columns do the same."""
    field: str
    to_source: str
    to_unit: str
    to_field: str
    origin: str
    """One of `ORIGINS`."""
    matched: int
    compared: int
    """Of so many different values so many stand in the other column."""
    leads_to: str
    """One of `LEADS`."""
    units: int = 1
    """Files of the folder."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What the configuration says of a key, and what has become of it."""

    place: str
    """Where it stands: `sources.crm.relations.0`."""
    source: str
    column: str
    to_source: str
    to_column: str
    """"" = whatever it might refer to."""
    deny: bool
    state: str
    """One of `STATES`."""
    what: str = ""
    """The name that is wrong."""
    near: str = ""
    """What may have been meant by it."""


@dataclass(frozen=True, slots=True)
class Relations:
    """All of them, as the last scan left them."""

    company: str
    scanned: str
    found: Sequence[Relation]
    said: Sequence[Statement]


def document(relations: Relations, lang: Language) -> Document:
    """The relations and what is said of them, as a report."""
    _ = lang.text
    waiting = any(one.state == WAITING for one in relations.said)
    wrong = sum(one.state in WRONG for one in relations.said)
    banner = _("The configuration names something that is not there: see below.") if wrong else ""
    banner = banner or (_("The configuration has changed: the next scan takes it in.") if waiting else "")
    return Document(
        id="relations",
        title=_("How tables hang together"),
        company=relations.company,
        meta=[_("searched %(date)s", date=moment(relations.scanned))] if relations.scanned else [],
        figures=[
            *(
                Figure(_(word), lang.number(sum(one.origin == origin for one in relations.found)))
                for origin, (word, _tone) in ORIGINS.items()
            ),
            Figure(_("denied in the configuration"), lang.number(sum(one.deny for one in relations.said))),
        ],
        tables=[_found(relations.found, lang), _said(relations.said, lang)],
        banner=banner,
        notes=_notes(relations, lang),
        footer=_("Made by Insyn. Names of places are shown with personal data in them masked."),
    )  # fmt: skip


def _notes(relations: Relations, lang: Language) -> list[str]:
    _ = lang.text
    by_day = _("Where the day tells the row, a value stands in several rows, each for a time: who had a card, where a "
               "panel was. It leads to the row that held on the day of the one it stands in.")  # fmt: skip
    return [
        _("By these keys a search for a person reaches rows without any name or number: what is declared or said "
          "counts as certain, what is found as probable."),
        *([by_day] if any(one.origin == BY_DAY for one in relations.found) else []),
        _("Is one missing or wrong? Say so in insyn.yaml, below the source of the column, and scan again:"),
        "relations: [{from: orders.customer, to: customers.no}, {from: visits.order_id, to: items.id, deny: true}]",
    ]  # fmt: skip


def _found(found: Sequence[Relation], lang: Language) -> Table:
    _ = lang.text
    columns = [
        Column(_("System"), width=12), Column(_("Column"), "path", 32), Column(_("Refers to"), "path", 30),
        Column(_("Known"), "mark", 25), Column(_("Values"), "number", 11), Column(_("Found there"), "number", 11),
        Column(_("Leads to"), width=14),
    ]  # fmt: skip
    return Table(
        "relations", _("Keys between tables"), _("A column, and the one in which its values stand as a key."),
        columns, [_row(one, lang) for one in found], _("No key between tables is known."),
    )  # fmt: skip


def _row(one: Relation, lang: Language) -> list[Cell]:
    tone = ORIGINS[one.origin][1]
    to = f"{one.to_unit}.{one.to_field}"
    files = lang.text(" (%(n)s files)", n=lang.number(one.units)) if one.units > 1 else ""
    return [
        one.source, f"{one.unit or '/'}{files}.{one.field}",
        to if one.to_source == one.source else f"{one.to_source}: {to}",
        Mark(lang.text(SHORTLY[one.origin]), tone), one.compared, one.matched, lang.text(LEADS[one.leads_to]),
    ]  # fmt: skip


def _said(said: Sequence[Statement], lang: Language) -> Table:
    _ = lang.text
    columns = [
        Column(_("System"), width=12), Column(_("Column"), "path", 30), Column(_("Refers to"), "path", 34),
        Column(_("Said"), width=14), Column(_("What has become of it"), "mark", 50),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            one.source, one.column, _to(one, lang), _("denied") if one.deny else _("declared"),
            Mark(state(one, lang), STATES[one.state][1]),
        ]
        for one in said
    ]  # fmt: skip
    return Table("said", _("Said in the configuration"), "", columns, rows, _("Nothing is said there of keys."))


def _to(one: Statement, lang: Language) -> str:
    if not one.to_column:
        return lang.text("anything")
    return one.to_column if one.to_source == one.source else f"{one.to_source}: {one.to_column}"


def state(one: Statement, lang: Language) -> str:
    """What has become of what is said, in words."""
    told = lang.text(STATES[one.state][0], what=one.what)
    return f"{told}; {lang.text('did you mean %(name)s?', name=one.near)}" if one.near else told


def objects(relations: Relations) -> dict[str, Any]:
    """The same for scripts."""
    return {
        "generated": relations.scanned,
        "relations": [asdict(one) | {"leads_to": one.leads_to or None} for one in relations.found],
        "said": [
            {
                "place": one.place, "source": one.source, "from": one.column, "to_source": one.to_source,
                "to": one.to_column or None, "deny": one.deny, "state": one.state, "what": one.what or None,
            }
            for one in relations.said
        ],
    }  # fmt: skip
