"""A package's summary as tests and benchmarks use it."""

from __future__ import annotations

from datetime import date

from reports.case.model import CaseFacts, CategoryPart, Company, PurposePart, Summary, Undone, ValuePart
from reports.facts import Coverage


def facts(language: str = "sv") -> CaseFacts:
    """A request."""
    return CaseFacts(
        number="2026-0001",
        received=date(2026, 11, 2),
        channel="email",
        right="access",
        language=language,
        name="Anna Ekdahl",
        contact="Storgatan 5\n111 22 Stockholm",
        due=date(2026, 12, 2),
    )


def company() -> Company:
    """Who answers."""
    return Company("Omnipoint AB", ("Hälsingegatan 49", "113 31 Stockholm"), ("dataskydd@omnipoint.se",))


def summary(language: str = "sv") -> Summary:
    """The summary of a package in which everything occurs."""
    purpose = PurposePart(
        "Tillhandahållande av våra tjänster", "Avtal (artikel 6(1)(b))", "För att leverera.", "24 månader"
    )
    return Summary(
        case=facts(language),
        company=company(),
        generated="2026-11-27T23:00:00Z",
        policy_version="omnipoint abc",
        tool_version="0.1.0",
        parts=[
            CategoryPart(
                "name", "Namn", ["crm"], 3, [ValuePart("Namn", "Anna Ekdahl", 3, ["crm"], (2024, 2026))], 2, [purpose]
            )
        ],
        systems=["crm", "share"],
        systems_with=["crm"],
        entries=3,
        own=2,
        coverage=[Coverage("crm", "scanned", 3), Coverage("share", "unreadable", 1, {"encrypted": 1})],
        undone=[
            Undone("declared", "larmcentral", "", "answered", "Inget fanns."),
            Undone("unread", "share", "a.zip", "waived", "Filen är trasig."),
            Undone("listen", "samtal", "a.wav", "open"),
        ],
        looks=[("2026-11-27T22:00:00Z", "case search")],
        masked={"contact": 2, "other": 1},
        secrets=1,
        withheld={"kan vara en namne": 4},
        states={"changed": 1, "gone": 2, "unreachable": 3},
        unreachable=["crm"],
        recipients=["Larmcentral"],
        sources_of_data=["Av dig"],
        transfers=["USA"],
        complete=False,
        incomplete_because="registret är nere",
    )
