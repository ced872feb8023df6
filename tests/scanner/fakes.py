"""A source in memory that implements the connector's contract."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from connectors import Batch, Check, Connector, ConnectorError, Readers, Record, Relation, State, Unit, Unread
from connectors.dates import dates_of
from scanner.keys import Keys

KEYS = Keys(b"k" * 32)
Rows = Sequence[Mapping[str, str | None]]


@dataclass
class MemoryConnector(Connector):
    """Tables of rows with a column `id`; the version of a table is its content."""

    tables: dict[str, Rows]
    declared: Sequence[Relation] = ()
    broken: Mapping[str, Sequence[Unread]] = field(default_factory=dict)
    """Unit -> what is yielded after its rows; a unit that is broken and has no rows cannot be read at all."""
    down: bool = False
    reads: list[str] = field(default_factory=list)
    readers: Readers = Readers.UNKNOWN

    def check(self) -> Check:
        return Check(len(self.tables), 0)

    def units(self) -> Iterator[Unit | Unread]:
        if self.down:
            raise ConnectorError("the source is down")
        for key, rows in self.tables.items():
            yield Unit(key, str(hash(str(rows))), "table", len(rows), self.readers)

    def read(self, unit: Unit) -> Iterator[Batch | Unread]:
        self.reads.append(unit.key)
        rows = self.tables[unit.key]
        if rows:
            fields = {name: [row[name] for row in rows] for name in rows[0]}
            yield Batch(
                unit.key,
                [self._record(row) for row in rows],
                fields,
                dates_of(fields, any_name=True),
                keys=["id", *(name for one in self.declared if one.unit == unit.key for name in one.fields)],
            )
        yield from self.broken.get(unit.key, ())

    def fetch(self, unit: str, records: Sequence[Record]) -> Iterator[tuple[Record, dict[str, str | None]]]:
        for row in self.tables.get(unit, ()):
            if self._record(row) in records:
                yield self._record(row), dict(row)

    def relations(self) -> Sequence[Relation]:
        return self.declared

    @staticmethod
    def _record(row: Mapping[str, str | None]) -> Record:
        return {"id": row["id"] or ""}


def unreadable(unit: str, reason: str = "corrupt") -> Unread:
    return Unread(unit, State.UNREADABLE, reason)
