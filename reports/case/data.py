"""A package for machines: JSON with its schema, and CSV. Both are written entry by entry."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from reports.case.model import Datum, Entry, Summary
from reports.escape import cell
from reports.language import Language

VERSION = "1"
"""Of the JSON format: raised when a reader of an earlier one would go wrong."""
_STRINGS: Mapping[str, Any] = {"type": "string"}
_DATUM: Mapping[str, Any] = {
    "type": "object",
    "required": ["field", "value", "category"],
    "properties": {"field": _STRINGS, "value": _STRINGS, "category": _STRINGS, "name": _STRINGS, "means": _STRINGS},
    "additionalProperties": False,
}
_ENTRY: Mapping[str, Any] = {
    "type": "object",
    "required": ["system", "place", "record", "about_you", "state", "date", "data", "masked", "secrets"],
    "properties": {
        "system": _STRINGS,
        "place": _STRINGS,
        "record": _STRINGS,
        "about_you": {"type": "boolean"},
        "state": {"enum": ["same", "changed", "gone", "unreachable"]},
        "date": _STRINGS,
        "data": {"type": "array", "items": _DATUM},
        "masked": {"type": "object", "additionalProperties": {"type": "integer"}},
        "secrets": {"type": "integer"},
    },
    "additionalProperties": False,
}
SCHEMA: Mapping[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Personal data of one person, answer to a request under Article 15 or 20 GDPR",
    "type": "object",
    "required": ["version", "case", "company", "generated", "complete", "categories", "entries"],
    "properties": {
        "version": {"const": VERSION},
        "case": _STRINGS,
        "company": _STRINGS,
        "generated": _STRINGS,
        "complete": {"type": "boolean"},
        "categories": {"type": "object", "additionalProperties": _STRINGS},
        "entries": {"type": "array", "items": _ENTRY},
    },
    "additionalProperties": False,
}


def as_json(summary: Summary, entries: Iterable[Entry]) -> Iterator[bytes]:
    """The package as one JSON document that `SCHEMA` describes."""
    head = {
        "version": VERSION,
        "case": summary.case.number,
        "company": summary.company.name,
        "generated": summary.generated,
        "complete": summary.complete,
        "categories": {part.id: part.name for part in summary.parts},
    }
    yield _dump(head)[:-1] + b', "entries": [\n'
    for number, entry in enumerate(entries):
        yield (b",\n" if number else b"") + _dump(_entry(entry))
    yield b"\n]}\n"


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "system": entry.source,
        "place": entry.place,
        "record": entry.record,
        "about_you": entry.own,
        "state": entry.now,
        "date": entry.date,
        "data": [_datum(one) for one in entry.data],
        "masked": dict(entry.masked),
        "secrets": entry.secrets,
    }


def _datum(one: Datum) -> dict[str, str]:
    told = {"name": one.name, "means": one.means}
    given = {key: text for key, text in told.items() if text}
    return {"field": one.label, "value": one.value, "category": one.category} | given


def as_csv(entries: Iterable[Entry], names: Callable[[str], str], lang: Language) -> Iterator[bytes]:
    """One line a datum, as Excel in Swedish opens it."""
    _ = lang.text
    headings = [_("Kind of information"), _("Field"), _("Value"), _("System"), _("Place"), _("Record"), _("Date")]
    headings += [_("Field in the system"), _("Meaning")]
    yield "\ufeff".encode() + _line(headings)
    for entry in entries:
        for one in entry.data:
            kind = names(one.category) if one.category else ""
            where = [entry.called[0] or entry.source, entry.called[1] or entry.place, entry.record, entry.date]
            yield _line([kind, one.called, one.value, *where, one.label, one.means])


def _line(cells: Iterable[str]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";", lineterminator="\r\n").writerow([cell(text) for text in cells])
    return buffer.getvalue().encode("utf-8", "backslashreplace")


def _dump(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace")
