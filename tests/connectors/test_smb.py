"""Shares as a source of files, against a real SMB server (Samba)."""

from __future__ import annotations

import logging
import os
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors import Batch, ConnectorError, State, Unit, Unread
from connectors.files import FilesConnector
from connectors.smb import reading, share
from tests.servers.faulty_tcp import Proxy, proxy
from tests.servers.samba import PASSWORD, SmbServer, smb_server

pytestmark = pytest.mark.servers


@pytest.fixture
def folder(samba: SmbServer) -> Iterator[Path]:
    """The folder that the server shares, empty whatever another test left there."""
    empty(samba.folder)
    yield samba.folder
    samba.folder.chmod(0o755)
    empty(samba.folder)


def empty(folder: Path) -> None:
    for path in folder.iterdir():
        path.chmod(0o755) if path.is_dir() and not path.is_symlink() else None
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


def source_of(server: SmbServer, path: str = "", **options: object) -> FilesConnector:
    given = {"username": server.user, "password": PASSWORD, "sandbox": False, **options}
    return FilesConnector(path=path or server.url(), **given)  # type: ignore[arg-type]


@pytest.fixture
def source(samba: SmbServer, folder: Path) -> Iterator[FilesConnector]:
    with source_of(samba) as connector:
        yield connector


def put(folder: Path, files: dict[str, bytes | str]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def listing(source: FilesConnector) -> dict[str, str | tuple[State, str]]:
    """Give kind of each unit, or the state and reason it is not read with; a key met twice fails."""
    found: dict[str, str | tuple[State, str]] = {}
    for item in source.units():
        key = item.unit if isinstance(item, Unread) else item.key
        assert key not in found
        found[key] = (item.state, item.reason) if isinstance(item, Unread) else item.kind
    return found


def content(source: FilesConnector, key: str) -> list[object]:
    """All that is read of a file, as plain values."""
    return [
        item if isinstance(item, Unread) else
        (item.unit, list(item.records), {name: list(column) for name, column in item.fields.items()}, dict(item.dates))
        for item in source.read(Unit(key, "", "file"))
    ]  # fmt: skip


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


LOGINS = {
    "wrong password": ({"password": "fel-hemlighet-4711"}, "the login failed"),
    "unknown user": ({"username": "finns-inte-4711"}, "the login failed"),
    "no user": ({"username": None}, "set `username` and `password`"),
    "no password": ({"password": ""}, "set `username` and `password`"),
    "a share for others": ({"path": "stangd"}, "may not use the share"),
    "a share that points elsewhere": ({"path": "hanvisning"}, "DFS"),
    "no such share": ({"path": "finns-inte"}, "no such share"),
    "no such folder": ({"path": "kunder/finns-inte"}, "cannot be listed"),
    "no share": ({"path": ""}, "names no share"),
    "a way out": ({"path": "kunder/../x"}, "names no share"),
}


@pytest.mark.parametrize("case", LOGINS)
def test_who_is_not_let_in_is_told_in_one_line(samba: SmbServer, folder: Path, case: str) -> None:
    """S23."""
    options, told = LOGINS[case]
    path = f"smb://127.0.0.1:{samba.port}/{options.get('path', 'kunder')}"
    given = {"username": samba.user, "password": PASSWORD, **options, "path": path}
    with pytest.raises(ConnectorError, match=r"^files: [^\n]*$") as caught:
        list(FilesConnector(**given).units())  # type: ignore[arg-type]
    assert told in str(caught.value)
    assert not any(word in str(caught.value) for word in (PASSWORD, "fel-hemlighet-4711", "finns-inte-4711"))


@pytest.mark.parametrize("url", ["smb://anna:hemligt@host/share", "smb://", "smb:///share", "smb://host:x/share"])
def test_an_address_is_a_host_and_a_folder(url: str) -> None:
    with pytest.raises(ConnectorError, match=r"^files: `path` [^\n]*$") as caught:
        FilesConnector(path=url, username="anna", password="hemligt")
    assert "hemligt" not in str(caught.value)


@pytest.mark.parametrize("host", ["169.254.169.254", "[fe80::1]", "2852039166"])
def test_no_login_goes_to_where_clouds_keep_their_secrets(host: str) -> None:
    """S14."""
    with pytest.raises(ConnectorError, match="link-local or metadata address"):
        list(FilesConnector(path=f"smb://{host}/share", username="anna", password="hemligt").units())


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


@pytest.fixture
def line(samba: SmbServer) -> Iterator[Proxy]:
    """A line to the server that can be cut."""
    with proxy(samba.port) as between:
        yield between


@pytest.fixture
def distant(samba: SmbServer, folder: Path, line: Proxy, monkeypatch: pytest.MonkeyPatch) -> Iterator[FilesConnector]:
    """The share at the other end of the line."""
    monkeypatch.setattr(share, "PAUSE", 0.01)
    with source_of(samba, f"smb://127.0.0.1:{line.port}/kunder") as connector:
        yield connector


def test_a_line_that_is_cut_is_taken_up_again(distant: FilesConnector, folder: Path, line: Proxy) -> None:
    """T53: the server drops the line."""
    put(folder, {f"{number}/a.txt": "Anna" for number in range(20)})
    found = []
    for unit in distant.units():
        if len(found) % 5 == 2:
            line.cut()
        found.append(unit)
    assert [unit.key for unit in found if isinstance(unit, Unit)] == sorted(f"{number}/a.txt" for number in range(20))
    line.cut()
    assert len(content(distant, "7/a.txt")) == 2


def test_a_server_that_stays_away_ends_the_listing(distant: FilesConnector, folder: Path, line: Proxy) -> None:
    """T53."""
    put(folder, {f"{number}/a.txt": "Anna" for number in range(20)})
    units = distant.units()
    next(units)
    line.close()
    with pytest.raises(ConnectorError, match="does not answer"):
        list(units)


def test_a_server_that_stays_away_is_named_file_by_file_then_ends_the_scan(
    distant: FilesConnector, folder: Path, line: Proxy
) -> None:
    """T53."""
    put(folder, {"a.txt": "Anna"})
    assert list(listing(distant)) == ["a.txt"]
    line.close()
    found: list[object] = []
    with pytest.raises(ConnectorError, match="no longer answers"):
        for _ in range(20):
            found += content(distant, "a.txt")
    assert found == [Unread("a.txt", State.UNREADABLE, "connection")] * 9
    with pytest.raises(ConnectorError, match=r"does not answer|no longer answers"):
        list(distant.fetch("a.txt", [None]))


def test_a_silent_server_is_not_waited_for_long(samba: SmbServer, folder: Path, line: Proxy) -> None:
    """T53: it hangs."""
    put(folder, {"a.txt": "Anna"})
    store = share.Share(f"smb://127.0.0.1:{line.port}/kunder", samba.user, PASSWORD, seconds=1)
    assert [item.key for item in store.walk(lambda _key, _is_folder: None) if isinstance(item, Unit)] == ["a.txt"]
    line.hold()
    began = time.monotonic()
    assert store.open("a.txt", 100) == Unread("a.txt", State.UNREADABLE, "connection")
    assert time.monotonic() - began < 30
    store.close()


def test_a_server_that_is_stopped_while_it_is_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    """T53."""
    monkeypatch.setattr(share, "PAUSE", 0.01)
    with smb_server() as server:
        put(server.folder, {f"{number}/a.txt": "Anna" for number in range(50)})
        with source_of(server) as some:
            units = some.units()
            next(units)
            server.stop()
            with pytest.raises(ConnectorError, match="does not answer"):
                list(units)


def test_no_thread_stays_behind(samba: SmbServer, folder: Path) -> None:
    before = threading.active_count()
    with source_of(samba) as some:
        listing(some)
    assert threading.active_count() == before


def test_a_long_file_is_read_as_it_comes(source: FilesConnector, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """T42 on a share."""
    monkeypatch.setattr(share, "PIPED", 100_000)
    put(folder, {"a.log": b"2026-01-02 10:00:00 larm\n" * 100_000 + b"2026-01-02 10:00:00 Anna Ek\n"})
    found = list(source.read(Unit("a.log", "", "file")))
    batches = [batch for batch in found if isinstance(batch, Batch)]
    assert len(batches) == len(found)
    assert sum(len(batch.records) for batch in batches) == 100_002
    assert batches[-1].fields[""][-1] == "2026-01-02 10:00:00 Anna Ek"


def test_a_long_file_whose_line_is_cut_is_said_to_be_read_in_part(
    samba: SmbServer, folder: Path, line: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """T53."""
    monkeypatch.setattr(share, "PIPED", 100_000)
    put(folder, {"a.txt": b"larm\n" * 4_000_000})
    with source_of(samba, f"smb://127.0.0.1:{line.port}/kunder", limits={"held_bytes": 1000}) as distant:
        answers = distant.read(Unit("a.txt", "", "file"))
        next(answers)
        line.cut()
        assert list(answers)[-1] == Unread("a.txt", State.PARTIAL, "connection")


def test_a_name_that_comes_to_mean_a_forbidden_address_gets_no_login(
    samba: SmbServer, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S14: DNS rebinding."""
    meant = [False, True]
    monkeypatch.setattr(
        "connectors.addresses._is_forbidden", lambda _address: meant.pop(0) if len(meant) > 1 else meant[0]
    )
    with source_of(samba) as source, pytest.raises(ConnectorError, match="metadata address"):
        list(source.units())
