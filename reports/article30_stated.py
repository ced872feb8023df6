"""What the company itself has said about its processings: cells that no scan and no policy can fill, and approvals.

A statement is about one processing, a system, a purpose or everything; the narrowest counts. An approval is of a
processing as it stood: what has changed in it since is told beside the day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from reports.article30 import Entry, Processing
from reports.language import Language
from reports.policy import Policy

REVIEWED = "reviewed"
"""The column of approvals."""
_SAID = ("controller", "dpo", "owner", "legal_basis", "sources", "third_countries", "retention", "security")
"""Columns whose words are the same in every language."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What was said about a cell."""

    source: str
    """Its system; "": every system."""
    purpose: str
    """Its purpose; "": every purpose."""
    column: str
    text: str
    """"" takes back what was said before."""
    by: str
    at: str
    digest: str = ""
    """Of the processing that was approved (`digest`)."""


def completed(
    rows: Sequence[Processing], statements: Iterable[Statement], policy: Policy, lang: Language
) -> list[Processing]:
    """The record with what was said in the cells that are missing, and the day of the last approval.

    Args:
        rows: As a scan and the policy leave them.
        statements: The first made first.
        policy: Of the rows.
        lang: Of the cells.
    """
    last = {(one.source, one.purpose, one.column): one for one in statements}
    return [_approved(_filled(row, last), last, policy, lang) for row in rows]


_Last = Mapping[tuple[str, str, str], Statement]


def _filled(row: Processing, last: _Last) -> Processing:
    entries = {name: _entry(row, name, entry, last) for name, entry in row.entries.items()}
    return replace(row, entries=entries)


def _entry(row: Processing, column: str, entry: Entry, last: _Last) -> Entry:
    if entry.origin != "missing" or column == REVIEWED:
        return entry
    scopes = ((row.source, row.purpose), (row.source, ""), ("", row.purpose), ("", ""))
    said = (last.get((*scope, column)) for scope in scopes)
    return next((Entry(one.text, "stated") for one in said if one and one.text), entry)


def _approved(row: Processing, last: _Last, policy: Policy, lang: Language) -> Processing:
    one = last.get((row.source, row.purpose, REVIEWED))
    if one is None:
        return row
    told = f"{one.at[:10]}, {one.by}"
    if one.digest != digest(row, policy):
        told = lang.text("%(when)s; changed since", when=told)
    return replace(row, entries={**row.entries, REVIEWED: Entry(told, "stated")})


def digest(row: Processing, policy: Policy) -> str:
    """What an approval is of: all that describes a processing, but not its volume, ages and verdicts."""
    purpose = policy.purposes[row.purpose]
    recipients = [(one.id, one.sv, *one.named) for one in policy.recipients]
    said = {name: row.entries[name].text for name in _SAID}
    stated = sorted((name, one.text) for name, one in row.entries.items() if one.origin == "stated")
    parts = (row.source, row.purpose, sorted(row.categories), sorted(row.special), purpose.roles, recipients, said)
    return sha256(repr((*parts, [one for one in stated if one[0] != REVIEWED])).encode()).hexdigest()


def missing(row: Processing) -> list[str]:
    """Columns of a processing that somebody is to fill in."""
    return [name for name, entry in row.entries.items() if entry.origin == "missing" and name != REVIEWED]
