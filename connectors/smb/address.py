"""`smb://HOST[:PORT]/SHARE[/DIR]`."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from connectors.base import ConnectorError


@dataclass(frozen=True, slots=True)
class Address:
    """A folder of a share."""

    host: str
    port: int
    share: str
    folder: str
    """Below the share, with `/`; "" = the share itself."""

    def __str__(self) -> str:
        """Name the share in a message."""
        return f"smb://{self.host}/{self.share}"


def parse(url: str) -> Address:
    """Read an address.

    Raises:
        ConnectorError: it is none, or has a user or password in it.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port or 445
    except ValueError:
        host, port = None, 445
    if not host or parts.scheme != "smb":
        raise ConnectorError("files: `path` is no address of a share; give smb://HOST/SHARE/DIR")
    if parts.username is not None:
        raise ConnectorError("files: `path` has a user in it; give `username` and `password` apart from it")
    share, *folders = [unquote(part) for part in (parts.path + _rest(url)).strip("/").split("/")]
    if not share or not all(map(is_name, (share, *folders))):
        raise ConnectorError("files: `path` names no share or has a wrong name in it; give smb://HOST/SHARE/DIR")
    return Address(host, port, share, "/".join(folders))


def is_name(name: str) -> bool:
    """Tell whether a server may call a file so: nothing that leads elsewhere, or to another stream of the file."""
    return name not in ("", ".", "..") and not any(sign in name for sign in '\\/:\0*?"<>|')


def _rest(url: str) -> str:
    """What a `#` or `?` in the name of a folder is taken for."""
    parts = urlsplit(url)
    return f"#{parts.fragment}" if parts.fragment else ""
