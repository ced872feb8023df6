"""Rows and columns of numbers as bytes, small and soon read: what is kept in the store, sealed, while it holds."""

from __future__ import annotations

import io
import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date
from typing import Any, TypeVar

import numpy as np

from reports.ages import Numbers

Row = TypeVar("Row")
_DAY = "\x00day "
"""Before a date: no name of anything begins like this."""


class Packed:
    """Writes parts one after another."""

    def __init__(self) -> None:
        self._file = io.BytesIO()

    def numbers(self, numbers: Numbers) -> None:
        """Write a column, in as few bytes a number as its largest needs; none may be negative."""
        np.save(self._file, numbers.astype(np.min_scalar_type(int(numbers.max(initial=0)))), allow_pickle=False)

    def rows(self, rows: Sequence[Any], kind: type) -> None:
        """Write dataclasses of one kind, a column a field: its distinct values, and which of them each row has."""
        for one in fields(kind):
            values = [getattr(row, one.name) for row in rows]
            number = {value: at for at, value in enumerate(dict.fromkeys(values))}
            self._text(json.dumps(list(number), default=_plain))
            self.numbers(np.fromiter((number[value] for value in values), np.int64, len(values)))

    def _text(self, text: str) -> None:
        np.save(self._file, np.frombuffer(text.encode(), np.uint8), allow_pickle=False)

    def content(self) -> bytes:
        """All that was written."""
        return zlib.compress(self._file.getvalue(), 1)


class Unpacking:
    """Reads what `Packed` wrote, in the same order."""

    def __init__(self, content: bytes) -> None:
        self._file = io.BytesIO(zlib.decompress(content))

    def goes_on(self) -> bool:
        """Whether there is more."""
        return self._file.tell() < self._file.getbuffer().nbytes

    def numbers(self) -> Numbers:
        """The next column."""
        column: Numbers = np.load(self._file, allow_pickle=False)
        return column.astype(np.int64)

    def rows(self, kind: type[Row]) -> list[Row]:
        """The next rows."""
        columns = []
        for _ in fields(kind):  # type: ignore[arg-type]
            text = np.load(self._file, allow_pickle=False).tobytes()
            values = [_thing(value) for value in json.loads(text)]
            columns.append([values[at] for at in self.numbers().tolist()])
        return [kind(*row) for row in zip(*columns, strict=True)]


def _plain(value: object) -> str:
    if isinstance(value, date):
        return _DAY + value.isoformat()
    raise TypeError(type(value))


def _thing(value: object) -> Any:
    """A date, a tuple, or what JSON knows."""
    if isinstance(value, list):
        return tuple(map(_thing, value))
    if isinstance(value, str) and value.startswith(_DAY):
        return date.fromisoformat(value.removeprefix(_DAY))
    return value


def all_rows(rows: Iterable[Row], kind: type[Row]) -> bytes:
    """Rows alone."""
    packed = Packed()
    packed.rows(list(rows), kind)
    return packed.content()
