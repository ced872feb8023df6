"""What becomes of a package: released by a second person, then delivered (and then deleted: `scanner.cases.due`)."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from reports.dates import today
from scanner import audit
from scanner.cases.desk import Desk
from scanner.cases.model import Case, State
from scanner.cases.package import DIRECTORY
from scanner.cases.package_archive import password_file
from scanner.cases.preview import fingerprint, latest, seen
from scanner.errors import ConfigError
from scanner.store import now
from scanner.store.case_schema import case_package

KEPT = timedelta(days=30)
"""After delivery, so that it can be handed over once more."""
BY_POST = "skatteverket"
"""How anything reaches a person whose identity is protected: by post through Skatteverket."""


def release(desk: Desk, number: str) -> Case:
    """Approve the latest package for delivery: by somebody else than who built it, once it is known who asks.

    It is bound to what this user has seen of it (`scanner.cases.preview`), byte for byte. Logged with its digest first.

    Raises:
        ConfigError: it is the same person, there is no package, identity or mandate is not settled, this user has not
            looked the package through, or the package or the case has changed since it was built.
    """
    case, built = desk.register.get(number), latest(desk, number)
    if case.state is not State.OPEN:
        raise ConfigError(f"case {number}: is {case.state} already")
    if desk.actor in (built.built_by, case.opened_by):
        raise ConfigError(f"case {number}: a second person releases it, not who opened the case or built the package")
    if case.missing:
        needs = {"identity": f"identity level {case.needed.name.lower()}", "mandate": "a checked mandate"}
        raise ConfigError(f"case {number}: lacks {' and '.join(needs[one] for one in case.missing)}")
    seen(desk, number, built)
    audit.record(desk.store, "case release", number, fingerprint(built), by=desk.actor)
    released = desk.register.set_state(number, State.RELEASED, released_by=desk.actor)
    password_file(desk.config.directory / DIRECTORY / built.file).unlink(missing_ok=True)
    return released


def deliver(desk: Desk, number: str, how: str) -> Case:
    """Note that the released package has been handed over: `portal`, `archive`, `post`, `skatteverket`.

    Raises:
        ConfigError: it has not been released, or may only go by post through Skatteverket.
    """
    case, built = desk.register.get(number), latest(desk, number)
    if case.state is not State.RELEASED:
        raise ConfigError(f"case {number}: a second person has not released the package")
    if case.protected and how != BY_POST:
        raise ConfigError(f"case {number}: protected identity: only by post through Skatteverket ({BY_POST})")
    with desk.store.transaction() as connection:
        delete_on = today() + KEPT
        values = {"delivered_at": now(), "delivered_how": how, "delete_on": delete_on.isoformat()}
        connection.execute(update(case_package).where(case_package.c.id == built.id).values(**values))
    return desk.register.set_state(number, State.DELIVERED)
