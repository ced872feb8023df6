"""What is kept of fuzzing: inputs that reached new code (a zip a target), those that broke something, the record."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
KEPT = HERE / "kept"
CRASHED = HERE / "crashed"
"""A folder a target: each file broke something once, was mended, and stays to be tried."""
RECORD = HERE / "record.jsonl"
"""A line a target and run."""
_MOST, _LARGEST = 30, 6000
"""Files of a target, and bytes of each, that are kept."""
_DAY = (1980, 1, 1, 0, 0, 0)


def slug(target: str) -> str:
    """A target's name as a file's."""
    return target.replace(" ", "-")


def kept(target: str, folder: Path = KEPT) -> list[bytes]:
    """Inputs of a target that reached new code in earlier runs."""
    path = folder / f"{slug(target)}.zip"
    if not path.exists():
        return []
    with zipfile.ZipFile(path) as archive:
        return [archive.read(name) for name in archive.namelist()]


def crashed(target: str, folder: Path = CRASHED) -> list[bytes]:
    """Inputs of a target that broke something once."""
    return [path.read_bytes() for path in sorted((folder / slug(target)).glob("*"))]


def keep(target: str, found: Iterable[bytes], folder: Path = KEPT) -> None:
    """Keep the smallest of what reached new code, the same bytes for the same inputs."""
    chosen = sorted({data for data in found if len(data) <= _LARGEST}, key=lambda data: (len(data), data))[:_MOST]
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(folder / f"{slug(target)}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for data in chosen:
            archive.writestr(zipfile.ZipInfo(digest(data), _DAY), data, zipfile.ZIP_DEFLATED)


def keep_crash(target: str, data: bytes, folder: Path = CRASHED) -> None:
    """Keep an input that broke something, to be mended."""
    (folder / slug(target)).mkdir(parents=True, exist_ok=True)
    (folder / slug(target) / digest(data)).write_bytes(data)


def digest(data: bytes) -> str:
    """Name of an input."""
    return hashlib.sha256(data).hexdigest()[:16]


def record(path: Path = RECORD) -> Iterator[dict[str, Any]]:
    """All runs: `day`, `commit`, `target`, `seconds`, `executions`, `crashes`."""
    if path.exists():
        yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())


def note(run: dict[str, Any], path: Path = RECORD) -> None:
    """Add a run to the record."""
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(run, ensure_ascii=False) + "\n")
