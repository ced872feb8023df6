"""Parquet, where the extra is installed: row group by row group."""

from __future__ import annotations

import json
from collections.abc import Iterator

from connectors.base import Batch, Record, State, Unread
from connectors.extract.dates import dates_of
from connectors.extract.encoding import clean, decode
from connectors.extract.part import Part, whole
from connectors.extract.workbook import text_of


def read_parquet(part: Part) -> Iterator[Batch | Unread]:
    """Give one record a row, `{"row": n}`; nested values are JSON, the metadata of the file is record None."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        yield Unread(part.unit, State.UNSUPPORTED, "parquet: pip install insyn[parquet]")
        return
    start = 0
    if part.rest is not None and part.file is None:
        part = part.held(part.limits.whole_bytes)
    if part.rest is not None and part.file is None:
        yield Unread(part.unit, State.REFUSED, "limit:whole_bytes")
        return
    try:
        file = pq.ParquetFile(part.opened())
        notes = {_text(key): _text(value) for key, value in (file.metadata.metadata or {}).items()}
        notes = {f"@{key}": value for key, value in notes.items() if key not in ("ARROW:schema", "pandas")}
        if notes:
            yield whole(part.unit, notes)
        size = max(1, min(part.limits.batch_records, part.limits.batch_cells // max(1, len(file.schema_arrow.names))))
        for page in file.iter_batches(batch_size=size, use_threads=False):
            names = [clean(name) for name in page.schema.names]
            fields = {name: [_value(cell) for cell in page.column(at).to_pylist()] for at, name in enumerate(names)}
            records: list[Record] = [{"row": start + n} for n in range(1, page.num_rows + 1)]
            if records:
                yield Batch(part.unit, records, fields, dates_of(fields))
            start += page.num_rows
    except (pa.ArrowException, OSError, ValueError, OverflowError, NotImplementedError):
        yield Unread(part.unit, State.PARTIAL if start else State.UNREADABLE, "corrupt")


def _text(value: bytes) -> str:
    return clean(decode(value)[0])


def _value(cell: object) -> str | None:
    if cell is None:
        return None
    if isinstance(cell, bytes):
        return _text(cell)
    if isinstance(cell, dict | list | tuple):
        return clean(json.dumps(cell, ensure_ascii=False, default=str))
    return text_of(cell)
