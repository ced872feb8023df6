"""What became of units and scans, for those who run them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from connectors import State
from reports.words import N_
from scanner.store import Store, schema

RUNNING = "running"
_READ = (State.SCANNED, State.UNCHANGED)


@dataclass(frozen=True, slots=True)
class Unread:
    """A unit that was not read, or not whole. Its name is plain: mask it before it is shown."""

    unit: str
    state: str
    reason: str
    size: int


@dataclass(frozen=True, slots=True)
class Scan:
    """A scan."""

    number: int
    started: str
    finished: str
    status: str

    @property
    def seconds(self) -> int | None:
        """From start to end; None: it has not ended, or nobody knows when."""
        if not self.finished:
            return None
        began, ended = (datetime.fromisoformat(one) for one in (self.started, self.finished))
        return round((ended - began).total_seconds())


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the last scan has come."""

    scan: Scan
    units: int
    records: int
    left: int
    """Units that wait or are being read."""
    bytes_left: int


def unread(store: Store, source: str, most: int) -> list[Unread]:
    """Units of a source that were not read whole, by state and name."""
    unit, table = schema.unit, schema.source
    query = (
        select(unit.c.key, unit.c.state, unit.c.reason, unit.c.size)
        .join(table, table.c.id == unit.c.source_id)
        .where(table.c.name == source, unit.c.state.not_in(_READ))
        .order_by(unit.c.state, unit.c.id)
        .limit(most)
    )
    with store.reading() as connection:
        rows = connection.execute(query).all()
    found = [Unread(store.keys.unseal(row.key), row.state, row.reason, row.size) for row in rows]
    return sorted(found, key=lambda one: (one.state, one.unit))


def scans(store: Store, most: int = 50) -> list[Scan]:
    """The last scans, the newest first."""
    with store.reading() as connection:
        rows = connection.execute(select(schema.scan).order_by(schema.scan.c.id.desc()).limit(most)).all()
    return [Scan(row.id, row.started, row.finished or "", row.status) for row in rows]


def progress(store: Store) -> Progress | None:
    """How far the last scan has come; None if there was none."""
    last = scans(store, 1)
    if not last:
        return None
    unit, task = schema.unit, schema.task
    done = select(func.count(), func.sum(unit.c.records)).where(unit.c.scan_id == last[0].number)
    with store.reading() as connection:
        units, records = connection.execute(done).one()
        left, size = connection.execute(select(func.count(), func.sum(task.c.size))).one()
    return Progress(last[0], units, records or 0, left, size or 0)


def is_scanning(store: Store) -> bool:
    """Whether a scan is going on, wherever it was started."""
    last = scans(store, 1)
    if not last or last[0].status != RUNNING:
        return False
    with store.reading() as connection:
        return bool(connection.scalar(select(func.count()).select_from(schema.holder)))


_HINTS = {
    "limit:whole_bytes": N_(
        "Too large to be held whole: raise whole_bytes for this source, or copy an Outlook store or a Parquet file to "
        "a local disk that is scanned: there it is read at any size."
    ),
    "permission": N_("Give the account read access: GRANT SELECT on the table, or read permission on the file."),
    "encrypted": N_("The file has a password: ask its owner for an open copy, or decide that it is left out."),
    "corrupt": N_("The file is damaged: open it in its program; if it does not open there either, it can be deleted."),
    "binary": N_("No text format that Insyn knows: ask the owner what it holds."),
    "timeout": N_("Reading took too long: try again at a quieter time."),
    "connection": N_("The connection broke: the next scan tries again."),
    "locked": N_("Somebody else held a lock: the next scan tries again."),
    "limit": N_("Larger than the limits allow: raise the limit for this source, or split the file."),
    "rls": N_("Row-level security hides rows from the account: give it a policy that shows all."),
}


def hint(reason: str) -> str:
    """What to do about a reason, as a message to translate; "" where nothing better is known than the reason itself."""
    low = reason.casefold()
    return next((text for code, text in _HINTS.items() if code in low), "")
