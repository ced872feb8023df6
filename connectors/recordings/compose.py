"""From a survey to units: what is read of a call, a call list, a sidecar, and what their versions are made of."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence

from connectors.base import Batch, Record, State, Unread
from connectors.content import readable
from connectors.extract.names import Names
from connectors.recordings import names
from connectors.recordings.described import Fields
from connectors.recordings.listing import open_recording, seekable
from connectors.recordings.parsing import parse_tags
from connectors.recordings.survey import Call, Describing, Settings, Survey
from connectors.recordings.tags import Tags
from connectors.recordings.times import Moment

_ROWS = 2000
"""Rows of a batch."""


def read_call(survey: Survey, call: Call, settings: Settings) -> Iterator[Batch | Unread]:
    """Read a call: one record None of `path`, `cdr.…`, `sidecar.…`, `tag.…`, with the day it `started`.

    What keeps the tags from being read (whole) follows as `Unread`; the rest of the call is read all the same.
    """
    found, failure, written = _tags(call, settings)
    if failure and failure.state is State.VANISHED:
        yield failure
        return
    described = [*_rows_of(survey, call), *_sidecars_of(survey, call)]
    fields = {"path": readable(call.entry.key)} | ({"name.agent": readable(call.agent)} if call.agent else {})
    taken = Names()
    for prefix, content in (*described, ("tag", found.fields)):
        fields |= {taken.take(f"{prefix}.{name}" if name else prefix): value for name, value in content.items()}
    notes = () if call.described else ("orphan:no_description",)
    doubt = ("ambiguous",) if call.doubtful else ()
    yield Batch(
        call.entry.key,
        [None],
        {name: [value] for name, value in fields.items()},
        {"started": [_day(survey, call, found, settings) or written]},
        notes=(*notes, *doubt, *_encodings(survey, call)),
    )
    if failure:
        yield failure


def read_call_list(found: Describing) -> Iterator[Batch | Unread]:
    """Read what stands around the rows, as record None, and the rows that no recording took: `{"row": n}`, `cdr.…`."""
    key, content = found.entry.key, found.content
    if content.around:
        yield _batch(key, [None], [_prefixed("cdr", content.around)], content.notes)
    free = set(range(1, len(content.rows) + 1)) - found.taken
    for numbers, doubt in ((free - found.doubtful, ()), (free & found.doubtful, ("ambiguous",))):
        ordered = sorted(numbers)
        for first in range(0, len(ordered), _ROWS):
            page = ordered[first : first + _ROWS]
            rows = [_prefixed("cdr", content.rows[number - 1]) for number in page]
            batch = _batch(key, [{"row": n} for n in page], rows, ("orphan:no_recording", *doubt, *content.notes))
            started = [found.clues[number - 1].started for number in page]
            batch.dates = {"started": [moment.day if moment else None for moment in started]}
            yield batch
    if found.failure:
        yield found.failure


def read_sidecar(found: Describing) -> Iterator[Batch | Unread]:
    """Read a sidecar that no recording took: `path`, `sidecar.…`; a table has its rows as `{"row": n}`."""
    key, content = found.entry.key, found.content
    if not found.taken:
        notes = ("orphan:no_recording", *(("ambiguous",) if found.doubtful else ()), *content.notes)
        rows = [_prefixed("sidecar", row) for row in content.rows]
        own = {"path": readable(key)} | (rows.pop() if len(rows) == 1 else {})
        batch = _batch(key, [None], [own], notes)
        if moment := next((clues.started for clues in found.clues), None):
            batch.dates = {"started": [moment.day]}
        yield batch
        if rows:
            yield _batch(key, [{"row": n} for n in range(1, len(rows) + 1)], rows, notes)
    if found.failure:
        yield found.failure


def call_version(survey: Survey, call: Call) -> str:
    """Digest what a call is read from: recording, sidecars, the content of its rows, and whether it was in doubt."""
    parts = [call.entry.key, call.entry.version, f"{call.doubtful} {call.described} {call.agent}"]
    parts += [f"{key} {survey.sidecars[key].entry.version}" for key in call.sidecars]
    parts += [repr((name, survey.lists[name].content.rows[number - 1])) for name, number in call.rows]
    return _digest(parts)


def describing_version(found: Describing) -> str:
    """Digest the file and which of its rows are taken or in doubt."""
    return _digest([found.entry.version, repr(sorted(found.taken)), repr(sorted(found.doubtful))])


def _digest(parts: Sequence[str]) -> str:
    return hashlib.blake2b(os.fsencode("\0".join(parts)), digest_size=16).hexdigest()


def _tags(call: Call, settings: Settings) -> tuple[Tags, Unread | None, str | None]:
    """Tags, why they could not be read (whole), and the day on which the recording was last written."""
    key = call.entry.key
    opened = open_recording(settings.where, call.entry)
    if isinstance(opened, Unread):
        return Tags(), opened, None
    with opened:
        found = parse_tags(settings.parser, key, seekable(opened))
        failure = Unread(key, State.PARTIAL, found.problem) if found.problem else None
        return found, failure, opened.modified.isoformat()


def _rows_of(survey: Survey, call: Call) -> list[tuple[str, Fields]]:
    return [("cdr", survey.lists[name].content.rows[number - 1]) for name, number in call.rows]


def _sidecars_of(survey: Survey, call: Call) -> Iterator[tuple[str, Fields]]:
    """Give each sidecar's rows; its path too where it is not just the recording's."""
    for key in call.sidecars:
        found = survey.sidecars[key]
        if found.entry.stem not in call.stems:
            yield "sidecar", {"path": readable(key)}
        yield from (("sidecar", row) for row in found.content.rows)


def _day(survey: Survey, call: Call, found: Tags, settings: Settings) -> str | None:
    """Give the day the call started: by call list, sidecar, tags or file name."""
    moments: list[Moment | None] = [survey.lists[name].clues[number - 1].started for name, number in call.rows]
    moments += [clues.started for key in call.sidecars for clues in survey.sidecars[key].clues]
    moments += [found.clues(settings.zone).started, names.clues(call.entry.key, settings.zone).started]
    return next((moment.day for moment in moments if moment), None)


def _encodings(survey: Survey, call: Call) -> list[str]:
    files = [*(survey.lists[name] for name, _ in call.rows), *(survey.sidecars[key] for key in call.sidecars)]
    return sorted({note for found in files for note in found.content.notes})


def _prefixed(prefix: str, fields: Fields) -> Fields:
    return {f"{prefix}.{name}" if name else prefix: value for name, value in fields.items()}


def _batch(key: str, records: Sequence[Record], rows: Sequence[Fields], notes: Sequence[str]) -> Batch:
    columns = {name: [row.get(name) for row in rows] for name in dict.fromkeys(name for row in rows for name in row)}
    return Batch(key, list(records), columns, notes=tuple(dict.fromkeys(notes)))
