"""From the schema of an older store to ours, by Alembic: one file a step in `versions`, each named after its schema.

A table that only is new needs no step: it is made when a store is opened. What changes in a table needs one.
"""

from __future__ import annotations

import warnings
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select, update

from scanner.errors import InsynError
from scanner.store import schema

FIRST = 2
"""The oldest schema that can be brought up to date."""
_OF_EXPRESSIONS = ("finding_token", "finding_variant", "finding_further", "link_beginning")
"""Indexes that cannot be compared, nor does SQLite have them."""
_OF_OTHERS = {"sqlite": "link_record", "postgresql": "link_token"}
"""Index that a kind of database does without."""


def found(connection: Connection) -> str:
    """The schema of a store."""
    return connection.scalar(select(schema.meta.c.value).where(schema.meta.c.name == "schema")) or ""


def upgrade(connection: Connection) -> str:
    """Bring a store up to date, in the caller's transaction.

    Returns:
        The schema that it had.

    Raises:
        InsynError: it is of a schema that nobody can bring up to date.
    """
    from alembic import command

    before = found(connection)
    if not before.isdecimal() or not FIRST <= int(before) <= int(schema.VERSION):
        raise InsynError(f"the store has schema {before}, which cannot be brought up to date; scan into a new store")
    if before != schema.VERSION:
        config = _config(connection)
        command.stamp(config, before)
        command.upgrade(config, "head")
        named = schema.meta.c.name == "schema"
        connection.execute(update(schema.meta).where(named).values(value=schema.VERSION))
    return before


def differences(connection: Connection) -> list[str]:
    """What a store's tables lack beside those that it should have, in a few words each."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    context = MigrationContext.configure(
        connection, opts={"include_object": partial(_is_ours, connection), "compare_type": False}
    )
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "autogenerate skipping", UserWarning)  # indexes of expressions: not compared
        compared = compare_metadata(context, schema.metadata)
    return [_words(one) for one in compared]


def _is_ours(connection: Connection, item: Any, name: str | None, kind: str, reflected: bool, _: object) -> bool:
    """What the database has more than we ask for is its own; an index of the other kind of store is not asked for.

    Foreign keys are left out: SQLite does not watch them, and cannot be given one afterwards.
    """
    del item
    return (
        not reflected
        and kind != "foreign_key_constraint"
        and name not in (*_OF_EXPRESSIONS, _OF_OTHERS[connection.dialect.name])
    )


def _words(difference: Any) -> str:
    kind = difference[0] if isinstance(difference, tuple) else difference[0][0]
    items = difference[1:] if isinstance(difference, tuple) else difference[0][1:]
    names = [getattr(item, "name", item) for item in items if item is not None]
    return f"{kind} {' '.join(str(name) for name in names if isinstance(name, str))}"


def _config(connection: Connection) -> Any:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    return config
