"""The menu: who sees what, in the words that people use at work."""

from __future__ import annotations

from dataclasses import dataclass

from reports.words import N_
from scanner.users import User
from scanner.users.roles import ADMINS, AUDITORS, COMPLIANCE, ENGINEERS, SEARCHERS, SUPPORT, Role


@dataclass(frozen=True, slots=True)
class Entry:
    """A page of the menu."""

    path: str
    name: str
    roles: frozenset[Role]


ENTRIES = (
    Entry("/search", N_("Search"), SEARCHERS),
    Entry("/cases", N_("Cases"), SUPPORT),
    Entry("/today", N_("To do"), COMPLIANCE),
    Entry("/inventory", N_("Inventory"), COMPLIANCE),
    Entry("/gaps", N_("Gaps"), COMPLIANCE),
    Entry("/retention", N_("Retention"), COMPLIANCE),
    Entry("/coverage", N_("Coverage"), COMPLIANCE),
    Entry("/review", N_("Review"), COMPLIANCE),
    Entry("/sample", N_("Random sample"), COMPLIANCE),
    Entry("/trend", N_("Changes"), COMPLIANCE),
    Entry("/article30", N_("Record of processing"), COMPLIANCE),
    Entry("/incident", N_("Incident"), COMPLIANCE),
    Entry("/owners", N_("Owners"), COMPLIANCE),
    Entry("/policy", N_("Policy"), COMPLIANCE),
    Entry("/sources", N_("Sources"), ENGINEERS),
    Entry("/scans", N_("Scans"), ENGINEERS),
    Entry("/relations", N_("Relations"), ENGINEERS),
    Entry("/users", N_("Users"), ADMINS),
    Entry("/tokens", N_("API tokens"), ADMINS),
    Entry("/lookups", N_("Look-ups"), AUDITORS),
    Entry("/log", N_("Log"), AUDITORS),
)


def of(user: User) -> list[Entry]:
    """What a user may go to."""
    return [entry for entry in ENTRIES if user.may(entry.roles)]


def start(user: User) -> str:
    """The first page of a user: what his work begins with."""
    found = of(user)
    if user.may(COMPLIANCE):
        return "/today"
    return found[0].path if found else "/account"
