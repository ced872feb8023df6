"""A session with a server: signed, as a named user, with one share, and with no other server on the way."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import Any
from uuid import uuid4

from smbprotocol.connection import Capabilities, Connection
from smbprotocol.exceptions import BadNetworkName, SMBAuthenticationError, SMBException, SMBResponseException
from smbprotocol.session import Session
from smbprotocol.tree import TreeConnect

from connectors.addresses import is_forbidden, is_forbidden_peer
from connectors.base import ConnectorError
from connectors.smb.address import Address

CONNECT_SECONDS = 10
_ACCESS_DENIED = 0xC0000022

for _name in ("smbprotocol", "spnego"):  # at lower levels they log names and contents of files
    logging.getLogger(_name).setLevel(logging.CRITICAL)


class LostError(Exception):
    """The server does not answer; it may another time."""


class _Connection(Connection):  # type: ignore[misc]  # the library has no types
    """Waits so long and no longer, and goes nowhere that a link or a referral (DFS) points."""

    def __init__(self, address: Address, seconds: float) -> None:
        super().__init__(uuid4(), address.host, address.port, require_signing=True)
        self.client_capabilities = Capabilities.SMB2_GLOBAL_CAP_LARGE_MTU | Capabilities.SMB2_GLOBAL_CAP_ENCRYPTION
        self._seconds = seconds

    def receive(
        self, request: Any, wait: bool = True, timeout: float | None = None, resolve_symlinks: bool = True
    ) -> Any:
        """Wait for an answer; a link that the server will not follow itself is an error."""
        del resolve_symlinks
        return super().receive(request, wait, timeout or self._seconds, resolve_symlinks=False)


def connect(address: Address, username: str, password: str, seconds: float) -> TreeConnect:
    """Log in and connect to the share.

    Args:
        address: Of the share.
        username: `USER`, `DOMAIN\\USER` or `USER@DOMAIN`.
        password: Of the user.
        seconds: How long to wait for an answer.

    Raises:
        LostError: the server does not answer.
        ConnectorError: it does not let us in, or the share is none that can be read.
    """
    _refuse(address, is_forbidden(address.host, address.port))
    connection = _Connection(address, seconds)
    try:
        connection.connect(timeout=min(CONNECT_SECONDS, seconds))
        _refuse(address, is_forbidden_peer(connection.transport._sock))  # the name may mean another by now
        session = Session(connection, username, password)
        session.connect()
        tree = TreeConnect(session, rf"\\{address.host}\{address.share}")
        tree.connect()
    except ConnectorError:
        disconnect(connection)
        raise
    except (SMBException, ValueError, OSError) as error:
        disconnect(connection)
        raise _refused(address, error) from None
    if tree.is_dfs_share:
        disconnect(connection)
        raise ConnectorError(f"files: {address}: the share only points to others (DFS); give the server they are on")
    return tree


def _refuse(address: Address, forbidden: bool) -> None:
    """Let nobody log in where no share can be.

    Raises:
        ConnectorError: it is such an address.
    """
    if forbidden:
        raise ConnectorError(f"files: {address}: the host is a link-local or metadata address; give the server's")


def disconnect(connection: Connection) -> None:
    """Drop a connection, whatever state it is in."""
    with suppress(SMBException, ValueError, OSError, AttributeError):  # AttributeError: it never had a transport
        connection.disconnect(close=False)


def _refused(address: Address, error: Exception) -> Exception:
    """Say why nobody lets us in; without what the server said."""
    if isinstance(error, BadNetworkName):
        return ConnectorError(f"files: {address}: there is no such share; set `path` right")
    if isinstance(error, SMBResponseException) and error.status == _ACCESS_DENIED:
        return ConnectorError(f"files: {address}: the user may not use the share; let `username` read it")
    if isinstance(error, SMBResponseException | SMBAuthenticationError):
        kind = type(error).__name__
        return ConnectorError(f"files: {address}: the login failed ({kind}); set `username` and `password` right")
    if "guest" in str(error):
        return ConnectorError(f"files: {address}: the server takes the user for a guest; set `username` right")
    return LostError()
