"""Files of statistics programs, as pandas reads them: Stata, SAS (`sas7bdat`, transport files)."""

from __future__ import annotations

import struct
import warnings
from collections.abc import Callable, Iterator
from datetime import datetime, time
from typing import Any

from connectors.base import Batch, Record, State, Unread
from connectors.dates import dates_of
from connectors.extract.encoding import clean, decode
from connectors.extract.names import Names
from connectors.extract.part import Part
from connectors.extract.workbook import text_of

_BROKEN = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    TypeError,
    ValueError,
    struct.error,
)
"""What pandas raises on files that are not what they should be."""


def read_stata(part: Part) -> Iterator[Batch | Unread]:
    """Give one record a row, `{"row": n}`; of a value with a label its number."""
    return _read(part, lambda pd, rows: pd.read_stata(part.opened(), chunksize=rows, convert_categoricals=False))


def read_sas(part: Part) -> Iterator[Batch | Unread]:
    """Give one record a row, `{"row": n}`."""
    return _read(part, lambda pd, rows: pd.read_sas(part.opened(), format="sas7bdat", chunksize=rows, encoding=None))


def read_xport(part: Part) -> Iterator[Batch | Unread]:
    """Give one record a row, `{"row": n}`."""
    return _read(part, lambda pd, rows: pd.read_sas(part.opened(), format="xport", chunksize=rows, encoding=None))


def _read(part: Part, opened: Callable[[Any, int], Any]) -> Iterator[Batch | Unread]:
    import pandas as pd  # takes half a second: only of whoever has such files

    start = 0
    try:
        with opened(pd, part.limits.batch_records) as frames:
            while (frame := _next(frames)) is not None:
                names = Names()
                fields = {names.take(clean(str(name))): _values(column) for name, column in frame.items()}
                records: list[Record] = [{"row": start + n} for n in range(1, len(frame) + 1)]
                if records:
                    yield Batch(part.unit, records, fields, dates_of(fields))
                start += len(frame)
    except _BROKEN:
        yield Unread(part.unit, State.PARTIAL if start else State.UNREADABLE, "corrupt")


def _next(frames: Iterator[Any]) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UnicodeWarning)  # text that is not written as declared is read as Latin-1
        return next(frames, None)


def _values(column: Any) -> list[str | None]:
    cells = zip(column.tolist(), column.isna().tolist(), strict=True)
    return [None if missing else _value(cell) for cell, missing in cells]


def _value(cell: object) -> str:
    """A cell as people see it: numbers that are whole without a point, days without midnight."""
    if isinstance(cell, bytes):
        return clean(decode(cell)[0])
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return text_of(cell)
