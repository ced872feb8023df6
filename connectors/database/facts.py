"""What `insyn check` says of a database as a whole."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from connectors.database.dialect import Dialect
from connectors.database.tables import Name

_SNAPSHOT = "snapshot: all tables as of one moment; the server keeps the rows of that moment as long as the scan lasts"
_LOCKING = "snapshot: no table that was read can be altered until the scan ends (MariaDB, MySQL)"
_PAGES = "no snapshot: each page of a table as of when it is read"
_WITHOUT = "snapshot: {} tables are of engines that keep none; each page is as of its time"


@dataclass(frozen=True, slots=True)
class Facts:
    """As the server tells them."""

    names: list[Name]
    size: int
    rows: int
    notes: list[str]
    warnings: list[str]


def facts(connection: sa.Connection, dialect: Dialect, *, snapshot: bool) -> Facts:
    """Ask for names, sizes, server and version, and for what the account may do beyond reading."""
    server = connection.dialect
    version = ".".join(map(str, server.server_version_info or ()))
    product = "mariadb" if getattr(server, "is_mariadb", False) else server.name
    writable = dialect.writable(connection)
    warnings = [f"the account can write: {writable}"] if writable else []
    if snapshot:
        outside = dialect.outside_snapshots(connection)
        warnings += [_WITHOUT.format(outside)] if outside else []
        warnings += [] if dialect.shares_snapshots else [_LOCKING]
    notes = [f"{product} {version}", _SNAPSHOT if snapshot else _PAGES]
    return Facts([*dialect.names(connection)], dialect.size(connection), dialect.rows(connection), notes, warnings)
