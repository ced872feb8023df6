"""Connections that look at whom they have reached before they say anything: names may change their addresses."""

from __future__ import annotations

from typing import Any

from botocore.awsrequest import (
    AWSHTTPConnection,
    AWSHTTPConnectionPool,
    AWSHTTPSConnection,
    AWSHTTPSConnectionPool,
)

from connectors.addresses import is_forbidden_peer


class ForbiddenPeerError(ConnectionError):
    """The server's name has come to mean an address that no scan may ask."""


class _Checked:
    """Checks the other end of a connection once it is made; nothing has been sent then but, perhaps, a TLS greeting."""

    sock: Any

    def connect(self) -> None:
        """Connect.

        Raises:
            ForbiddenPeerError: with an address that is forbidden.
        """
        super().connect()  # type: ignore[misc]
        if is_forbidden_peer(self.sock):
            self.sock.close()
            raise ForbiddenPeerError("forbidden address")


class _Plain(_Checked, AWSHTTPConnection):  # type: ignore[misc]
    pass


class _Secure(_Checked, AWSHTTPSConnection):  # type: ignore[misc]
    pass


class _PlainPool(AWSHTTPConnectionPool):  # type: ignore[misc]
    ConnectionCls = _Plain


class _SecurePool(AWSHTTPSConnectionPool):  # type: ignore[misc]
    ConnectionCls = _Secure


def watch(client: Any) -> None:
    """Let all connections of a client be checked. botocore has no public place for it; a change there fails a test."""
    client._endpoint.http_session._manager.pool_classes_by_scheme = {"http": _PlainPool, "https": _SecurePool}
