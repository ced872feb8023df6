"""Folders of recordings, call lists and sidecars, and how tests read them."""

from __future__ import annotations

import json
import struct
import wave
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from connectors import Batch, Unit, Unread
from connectors.recordings import RecordingsConnector

OFFICE = "08-465 004 00"
HEAD = "caller;callee;start;agent\n"
NAMED = "20260312_101502_0701740605_agent12.wav"
Texts = Mapping[str, str]
CALLS = [{"caller": "0701740605", "start": "2026-03-12T10:15:02", "party": {"name": "Anna Ek"}}, {"caller": "x"}]
LISTS = {
    "cdr.json": json.dumps({"made_by": "Bo Ek", "calls": CALLS}),
    "cdr_lines.json": "\n".join(map(json.dumps, CALLS)),
    "CDR.xml": "<calls made_by='Bo Ek'><call><caller>0701740605</caller><start>2026-03-12T10:15:02</start>"
    "<party><name>Anna Ek</name></party></call><call><caller>x</caller></call></calls>",
}


def write(root: Path, files: Texts) -> Path:
    """Write text files; a name of audio gets a real WAV file, its text as `bext` description."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".wav":
            wav(path, text)
        else:
            path.write_text(text, encoding="utf-8")
    return root


def wav(path: Path, description: str) -> None:
    with wave.open(str(path), "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(8000)
        writer.writeframes(bytes(200))
    if description:
        chunk = b"bext" + struct.pack("<I256s346x", 602, description.encode())
        data = path.read_bytes() + chunk
        path.write_bytes(data[:4] + struct.pack("<I", len(data) - 8) + data[8:])


def open_(root: Path, sandbox: bool = False, **options: object) -> RecordingsConnector:
    """The connector, parsing here: a child costs half a second. Confined: `test_contract`, `test_recordings_places`."""
    return RecordingsConnector(path=str(root), company_numbers=[OFFICE], sandbox=sandbox, **options)  # type: ignore[arg-type]


def read(connector: RecordingsConnector, key: str) -> list[Batch | Unread]:
    [unit] = [unit for unit in connector.units() if isinstance(unit, Unit) and unit.key == key]
    return [_read_here(item) for item in connector.read(unit)]


def _read_here(item: Batch | Unread) -> Batch | Unread:
    """The same without the note that this process parsed it."""
    if isinstance(item, Unread):
        return item
    return replace(item, notes=tuple(note for note in item.notes if note != "sandbox:off"))


def call(connector: RecordingsConnector, key: str) -> dict[str, str | None]:
    """The fields of a call that is read whole."""
    [batch] = read(connector, key)
    assert isinstance(batch, Batch) and list(batch.records) == [None]
    return {name: values[0] for name, values in batch.fields.items()}


def notes(connector: RecordingsConnector, key: str) -> list[tuple[str, ...]]:
    return [tuple(batch.notes) for batch in read(connector, key) if isinstance(batch, Batch)]


def versions(connector: RecordingsConnector) -> dict[str, str]:
    return {unit.key: unit.version for unit in connector.units() if isinstance(unit, Unit)}
