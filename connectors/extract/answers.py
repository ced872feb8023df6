"""What the child answers, as messages. What comes back is believed as to texts only: its shape is checked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import NoneType
from typing import cast

from connectors.base import Batch, Record, State, Unread
from connectors.extract.formats import ANY, FILE, VERSIONS
from connectors.extract.wire import Json, WireError

PIECE = 8 << 20
"""Characters of one message; as JSON in UTF-8 they take at most six bytes each."""
_CODE = re.compile(r"[^\x00-\x1f\x7f-\x9f]{1,200}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_LONGEST_LOCATOR = 4096
_LARGEST_NUMBER = 1 << 62
_FORMATS = VERSIONS.keys() | {ANY, FILE}


def written(answer: Batch | Unread) -> Json:
    """Write an answer as a message."""
    if isinstance(answer, Unread):
        return {"unit": answer.unit, "state": answer.state.value, "reason": answer.reason}
    return cast(Json, {
        "unit": answer.unit, "records": _packed(answer.records), "fields": answer.fields, "dates": answer.dates,
        "keys": list(answer.keys), "sampled": answer.sampled, "notes": list(answer.notes),
        "formats": list(answer.formats), "named": answer.named,
    })  # fmt: skip


def read(message: Json, unit: str) -> Batch | Unread:
    """Read an answer about a file.

    Raises:
        WireError: it is none, or not about the file or a member of it.
    """
    if not isinstance(message, dict):
        raise WireError("no answer")
    about = message.get("unit")
    if not isinstance(about, str) or not (about == unit or about.startswith(f"{unit}!/")):
        raise WireError("an answer about something else")
    return _unread(about, message) if "state" in message else _batch(about, message)


def pieces(batch: Batch) -> Iterator[Batch]:
    """Cut a batch of more than `PIECE` characters: between its records, else a long text into parts.

    The parts of one record have `part` (1, 2 …) in their locator: each is told apart when it is read again.
    """
    if _size(batch) <= PIECE:
        yield batch
    elif len(batch.records) > 1:
        middle = len(batch.records) // 2
        yield from pieces(_rows(batch, slice(middle)))
        yield from pieces(_rows(batch, slice(middle, None)))
    else:
        locator = batch.records[0] or {}
        for number, (name, text) in enumerate(_parts(batch.fields), 1):
            yield replace(batch, records=[{**locator, "part": number}], fields={name: [text]})


def _size(batch: Batch) -> int:
    columns = (*batch.fields.values(), *batch.named.values())
    return sum(sum(map(len, filter(None, column))) for column in columns)


def _rows(batch: Batch, rows: slice) -> Batch:
    fields, dates, named = (
        {name: column[rows] for name, column in columns.items()} for columns in (batch.fields, batch.dates, batch.named)
    )
    return replace(batch, records=batch.records[rows], fields=fields, dates=dates, named=named)


def _parts(fields: Mapping[str, Sequence[str | None]]) -> Iterator[tuple[str, str]]:
    """Cut texts at a blank, if there is one in the last thousand characters of a part."""
    for name, [text] in fields.items():
        start, text = 0, text or ""
        while start < len(text):
            end = start + PIECE
            blank = max(text.rfind(mark, end - 1000, end) for mark in (" ", "\n", ",", ";")) if end < len(text) else -1
            end = blank + 1 if blank >= 0 else end
            yield name, text[start:end]
            start = end


def _packed(records: Sequence[Record]) -> Json:
    """Write locators of the same names as columns: most are `{"row": n}`."""
    names = list(records[0]) if records and records[0] else []
    if names and all(record is not None and list(record) == names for record in records):
        rows = cast(Sequence[Mapping[str, str | int]], records)
        return {"names": cast(Json, names), "columns": [[row[name] for row in rows] for name in names]}
    return cast(Json, list(records))


def _unread(unit: str, message: dict[str, Json]) -> Unread:
    state, reason = message["state"], message.get("reason")
    if not isinstance(reason, str) or not _CODE.fullmatch(reason) or state not in {each.value for each in State}:
        raise WireError("no state")
    return Unread(unit, State(state), reason)


def _batch(unit: str, message: dict[str, Json]) -> Batch:
    records = _unpacked(message.get("records"))
    fields, dates = _columns(message.get("fields"), len(records)), _columns(message.get("dates"), len(records))
    if not all(_DAY.match(day) for column in dates.values() for day in column if day is not None):
        raise WireError("no dates")
    keys, notes, sampled = message.get("keys"), message.get("notes"), message.get("sampled")
    if not isinstance(sampled, bool) or not _are_texts(keys) or not _are_texts(notes):
        raise WireError("no batch")
    codes = tuple(cast(list[str], notes))
    if not all(_CODE.fullmatch(code) for code in codes):
        raise WireError("no notes")
    formats, named = _formats(message.get("formats")), _columns(message.get("named"), len(records))
    return Batch(unit, records, fields, dates, tuple(cast(list[str], keys)), sampled, codes, formats, named)


def _formats(message: Json) -> tuple[str, ...]:
    """Names of formats, and of no others: they are kept in the open."""
    if not _are_texts(message) or not set(names := cast(list[str], message)) <= _FORMATS:
        raise WireError("no formats")
    return tuple(names)


def _unpacked(message: Json) -> list[Record]:
    if isinstance(message, dict):
        return _from_columns(message.get("names"), message.get("columns"))
    if not isinstance(message, list) or not all(map(_is_record, message)):
        raise WireError("no records")
    return cast(list[Record], message)


def _from_columns(names: Json, columns: Json) -> list[Record]:
    if not _are_texts(names) or not isinstance(columns, list) or len(cast(list[str], names)) != len(columns):
        raise WireError("no records")
    lists = [column for column in columns if isinstance(column, list) and _are_locators(column)]
    if len(lists) != len(columns) or len(set(map(len, lists))) != 1:
        raise WireError("no records")
    if len(lists) == 1:
        [name] = cast(list[str], names)
        return cast(list[Record], [{name: value} for value in lists[0]])
    return [cast(Record, dict(zip(cast(list[str], names), row, strict=True))) for row in zip(*lists, strict=True)]


def _are_locators(column: list[Json]) -> bool:
    if column and set(map(type, column)) == {int}:
        numbers = cast(list[int], column)
        return min(numbers) > -_LARGEST_NUMBER and max(numbers) < _LARGEST_NUMBER
    return all(map(_is_locator, column))


def _is_record(record: Json) -> bool:
    return record is None or (isinstance(record, dict) and bool(record) and all(map(_is_locator, record.values())))


def _is_locator(value: Json) -> bool:
    if type(value) is int:
        return abs(value) < _LARGEST_NUMBER
    return isinstance(value, str) and len(value) <= _LONGEST_LOCATOR


def _columns(message: Json, rows: int) -> dict[str, Sequence[str | None]]:
    if not isinstance(message, dict) or not all(_is_column(column, rows) for column in message.values()):
        raise WireError("no columns")
    return cast(dict[str, Sequence[str | None]], message)


def _is_column(column: Json, rows: int) -> bool:
    return isinstance(column, list) and len(column) == rows and set(map(type, column)) <= {str, NoneType}


def _are_texts(message: Json) -> bool:
    return isinstance(message, list) and set(map(type, message)) <= {str}
