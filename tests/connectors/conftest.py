"""Fixtures of the connectors: real servers of files, private to the test run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.servers.ceph import S3Server, s3_server
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
