"""The contract between a source and the scanner: a source has units, a unit is read as batches, records are fetched.

A connector is a class whose keyword-only constructor takes the options of its `sources:` entry in `insyn.yaml`.
It only reads; it holds no state that a second run needs. Two kinds of failure are told apart:

- `ConnectorError` (raised): the source as a whole cannot be listed. The scan of it stops and nothing is forgotten.
- `Unread` (yielded): one unit, or one member of it, could not be read (whole). It is noted and the scan goes on.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from types import TracebackType
from typing import TYPE_CHECKING, ClassVar, Self

if TYPE_CHECKING:
    import pandas as pd

Record = Mapping[str, str | int] | None
"""Where a record lies: a row's primary key `{"id": 42}`, `{"row": 7}`, `{"page": 2}`; None: the unit is one record."""
LOCATOR = 'a locator is a mapping of names to str or int, such as {"row": 7}, or None'


class ConnectorError(Exception):
    """A source cannot be reached or listed. The message is one line: what, where, what to do; never a value."""


class State(StrEnum):
    """How the reading of a unit ended. Every enumerated unit ends in exactly one of these."""

    SCANNED = "scanned"
    PARTIAL = "partial"
    SKIPPED = "skipped"
    UNSUPPORTED = "unsupported"
    UNREADABLE = "unreadable"
    CHANGED = "changed"
    VANISHED = "vanished"
    REFUSED = "refused"
    UNCHANGED = "unchanged"


class Readers(IntEnum):
    """Who may read a unit, as far as its source tells; the larger, the wider."""

    UNKNOWN = 0
    OWNER = 1
    """Its owner alone, and who administers the system."""
    GROUP = 2
    """Accounts or roles that are named."""
    EVERYONE = 3
    """Every account of the system: mode `o+r`, `PUBLIC`, `Everyone`."""
    PUBLIC = 4
    """Anybody, without signing in."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A natural part of a source that is read as a whole: a table, a file, a call."""

    key: str
    """Canonical and stable across runs: `schema.table`, a path relative to the source with `/`.

    Bytes that are no UTF-8 are kept as surrogate escapes."""
    version: str
    """Equal as long as the content is: etag, mtime+size, a digest. "" = not known: ask its chunks.

    A unit of one chunk, or a chunk, without a version is always read."""
    kind: str
    """`table`, `file`, `call`, `cdr`, `sidecar` …"""
    size: int = 0
    """Bytes, or rows of a table where the bytes are not known. For progress only."""
    readers: Readers = Readers.UNKNOWN
    """Who may read it. No part of the version: it may change while the content does not."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a unit that is read by itself: a range of a table's keys.

    The chunks of a unit do not overlap and together are the whole unit, so they can be read in any order, by several
    processes, each in a transaction of its own; one that is unchanged need not be read again.
    """

    key: str = field(default="", repr=False)
    """Stable across runs as long as the rows at its ends are there; "" = the unit is one chunk.

    It may hold values of keys, as a locator does: keep it sealed, show it nowhere."""
    version: str = ""
    """As of a unit, of this piece alone."""
    size: int = 0
    """Rows, or bytes, where they are known."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A unit (or a member of one) that was not read, or not whole, and why."""

    unit: str
    """Key of the unit, or of the member: `arkiv.zip!/fil.txt`."""
    state: State
    reason: str
    """A short code and, where it helps, a few words: `permission`, `corrupt (bad magic)`. Never a value."""


@dataclass(slots=True)
class Batch:
    """What a connector reads: records and their fields as columns of text; a table page, a document, a call alike."""

    unit: str
    """Key of the unit, or of its member (`arkiv.zip!/fil.txt`), that the records are in."""
    records: Sequence[Record]
    fields: Mapping[str, Sequence[str | None]]
    """Field name -> one text or None a record.

    Names: column, JSON path (`payload.kund.namn`, `a[0].b`), XML path, tag name; `path` for the file's own name; "" for
    running text."""
    dates: Mapping[str, Sequence[str | None]] = field(default_factory=dict)
    """What tells a record's age: name (a date column, `modified`, `started`) -> an ISO date or None a record."""
    keys: Sequence[str] = ()
    """Names of the fields that the source declares as (parts of) primary or foreign keys."""
    sampled: bool = False
    """True if the unit has more records than are read."""
    notes: Sequence[str] = ()
    """What a reader of the report should know, as codes: `encoding:cp1252`, `consistency:page`."""
    formats: Sequence[str] = ()
    """What it was read as, where the source reads several formats: names of `Connector.formats`."""
    named: Mapping[str, Sequence[str | None]] = field(default_factory=dict)
    """What running text in `fields` tells by a name, `policy=60206275`, if it may be a key: name -> value or None
    a record. It is not searched once more, nor given by `fetch`."""

    def __repr__(self) -> str:
        """Show the shape only: a batch holds personal data."""
        return f"Batch({len(self.records)} records x {len(self.fields)} fields)"

    @property
    def frame(self) -> pd.DataFrame:
        """The fields as a pandas frame of object columns, one row a record, for notebooks and reports."""
        import pandas as pd

        return pd.DataFrame({name: list(values) for name, values in self.fields.items()}, dtype=object)


@dataclass(frozen=True, slots=True)
class Relation:
    """A declared key: `fields` of `unit` hold values of `ref_fields` of `ref_unit`."""

    unit: str
    fields: tuple[str, ...]
    ref_unit: str
    ref_fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """What `insyn check` says of a source. Nothing has been scanned."""

    units: int
    size: int
    """Bytes, as far as the source tells without reading."""
    notes: tuple[str, ...] = ()
    """Facts worth knowing: server version, formats met."""
    warnings: tuple[str, ...] = ()
    """What the operator should mend: the account can write, folders that cannot be opened."""
    unreadable: tuple[str, ...] = ()
    """What a scan will not read, as far as can be told without trying: `.rar: 3 files`, `crm.hemlig: permission`."""
    records: int = 0
    """Rows, as the source estimates; 0 = it does not tell."""


class Connector(ABC):
    """A source of personal data. `units` and `read` are needed, the rest has defaults that suit small sources.

    `connectors.testing` holds a connector to this contract.
    """

    version: ClassVar[str] = "1"
    """Raise it whenever units that have not changed may be read otherwise: all that it has read is read again."""
    alone: bool = False
    """True: only this object sees the units as it has listed them, so it has to read them, too: no other process."""

    def check(self) -> Check:
        """Reach the source and count what is there, here by listing it.

        Raises:
            ConnectorError: the source cannot be reached or listed.
        """
        units = [item for item in self.units() if isinstance(item, Unit)]
        return Check(len(units), sum(unit.size for unit in units if unit.kind not in ("table", "view")))

    @abstractmethod
    def units(self) -> Iterator[Unit | Unread]:
        """List all units, each once, in a stable order; what cannot be listed is yielded as `Unread`.

        Raises:
            ConnectorError: the source as a whole cannot be listed.
        """

    def names(self) -> Iterator[str]:
        """Keys of all units, also of those that are not read; override it where `units` does more than to list them.

        Raises:
            ConnectorError: the source as a whole cannot be listed.
        """
        return (item.key if isinstance(item, Unit) else item.unit for item in self.units())

    def formats(self) -> Mapping[str, str]:
        """Version of the reader of each format that batches name; where one changes, what was read by it is stale."""
        return {}

    @abstractmethod
    def read(self, unit: Unit) -> Iterator[Batch | Unread]:
        """Read a unit from its start. An `Unread` says that the unit (or a member) was not read, or not whole."""

    def chunks(self, unit: Unit) -> Iterator[Chunk]:
        """List the pieces in which a unit may be read, in its reading order; lazily, for a version may cost a pass.

        Most units are one chunk, whose version is the unit's. Where a large unit has no version of its own, those of
        its chunks tell what has changed in it.

        Raises:
            ConnectorError: the unit cannot be listed.
        """
        yield Chunk("", unit.version, unit.size)

    def read_chunk(self, unit: Unit, chunk: Chunk) -> Iterator[Batch | Unread]:  # noqa: ARG002  most have but one
        """Read one chunk. Batches and locators are as `read` gives them; an `Unread` concerns this chunk."""
        return self.read(unit)

    def expect(self, units: Sequence[Unit]) -> None:  # noqa: B027  most read no faster for it
        """Take the hint that these units will be read next, in this order: what is needed for it may be prepared."""

    def fetch(self, unit: str, records: Sequence[Record]) -> Iterator[tuple[Record, dict[str, str | None]]]:
        """Read single records again, here by reading their unit. A source whose units have members needs its own.

        Args:
            unit: Key of a unit or member, as a batch gave it.
            records: Locators, as a batch gave them.

        Yields:
            Locator and its fields, exactly as `read` gives them. A record that is gone is left out.
        """
        wanted = {hashable(record) for record in records}
        alone: dict[str, str | None] = {}
        for batch in self.read(Unit(unit, "", "")):
            if isinstance(batch, Unread) or batch.unit != unit:
                continue
            for index, record in enumerate(batch.records):
                if hashable(record) in wanted:
                    values = {name: column[index] for name, column in batch.fields.items()}
                    if record is None:  # path and content of a unit may come in several batches
                        alone |= values
                    else:
                        yield record, values
        if alone:
            yield None, alone

    def statements(self, unit: Unit) -> Sequence[str]:  # noqa: ARG002  only databases are asked by statements
        """What is sent to the source to read a unit, for whoever wants to see it before a scan (`scan --dry-run`)."""
        return ()

    def relations(self) -> Sequence[Relation]:
        """The keys that the source declares between its units. Usable after `units`."""
        return ()

    def close(self) -> None:  # noqa: B027  most have nothing to let go of
        """Let go of connections and files."""

    def __enter__(self) -> Self:
        """Use the connector as a context manager."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close on leaving."""
        self.close()


def hashable(record: Record) -> frozenset[tuple[str, str | int]] | None:
    """A locator as a member of sets."""
    return None if record is None else frozenset(record.items())


def unfit(record: object) -> str:
    """What is wrong with a locator, in words without a value; "" for one that can be kept and asked for again."""
    if record is None:
        return ""
    if not isinstance(record, Mapping):
        return f"a locator that is of type {type(record).__name__}"
    for name, value in record.items():
        if not isinstance(name, str):
            return f"a locator with a name that is of type {type(name).__name__}"
        if not isinstance(value, (str, int)) or isinstance(value, bool):
            return f"a locator that holds a {type(value).__name__}"
    return ""
