"""Shares for the tests: a source that reads one, files put into it, what is listed and read."""

from __future__ import annotations

import shutil
from pathlib import Path

from connectors import State, Unit, Unread
from connectors.files import FilesConnector
from tests.servers.samba import PASSWORD, SmbServer


def empty(folder: Path) -> None:
    for path in folder.iterdir():
        path.chmod(0o755) if path.is_dir() and not path.is_symlink() else None
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


def source_of(server: SmbServer, path: str = "", **options: object) -> FilesConnector:
    given = {"username": server.user, "password": PASSWORD, "sandbox": False, **options}
    return FilesConnector(path=path or server.url(), **given)  # type: ignore[arg-type]


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
