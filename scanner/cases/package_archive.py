"""The archive that a package is handed out in: zip with AES-256, which any unpacking program of today opens."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from scanner.errors import ConfigError, InsynError
from scanner.store import now

_BLOCK = 1 << 18


def write(path: Path, password: str, files: Iterable[tuple[str, Iterable[bytes]]]) -> str:
    """Write an archive and its manifest; a half-written one is removed.

    Args:
        path: Of a file that is not there yet.
        password: Of every file in it.
        files: Name and pieces of each.

    Returns:
        The archive's SHA-256.

    Raises:
        ConfigError: the extra is not installed.
        InsynError: the archive cannot be written.
    """
    try:
        import pyzipper
    except ModuleNotFoundError:
        raise ConfigError("the package needs pyzipper: pip install 'insyn[encrypted]'") from None
    listed: dict[str, Any] = {}
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        with (
            os.fdopen(handle, "w+b") as raw,
            pyzipper.AESZipFile(raw, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as archive,
        ):
            archive.setpassword(password.encode())
            for name, pieces in files:
                listed[name] = _add(archive.open, name, pieces)
            manifest = {"made": now(), "files": listed}
            archive.writestr("manifest.json", json.dumps(manifest, indent=1))
    except OSError as error:
        path.unlink(missing_ok=True)
        raise InsynError(f"the package {path.name} cannot be written ({error.strerror})") from None
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def password_file(path: Path) -> Path:
    """Where an archive's password lies, sealed, until the archive is released."""
    return path.with_suffix(".sealed")


def remove(path: Path) -> None:
    """Delete an archive, and what opens it."""
    password_file(path).unlink(missing_ok=True)
    path.unlink(missing_ok=True)


def _joined(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Small pieces as larger ones: to encrypt each by itself costs more than all else."""
    waiting, size = [], 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= _BLOCK:
            yield b"".join(waiting)
            waiting, size = [], 0
    yield b"".join(waiting)


def _add(opened: Callable[..., Any], name: str, pieces: Iterable[bytes]) -> dict[str, Any]:
    digest, size = hashlib.sha256(), 0
    with opened(name, "w", force_zip64=True) as out:
        for piece in _joined(pieces):
            digest.update(piece)
            size += len(piece)
            out.write(piece)
    return {"sha256": digest.hexdigest(), "bytes": size}
