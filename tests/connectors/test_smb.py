"""Shares as a source of files, against a real SMB server (Samba)."""

from __future__ import annotations

import logging
import os
import time
from pathlib import Path

import pytest

from connectors import Batch, State, Unit, Unread
from connectors.files import FilesConnector
from connectors.smb import reading
from tests.connectors.shares import content, listing, put, source_of
from tests.servers.samba import SmbServer

pytestmark = pytest.mark.servers


FILES: dict[str, bytes | str] = {
    "kund/Åsa Öberg.csv": "namn;skapad\nAnna;2025-05-06\n",
    "kund/avtal (1) + bilagor & mer.txt": "Anna",
    "räkningar 2025/maj/e\u0301.txt": "latin".encode("latin-1"),
    "tom.txt": "",
    "gammal.txt": "Åsa Öberg".encode("cp1252"),
    "stor.txt": "rad\n" * 600_000 + "Bo",
    ".dold": "x",
}


def test_a_share_is_read_as_its_folder_is(source: FilesConnector, folder: Path) -> None:
    put(folder, FILES)
    os.utime(folder / "gammal.txt", (1_700_000_000, 1_700_000_000))
    local = FilesConnector(path=str(folder), sandbox=False)
    keys = [unit.key for unit in local.units() if isinstance(unit, Unit)]
    assert sorted(keys) == sorted(FILES)
    assert listing(source) == listing(local)
    for key in keys:
        assert content(source, key) == content(local, key), key
    assert ("kund/Åsa Öberg.csv", "file", 28) in [
        (unit.key, unit.kind, unit.size) for unit in source.units() if isinstance(unit, Unit)
    ]
    assert list(source.fetch("kund/Åsa Öberg.csv", [{"row": 1}])) == list(
        local.fetch("kund/Åsa Öberg.csv", [{"row": 1}])
    )


def test_files_of_a_share_are_parsed_in_the_confined_child(samba: SmbServer, folder: Path) -> None:
    put(folder, FILES)
    with source_of(samba, sandbox=True) as confined, source_of(samba) as plain:
        for key in ("kund/Åsa Öberg.csv", "stor.txt"):
            assert [batch.unit for batch in confined.read(Unit(key, "", "file")) if isinstance(batch, Batch)] == [
                batch.unit for batch in plain.read(Unit(key, "", "file")) if isinstance(batch, Batch)
            ]
        assert any(note.startswith("sandbox: rlimits") for note in confined.check().notes)


def test_a_folder_of_a_share_is_a_source(samba: SmbServer, folder: Path) -> None:
    put(folder, FILES)
    for path in ("kund", "kund/", "räkningar 2025", "r%C3%A4kningar%202025"):
        with source_of(samba, samba.url() + "/" + path) as some:
            expected = {key.partition("/")[2] for key in FILES if key.startswith("kund" if "kund" in path else "rä")}
            assert set(listing(some)) == expected


def test_a_thousand_files_are_listed_each_once_in_order(source: FilesConnector, folder: Path) -> None:
    names = [f"{number % 7}/{number:04}.txt" for number in range(1000)]
    put(folder, dict.fromkeys(names, "x"))
    put(folder, dict.fromkeys((f"alla/{number:04} {'lång' * 20}.txt" for number in range(1000)), "x"))
    found = list(listing(source))
    assert len(found) == 2000
    assert found == sorted(found)


def test_the_version_changes_with_the_content_only(source: FilesConnector, folder: Path) -> None:
    def version() -> str:
        return next(unit.version for unit in source.units() if isinstance(unit, Unit))

    put(folder, {"a.txt": "Anna"})
    before = version()
    content(source, "a.txt")
    assert version() == before
    time.sleep(0.02)  # the clock of a file system ticks every few milliseconds
    put(folder, {"a.txt": "Anne"})
    assert version() != before, "same size"


def test_what_the_user_may_not_read_is_named_and_the_rest_read(source: FilesConnector, folder: Path) -> None:
    """T35, T53."""
    put(folder, {"a.txt": "Anna", "privat/b.txt": "Bo", "c.txt": "Cia", "d/e.txt": "Eva"})
    (folder / "privat").chmod(0)
    (folder / "c.txt").chmod(0)
    denied = (State.UNREADABLE, "permission")
    assert listing(source) == {"a.txt": "file", "c.txt": "file", "d/e.txt": "file", "privat/": denied}
    assert content(source, "c.txt") == [Unread("c.txt", *denied)]
    assert source.check().warnings[0] == "privat/: permission"
    assert len(content(source, "d/e.txt")) == 2


def test_loops_and_what_is_no_file_are_left_out(source: FilesConnector, folder: Path) -> None:
    """T38, T39."""
    put(folder, {"d/a.txt": "Anna"})
    (folder / "d/loop").symlink_to("..")
    (folder / "d/ut").symlink_to("/etc")
    (folder / "dangling").symlink_to("nowhere")
    os.mkfifo(folder / "fifo")
    found = listing(source)
    assert found.pop("d/a.txt") == "file"
    assert found["d/loop/"] == (State.SKIPPED, "visited")
    assert not any("passwd" in key or "hostname" in key for key in found), "outside the share"
    assert set(found) <= {"d/loop/", "d/ut", "d/ut/", "dangling", "fifo"}
    assert [item[2] for item in content(source, "fifo")] == [{"path": ["fifo"]}], "Samba calls it an empty file"  # type: ignore[index]


@pytest.mark.parametrize(
    "key", ["../a.txt", "a.txt:ström", "d/../a.txt", "", ".", "d//a.txt", "d\\a.txt", "a\0.txt", "*", "finns inte.txt"]
)
def test_no_key_leads_out_of_the_share(samba: SmbServer, source: FilesConnector, folder: Path, key: str) -> None:
    """S08."""
    put(folder, {"a.txt": "Anna", "d/a.txt": "Anna"})
    assert content(source, key) == [Unread(key, State.VANISHED, "vanished")]
    assert list(source.fetch(key, [None])) == []


def test_globs_and_limits(samba: SmbServer, folder: Path) -> None:
    put(folder, {"a.csv": "x", "b.tmp": "x", "d/c.csv": "x" * 5})
    with source_of(samba, include=["*.csv"], exclude=["d"], limits={"file_bytes": 4}) as some:
        assert listing(some) == {"a.csv": "file", "b.tmp": (State.SKIPPED, "include"), "d/": (State.SKIPPED, "exclude")}
        assert content(some, "d/c.csv") == [Unread("d/c.csv", State.REFUSED, "limit:file_bytes")]


def test_a_file_that_changes_while_it_is_read_is_read_again(
    source: FilesConnector, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """T36."""
    copy, calls, until = reading._copy, 0, 3

    def writing(file: object, size: int, held: object) -> None:
        nonlocal calls
        copy(file, size, held)  # type: ignore[arg-type]
        calls += 1
        if calls < until:
            put(folder, {"a.txt": "A" * (size + 1)})

    monkeypatch.setattr(reading, "_copy", writing)
    put(folder, {"a.txt": "A" * 100_000})
    assert content(source, "a.txt")[-1][2] == {"": ["A" * 100_002]}  # type: ignore[index]
    calls, until = 0, 99
    assert content(source, "a.txt") == [Unread("a.txt", State.CHANGED, "changed while read")]
    assert calls == 3


def test_a_user_that_may_write_is_warned_of(samba: SmbServer, folder: Path) -> None:
    warning = "the user may write to the share; use one that may only read"
    with source_of(samba) as writable, source_of(samba, samba.url("lasbar")) as readable:
        folder.chmod(0o555)
        assert writable.check().warnings == ()
        folder.chmod(0o777)
        assert writable.check().warnings == (warning,)
        assert readable.check().warnings == ()


def test_nothing_of_a_file_is_logged(source: FilesConnector, folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    put(folder, {"Anna Ek.txt": "hemligheten"})
    with caplog.at_level(logging.DEBUG):
        assert len(content(source, "Anna Ek.txt")) == 2
    assert caplog.text == ""


def test_a_source_is_left_as_it_was(source: FilesConnector, folder: Path) -> None:
    put(folder, FILES)
    before = {key: ((folder / key).read_bytes(), (folder / key).stat()) for key in FILES}
    for key in listing(source):
        content(source, key)
    for key, (data, info) in before.items():
        now = (folder / key).stat()
        assert (folder / key).read_bytes() == data
        assert (now.st_mtime_ns, now.st_ctime_ns, now.st_mode) == (info.st_mtime_ns, info.st_ctime_ns, info.st_mode)
