"""T08: what is read anew is only what a change touches: a reader of a format, a connector, an option."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors import Connector
from connectors.database import DatabaseConnector
from connectors.extract import formats
from connectors.extract.dispatch import _BINARY, _DOCUMENTS, _LINES
from connectors.files import FilesConnector
from recognizers import Analyzer
from recognizers.ip import IpRecognizer
from scanner import config as configuration
from scanner.engine import Scanner
from scanner.engine.readings import read_by
from scanner.sources import reading_options
from scanner.store import Store
from tests.connectors.extract.made import page, zipped
from tests.scanner.dying import KEYS

pytestmark = pytest.mark.slow

TREE = {
    "avtal.pdf": page("Avtal från 192.0.2.1"),
    "brev.txt": b"Hej 192.0.2.2",
    "lista.csv": b"namn;ip\nA;192.0.2.3\nB;192.0.2.4\n",
    "arkiv.zip": zipped({"inre/avtal.txt": b"Hej", "inre/avtal.pdf": page("192.0.2.5")}),
    "okand.bin": b"\x00\x01\x02\x03" * 40,
    "tom.txt": b"",
}
UNTOLD = {"okand.bin", "tom.txt"}
"""What any reader may read otherwise: nobody has told its format."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(f"sqlite:///{tmp_path}/insyn.db", KEYS)
    yield store
    store.close()


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name, data in TREE.items():
        (tmp_path / "tree").mkdir(exist_ok=True)
        (tmp_path / "tree" / name).write_bytes(data)
    return tmp_path / "tree"


def read(store: Store, connector: Connector, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """What a scan reads."""
    units: list[str] = []
    whole = connector.read_chunk
    monkeypatch.setattr(connector, "read_chunk", lambda unit, chunk: (units.append(unit.key), whole(unit, chunk))[1])
    alone = connector.read
    if not isinstance(connector, DatabaseConnector):
        monkeypatch.setattr(connector, "read", lambda unit: (units.append(unit.key), alone(unit))[1])
    Scanner(store, Analyzer([IpRecognizer()])).scan({"share": connector})
    return set(units)


def test_a_changed_reader_makes_stale_what_it_has_read(
    store: Store, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def scan(**limits: int) -> set[str]:
        return read(store, FilesConnector(path=str(tree), limits=limits, sandbox=False), monkeypatch)

    assert scan() == set(TREE)
    assert scan() == set()
    monkeypatch.setitem(formats.VERSIONS, "pdf", ("2", "pypdf"))
    assert scan() == {"avtal.pdf", "arkiv.zip"} | UNTOLD
    assert scan() == set()
    monkeypatch.setitem(formats.VERSIONS, "brand new", ("1",))
    assert scan() == UNTOLD
    assert scan(ocr_pages=10) == {"avtal.pdf", "arkiv.zip"} | UNTOLD
    assert scan(ocr_pages=20) == set()
    monkeypatch.setattr(FilesConnector, "version", "2")
    assert scan(ocr_pages=20) == set(TREE)


def test_through_the_confined_child_the_same_is_known(
    store: Store, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for confined, expected in ((False, set(TREE)), (True, set())):
        connector = FilesConnector(path=str(tree), sandbox=confined)
        assert read(store, connector, monkeypatch) == expected
        connector.close()
    monkeypatch.setitem(formats.VERSIONS, "table", ("9",))
    assert read(store, FilesConnector(path=str(tree)), monkeypatch) == {"lista.csv"} | UNTOLD


@pytest.mark.parametrize("rows", [1, 300], ids=["a table", "chunks of one"])
def test_documents_in_cells(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int) -> None:
    monkeypatch.setattr("connectors.database.chunks.CHUNK_ROWS", 64)
    with sqlite3.connect(tmp_path / "crm.db") as database:
        for name, cell in (("avtal", TREE["avtal.pdf"]), ("brev", "192.0.2.2")):
            database.execute(f"CREATE TABLE {name} (id INTEGER PRIMARY KEY, v)")
            database.executemany(f"INSERT INTO {name} VALUES (?, ?)", [(n, cell) for n in range(rows)])
    database.close()

    def scan() -> set[str]:
        return read(store, DatabaseConnector(url=f"sqlite:///{tmp_path}/crm.db", sandbox=False), monkeypatch)

    assert scan() == {"avtal", "brev"}
    assert scan() == set()
    monkeypatch.setitem(formats.VERSIONS, "pdf", ("2", "pypdf"))
    assert scan() == {"avtal"}
    assert scan() == set()


def test_every_reader_has_a_version() -> None:
    assert formats.VERSIONS.keys() == _BINARY.keys() | _LINES.keys() | _DOCUMENTS.keys()


def test_of_very_many_formats_all_are_kept(store: Store) -> None:
    every = {f"{name}=1a2b3c4d" for name in formats.VERSIONS}
    with store.transaction() as connection:
        assert len(read_by(store, connection, "0" * 40, every)) <= 64


@pytest.mark.parametrize(
    ("option", "stale"),
    [
        ("username: scan", False),
        ("sandbox: false", False),
        ("limits: {members: 9}", False),
        ("limits: {csv_field: 9}", True),
    ],
)
def test_options_that_say_how_a_unit_is_read(tmp_path: Path, option: str, stale: int) -> None:
    digests = []
    for options in ("", f", {option}"):
        (tmp_path / "insyn.yaml").write_text(f"sources: {{share: {{type: files, path: .{options}}}}}\n")
        digests.append(reading_options(configuration.load(tmp_path / "insyn.yaml"), "share"))
    assert (digests[0] != digests[1]) == stale
