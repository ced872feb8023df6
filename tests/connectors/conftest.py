"""Fixtures of the connectors: real servers of files, private to the test run."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors.files import FilesConnector
from tests.connectors.shares import empty, source_of
from tests.servers.ceph import S3Server, s3_server
from tests.servers.faulty_tcp import Proxy, proxy
from tests.servers.samba import SmbServer, smb_server


@pytest.fixture(scope="session")
def ceph() -> Iterator[S3Server]:
    """A fresh S3 server."""
    with s3_server() as server:
        yield server


@pytest.fixture(scope="session")
def samba() -> Iterator[SmbServer]:
    """A fresh SMB server; its folder is for all tests together."""
    with smb_server() as server:
        yield server


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder that other users may enter."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        for path in folder.iterdir():
            path.chmod(0o755)


@pytest.fixture
def folder(samba: SmbServer) -> Iterator[Path]:
    """The folder that the server shares, empty whatever another test left there."""
    empty(samba.folder)
    yield samba.folder
    samba.folder.chmod(0o755)
    empty(samba.folder)


@pytest.fixture
def source(samba: SmbServer, folder: Path) -> Iterator[FilesConnector]:
    with source_of(samba) as connector:
        yield connector


@pytest.fixture
def line(samba: SmbServer) -> Iterator[Proxy]:
    """A line to the server that can be cut."""
    with proxy(samba.port) as between:
        yield between


@pytest.fixture
def distant(samba: SmbServer, folder: Path, line: Proxy, monkeypatch: pytest.MonkeyPatch) -> Iterator[FilesConnector]:
    """The share at the other end of the line."""
    monkeypatch.setattr("connectors.smb.share.PAUSE", 0.01)
    with source_of(samba, f"smb://127.0.0.1:{line.port}/kunder") as connector:
        yield connector
