"""Tokens of programs that use the API: random, kept as digests, each for a user, with scopes and an end."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import delete, insert, select

from scanner import audit
from scanner.errors import ConfigError
from scanner.store import Store, now
from scanner.store.user_schema import account, api_token
from scanner.users import User, Users, digest
from scanner.users.roles import COMPLIANCE, ENGINEERS, OPERATORS, SEARCHERS, SUPPORT, Role

PREFIX = "insyn_"
DAYS = 365


class Scope(StrEnum):
    """What a token allows; never more than the roles of its user."""

    CASES_READ = "cases:read"
    CASES_WRITE = "cases:write"
    INVENTORY_READ = "inventory:read"
    SCANS_READ = "scans:read"
    SCANS_WRITE = "scans:write"


ROLES: dict[Scope, frozenset[Role]] = {
    Scope.CASES_READ: SUPPORT,
    Scope.CASES_WRITE: SEARCHERS,
    Scope.INVENTORY_READ: COMPLIANCE,
    Scope.SCANS_READ: ENGINEERS,
    Scope.SCANS_WRITE: OPERATORS,
}


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it is listed; what it reads itself is told once and kept nowhere."""

    id: int
    name: str
    user: str
    scopes: tuple[str, ...]
    expires: int


class Tokens:
    """The tokens of one store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, name: str, user: User, scopes: Iterable[str], by: str) -> str:
        """Make a token.

        Args:
            name: What it is for: `CRM`.
            user: Whose roles it has.
            scopes: What it allows.
            by: Who makes it, for the log.

        Returns:
            The token, told this once.

        Raises:
            ConfigError: no name, no scope, or one that the user's roles do not cover.
        """
        known = {str(scope) for scope in Scope}
        wanted = sorted(set(scopes))
        if not name.strip() or not wanted or not set(wanted) <= known:
            raise ConfigError(f"token: a name and scopes are needed; there are {', '.join(sorted(known))}")
        beyond = [scope for scope in wanted if not user.may(ROLES[Scope(scope)])]
        if beyond:
            raise ConfigError(f"token: the user's roles do not cover {', '.join(beyond)}")
        code = PREFIX + secrets.token_urlsafe(32)
        audit.record(self._store, "token add", "", by=by)
        values = {"digest": digest(code), "name": name.strip(), "account_id": user.id, "scopes": " ".join(wanted)}
        times = {"created": now(), "expires": int(time.time()) + DAYS * 86400}
        with self._store.transaction() as connection:
            connection.execute(insert(api_token).values(values | times))
        return code

    def all(self) -> list[Token]:
        """All tokens, by name."""
        query = select(api_token.c.id, api_token.c.name, account.c.name, api_token.c.scopes, api_token.c.expires)
        query = query.join(account, account.c.id == api_token.c.account_id).order_by(api_token.c.name)
        with self._store.reading() as connection:
            return [Token(id, name, user, tuple(scopes.split()), expires) for id, name, user, scopes, expires
                    in connection.execute(query)]  # fmt: skip

    def remove(self, number: int, by: str) -> None:
        """Take a token back; it opens nothing from now on."""
        audit.record(self._store, "token remove", "", by=by)
        with self._store.transaction() as connection:
            connection.execute(delete(api_token).where(api_token.c.id == number))

    def user(self, code: str, scope: Scope) -> User | None:
        """Whose token it is; None if it is unknown or too old, or neither it nor its user may do that."""
        query = select(api_token.c.account_id, api_token.c.scopes).where(
            api_token.c.digest == digest(code), api_token.c.expires > int(time.time())
        )
        with self._store.reading() as connection:
            row = connection.execute(query).first()
        user = Users(self._store).get(row.account_id) if row and scope in row.scopes.split() else None
        return user if user and user.may(ROLES[scope]) else None
