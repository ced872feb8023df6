"""The gallery: every format, encoding and place where text hides, and what is planted in each found where it lies."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors import Batch, Unit, Unread
from connectors.extract import extract
from connectors.files import FilesConnector
from tests.connectors.extract.made import shown
from tests.connectors.gallery.company import COMPANY
from tests.connectors.gallery.documents import DOCUMENTS
from tests.connectors.gallery.piece import Piece
from tests.connectors.gallery.texts import TEXTS

pytestmark = pytest.mark.slow

GALLERY: dict[str, Piece] = {f"{n:03}": piece for n, piece in enumerate((*TEXTS, *DOCUMENTS, *COMPANY))}
"""Folder -> the one file in it: names may clash where letters are composed."""


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FilesConnector]:
    """All of them as one tree, read as a scan reads it."""
    root = tmp_path_factory.mktemp("gallery")
    for folder, piece in GALLERY.items():
        (root / folder).mkdir()
        (root / folder / piece.name).write_bytes(piece.data)
    with FilesConnector(path=str(root)) as connector:
        yield connector


def test_the_gallery_is_large_and_each_file_is_listed_once(source: FilesConnector) -> None:
    keys = [item.key for item in source.units() if isinstance(item, Unit)]
    assert sorted(keys) == sorted(f"{folder}/{piece.name}" for folder, piece in GALLERY.items())
    assert len(keys) >= 150
    assert set(Counter(piece.id for piece in GALLERY.values())) >= {"T43", "T44", "T45", "T48", "T49", "T51", "T52"}


@pytest.mark.parametrize("folder", GALLERY, ids=lambda folder: f"{folder}-{GALLERY[folder].id}")
def test_what_is_planted_is_found_where_it_lies(source: FilesConnector, folder: str) -> None:
    """T43, T44, T45, T48, T49, T51, T52: each datum with its locator, which leads back to it; else the right state."""
    piece = GALLERY[folder]
    key = f"{folder}/{piece.name}"
    answers = list(source.read(Unit(key, "", "file")))
    states = [(one.unit, one.state, one.reason) for one in answers if isinstance(one, Unread)]
    assert states == ([] if piece.state is None else [(key + piece.about, piece.state, piece.reason)])
    places = {
        (batch.unit, shown(record), name): batch.fields[name][index]
        for batch in answers
        if isinstance(batch, Batch)
        for index, record in enumerate(batch.records)
        for name in batch.fields
    }
    for text, record, field in piece.planted:
        assert text in (places.get((key + piece.member, record, field)) or ""), sorted(places)
        locator = next(
            one for batch in answers if isinstance(batch, Batch) for one in batch.records if shown(one) == record
        )
        [(_, fetched)] = source.fetch(key + piece.member, [locator])
        assert text in (fetched[field] or "")


FORMATS = {piece.name: piece for piece in DOCUMENTS if piece.id in ("T51", "T52") and piece.state is None}
BROKEN = [name for n, name in enumerate(FORMATS) if n % 7 == 0]


@pytest.mark.parametrize("name", BROKEN)
def test_damage_at_twenty_places_is_read_or_named(name: str) -> None:
    """T47: cut and flipped, no file crashes its reader, and one that is cut is not taken for whole in silence."""
    data = FORMATS[name].data
    for offset in range(1, len(data), max(1, len(data) // 20)):
        assert list(extract("a", data[:offset])), offset
        list(extract("a", data[:offset] + bytes([data[offset] ^ 0xFF]) + data[offset + 1 :]))


def test_what_is_read_is_not_touched(tmp_path: Path) -> None:
    """Sources are as they were after a scan: bytes, times and rights, that of the last access too."""
    pieces = list(GALLERY.items())[::9]
    for folder, piece in pieces:
        (tmp_path / folder).mkdir()
        (tmp_path / folder / piece.name).write_bytes(piece.data)
        os.utime(tmp_path / folder / piece.name, (1_000_000_000, 1_600_000_000))
    before = {path: _state(path) for path in sorted(tmp_path.rglob("*"))}
    with FilesConnector(path=str(tmp_path)) as connector:
        for item in connector.units():
            assert isinstance(item, Unit)
            list(connector.read(item))
    assert {path: _state(path) for path in sorted(tmp_path.rglob("*"))} == before


def _state(path: Path) -> tuple[object, ...]:
    info = path.lstat()
    if path.is_dir():
        return info.st_mode, info.st_mtime_ns, info.st_ctime_ns
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOATIME", 0))
    with os.fdopen(descriptor, "rb") as file:
        return info.st_mode, info.st_mtime_ns, info.st_ctime_ns, info.st_atime_ns, file.read()
