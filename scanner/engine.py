"""The scan: list a source's units, read what is new or changed, analyze it, store what was found.

A unit is written in one transaction together with its state, so a scan that is killed goes on where it was: a unit is
either read whole or not at all. What is gone from the source is forgotten; what failed keeps what was known.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from sqlalchemy import select, update

from connectors import Batch, Connector, ConnectorError, State, Unit, Unread
from recognizers import Analyzer
from scanner import lookup, schema
from scanner.errors import InsynError
from scanner.links import link_fields
from scanner.names import with_whole_names
from scanner.relations import settle
from scanner.store import KnownUnit, Store, alone
from scanner.writer import Part, UnitWriter, forget

READING = "2"
"""Version of how the scanner itself reads (links, joined names): raised when units must be read again."""
AHEAD = 256
"""So many units are announced to a connector before they are read."""


@dataclass(slots=True)
class SourceResult:
    """What became of a source in a scan. The states sum to what was enumerated."""

    source: str
    units: Counter[str] = field(default_factory=Counter)
    records: int = 0
    values: int = 0
    bytes: int = 0
    findings: int = 0
    seconds: float = 0.0
    unread: list[Unread] = field(default_factory=list)
    error: str = ""
    """Why the source could not be scanned at all; what was known of it is kept."""

    @property
    def status(self) -> str:
        """`complete`, `partial` (some units could not be read whole) or `failed`."""
        if self.error:
            return "failed"
        return "partial" if self.unread else "complete"


class Progress(Protocol):
    """Who is told how a scan goes on."""

    def start(self, source: str, total: int) -> None:
        """A source has been listed: so many units."""

    def advance(self, source: str, findings: int) -> None:
        """One more unit is done, with so many findings."""


class Silent:
    """Progress that nobody sees."""

    def start(self, source: str, total: int) -> None:
        """Say nothing."""

    def advance(self, source: str, findings: int) -> None:
        """Say nothing."""


class Scanner:
    """Scans sources into a store."""

    def __init__(
        self, store: Store, analyzer: Analyzer, *, full: bool = False, progress: Progress | None = None
    ) -> None:
        self._store = store
        self._analyzer = analyzer
        self._version = f"{analyzer.version}-{READING}"
        self._full = full
        self._progress = progress or Silent()

    def scan(self, connectors: Mapping[str, Connector]) -> list[SourceResult]:
        """Scan all sources given; one that fails does not stop the others."""
        number = self._store.start_scan()
        results: list[SourceResult] = []
        status = "interrupted"
        try:
            for name, connector in connectors.items():
                with connector:
                    results.append(self._source(name, connector, number))
            status = overall(results)
        finally:
            self._store.end_scan(number, status)
        return results

    def _source(self, name: str, connector: Connector, scan_id: int) -> SourceResult:
        result = SourceResult(name)
        began = time.monotonic()
        try:
            self._units(connector, scan_id, result)
        except ConnectorError as error:
            result.error = str(error)
        result.seconds = round(time.monotonic() - began, 3)
        return result

    def _units(self, connector: Connector, scan_id: int, result: SourceResult) -> None:
        source_id = self._store.source_id(result.source)
        known = self._store.known(source_id)
        listed = list(connector.units())
        self._progress.start(result.source, len(listed))
        reader = _UnitReader(self._store, self._analyzer, self._version, source_id, scan_id)
        reader.tables = [item.key for item in listed if isinstance(item, Unit) and item.kind == "table"]
        for number, item in enumerate(listed):
            if number % AHEAD == 0:
                window = listed[number : number + AHEAD]
                connector.expect([one for one in window if isinstance(one, Unit) and not self._is_known(one, known)])
            before = result.findings
            if isinstance(item, Unit) and self._is_known(item, known):
                self._unchanged(known[item.key], scan_id, result)
            else:
                reader.read(connector, item, result)
            self._progress.advance(result.source, result.findings - before)
        closed = tuple(item.unit for item in listed if isinstance(item, Unread) and item.unit.endswith("/"))
        gone = known.keys() - {_key(item) for item in listed}
        self._forget_gone(source_id, (key for key in gone if not key.startswith(closed)))
        with self._store.transaction() as connection:
            lookup.settle(connection, all_of_them=True)
        settle(self._store, result.source, connector.relations())

    def _is_known(self, unit: Unit, known: Mapping[str, KnownUnit]) -> bool:
        return not self._full and self._same(unit, known.get(unit.key))

    def _same(self, unit: Unit, known: KnownUnit | None) -> bool:
        return (
            known is not None
            and known.whole
            and bool(unit.version)
            and (known.version, known.analyzer) == (unit.version, self._version)
        )

    def _unchanged(self, known: KnownUnit, scan_id: int, result: SourceResult) -> None:
        table = schema.unit
        with self._store.transaction() as connection:
            connection.execute(
                update(table).where((table.c.id == known.id) | (table.c.parent_id == known.id)).values(scan_id=scan_id)
            )
        result.units[State.UNCHANGED] += 1

    def _forget_gone(self, source_id: int, keys: Iterable[str]) -> None:
        """Forget what the source no longer has. Only reached when all of it could be listed.

        What lies in a folder that cannot be opened any more, or what another scanner has met meanwhile, is not among
        the keys, and stays.
        """
        table = schema.unit
        with self._store.transaction() as connection:
            for key in sorted(keys):
                same = (table.c.source_id == source_id) & (table.c.key == self._store.keys.seal(key))
                forget(connection, connection.scalars(select(table.c.id).where(same)).all())


def _key(item: Unit | Unread) -> str:
    return item.key if isinstance(item, Unit) else item.unit


class _UnitReader:
    """Reads units of one source into the store."""

    def __init__(self, store: Store, analyzer: Analyzer, version: str, source_id: int, scan_id: int) -> None:
        self._store = store
        self._analyzer = analyzer
        self._version = version
        self._source_id = source_id
        self._scan_id = scan_id
        self.tables: Sequence[str] = ()

    def read(self, connector: Connector, item: Unit | Unread, result: SourceResult) -> None:
        """Read one unit; a fault in it is noted as its state and does not stop the scan."""
        unit = item if isinstance(item, Unit) else Unit(item.unit, "", "unread")
        try:
            parts = self._write(unit, connector.read(unit) if isinstance(item, Unit) else (item,))
        except (InsynError, ConnectorError):
            raise
        except Exception as error:  # noqa: BLE001  whatever a reader trips over is told in the ledger, by its type
            fault = Unread(unit.key, State.UNREADABLE, f"fault ({type(error).__name__})")
            parts = self._write(unit, (fault,))
        for key, done in parts.items():
            result.units[done.state] += 1
            result.records += done.tally.records
            result.values += done.tally.values
            result.findings += done.tally.findings
            if done.state not in (State.SCANNED, State.SKIPPED):
                result.unread.append(Unread(key, done.state, done.reason))
        result.bytes += unit.size if unit.kind != "table" else 0

    def _write(self, unit: Unit, items: Iterable[Batch | Unread]) -> dict[str, Part]:
        with self._store.transaction() as connection:
            alone(connection)
            writer = UnitWriter(self._store, connection, self._source_id, self._scan_id)
            writer.start(unit, self._version)
            for item in items:
                if isinstance(item, Batch):
                    self._batch(writer, unit, item)
                else:
                    writer.unread(writer.member(item.unit, unit, self._version), item)
            return writer.finish()

    def _batch(self, writer: UnitWriter, unit: Unit, batch: Batch) -> None:
        part = writer.member(batch.unit, unit, self._version)
        matches = with_whole_names(self._analyzer.find(batch.fields, unit=batch.unit))
        writer.add(part, batch, matches, link_fields(batch, self.tables))


def overall(results: list[SourceResult]) -> str:
    """The status of a scan from those of its sources."""
    statuses = {result.status for result in results}
    return next((status for status in ("failed", "partial") if status in statuses), "complete")
