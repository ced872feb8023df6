"""Who looked, when and why: written and committed before the look-up happens, each row chained to the one before.

No row, no look-up: a failure to write raises, and the caller gets nothing (accountability: Art. 5(2) GDPR). The head of
the chain (how many rows, and the last one's digest) is kept beside it; noted elsewhere now and then it also proves that
nobody cut off the end of the log together with that note.
"""

from __future__ import annotations

import getpass
import hmac
import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, or_, select, update

from scanner.keys import Keys
from scanner.store import Store, alone, now, schema

_FIRST = bytes(32)
_HEAD = "audit"
_PAST = "audit/"
"""Of a rotated key, what the rows up to a number are chained under: `audit/17`."""
_CONTENT = ("at", "actor", "action", "case_number", "object")


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the log."""

    rows: int
    chain: str
    """Digest of the last row, in hex."""

    def __str__(self) -> str:
        """As it is noted elsewhere: `17:9f3c…`."""
        return f"{self.rows}:{self.chain}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of the log found."""

    head: Head
    broken: int | None = None
    """The first row that was changed or moved, or that follows one that was removed."""
    cut: bool = False
    """Rows are missing at the end, or the noted head is in no row."""

    @property
    def whole(self) -> bool:
        """All is as it was written."""
        return self.broken is None and not self.cut


@dataclass(frozen=True, slots=True)
class Look:
    """One look at somebody's data, as that person may be told of it: when and why, not by which employee (C-579/21)."""

    at: str
    action: str
    case: str


def actor() -> str:
    """The account that runs the command: by its number, not by variables, which whoever runs it can set."""
    try:
        import pwd
    except ImportError:  # Windows
        return getpass.getuser()
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # a container's account without a name
        return str(os.getuid())


def record(store: Store, action: str, case: str, subject: bytes | None = None, *, by: str = "") -> None:
    """Commit one audit row.

    Args:
        store: Where the log is kept.
        action: `subject`, `masked` …
        case: The case or reference that gives the right to look.
        subject: A token of whom it concerns; never a value.
        by: The signed-in user; "" = the user who runs the command.

    Raises:
        InsynError: the row cannot be written; nothing may be looked up.
    """
    row = {"at": now(), "actor": by or actor(), "action": action, "case_number": case, "object": subject}
    with store.transaction() as connection:
        alone(connection)
        _append(connection, store.keys, row)


def _append(connection: Connection, keys: Keys, row: Mapping[str, str | bytes | None]) -> None:
    table, head = schema.audit, _noted(connection)
    previous = connection.scalar(select(table.c.chain).order_by(table.c.id.desc()).limit(1)) or _FIRST
    chain = hmac.digest(keys.audit, previous + _bytes(row), "sha256")
    connection.execute(insert(table).values(**row, previous=previous, chain=chain))
    _note(connection, head, Head((head.rows if head else 0) + 1, chain.hex()))


def hand_over(connection: Connection, old: Keys, new: Keys) -> None:
    """Chain the log on under another key, and log that; heads that were noted elsewhere stay good.

    What the rows so far are chained under is kept, sealed under the new key. The first row under it has the last one
    before it in its own digest: who has the old key cannot change earlier rows unnoticed.
    """
    table, meta = schema.audit, schema.meta
    last = connection.scalar(select(func.max(table.c.id))) or 0
    past = [*_past(connection, old), (last, old.audit)]
    connection.execute(delete(meta).where(meta.c.name.startswith(_PAST)))
    kept = {f"{_PAST}{until}": new.seal_bytes(key).hex() for until, key in past if until}
    if kept:
        connection.execute(insert(meta), [{"name": name, "value": value} for name, value in kept.items()])
    row = {"at": now(), "actor": actor(), "action": "key_rotate", "case_number": "", "object": None}
    _append(connection, new, row)


def _past(connection: Connection, keys: Keys) -> list[tuple[int, bytes]]:
    """Up to which row each rotated key chained the log, in order."""
    meta = schema.meta
    rows = connection.execute(select(meta.c.name, meta.c.value).where(meta.c.name.startswith(_PAST))).all()
    return sorted((int(name.removeprefix(_PAST)), keys.unseal_bytes(bytes.fromhex(value))) for name, value in rows)


def verify(store: Store, noted: str = "") -> Verdict:
    """Check the chain from its start to its end.

    Args:
        store: Where the log is kept.
        noted: A head that was noted elsewhere at an earlier time; "" = none was.
    """
    table, previous, rows, broken, met = schema.audit, _FIRST, 0, None, {"", str(Head(0, _FIRST.hex()))}
    with store.reading() as connection:
        past = _past(connection, store.keys)
        for row in connection.execute(select(table).order_by(table.c.id)).mappings():
            key = next((key for until, key in past if row["id"] <= until), store.keys.audit)
            expected = hmac.digest(key, previous + _bytes({name: row[name] for name in _CONTENT}), "sha256")
            intact = row["previous"] == previous and hmac.compare_digest(expected, row["chain"])
            broken = broken if broken is not None or intact else int(row["id"])
            previous, rows = row["chain"], rows + 1
            met.add(str(Head(rows, previous.hex())))
        last = _noted(connection)
    head = Head(rows, previous.hex())
    cut = noted.strip() not in met or (last != head if last else rows > 0)
    return Verdict(head, broken, cut)


def looks(store: Store, tokens: Collection[bytes], case: str) -> list[Look]:
    """Looks at one person's data: by a token of theirs, or for a case of theirs; oldest first."""
    table = schema.audit
    query = select(table.c.at, table.c.action, table.c.case_number).order_by(table.c.id)
    query = query.where(or_(table.c.object.in_(list(tokens)), table.c.case_number == case))
    with store.reading() as connection:
        return [Look(*row) for row in connection.execute(query)]


def today_by(store: Store, actor: str) -> int:
    """How many look-ups a user has made today (UTC)."""
    table = schema.audit
    query = select(func.count()).where(table.c.actor == actor, table.c.at.startswith(now()[:10]))
    with store.reading() as connection:
        return connection.scalar(query) or 0


def _noted(connection: Connection) -> Head | None:
    """The head as it was last noted; a writer waits here for another one to finish."""
    query = select(schema.meta.c.value).where(schema.meta.c.name == _HEAD).with_for_update()
    value = connection.scalar(query)
    if value is None:
        return None
    rows, _, chain = value.partition(":")
    return Head(int(rows), chain)


def _note(connection: Connection, before: Head | None, head: Head) -> None:
    meta = schema.meta
    if before is None:
        connection.execute(insert(meta).values(name=_HEAD, value=str(head)))
    else:
        connection.execute(update(meta).where(meta.c.name == _HEAD).values(value=str(head)))


def _bytes(row: Mapping[str, str | bytes | None]) -> bytes:
    """All fields with their lengths, so that no two rows read the same."""
    parts = [value if isinstance(value, bytes) else (value or "").encode() for value in row.values()]
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)
