"""The record of processing (GDPR Art. 30(1)): a row a purpose and system, each cell with where it comes from.

What a scan can show is system, categories, roles, ages and volume. Purpose, ground and recipients are the policy's or
the owner's to say; what nobody has said is missing, and is a task for the owner.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reports.facts import Source
from reports.inventory import Inventory, Row
from reports.language import Language
from reports.policy import Policy, Recipient
from reports.words import N_, category_names, type_name

ORIGINS: Mapping[str, str] = {
    "policy": N_("the policy"),
    "scan": N_("the scan"),
    "declared": N_("the configuration"),
    "stated": N_("stated here"),
    "missing": N_("missing"),
}
COLUMNS: Mapping[str, str] = {
    "controller": N_("Controller"),
    "dpo": N_("Data protection officer"),
    "system": N_("System"),
    "owner": N_("Owner"),
    "purpose": N_("Purpose"),
    "legal_basis": N_("Legal basis"),
    "subjects": N_("Categories of data subjects"),
    "categories": N_("Categories of personal data"),
    "special": N_("Found, but not in the policy"),
    "sources": N_("Where the data come from"),
    "recipients": N_("Recipients"),
    "third_countries": N_("Third countries and safeguards"),
    "retention": N_("Time limits for erasure"),
    "adherence": N_("Is the time limit kept?"),
    "security": N_("Security measures"),
    "volume": N_("Persons at least"),
    "ages": N_("Oldest – newest"),
    "reviewed": N_("Last reviewed"),
}
"""What each row has, in the order of Art. 30(1) and of what authorities ask for beyond it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell: what it says and where that comes from (`ORIGINS`)."""

    text: str
    origin: str


MISSING = Entry("", "missing")


@dataclass(frozen=True, slots=True)
class Processing:
    """A row: a purpose in a system."""

    purpose: str
    source: str
    categories: tuple[str, ...]
    """Those of the purpose that are there, by scan or declaration; of the policy where nothing was found."""
    special: tuple[str, ...]
    """Categories found in the system that the policy leaves out."""
    bound: bool
    """Nobody said that the system serves the purpose: what was found there may be for it."""
    entries: Mapping[str, Entry]


Overdue = Mapping[str, Mapping[str, int]]
"""System -> verdict -> number of data."""


def build(inventory: Inventory, lang: Language, overdue: Overdue | None = None) -> list[Processing]:
    """The record of processing.

    Args:
        inventory: What is held where.
        lang: Of the cells.
        overdue: Verdicts of retention by system, where they were worked out.
    """
    return [
        _processing(id, source, inventory, lang, overdue or {})
        for source in inventory.sources
        for id in inventory.policy.purposes
        if _serves(id, source, inventory.rows)
    ]


def _serves(purpose: str, source: Source, rows: Sequence[Row]) -> bool:
    tags = {*source.purposes, *(id for some in source.unit_purposes.values() for id in some)}
    return purpose in tags if tags else any(row.source == source.name and purpose in row.purposes for row in rows)


def _processing(id: str, source: Source, inventory: Inventory, lang: Language, overdue: Overdue) -> Processing:
    policy = inventory.policy
    mine = [row for row in inventory.rows if row.source == source.name]
    rows = [row for row in mine if id in row.purposes]
    special = tuple(dict.fromkeys(row.category for row in mine if row.category in policy.not_in_policy))
    found = tuple(dict.fromkeys(row.category for row in rows if row.category))
    declared = tuple(name for name in source.categories if name in policy.expand(policy.purposes[id].categories))
    tags = bool(source.purposes or source.unit_purposes)
    entries = {
        **_of_policy(id, policy, lang),
        **_of_system(source, rows, lang),
        "special": _special(source, special, policy, lang),
        "categories": _categories(found, declared, (policy, id), lang),
        "adherence": _adherence(overdue.get(source.name), lang),
    }
    ordered = {name: entries.get(name, MISSING) for name in COLUMNS}
    categories = found or declared or policy.purposes[id].categories
    return Processing(id, source.name, categories, tuple(filter(None, special)), not tags, ordered)


def _of_policy(id: str, policy: Policy, lang: Language) -> dict[str, Entry]:
    purpose, document = policy.purposes[id], policy.document
    basis = purpose.legal_basis
    roles = (policy.roles[role].label(lang.code) for role in purpose.roles)
    recipients = "; ".join(_recipient(one, lang) for one in policy.recipients)
    transfers = [one for one in document.transfers if one.get("countries")]
    period = policy.retention_rules[purpose.retention]
    laws = ", ".join(law.law for law in period.resolves_to)
    return {
        "controller": Entry(_contact(document.controller), "policy"),
        "dpo": Entry(_contact(document.dpo), "policy"),
        "purpose": Entry(purpose.label(lang.code), "policy"),
        "legal_basis": Entry(f"{basis.sv} (art. {basis.article})", "policy"),
        "subjects": Entry("; ".join(roles), "policy"),
        "sources": Entry("; ".join(str(one["text"]) for one in document.sources_of_data), "policy"),
        "recipients": Entry(recipients, "policy") if recipients else MISSING,
        "third_countries": Entry("; ".join(map(_transfer, transfers)), "policy") if transfers else MISSING,
        "retention": Entry(f"{period.text or ''}{f' ({laws})' if laws else ''}".strip(), "policy"),
    }


def _recipient(recipient: Recipient, lang: Language) -> str:
    label = recipient.label(lang.code)
    named = [name for name in recipient.named if name not in label]
    return f"{label} ({', '.join(named)})" if named else label


def _contact(part: Mapping[str, Any]) -> str:
    address = part.get("address") or part.get("post") or {}
    where = " ".join(str(address[key]) for key in ("street", "postal_code", "city") if address.get(key))
    told = (part.get("name") or part.get("title"), part.get("org_number"), part.get("email"), part.get("phone"), where)
    return ", ".join(str(text) for text in told if text)


def _transfer(transfer: Mapping[str, Any]) -> str:
    return f"{', '.join(transfer['countries'])} ({transfer.get('mechanism', '')})"


def _of_system(source: Source, rows: Sequence[Row], lang: Language) -> dict[str, Entry]:
    days = [day for row in rows for day in (row.oldest, row.newest) if day]
    persons = max((row.persons for row in rows), default=0)
    return {
        "system": Entry(f"{source.name} ({type_name(source.type, lang)})", "declared"),
        "owner": Entry(source.owner, "declared") if source.owner else MISSING,
        "volume": Entry(lang.number(persons), "scan") if persons else MISSING,
        "ages": Entry(f"{min(days)} – {max(days)}", "scan") if days else MISSING,
    }


def _special(source: Source, special: Iterable[str | None], policy: Policy, lang: Language) -> Entry:
    if source.type == "declared":
        return MISSING
    return Entry(category_names(filter(None, special), policy, lang) or "–", "scan")


def _categories(found: Iterable[str], declared: Iterable[str], of: tuple[Policy, str], lang: Language) -> Entry:
    policy, id = of
    for names, origin in ((found, "scan"), (declared, "declared"), (policy.purposes[id].categories, "policy")):
        if told := category_names(names, policy, lang):
            return Entry(told, origin)
    return MISSING


def _adherence(verdicts: Mapping[str, int] | None, lang: Language) -> Entry:
    if verdicts is None:
        return MISSING
    over, unknown = verdicts.get("overdue", 0), verdicts.get("unknown", 0)
    told = lang.text("%(over)s data overdue, %(unknown)s unknown", over=lang.number(over), unknown=lang.number(unknown))
    return Entry(told, "scan")
