"""All places of the estate that part ways with the policy: what a report of gaps is measured against.

Phrases are those of the notes' templates; where one stands, the note holds what it says. The rest is named by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

PHRASES = (
    ("polisanmäl", "special_category", "criminal_data"),
    ("sjukskriven", "special_category", "special_category"),
    ("obetalda", "undeclared", "credit_data"),
    ("Portkod", "secret_in_clear", "alarm_cancel_codes"),
)
"""Words of a text, the gap that they make, and the category."""

PLACES: tuple[tuple[str | None, ...], ...] = (
    ("secret_in_clear", "crm", "larmkontakter", "kodord", "alarm_cancel_codes"),
    ("secret_in_clear", "share", "teknik/drift", "", "user_account"),
    ("undeclared", "crm", "arenden", "handlaggare", "employee_data"),
    ("undeclared", "crm", "kunder", "bil_regnr", "vehicle"),
    ("undeclared", "crm", "personal", "", "employee_data"),
    ("undeclared", "crm", "personal", "anstnr", "employee_data"),
    ("undeclared", "share", "personal", "", "employee_data"),
    ("undeclared", "share", "personal", "Lön", "employee_data"),
    ("undeclared", "samtal", "", "cdr.agent", "employee_data"),
    ("undeclared", "samtal", "2025", "cdr.agent", "employee_data"),
    ("undeclared", "samtal", "crm-koppling", "sidecar.agent.id", "employee_data"),
    ("undeclared", "samtal", "crm-koppling", "sidecar.agent.name", "employee_data"),
    ("protected_identity", "share", "kundtjanst", "sekretessmarkering", "protected_identity"),
    ("protected_identity", "share", "kundtjanst", "path", "protected_identity"),
    ("broken_promise", "share", "webb/cookies", "epost", "email"),
    ("broken_promise", "share", "marknad", "Personnummer", "personal_identity_number"),
    ("no_purpose", "crm", "webb_events", "payload.klient.ip", "ip_address"),
    ("no_purpose", "crm", "webb_events", "payload.meddelande", "interaction_notes"),
    ("no_purpose", "crm", "webb_events", "", "usage_logs"),
    ("open_access", "share", "marknad", "", None),
    ("unseen", "", "", "", "images_video"),
)
"""Kind, source, table or folder, field, category; None: the gap is of all that lies there."""


def gaps(findings: list[dict[str, Any]], texts: list[tuple[str, str, str, str]]) -> Iterator[tuple[str | None, ...]]:
    """All gaps of the estate as kind, source, place, field and category.

    Args:
        findings: Rows of the truth.
        texts: Source, unit, field and text of all that was written.
    """
    yield from PLACES
    for source, unit, field, text in texts:
        for phrase, kind, category in PHRASES:
            if phrase.lower() in text.lower():
                yield kind, source, place(source, unit), field, category
    for row in findings:
        if row["entity"] == "SE_PERSONNUMMER" and row["field"] == "path":
            where = row["source"], place(row["source"], row["unit"]), "path"
            yield "broken_promise", *where, "personal_identity_number"
        elif row["entity"] == "SE_PERSONNUMMER" and row["unit"].endswith((".log", "webb_events")):
            where = row["source"], place(row["source"], row["unit"]), row["field"]
            yield "broken_promise", *where, "personal_identity_number"


def place(source: str, unit: str) -> str:
    """The inventory's grain: a table, or the folder of a file."""
    return unit if source == "crm" else unit.partition("!/")[0].rpartition("/")[0]
