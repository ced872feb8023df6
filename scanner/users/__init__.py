"""Who may use the pages: made by an admin, let in by a one-time link, a password, or the identity provider.

Every change is in the audit log before it is done. Links are random, kept as digests, valid for two days and once.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from sqlalchemy import delete, insert, select, update

from scanner import audit
from scanner.errors import ConfigError
from scanner.store import Store, now
from scanner.store.user_schema import account, invitation
from scanner.users.roles import Role, parse

LINK_SECONDS = 48 * 3600
PASSWORD_LEAST = 12
"""Characters: length, not composition (NIST SP 800-63B, 3.1.1)."""
_HASHER = PasswordHasher()
_NOBODY = _HASHER.hash(secrets.token_hex(16))
"""Checked when there is no such user, so that the time tells nothing."""


@dataclass(frozen=True, slots=True)
class User:
    """A user of the pages."""

    id: int
    name: str
    roles: frozenset[Role]
    active: bool = True
    has_password: bool = False

    def may(self, roles: frozenset[Role]) -> bool:
        """Whether the user has one of these roles."""
        return bool(self.roles & roles)


class Users:
    """The users of one store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> list[User]:
        """Everybody, by name."""
        with self._store.reading() as connection:
            rows = connection.execute(select(account).order_by(account.c.name)).mappings()
            return [_user(row) for row in rows]

    def get(self, number: int) -> User | None:
        """A user by number, None if there is none or it is closed."""
        return self._find(account.c.id == number)

    def add(self, name: str, roles: Iterable[str], by: str) -> str:
        """Make a user.

        Args:
            name: What he signs in with.
            roles: Names of roles.
            by: Who does it, for the log.

        Returns:
            A one-time code: whoever opens its link sets the password.

        Raises:
            ConfigError: no or a taken name, an unknown role.
        """
        name, wanted = name.strip(), parse(roles)
        if not name or len(name) > 200:
            raise ConfigError("user: a name is needed, of at most 200 characters")
        if any(user.name.casefold() == name.casefold() for user in self.all()):
            raise ConfigError("user: the name is taken; choose another")
        audit.record(self._store, "user add", "", by=by)
        values = {"name": name, "roles": _joined(wanted), "active": True, "created": now()}
        with self._store.transaction() as connection:
            number = connection.execute(insert(account).values(values)).inserted_primary_key[0]  # type: ignore[index]
        return self.invite(int(number), by)

    def invite(self, number: int, by: str) -> str:
        """A new one-time code for a user; codes given before are void."""
        code = secrets.token_urlsafe(32)
        audit.record(self._store, "user invite", "", by=by)
        with self._store.transaction() as connection:
            connection.execute(delete(invitation).where(invitation.c.account_id == number))
            row = {"digest": digest(code), "account_id": number, "expires": int(time.time()) + LINK_SECONDS}
            connection.execute(insert(invitation).values(row))
        return code

    def invited(self, code: str) -> User | None:
        """Whom a one-time code is for; None if it is unknown, used or too old."""
        query = select(invitation.c.account_id).where(
            invitation.c.digest == digest(code), invitation.c.expires > int(time.time())
        )
        with self._store.reading() as connection:
            number = connection.scalar(query)
        return None if number is None else self.get(number)

    def accept(self, code: str, password: str) -> User | None:
        """Set the password of whom a code is for; the code is used up.

        Raises:
            ConfigError: the password is too short.
        """
        check_password(password)
        user = self.invited(code)
        if user is None:
            return None
        audit.record(self._store, "user password", "", by=user.name)
        with self._store.transaction() as connection:
            used = connection.execute(delete(invitation).where(invitation.c.digest == digest(code)))
            if not used.rowcount:
                return None
            hashed = _HASHER.hash(password)
            connection.execute(update(account).where(account.c.id == user.id).values(password=hashed))
        return user

    def sign_in(self, name: str, password: str) -> User | None:
        """The user with this name and password, None if there is none."""
        with self._store.reading() as connection:
            row = connection.execute(select(account).where(account.c.name == name.strip())).mappings().first()
        right = _verified((row and row["password"]) or _NOBODY, password)
        return _user(row) if row and right and row["active"] else None

    def of_subject(self, subject: str) -> User | None:
        """The user with this identity at the identity provider."""
        return self._find(account.c.subject == subject)

    def admit(self, subject: str, name: str, roles: frozenset[Role]) -> User:
        """Let in somebody whom the identity provider vouches for, with the roles that it gives him.

        Raises:
            ConfigError: an admin has closed him, or the name is that of a local user.
        """
        known = self.of_subject(subject)
        if known is None and any(user.name.casefold() == name.casefold() for user in self.all()):
            raise ConfigError("user: the name is that of a local user; an admin must close that one first")
        audit.record(self._store, "user admit", "", by=name)
        with self._store.transaction() as connection:
            if known is None:
                values = {"name": name, "subject": subject, "active": True, "created": now()}
                connection.execute(insert(account).values(roles=_joined(roles), **values))
            else:
                connection.execute(update(account).where(account.c.id == known.id).values(roles=_joined(roles)))
        found = self.of_subject(subject)
        if found is None:
            raise ConfigError("user: closed by an admin")
        return found

    def change(self, number: int, by: str, *, roles: Iterable[str] | None = None, active: bool | None = None) -> None:
        """Give a user other roles, or close or open him.

        Raises:
            ConfigError: an unknown role, or nobody would be left to manage the users.
        """
        values: dict[str, Any] = {} if active is None else {"active": active}
        if roles is not None:
            values["roles"] = _joined(parse(roles))
        self._keep_an_admin(number, values)
        audit.record(self._store, "user change", "", by=by)
        with self._store.transaction() as connection:
            connection.execute(update(account).where(account.c.id == number).values(values))

    def _keep_an_admin(self, number: int, values: dict[str, Any]) -> None:
        goes = values.get("active") is False or Role.ADMIN not in str(values.get("roles", Role.ADMIN)).split()
        others = any(user.active and Role.ADMIN in user.roles for user in self.all() if user.id != number)
        was = any(Role.ADMIN in user.roles for user in self.all() if user.id == number)
        if was and goes and not others:
            raise ConfigError("user: the last admin must stay; make another one first")

    def _find(self, condition: Any) -> User | None:
        with self._store.reading() as connection:
            row = connection.execute(select(account).where(condition, account.c.active)).mappings().first()
        return _user(row) if row else None


def check_password(password: str) -> None:
    """Refuse a password that is too short.

    Raises:
        ConfigError: it is.
    """
    if len(password) < PASSWORD_LEAST:
        raise ConfigError(f"password: at least {PASSWORD_LEAST} characters; a few words are easy to remember")


def digest(code: str) -> bytes:
    """What is kept of a random code. It has 256 bits, so a plain hash cannot be searched."""
    return hashlib.sha256(code.encode()).digest()


def _verified(hashed: str, password: str) -> bool:
    try:
        return _HASHER.verify(hashed, password)
    except (Argon2Error, InvalidHashError):
        return False


def _user(row: Any) -> User:
    roles = frozenset(Role(name) for name in row["roles"].split())
    return User(row["id"], row["name"], roles, bool(row["active"]), bool(row["password"]))


def _joined(roles: Iterable[Role]) -> str:
    return " ".join(sorted(roles))
