"""`insyn user …`: who may use the pages, from the command line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from reports.lines import table
from scanner import audit
from scanner import config as configuration
from scanner.console import say, write
from scanner.errors import ConfigError
from scanner.workflow import opened

if TYPE_CHECKING:
    from scanner.users import User, Users


def show(path: Path) -> None:
    """List everybody, one a line."""
    with _users(path) as users:
        rows = [[user.name, " ".join(sorted(user.roles)), _state(user)] for user in users.all()]
    write("".join(f"{line}\n" for line in table(["name", "roles", "state"], rows)).encode(), None)


def add(path: Path, name: str, roles: list[str]) -> None:
    """Make a user; the one-time code goes to standard output, to be given to him."""
    with _users(path) as users:
        _tell(users.add(name, roles, audit.actor()))


def invite(path: Path, name: str) -> None:
    """A new one-time code, for who has forgotten the password."""
    with _users(path) as users:
        _tell(users.invite(_named(users, name).id, audit.actor()))


def change(path: Path, name: str, roles: list[str], active: bool | None) -> None:
    """Give other roles, close or open."""
    with _users(path) as users:
        users.change(_named(users, name).id, audit.actor(), roles=roles or None, active=active)


@contextmanager
def _users(path: Path) -> Iterator[Users]:
    try:
        from scanner.users import Users
    except ModuleNotFoundError as error:
        raise ConfigError(f"user: the package {error.name} is not installed; pip install 'insyn[web]'") from None
    config = configuration.load(path)
    with opened(config, create=True) as store:
        yield Users(store)


def _named(users: Users, name: str) -> User:
    found = next((user for user in users.all() if user.name.casefold() == name.strip().casefold()), None)
    if found is None:
        raise ConfigError("user: there is no user of that name; `insyn user list` shows all")
    return found


def _tell(code: str) -> None:
    say("insyn: valid for two days, once; behind the address of the pages it opens where the password is chosen:")
    write(f"/welcome/{code}\n".encode(), None)


def _state(user: User) -> str:
    return "closed" if not user.active else "open" if user.has_password else "invited"
