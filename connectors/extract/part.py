"""One thing to read: an outer file or a member of it, and the batches that its rows make."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO, cast

from connectors.base import Batch, Record
from connectors.dates import dates_of
from connectors.extract.limits import Budget, Limits
from connectors.extract.rest import Rest, RestFile


@dataclass(frozen=True, slots=True, repr=False)
class Part:
    """Bytes with the key they are reported under. `repr` is left out: a part holds personal data."""

    unit: str
    data: bytes
    """All of it, or the beginning of what is too large to be held: `rest` follows."""
    budget: Budget
    name: str
    """File name, for its extension only."""
    depth: int = 0
    """Archives around it."""
    only: str = ""
    """Key of the one unit that is asked for; members that do not lead to it are not unpacked. "" = all."""
    rest: Rest | None = None
    file: BinaryIO | None = None
    """The whole as an open file, where `rest` follows and any place of it can be read."""

    def wants(self, unit: str) -> bool:
        """Tell whether a member is asked for, or may hold what is."""
        return not self.only or self.only == unit or self.only.startswith(f"{unit}!/")

    def member(self, name: str) -> Part:
        """Give the part of a member, still without bytes."""
        return replace(
            self, unit=f"{self.unit}!/{name}", data=b"", name=name, depth=self.depth + 1, rest=None, file=None
        )

    def filled(self, chunks: Iterator[bytes], broken: tuple[type[Exception], ...] = ()) -> tuple[Part, Rest]:
        """Give the part its bytes: all, or so many as are held; what follows then is its `rest`."""
        rest = Rest(chunks, broken)
        data = rest.take(self.limits.held_bytes)
        return replace(self, data=data, rest=None if rest.ended else rest), rest

    def held(self, most: int) -> Part:
        """Take what follows into memory; if that is more than `most` bytes in all, some of it is still `rest`."""
        if self.rest is None:
            return self
        data = self.data + self.rest.take(max(0, most - len(self.data)) + 1)
        return replace(self, data=data, rest=None if self.rest.ended and len(data) <= most else self.rest)

    def opened(self) -> BinaryIO:
        """Open it, to be read in any order where all of it is held or a file, else once."""
        if self.rest is None:
            return io.BytesIO(self.data)
        if self.file is None:
            return cast(BinaryIO, RestFile(self.data, self.rest))
        self.file.seek(0)
        return self.file

    @property
    def limits(self) -> Limits:
        """The limits of the outer file."""
        return self.budget.limits

    @property
    def extension(self) -> str:
        """Lower case, without the dot; "" if there is none."""
        return self.name.rpartition(".")[2].lower() if "." in self.name else ""


Row = tuple[Record, Mapping[str, str]]


def whole(unit: str, fields: Mapping[str, str], notes: Sequence[str] = ()) -> Batch:
    """Make the batch of a unit that is one record."""
    columns = {name: [value] for name, value in fields.items()}
    return Batch(unit, [None], columns, dates_of(columns), notes=tuple(notes))


def row_batches(part: Part, rows: Iterator[Row], notes: Sequence[str] = ()) -> Iterator[Batch]:
    """Gather rows of differing fields into batches of a few megabytes; a field that a row lacks is None there."""
    records: list[Record] = []
    columns: dict[str, dict[int, str]] = {}
    size = 0
    for record, fields in rows:
        for name, value in fields.items():
            columns.setdefault(name, {})[len(records)] = value
            size += len(value)
        records.append(record)
        full = len(records) * max(1, len(columns)) >= part.limits.batch_cells or size >= part.limits.text_block
        if full or len(records) >= part.limits.batch_records:
            yield _batch(part.unit, records, columns, notes)
            records, columns, size = [], {}, 0
    if records:
        yield _batch(part.unit, records, columns, notes)


def _batch(unit: str, records: list[Record], sparse: dict[str, dict[int, str]], notes: Sequence[str]) -> Batch:
    columns = {name: [cells.get(i) for i in range(len(records))] for name, cells in sparse.items()}
    return Batch(unit, records, columns, dates_of(columns), notes=tuple(notes))
