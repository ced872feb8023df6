"""The record of processing as a document, and as JSON-LD in the words of the W3C Data Privacy Vocabulary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from reports.article30 import COLUMNS, ORIGINS, Processing
from reports.coverage import coverage_table
from reports.document import Cell, Column, Document, Figure, Mark, Table
from reports.inventory import Inventory
from reports.language import Language
from reports.policy import Policy
from reports.words import moment

_WIDTHS = {"purpose": 32, "categories": 44, "recipients": 40, "retention": 34, "sources": 40, "subjects": 26}
_PAPER = ("purpose", "owner", "legal_basis", "subjects", "categories", "recipients", "third_countries", "retention")
_CONTEXT = {
    "dpv": "https://w3id.org/dpv#",
    "pd": "https://w3id.org/dpv/pd#",
    "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
    "dct": "http://purl.org/dc/terms/",
}


def document(rows: Sequence[Processing], inventory: Inventory, lang: Language) -> Document:
    """The record: what Art. 30 asks for, then every cell with its origin."""
    _, policy = lang.text, inventory.policy
    missing = sum(entry.origin == "missing" for row in rows for entry in row.entries.values())
    tone = "watch" if missing else ""
    return Document(
        id="article30",
        title=_("Record of processing"),
        company=policy.company,
        meta=[
            _("GDPR Art. 30(1)"),
            _("searched %(date)s", date=moment(inventory.generated)),
            _("Policy %(id)s, sha256 %(hash)s", id=policy.id, hash=policy.sha256[:12]),
        ],
        figures=[
            Figure(_("processings"), lang.number(len(rows)), _("a purpose in a system")),
            Figure(_("systems"), lang.number(len({row.source for row in rows}))),
            Figure(_("cells missing"), lang.number(missing), _("for the owners to fill in"), tone),
        ],
        tables=[
            *(_system(number, source.name, rows, lang) for number, source in enumerate(inventory.sources, 1)),
            _whole(rows, lang),
            _origins(rows, policy, lang),
            coverage_table(inventory.coverage, lang),
        ],
        banner=_("What a scan cannot know is missing until the owner has said it: nothing is made up."),
        notes=[_("A system without purposes of its own is listed under every purpose that what was found may be for.")],
        glossary=[(_(ORIGINS[origin]), _meaning(origin, lang)) for origin in ORIGINS],
        footer=_("Made by Insyn."),
    )


def _meaning(origin: str, lang: Language) -> str:
    _ = lang.text
    return {
        "policy": _("taken from the privacy policy"),
        "scan": _("found in the system; counts are lower bounds"),
        "declared": _("written in insyn.yaml by whoever set it up"),
        "stated": _("said by somebody of the company, here"),
        "missing": _("nobody has said it yet"),
    }[origin]


def _system(number: int, source: str, rows: Sequence[Processing], lang: Language) -> Table:
    """The processings of one system, with what paper has room for."""
    mine = [row for row in rows if row.source == source]
    columns = [Column(lang.text(COLUMNS[name]), "mark", _WIDTHS.get(name, 20)) for name in _PAPER]
    cells: list[list[Cell]] = [[_cell(row, name, lang) for name in _PAPER] for row in mine]
    bound = any(row.bound for row in mine)
    lede = lang.text("Its purposes are not given: all that may apply are listed.") if bound else ""
    empty = lang.text("No purpose of the policy is served here.")
    return Table(f"system-{number}", source, lede, columns, cells, empty)


def _cell(row: Processing, name: str, lang: Language) -> Cell:
    entry = row.entries[name]
    return Mark(lang.text(ORIGINS["missing"]), "medium") if entry.origin == "missing" else entry.text


def _whole(rows: Sequence[Processing], lang: Language) -> Table:
    columns = [Column(lang.text(heading), "text", _WIDTHS.get(name, 22)) for name, heading in COLUMNS.items()]
    cells: list[list[Cell]] = [[_cell(row, name, lang) for name in COLUMNS] for row in rows]
    lede = lang.text("All columns of every processing, as systems for records of processing import them.")
    return Table("record", lang.text("The whole record"), lede, columns, cells, detail=True)


def _origins(rows: Sequence[Processing], policy: Policy, lang: Language) -> Table:
    _ = lang.text
    columns = [
        Column(_("System"), width=14), Column(_("Purpose"), width=34), Column(_("Column"), width=26),
        Column(_("Says"), width=60), Column(_("Origin"), width=18),
    ]  # fmt: skip
    cells: list[list[Cell]] = [
        [
            row.source,
            policy.purposes[row.purpose].label(lang.code),
            _(COLUMNS[name]),
            entry.text,
            _(ORIGINS[entry.origin]),
        ]
        for row in rows
        for name, entry in row.entries.items()
    ]
    lede = _("Where every cell comes from: the policy, the scan, the configuration, or nowhere yet.")
    return Table("origins", _("Origin of each cell"), lede, columns, cells, detail=True)


def objects(rows: Sequence[Processing], inventory: Inventory) -> dict[str, Any]:
    """The record for scripts: each cell as text and origin."""
    return {
        "generated": inventory.generated,
        "policy": {"id": inventory.policy.id, "sha256": inventory.policy.sha256},
        "processings": [
            asdict(row) | {"entries": {name: asdict(one) for name, one in row.entries.items()}} for row in rows
        ],
    }


def _entries(row: Processing) -> dict[str, Any]:
    return {name: asdict(entry) for name, entry in row.entries.items()}


def linked_data(rows: Sequence[Processing], inventory: Inventory) -> dict[str, Any]:
    """The record as JSON-LD with DPV 2 terms."""
    policy = inventory.policy
    controller = {"@id": "urn:insyn:controller", "@type": "dpv:DataController", "dct:title": policy.company}
    return {"@context": _CONTEXT, "@graph": [controller, *(_process(row, policy) for row in rows)]}


def _process(row: Processing, policy: Policy) -> dict[str, Any]:
    purpose = policy.purposes[row.purpose]
    data = [term for id in row.categories for term in _terms(id, policy)]
    return {
        "@id": f"urn:insyn:processing:{row.source}:{row.purpose}",
        "@type": "dpv:Process",
        "dct:title": f"{purpose.sv} – {row.source}",
        "dpv:hasDataController": {"@id": "urn:insyn:controller"},
        "dpv:hasPurpose": [{"@id": term} for term in purpose.dpv],
        "dpv:hasLegalBasis": [{"@id": purpose.legal_basis.dpv}] if purpose.legal_basis.dpv else [],
        "dpv:hasPersonalData": [{"@id": term} for term in dict.fromkeys(data)],
        "dpv:hasRecipient": [{"@type": "dpv:Recipient", "dct:title": one.sv} for one in policy.recipients],
        "dpv:hasStorageCondition": {
            "@type": "dpv:StorageDuration",
            "dct:description": row.entries["retention"].text,
        },
        "dpv:hasResponsibleEntity": row.entries["owner"].text or None,
    }


def _terms(id: str, policy: Policy) -> tuple[str, ...]:
    part = policy.categories.get(id) or policy.not_in_policy.get(id)
    return part.dpv if part else ()
