"""What a driver's error means, in codes. None of its text is passed on: a DETAIL quotes values, a URL a password."""

from __future__ import annotations

import re
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from connectors.base import ConnectorError

_MYSQL_CODES = {
    1044: "permission", 1045: "login", 1049: "database", 1142: "permission", 1143: "permission", 1146: "gone",
    1205: "locked", 1213: "deadlock", 1317: "timeout", 1356: "permission", 1370: "permission", 1698: "login",
    1927: "connection", 1969: "timeout", 2002: "connection", 2003: "connection", 2005: "connection",
    2006: "connection", 2013: "connection", 2055: "connection", 3024: "timeout", 4031: "connection",
}  # fmt: skip
"""MySQL and MariaDB error numbers (their error reference)."""

_SQLSTATES = (
    ("42501", "permission"), ("28", "login"), ("3D", "database"), ("42P01", "gone"), ("3F", "gone"),
    ("55P03", "locked"), ("40", "deadlock"), ("57014", "timeout"), ("25P0", "timeout"), ("57P", "connection"),
    ("08", "connection"), ("53", "connection"),
)  # fmt: skip
"""Prefixes of PostgreSQL's SQLSTATE (appendix A of its manual)."""

_SQLITE_NAMES = {
    "SQLITE_BUSY": "locked", "SQLITE_LOCKED": "locked", "SQLITE_INTERRUPT": "timeout", "SQLITE_CORRUPT": "corrupt",
    "SQLITE_NOTADB": "corrupt", "SQLITE_CANTOPEN": "permission", "SQLITE_PERM": "permission",
    "SQLITE_AUTH": "permission",
}  # fmt: skip

RETRIED = frozenset({"locked", "deadlock", "timeout", "connection"})
"""Reasons that may pass."""

_ADVICE = {
    "login": "the server refused the user or the password; check `url`",
    "database": "the server has no such database; check `url`",
    "permission": "the account lacks the right to read; grant it SELECT",
    "connection": "the server cannot be reached; check host and port in `url`, and that it runs",
    "timeout": "the server did not answer in time; try again later",
    "locked": "the database is locked by another program; try again later",
    "corrupt": "the file is not a sound SQLite database",
}
_EXTRAS = {"postgresql": "postgres", "mysql": "mysql", "mariadb": "mysql"}


class ReadError(Exception):
    """A statement failed for good. `reason` is a code."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def reason_of(error: SQLAlchemyError) -> str:
    """Code of an error: `permission`, `timeout` …, else the SQLSTATE or the driver's number or name of it."""
    original: Any = getattr(error, "orig", None)
    number = original.args[0] if original is not None and original.args else None
    if isinstance(number, int):
        return _MYSQL_CODES.get(number, f"error {number}")
    state = getattr(original, "sqlstate", None)
    if isinstance(state, str):
        return next((code for prefix, code in _SQLSTATES if state.startswith(prefix)), f"sqlstate {state}")
    name = getattr(original, "sqlite_errorname", None)
    if isinstance(name, str):
        return next((code for prefix, code in _SQLITE_NAMES.items() if name.startswith(prefix)), name.lower())
    return _without_code(error)


def _without_code(error: SQLAlchemyError) -> str:
    """Code of an error that the server gave no number: the connection's state, or words of libpq at connecting."""
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return "connection"
    text = str(getattr(error, "orig", ""))
    if re.search(r"password authentication failed|no password supplied|role \".*\" does not exist", text):
        return "login"
    if re.search(r"database \".*\" does not exist", text):
        return "database"
    return "connection" if isinstance(error, sa.exc.OperationalError) else type(error).__name__


def where(url: sa.URL) -> str:
    """The database in words, without user or password."""
    place = f"{url.host}:{url.port}" if url.host and url.port else url.host or ""
    return "/".join(part for part in (place, url.database or "") if part) or url.get_backend_name()


def parsed(url: str) -> sa.URL:
    """The URL as SQLAlchemy understands it.

    Raises:
        ConnectorError: it is malformed.
    """
    try:
        return sa.make_url(url)
    except (ArgumentError, ValueError):
        pass
    raise ConnectorError(
        "database: `url` is malformed; it should look like postgresql+psycopg://user:password@host/database"
    )


def missing_driver(url: sa.URL, error: Exception) -> ConnectorError:
    """The error to raise when the driver or the dialect cannot be loaded."""
    backend = url.get_backend_name()
    if isinstance(error, NoSuchModuleError):
        return ConnectorError(f"database {where(url)}: no driver is known for `{url.drivername}`; check `url`")
    extra = _EXTRAS.get(backend)
    advice = f"install insyn[{extra}]" if extra else f"install the SQLAlchemy driver for {backend}"
    return ConnectorError(f"database {where(url)}: the driver for {url.drivername} is missing; {advice}")


def unreachable(url: sa.URL, error: SQLAlchemyError) -> ConnectorError:
    """The error to raise when the database cannot be reached or listed."""
    reason = reason_of(error)
    return ConnectorError(f"database {where(url)}: {_ADVICE.get(reason, f'cannot be read ({reason})')}")
