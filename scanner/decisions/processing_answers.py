"""What the company says about its processings where neither policy nor scan can: kept, sealed, logged."""

from __future__ import annotations

from sqlalchemy import func, insert, select

from reports.article30 import COLUMNS, Processing
from reports.article30_stated import REVIEWED, Statement, digest
from reports.policy import Policy
from scanner import audit
from scanner.config import Config
from scanner.errors import ConfigError
from scanner.store import Store, now
from scanner.store.policy_schema import processing_answer as table

LONGEST = 1000
ASKED = tuple(name for name in COLUMNS if name not in ("system", "purpose", REVIEWED))
"""Columns that can be filled in where nothing else fills them."""


def statements(store: Store) -> list[Statement]:
    """All that was said, the first first."""
    with store.reading() as connection:
        rows = connection.execute(select(table).order_by(table.c.id)).all()
    unseal = store.keys.unseal
    return [
        Statement(row.source, row.purpose, row.column, unseal(row.words), row.by, row.at, row.digest) for row in rows
    ]


def fill(config: Config, store: Store, policy: Policy, said: Statement) -> None:
    """Keep what was said about a cell; no words take back what was said before. Logged.

    Raises:
        ConfigError: there is no such system, purpose or column, or the column is not one to fill in.
    """
    if said.source and said.source not in config.sources:
        raise ConfigError(f"article30: there is no source {said.source}; there are: {', '.join(config.sources)}")
    if said.purpose and said.purpose not in policy.purposes:
        raise ConfigError(f"article30: {policy.id} has no purpose {said.purpose}; see its purposes: in the policy")
    if said.column not in ASKED:
        raise ConfigError(f"article30: {said.column} is no column to fill in; there are: {', '.join(ASKED)}")
    _keep(store, "article30 fill", said)


def approve(store: Store, policy: Policy, row: Processing, by: str) -> None:
    """Keep that a processing is right as it stands. Logged.

    Args:
        store: Where it is kept.
        policy: That the row was made by.
        row: With what was said about it (`reports.article30_stated.completed`).
        by: Who approves.
    """
    _keep(store, "article30 approve", Statement(row.source, row.purpose, REVIEWED, "", by, "", digest(row, policy)))


def _keep(store: Store, action: str, said: Statement) -> None:
    who = said.by or audit.actor()
    audit.record(store, action, said.source, by=who)
    row = {
        "source": said.source, "purpose": said.purpose, "column": said.column, "digest": said.digest,
        "words": store.keys.seal(said.text.strip()[:LONGEST]), "by": who, "at": now(),
    }  # fmt: skip
    with store.transaction() as connection:
        connection.execute(insert(table).values(**row))


def stamp(store: Store) -> str:
    """Changes with everything that is said."""
    with store.reading() as connection:
        return str(connection.scalar(select(func.max(table.c.id))) or 0)
