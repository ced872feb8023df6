"""Ask the confined child for what describes calls, and put together what it answers."""

from __future__ import annotations

from connectors.base import Batch, Unread
from connectors.extract.process import File
from connectors.extract.readers import Job
from connectors.extract.sandbox import Parser
from connectors.recordings.described import Described, Fields
from connectors.recordings.tags import Tags


def parse_tags(parser: Parser, key: str, content: bytes | File) -> Tags:
    """Read the tags of an open recording; why not all could be read is its `problem`."""
    found = Tags()
    for answer in parser.read(Job(key, "tags"), content):
        if isinstance(answer, Unread):
            found.problem = answer.reason
        else:
            for row in _rows(answer):
                _merge(found.fields, row)
    return found


def parse_described(
    parser: Parser, key: str, content: bytes | File, *, listed: bool
) -> tuple[Described, Unread | None]:
    """Read an open call list or sidecar, and say why it could not be read (whole)."""
    found, failure = Described(), None
    rows: dict[int, Fields] = {}
    job = Job(key, "calls" if listed else "sidecar")
    for answer in parser.read(job, content):
        if isinstance(answer, Unread):
            failure = answer
            continue
        found.notes = tuple(answer.notes)
        for record, row in zip(answer.records, _rows(answer), strict=True):
            number = (record or {}).get("row")
            _merge(rows.setdefault(number, {}) if isinstance(number, int) else found.around, row)
    found.rows = list(rows.values())
    return found, failure


def _rows(batch: Batch) -> list[Fields]:
    rows: list[Fields] = [{} for _ in batch.records]
    for name, column in batch.fields.items():
        for row, text in zip(rows, column, strict=True):
            if text is not None:
                row[name] = text
    return rows


def _merge(known: Fields, more: Fields) -> None:
    """Add fields; of a long text come parts."""
    for name, text in more.items():
        known[name] = known.get(name, "") + text
