"""What is fuzzed: a name, what is done with the bytes and must hold of it, and what it begins with."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from bench.fuzz.seeds import formats, gallery, texts
from connectors.base import Batch, ConnectorError, Unread
from connectors.extract import Limits, answers, extract, readers
from connectors.extract.readers import Job, Readers
from connectors.extract.wire import WireError
from connectors.recordings import names, templates, times
from connectors.recordings import readers as recordings
from connectors.smb.address import parse as parse_share
from recognizers import Analyzer
from recognizers.base import Recognizer
from recognizers.installed import installed
from reports import policy
from scanner import config
from scanner.errors import ConfigError
from scanner.keys import Keys
from scanner.subject import question

UNIT = "fil"
SMALL = Limits(
    text_block=256, csv_field=64, json_depth=8, xml_depth=16, batch_records=3, batch_cells=40, tree_bytes=20_000,
    members=6, nesting=3, unpacked_bytes=1 << 20, ratio_from=1 << 18, sheet_cells=2000, pdf_pages=5, line_chars=2000,
)  # fmt: skip
"""So small that a distorted file meets them all."""
_ENDINGS = {"table": "csv", "yaml": "yaml", "log": "log"}
"""Where the name decides between readers of text."""
_ZONE = ZoneInfo("Europe/Stockholm")


class Target(NamedTuple):
    """One door to the outside."""

    run: Callable[[bytes], None]
    """Raises if something does not hold."""
    seeds: Callable[[], list[bytes]]


def read(data: bytes, reader: str = "", unit: str = UNIT, known: Readers = readers.READERS) -> None:
    """A file is read, or said why not; its parent believes every answer, and nothing in it is unfit to be searched."""
    job = Job(unit, reader)
    found = known[reader](job, BytesIO(data), SMALL) if reader else extract(unit, data, SMALL)
    for answer in found:
        for piece in answers.pieces(answer) if isinstance(answer, Batch) else (answer,):
            sent = json.loads(json.dumps(answers.written(piece)))
            hold(answers.read(sent, unit))


def hold(answer: Batch | Unread) -> None:
    """An answer keeps the contract of batches."""
    if isinstance(answer, Unread):
        assert answer.reason.isprintable(), "a reason that steers"
        return
    assert answer.records, "a batch of nothing"
    for column in (*answer.fields.values(), *answer.dates.values()):
        assert len(column) == len(answer.records), "a column of another length"
        for value in filter(None, column):
            assert "\0" not in value, "NUL in a value"
            value.encode()


def believe(data: bytes) -> None:
    """A child that was taken over may answer anything: it is an answer, or refused."""
    try:
        hold_shape(answers.read(json.loads(data), UNIT))
    except (WireError, ValueError, RecursionError):
        return


def hold_shape(answer: Batch | Unread) -> None:
    """What a hostile child answered has the shape of an answer."""
    assert answer.unit == UNIT or answer.unit.startswith(f"{UNIT}!/"), "about something else"
    if isinstance(answer, Batch):
        assert all(len(column) == len(answer.records) for column in answer.fields.values())


def prove(data: bytes) -> None:
    """Every recognizer: a span is in its text, the canonical form is text, a mask does not show all."""
    text = data.decode("utf-8", "replace").replace("\0", " ")
    for recognizer in _recognizers():
        candidates = list(recognizer.candidates(text))
        for candidate, proof in zip(candidates, recognizer.prove_all(candidates), strict=True):
            assert text[candidate.start : candidate.end] == candidate.text, "a span beside its text"
            if proof is not None:
                _proven(recognizer, candidate.text, proof)


def _proven(recognizer: Recognizer, found: str, proof: Any) -> None:
    assert proof.value, "an empty canonical form"
    assert 0 <= proof.score <= 1, "a score beyond 1"
    for value in (proof.value, *proof.others):
        value.encode()
    left, right = proof.trim
    span = found[left : len(found) - right]
    assert span, "nothing is left of the span"
    assert recognizer.mask(span) != span or len(span) < 2, "a mask that shows all"


def find(data: bytes) -> None:
    """Columns of anything: spans lie in their values, in order."""
    rows = [line.split(";") for line in data.decode("utf-8", "replace").splitlines()][:20]
    width = max(map(len, rows), default=0)
    fields = {
        (rows[0][at] if at < len(rows[0]) else f"c{at}"): [row[at] if at < len(row) else None for row in rows[1:]]
        for at in range(min(width, 8))
    }
    for match in _analyzer().find(fields):
        value = fields[match.field][match.record]
        assert value is not None, "found in nothing"
        assert 0 <= match.start < match.end <= len(value), "a span beside its value"
        assert 0 <= match.score <= 1, "a score beyond 1"


def ask(data: bytes) -> None:
    """A question is read, or refused in a line that does not repeat it."""
    text = data.decode("utf-8", "replace")
    try:
        question.seeds(_analyzer(), Keys(bytes(32)), [text])
    except ConfigError as error:
        assert "\n" not in str(error), "an error of two lines"


def load(data: bytes, loader: Callable[[Path], object], refusal: type[Exception]) -> None:
    """A file of ours is loaded, or refused in one line."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.yaml"
        path.write_bytes(data)
        try:
            loader(path)
        except refusal as error:
            assert "\n" not in str(error), "an error of two lines"


def name_of_recording(data: bytes) -> None:
    """Names of recordings, times, templates and addresses are read or refused."""
    text = data.decode("utf-8", "replace")
    names.clues(f"mapp/{text}.wav", _ZONE)
    times.parse(text, _ZONE)
    for read_one in (templates.template, parse_share):
        try:
            read_one(text)
        except ConnectorError as error:
            assert "\n" not in str(error), "an error of two lines"


@cache
def _recognizers() -> tuple[Recognizer, ...]:
    return installed()


@cache
def _analyzer() -> Analyzer:
    return Analyzer(_recognizers())


def _recorded(reader: str, ending: str) -> Callable[[bytes], None]:
    return partial(read, reader=reader, unit=f"{UNIT}.{ending}", known=recordings.READERS)


TARGETS: dict[str, Target] = {
    **{
        f"read {kind}": Target(partial(read, unit=f"{UNIT}.{_ENDINGS.get(kind, 'dat')}"), partial(formats, kind))
        for kind in sorted(gallery())
    },
    "calls csv": Target(_recorded("calls", "csv"), partial(texts, "csv")),
    "calls json": Target(_recorded("calls", "json"), partial(texts, "json")),
    "calls xml": Target(_recorded("calls", "xml"), partial(texts, "xml")),
    "sidecar txt": Target(_recorded("sidecar", "txt"), partial(texts, "txt")),
    "tags of sound": Target(_recorded("tags", "wav"), partial(formats, "sound")),
    "names of recordings": Target(name_of_recording, partial(texts, "names")),
    "answers of the child": Target(believe, partial(texts, "answers")),
    "canonical forms": Target(prove, partial(texts, "values")),
    "columns": Target(find, partial(texts, "columns")),
    "questions": Target(ask, partial(texts, "values")),
    "configuration": Target(partial(load, loader=config.load, refusal=ConfigError), partial(texts, "configuration")),
    "policy": Target(
        partial(load, loader=lambda path: policy.load(str(path)), refusal=policy.PolicyError), partial(texts, "policy")
    ),
}
