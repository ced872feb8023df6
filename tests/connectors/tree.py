"""Trees of files for the tests: written, listed, read."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from connectors import Batch, State, Unit, Unread
from connectors.files import FilesConnector

Listing = dict[str, str | tuple[State, str]]


def listing(path: Path | str, **options: object) -> Listing:
    """Give kind of each unit, or the state and reason it is not read with; a key met twice fails."""
    found: Listing = {}
    for item in FilesConnector(path=str(path), **options).units():  # type: ignore[arg-type]
        key = item.unit if isinstance(item, Unread) else item.key
        assert key not in found
        found[key] = (item.state, item.reason) if isinstance(item, Unread) else item.kind
    return found


def read(path: Path, key: str) -> list[Batch | Unread]:
    return list(FilesConnector(path=str(path)).read(Unit(key, "", "file")))


def put(folder: Path, **files: str) -> Path:
    """Write files, a name's `__` standing for a `/` and `_` for the dot."""
    for name, text in files.items():
        target = folder / name.replace("__", "/").replace("_", ".")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
    return folder


@contextmanager
def as_nobody() -> Iterator[None]:
    """Give up root's rights, if we have them."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
