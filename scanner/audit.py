"""Who looked, when and why: written and committed before the look-up happens, each row chained to the one before.

No row, no look-up: a failure to write raises, and the caller gets nothing (accountability: Art. 5(2) GDPR).
"""

from __future__ import annotations

import getpass
import hmac

from sqlalchemy import insert, select

from scanner import schema
from scanner.store import Store, now

_FIRST = bytes(32)


def actor() -> str:
    """The name of the operating system's user who runs the command."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def record(store: Store, action: str, case: str, subject: bytes | None = None) -> None:
    """Commit one audit row.

    Args:
        store: Where the log is kept.
        action: `subject`, `masked` …
        case: The case or reference that gives the right to look.
        subject: A token of whom it concerns; never a value.

    Raises:
        InsynError: the row cannot be written; nothing may be looked up.
    """
    table = schema.audit
    with store.transaction() as connection:
        previous = connection.scalar(select(table.c.chain).order_by(table.c.id.desc()).limit(1)) or _FIRST
        row = {"at": now(), "actor": actor(), "action": action, "case_number": case, "object": subject}
        chain = hmac.digest(store.keys.audit, previous + _bytes(row), "sha256")
        connection.execute(insert(table).values(**row, previous=previous, chain=chain))


def verify(store: Store) -> int | None:
    """Check the chain from its start.

    Returns:
        The number of the first row that was changed, removed or moved; None if all is as it was written.
    """
    table, previous = schema.audit, _FIRST
    with store.reading() as connection:
        for row in connection.execute(select(table).order_by(table.c.id)).mappings():
            content = {name: row[name] for name in ("at", "actor", "action", "case_number", "object")}
            expected = hmac.digest(store.keys.audit, previous + _bytes(content), "sha256")
            if row["previous"] != previous or not hmac.compare_digest(expected, row["chain"]):
                return int(row["id"])
            previous = row["chain"]
    return None


def _bytes(row: dict[str, str | bytes | None]) -> bytes:
    """All fields with their lengths, so that no two rows read the same."""
    parts = [value if isinstance(value, bytes) else (value or "").encode() for value in row.values()]
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)
