"""Trees of files as a source: units, versions, names, globs, what `check` tells."""

import os
import time
from pathlib import Path

import pytest

from connectors import Batch, ConnectorError, State, Unit, Unread
from connectors.files import FilesConnector, readable
from tests.connectors.tree import listing, put, read


def test_a_file_is_a_unit(tmp_path: Path) -> None:
    put(tmp_path, b_txt="Bo", a__x_txt="Anna", c_txt="")
    units = [unit for unit in FilesConnector(path=str(tmp_path)).units() if isinstance(unit, Unit)]
    assert [(unit.key, unit.kind, unit.size) for unit in units] == [
        ("a/x.txt", "file", 4),
        ("b.txt", "file", 2),
        ("c.txt", "file", 0),
    ]
    assert len({unit.version for unit in units}) == 3


def test_the_version_changes_with_the_content_only(tmp_path: Path) -> None:
    def version() -> str:
        return next(unit.version for unit in FilesConnector(path=str(tmp_path)).units() if isinstance(unit, Unit))

    target = put(tmp_path, a_txt="Anna") / "a.txt"
    before = version()
    target.read_text()
    assert version() == before
    info = target.stat()
    time.sleep(0.02)  # the clock of a file system ticks every few milliseconds
    target.write_text("Anne")
    os.utime(target, ns=(info.st_atime_ns, info.st_mtime_ns))
    assert version() != before, "same size and same time of change"


def test_a_file_begins_with_its_path_and_every_batch_has_its_date(tmp_path: Path) -> None:
    target = put(tmp_path, kund__lista_csv="namn;skapad\nAnna;2025-05-06\nBo;2025-05-07\n") / "kund/lista.csv"
    os.utime(target, (1_700_000_000, 1_700_000_000))
    first, content = read(tmp_path, "kund/lista.csv")
    assert isinstance(first, Batch)
    assert isinstance(content, Batch)
    assert (first.records, first.fields, first.dates) == (
        [None],
        {"path": ["kund/lista.csv"]},
        {"modified": ["2023-11-14"]},
    )
    assert content.records == [{"row": 1}, {"row": 2}]
    assert content.dates == {"skapad": ["2025-05-06", "2025-05-07"], "modified": ["2023-11-14"] * 2}


def test_an_empty_file_has_its_path_only(tmp_path: Path) -> None:
    put(tmp_path, a_txt="")
    assert [batch.fields for batch in read(tmp_path, "a.txt") if isinstance(batch, Batch)] == [{"path": ["a.txt"]}]


def test_a_single_file_is_a_source_of_one_unit(tmp_path: Path) -> None:
    put(tmp_path, a_txt="Anna", b_txt="Bo")
    assert listing(tmp_path / "a.txt") == {"a.txt": "file"}
    source = FilesConnector(path=str(tmp_path / "a.txt"))
    assert list(source.fetch("a.txt", [None])) == [(None, {"path": "a.txt", "": "Anna"})]
    assert list(source.fetch("b.txt", [None])) == []


@pytest.mark.parametrize(
    ("options", "read_keys"),
    [
        ({}, ["a.csv", "b.tmp", "d/c.csv", "d/e/f.txt"]),
        ({"include": ["*.csv"]}, ["a.csv", "d/c.csv"]),
        ({"include": "*.csv"}, ["a.csv", "d/c.csv"]),
        ({"include": ["d/*"]}, ["d/c.csv", "d/e/f.txt"]),
        ({"exclude": ["*.tmp", "f.*"]}, ["a.csv", "d/c.csv"]),
        ({"exclude": ["d"]}, ["a.csv", "b.tmp"]),
        ({"exclude": ["d/e"]}, ["a.csv", "b.tmp", "d/c.csv"]),
    ],
)
def test_what_the_globs_leave_out_is_listed_as_skipped(
    tmp_path: Path, options: dict[str, object], read_keys: list[str]
) -> None:
    put(tmp_path, a_csv="", b_tmp="", d__c_csv="", d__e__f_txt="")
    found = listing(tmp_path, **options)
    assert [key for key, kind in found.items() if kind == "file"] == read_keys
    assert {kind for kind in found.values() if kind != "file"} <= {
        (State.SKIPPED, "include"),
        (State.SKIPPED, "exclude"),
    }
    for key in ("a.csv", "b.tmp", "d/c.csv", "d/e/f.txt"):
        assert any(key == unit or (unit.endswith("/") and key.startswith(unit)) for unit in found), (
            f"{key} is not accounted for"
        )


def test_the_own_store_is_skipped(tmp_path: Path) -> None:
    put(tmp_path, insyn_db="", x_db="")
    (tmp_path / "insyn.db-wal").touch()
    skipped = (State.SKIPPED, "own store")
    found = listing(tmp_path, skip=[str(tmp_path / "insyn.db")])
    assert found == {"insyn.db": skipped, "insyn.db-wal": skipped, "x.db": "file"}


NAMES = [
    b"\xc5sa.txt",
    "Åsa.txt".encode(),
    "A\u030asa.txt".encode(),
    b"a\nb",
    b"\x1b[31m",
    b"x" * 255,
    b"slut. ",
    b"CON",
    b" ",
    b"a!",
]


@pytest.mark.parametrize("name", NAMES)
def test_every_name_round_trips(tmp_path: Path, name: bytes) -> None:
    """T45."""
    (tmp_path / os.fsdecode(name)).write_text("Anna")
    source = FilesConnector(path=str(tmp_path))
    (unit,) = source.units()
    assert isinstance(unit, Unit)
    assert os.fsencode(unit.key) == name
    ((record, fields),) = source.fetch(unit.key, [None])
    assert (record, fields[""]) == (None, "Anna")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (b"kund/\xc5sa \xd6berg.txt", "kund/Åsa Öberg.txt"),
        ("kund/Åsa.txt".encode(), "kund/Åsa.txt"),
        ("kund/A\u030asa.txt".encode(), "kund/Åsa.txt"),
        (b"kund/\x8fsa \x99berg i Malm\x94.txt", "kund/Åsa Öberg i Malmö.txt"),
    ],
)
def test_a_path_is_searched_as_text(name: bytes, text: str) -> None:
    assert readable(os.fsdecode(name)) == text


def test_check_counts_and_opens_nothing(tmp_path: Path) -> None:
    put(tmp_path, a_csv="Anna", b_CSV="Bo", c_txt="", annaek_annaek="x")
    os.mkfifo(tmp_path / "fifo")
    check = FilesConnector(path=str(tmp_path)).check()
    assert (check.units, check.size) == (4, 7)
    assert check.notes[:3] == (".csv: 2 files", ".txt: 1 file", "other: 1 file")
    assert check.notes[3].startswith("sandbox: rlimits")
    assert check.warnings == ("fifo: irregular",)


def test_check_says_that_a_scan_counts_what_lies_in_files_too(tmp_path: Path) -> None:
    put(tmp_path, a_zip="Anna", b_PST="Bo", c_txt="")
    check = FilesConnector(path=str(tmp_path)).check()
    assert "in 2 of them lie more files, mails or tables: a scan counts each as a unit of its own" in check.notes


@pytest.mark.parametrize("path", ["", "/nowhere/at/all", "ftp://HOST/SHARE", "/dev/null", "a\0b"])
def test_a_source_that_is_not_there_is_one_line(path: str) -> None:
    with pytest.raises(ConnectorError, match=r"^files: [^\n]*`path`[^\n]*$"):
        FilesConnector(path=path).check()


def test_limits_are_options() -> None:
    with pytest.raises(ConnectorError, match=r"`limits` has no bytes; it has .*file_bytes"):
        FilesConnector(path="/tmp", limits={"bytes": 1})


def test_limits_are_kept(tmp_path: Path) -> None:
    put(tmp_path, a_txt="Anna")
    source = FilesConnector(path=str(tmp_path), limits={"file_bytes": 3})
    assert list(source.read(Unit("a.txt", "", "file"))) == [Unread("a.txt", State.REFUSED, "limit:file_bytes")]


def test_the_depth_is_an_option(tmp_path: Path) -> None:
    """T46."""
    put(tmp_path, a__b__c_txt="Anna", a__d_txt="Bo")
    found = listing(tmp_path, limits={"folder_depth": 1})
    assert found == {"a/b/": (State.REFUSED, "limit:folder_depth"), "a/d.txt": "file"}
