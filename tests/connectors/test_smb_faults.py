"""Shares behind lines that are cut, servers that stay away or are silent, accounts that are not let in."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from smbprotocol.tree import TreeConnect

from connectors import Batch, ConnectorError, State, Unit, Unread
from connectors.files import FilesConnector
from connectors.smb import session, share
from connectors.smb.address import Address
from tests.connectors.shares import content, listing, put, source_of
from tests.servers.faulty_tcp import Proxy
from tests.servers.samba import PASSWORD, SmbServer, smb_server

pytestmark = pytest.mark.servers


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


def test_a_server_that_is_away_for_a_moment_is_asked_once_more(
    distant: FilesConnector, folder: Path, line: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """T53: also when nobody answers the first time that it is called again."""
    put(folder, {"a.txt": "Anna"})
    assert list(listing(distant)) == ["a.txt"]
    calls = []

    def away_once(*given: object) -> TreeConnect:
        calls.append(given)
        if len(calls) == 1:
            raise session.LostError
        return session.connect(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(share, "connect", away_once)
    line.cut()
    assert not any(isinstance(item, Unread) for item in content(distant, "a.txt"))
    assert len(calls) == 2


def test_sessions_are_encrypted_and_where_a_server_does_not_ask_for_it_signed(samba: SmbServer, folder: Path) -> None:
    """S23: asked for by us, so that nobody on the way can talk the server out of it."""
    address = Address("127.0.0.1", samba.port, "kunder", "")
    assert session._Connection(address, 10).require_signing, "before the server has said what it wants"
    tree = session.connect(address, samba.user, PASSWORD, 10)
    try:
        assert tree.session.encrypt_data
    finally:
        session.disconnect(tree.session.connection)


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
