"""Parquet, Arrow and ORC, where the extra is installed: row group by row group."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from connectors.base import Batch, Record, State, Unread
from connectors.dates import dates_of
from connectors.extract.encoding import clean, decode
from connectors.extract.part import Part, whole
from connectors.extract.workbook import text_of


def read_parquet(part: Part) -> Iterator[Batch | Unread]:
    """Give one record a row, `{"row": n}`; nested values are JSON, the metadata of the file is record None."""
    return _read(part, _parquet)


def read_arrow(part: Part) -> Iterator[Batch | Unread]:
    """Give the rows of an Arrow file (Feather) likewise."""
    return _read(part, _arrow)


def read_orc(part: Part) -> Iterator[Batch | Unread]:
    """Give the rows of an ORC file likewise."""
    return _read(part, _orc)


def _read(part: Part, pages: Callable[[Part], Iterator[Any]]) -> Iterator[Batch | Unread]:
    try:
        import pyarrow as pa
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
        for page in pages(part):
            if isinstance(page, Batch):
                yield page
                continue
            names = [clean(name) for name in page.schema.names]
            fields = {name: [_value(cell) for cell in page.column(at).to_pylist()] for at, name in enumerate(names)}
            records: list[Record] = [{"row": start + n} for n in range(1, page.num_rows + 1)]
            if records:
                yield Batch(part.unit, records, fields, dates_of(fields))
            start += page.num_rows
    except (pa.ArrowException, OSError, ValueError, OverflowError, NotImplementedError):
        yield Unread(part.unit, State.PARTIAL if start else State.UNREADABLE, "corrupt")


def _parquet(part: Part) -> Iterator[Any]:
    """What the metadata say, as a batch, and pages of rows."""
    import pyarrow.parquet as pq

    file = pq.ParquetFile(part.opened())
    yield from _notes(part, file.metadata.metadata)
    yield from file.iter_batches(batch_size=_rows(part, len(file.schema_arrow.names)), use_threads=False)


def _arrow(part: Part) -> Iterator[Any]:
    import pyarrow as pa

    file = pa.ipc.open_file(part.opened())
    yield from _notes(part, file.schema.metadata)
    for number in range(file.num_record_batches):
        page = file.get_batch(number)
        page.validate(full=True)  # what its offsets say is believed otherwise
        yield from _cut(page, _rows(part, len(file.schema.names)))


def _orc(part: Part) -> Iterator[Any]:
    from pyarrow import orc

    file = orc.ORCFile(part.opened())
    yield from _notes(part, file.metadata)
    for number in range(file.nstripes):
        yield from _cut(file.read_stripe(number), _rows(part, len(file.schema.names)))


def _cut(batch: Any, rows: int) -> Iterator[Any]:
    yield from (batch.slice(start, rows) for start in range(0, batch.num_rows, rows))


def _rows(part: Part, fields: int) -> int:
    return max(1, min(part.limits.batch_records, part.limits.batch_cells // max(1, fields)))


def _notes(part: Part, metadata: Mapping[bytes, bytes] | None) -> Iterator[Batch]:
    told = {_text(key): _text(value) for key, value in (metadata or {}).items()}
    notes = {f"@{key}": value for key, value in told.items() if key not in ("ARROW:schema", "pandas")}
    if notes:
        yield whole(part.unit, notes)


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
