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
    1412: "redefined", 2006: "connection", 2013: "connection", 2055: "connection", 3024: "timeout", 4031: "connection",
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

_DUCKDB_NAMES = {
    "CatalogException": "gone", "PermissionException": "permission", "InterruptException": "timeout",
    "TransactionException": "deadlock", "OutOfMemoryException": "memory", "FatalException": "corrupt",
    "SerializationException": "corrupt",
}  # fmt: skip

_MSSQL_CODES = {
    229: "permission", 230: "permission", 916: "permission", 208: "gone", 1222: "locked", 1205: "deadlock",
    4060: "database", 18456: "login", 18452: "login", 20002: "connection", 20003: "timeout", 20006: "connection",
    20009: "connection", 20047: "connection", 40197: "connection", 40501: "connection", 40613: "connection",
}  # fmt: skip
"""SQL Server's error numbers, and those of DB-Library (20000 on)."""

_ORACLE_CODES = {
    942: "gone", 1031: "permission", 1017: "login", 28000: "login", 12514: "database", 12505: "database",
    54: "locked", 30006: "locked", 60: "deadlock", 8177: "deadlock", 1555: "deadlock", 1013: "timeout",
    3113: "connection", 3114: "connection", 3135: "connection", 12541: "connection", 12170: "connection",
}  # fmt: skip
"""Numbers of ORA- errors; those of the driver itself (DPY-) have none."""

RETRIED = frozenset({"locked", "deadlock", "timeout", "connection"})
"""Reasons that may pass."""

_ADVICE = {
    "login": "the server refused the user or the password; check `url`",
    "database": "the server has no such database; check `url`",
    "permission": "the account lacks the right to read; grant it SELECT",
    "connection": "the server cannot be reached; check host and port in `url`, and that it runs",
    "timeout": "the server did not answer in time; try again later",
    "locked": "the database is locked by another program; try again later",
    "corrupt": "the file is not a sound {} database",
}
_EXTRAS = {
    "postgresql": "postgres", "mysql": "mysql", "mariadb": "mysql", "duckdb": "duckdb", "mssql": "mssql",
    "oracle": "oracle",
}  # fmt: skip
_PRODUCTS = {"sqlite": "SQLite", "duckdb": "DuckDB"}


class ReadError(Exception):
    """A statement failed for good. `reason` is a code."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def reason_of(error: SQLAlchemyError) -> str:
    """Code of an error: `permission`, `timeout` …, else the SQLSTATE or the driver's number or name of it."""
    original: Any = getattr(error, "orig", None)
    number = original.args[0] if original is not None and original.args else None
    module = type(original).__module__.lstrip("_").partition(".")[0]
    if module == "pymssql":
        number = int(number[0] if isinstance(number, tuple) else number or 0)
        return _MSSQL_CODES.get(number, f"error {number}")
    if module == "oracledb":
        return _oracle_reason(number)
    if isinstance(number, int):
        return _MYSQL_CODES.get(number, f"error {number}")
    state = getattr(original, "sqlstate", None)
    if isinstance(state, str):
        return next((code for prefix, code in _SQLSTATES if state.startswith(prefix)), f"sqlstate {state}")
    name = getattr(original, "sqlite_errorname", None)
    if isinstance(name, str):
        return next((code for prefix, code in _SQLITE_NAMES.items() if name.startswith(prefix)), name.lower())
    if module == "duckdb":
        return _duckdb_reason(original)
    return _without_code(error)


def _oracle_reason(error: Any) -> str:
    """Code of Oracle's error; of the driver's own, that the connection failed or a call took too long."""
    full = str(getattr(error, "full_code", ""))
    if full.startswith("DPY-"):
        return "timeout" if full in {"DPY-4024"} else "connection"
    code = getattr(error, "code", 0)
    return _ORACLE_CODES.get(code, f"error {code}")


def _duckdb_reason(original: Any) -> str:
    """Code of DuckDB's error, by its class; one of reading the file, by its words."""
    kind = type(original).__name__
    if kind != "IOException":
        return _DUCKDB_NAMES.get(kind, kind)
    if "lock" in str(original):
        return "locked"
    return "corrupt" if "not a valid" in str(original) else "permission"


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


def forbidden(url: sa.URL) -> ConnectorError:
    """The error to raise where no database can be."""
    return ConnectorError(f"database {where(url)}: no database lies at a link-local or metadata address; check `url`")


def lost_snapshot(url: sa.URL) -> ConnectorError:
    """The error to raise when the view that all is read in is gone: what is read from now on would be of another."""
    return ConnectorError(
        f"database {where(url)}: the snapshot is gone, the server has ended its transaction; scan again"
    )


def unreachable(url: sa.URL, error: SQLAlchemyError) -> ConnectorError:
    """The error to raise when the database cannot be reached or listed."""
    reason = reason_of(error)
    advice = _ADVICE.get(reason, f"cannot be read ({reason})")
    product = _PRODUCTS.get(url.get_backend_name(), url.get_backend_name())
    return ConnectorError(f"database {where(url)}: {advice.format(product)}")
