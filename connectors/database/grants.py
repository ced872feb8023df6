"""Who may read the tables of a MariaDB or MySQL server, by the grants that the account is shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import sqlalchemy as sa

from connectors.base import Readers
from connectors.database.tables import Name

_GRANTS = sa.text(
    "SELECT grantee, NULL, NULL FROM information_schema.user_privileges WHERE privilege_type = 'SELECT'"
    " UNION SELECT grantee, table_schema, NULL FROM information_schema.schema_privileges"
    " WHERE privilege_type = 'SELECT'"
    " UNION SELECT grantee, table_schema, table_name FROM information_schema.table_privileges"
    " WHERE privilege_type = 'SELECT'"
    " UNION SELECT grantee, table_schema, table_name FROM information_schema.column_privileges"
    " WHERE privilege_type = 'SELECT'"
)
_ADMINISTRATORS = sa.text(
    "SELECT grantee FROM information_schema.user_privileges WHERE privilege_type IN ('SUPER', 'CREATE USER')"
)
_ANYBODY = re.compile(r"''@|'PUBLIC'@''")
"""An account without a name lets everybody in; what PUBLIC may, every account may (MariaDB 10.11 on)."""
_PATTERN = re.compile(r"\\(.)|(%)|(_)|(.)", re.DOTALL)


def with_readers(connection: sa.Connection, names: Sequence[Name]) -> list[Name]:
    """Add to names of tables who may read them; unknown where the account is shown no grants but its own.

    Who may create accounts administers the server, and may read all. The account that scans is one that is named.
    """
    grants = [(str(who), schema, table) for who, schema, table in connection.execute(_GRANTS)]
    if not any(schema is None or _matches("mysql", schema) for _, schema, _ in grants):
        return list(names)
    chiefs = {str(who) for (who,) in connection.execute(_ADMINISTRATORS)}
    return _judged(names, [grant for grant in grants if grant[0] not in chiefs])


def _judged(names: Sequence[Name], grants: Sequence[tuple[str, str | None, str | None]]) -> list[Name]:
    tables: dict[tuple[str | None, str], Readers] = {}
    for who, schema, table in grants:
        if table is not None:
            tables[schema, table] = max(_breadth(who), tables.get((schema, table), Readers.OWNER))
    wide = [(schema, _breadth(who)) for who, schema, table in grants if table is None]
    schemas = {
        known: max(
            (one for schema, one in wide if schema is None or _matches(known or "", schema)), default=Readers.OWNER
        )
        for known in {name.schema for name in names}
    }
    return [
        replace(name, readers=max(schemas[name.schema], tables.get((name.schema, name.table), Readers.OWNER)))
        for name in names
    ]


def _breadth(who: str) -> Readers:
    return Readers.EVERYONE if _ANYBODY.match(who) else Readers.GROUP


def _matches(schema: str, pattern: str) -> bool:
    r"""Tell whether a grant on a pattern of databases holds for one: `%` is any text, `_` any sign, `\_` itself."""
    parts = [
        re.escape(escaped or plain) if escaped or plain else ".*" if many else "."
        for escaped, many, _, plain in _PATTERN.findall(pattern)
    ]
    return re.fullmatch("".join(parts), schema, re.DOTALL) is not None
