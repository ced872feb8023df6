"""Directory trees and Windows shares: a file is a unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from connectors.base import ConnectorError
from connectors.content import ContentConnector, Globs, Store, costs, readable
from connectors.localtree import LocalTree

__all__ = ["FilesConnector", "readable"]


class FilesConnector(ContentConnector):
    """Reads every file of a tree. Each begins with one record None that has its `path`; its content follows."""

    def __init__(
        self,
        *,
        path: str,
        include: Sequence[str] = ("*",),
        exclude: Sequence[str] = (),
        skip: Sequence[str] = (),
        username: str | None = None,
        password: str | None = None,
        limits: Mapping[str, int] | None = None,
        sandbox: bool = True,
    ) -> None:
        """Keep the options; nothing is opened.

        Args:
            path: A directory, a single file, or a share `smb://HOST[:PORT]/SHARE[/DIR]`.
            include: Globs on the relative path or the name of files.
            exclude: Globs on the relative path or the name of files and folders.
            skip: Absolute paths that are our own: the store (what SQLite lays beside it goes along).
            username: Of a share: `USER`, `DOMAIN\\USER` or `USER@DOMAIN`.
            password: Of that user.
            limits: Other numbers for `Limits` and `Bounds`.
            sandbox: Parse files in a confined child process; False: in this one, unprotected.

        Raises:
            ConnectorError: a limit that does not exist, or an address that cannot be.
        """
        allowed = costs("files", limits)
        deepest = allowed.limits.folder_depth
        store = _share(path, (username, password), deepest) if "://" in path else LocalTree(path, skip, deepest)
        super().__init__(store, Globs(include, exclude), allowed, sandbox=sandbox)


def _share(path: str, login: tuple[str | None, str | None], deepest: int) -> Store:
    scheme = path.partition("://")[0]
    if scheme != "smb":
        raise ConnectorError(f"files: {scheme}:// is not read; `path` is a directory or smb://HOST/SHARE/DIR")
    try:
        from connectors.smb import Share
    except ImportError:
        raise ConnectorError("files: `path` is a share; install insyn[smb] to read it") from None
    share = Share(path, *login)
    share.deepest = deepest
    return share
