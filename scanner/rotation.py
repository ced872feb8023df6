"""A new key for a store: what is sealed is sealed anew, the log goes on under it, what scans have found is let go.

Tokens cannot be made anew without the values, so the next scan reads the sources again. Merely to wrap the old key in
a new one would leave every token as guessable as before for whoever has the old key.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, LargeBinary, Table, delete, func, select, update

from scanner import audit, upkeep
from scanner.errors import ConfigError, InsynError
from scanner.keys import Keys
from scanner.store import Store, case_schema, policy_schema, review_schema, sample_schema, schema
from scanner.store.attestation_schema import attestation
from scanner.store.scan_schema import scan_source

SCANNED = frozenset(
    {
        schema.source, schema.scan, schema.unit, schema.chunk, schema.chunk_fact, schema.task, schema.field_name,
        schema.field_fact, schema.record, schema.finding, schema.lookup, schema.link, schema.moment,
        schema.relation, schema.turn, schema.role, schema.snapshot, schema.worked_out, scan_source,
    }
)  # fmt: skip
"""Made by scans, and made again by the next one."""
SEALED = frozenset(
    {
        case_schema.subject_case, case_schema.case_hit, case_schema.case_task, case_schema.case_answer,
        case_schema.case_event, review_schema.review_decision, attestation,
        sample_schema.sample_field, policy_schema.policy_answer, policy_schema.processing_answer,
    }
)  # fmt: skip
"""What people wrote: kept. All their columns of bytes are sealed, but for those in `TOKENS`."""
TOKENS = frozenset({review_schema.review_decision.c.token})


@dataclass(frozen=True, slots=True)
class Rotated:
    """What became of the store."""

    sealed: int
    """Texts and files that were sealed anew."""
    units: int
    """Units that the next scan reads again."""
    undone: int
    """Decisions about single values that no longer stand: their tokens cannot be made anew."""


def rotate(store: Store, new: Keys) -> Rotated:
    """Give a store another key, in one transaction: afterwards it opens with the new one only, before with the old.

    Raises:
        ConfigError: it is the key that the store has.
        LockedError: a scan is going on.
        InsynError: the log is not whole, or something sealed cannot be opened; nothing was changed.
    """
    if new.check_value() == store.keys.check_value():
        raise ConfigError("key rotate: this is the key that the store has; give another")
    upkeep.alone(store)
    if not audit.verify(store).whole:
        raise InsynError("the log is not whole: run insyn audit verify; nothing was changed")
    with store.transaction() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA secure_delete = ON")
        done = Rotated(
            sum(_reseal(connection, table, store.keys, new) for table in sorted(SEALED, key=lambda one: one.name)),
            connection.scalar(select(func.count()).select_from(schema.unit)) or 0,
            _undo(connection),
        )
        for table in reversed(schema.metadata.sorted_tables):
            if table in SCANNED:
                connection.execute(delete(table))
        audit.hand_over(connection, store.keys, new)
        named = schema.meta.c.name == "key"
        connection.execute(update(schema.meta).where(named).values(value=new.check_value()))
    store.use(new)
    return done


def _reseal(connection: Connection, table: Table, old: Keys, new: Keys) -> int:
    """Seal the columns of a table anew; returns how many cells."""
    columns = [column for column in table.c if isinstance(column.type, LargeBinary) and column not in TOKENS]
    numbers, count = list(connection.scalars(select(table.c.id))), 0
    for number in numbers:  # one by one: answers may be large files
        row = connection.execute(select(*columns).where(table.c.id == number)).mappings().one()
        sealed = {name: old.reseal(value, new) for name, value in row.items() if value is not None}
        if sealed:
            connection.execute(update(table).where(table.c.id == number).values(sealed))
        count += len(sealed)
    return count


def _undo(connection: Connection) -> int:
    table = review_schema.review_decision
    standing = table.c.token.is_not(None) & (table.c.undone_by == "")
    return connection.execute(update(table).where(standing).values(undone_by="insyn key rotate")).rowcount
