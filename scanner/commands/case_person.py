"""`insyn case identify`, `represent`, `person`: who asks, for whom, and what the person is to the company."""

from __future__ import annotations

from pathlib import Path

from reports.dates import today
from scanner.audit import actor
from scanner.cases.model import Identity, Mandate, Representative
from scanner.commands.case_desk import at_desk, chosen, role_of
from scanner.console import one_of
from scanner.errors import ConfigError

_NOBODY = "none"


def identify(path: Path, number: str, level: str, reason: str) -> None:
    """Note the identity level."""
    with at_desk(path) as desk:
        desk.register.identify(number, chosen(Identity, "level", level), reason)


def represent(path: Path, number: str, kind: str, said: tuple[str, str], *, checked: bool) -> None:
    """Note who acts for the person.

    Args:
        path: Of the configuration.
        number: Of the case.
        kind: Of the mandate, or that nobody acts.
        said: Name of who acts, and how the mandate was checked.
        checked: It was, by this user, today.
    """
    name, reason = said
    one_of("kind", kind, (*Mandate, _NOBODY))
    acts = None
    if kind != _NOBODY:
        by, on = (actor(), today().isoformat()) if checked else ("", "")
        acts = Representative(chosen(Mandate, "kind", kind), name, by, on)
    with at_desk(path) as desk:
        desk.register.represent(number, acts, reason)


def describe(path: Path, number: str, said: tuple[str | None, str | None, str | None]) -> None:
    """Set name, contact or role; what is None stays.

    Raises:
        ConfigError: nothing is to be set.
    """
    name, contact, role = said
    private = {"name": name, "contact": contact and contact.replace("\\n", "\n")}
    given = {key: value for key, value in private.items() if value is not None}
    if not given and role is None:
        raise ConfigError("give --name, --contact or --role")
    with at_desk(path) as desk:
        desk.register.describe(number, role=role if role is None else role_of(desk, role), **given)
