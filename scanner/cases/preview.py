"""The package of a case as it lies built: seen byte for byte before a second person releases it.

To be seen it must be opened, and its password is told to who builds it only. Until the release it therefore lies beside
the archive, sealed with the installation's key; from then on nobody but who was told it can open the archive.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from scanner import audit
from scanner.cases.desk import Desk
from scanner.cases.model import Event, Package
from scanner.cases.package import BUILT, DIRECTORY, packages
from scanner.cases.package_archive import password_file
from scanner.errors import ConfigError, InsynError

PAGE = "uppgifter.html"
"""The file in which all is; who has seen it to its end has seen the package."""
PREVIEWED = "previewed"
_BLOCK = 1 << 18
_CHANGES = ("searched", "decided", "task", "identifiers", "described", "represented")
"""First words of events that make a package out of date."""


def latest(desk: Desk, number: str) -> Package:
    """The package that is to be handed out.

    Raises:
        ConfigError: there is none.
    """
    found = [one for one in packages(desk, number) if not one.deleted_at]
    if not found:
        raise ConfigError(f"case {number}: there is no package; build it first")
    return found[-1]


def fingerprint(built: Package) -> bytes:
    """A package in the log: the first half of its SHA-256."""
    return bytes.fromhex(built.sha256)[:16]


def preview(desk: Desk, number: str, name: str = PAGE) -> tuple[str, Iterator[bytes]]:
    """A file of the built package, exactly as it is handed out. Logged first.

    Args:
        desk: Who looks.
        number: Of the case.
        name: Of the file in the archive.

    Returns:
        The archive's SHA-256, which `release` asks for, and the file's bytes. When the page has been read to its end,
        the case notes that this user has seen this package.

    Raises:
        ConfigError: there is no package or no such file in it, or it is not what was built.
        SpecialHandlingError: the person's identity is protected, and this user has no such task.
        InsynError: the log cannot be written.
    """
    desk.admit(number, protected=desk.register.get(number).protected)
    built = latest(desk, number)
    path = intact(desk, number, built)
    audit.record(desk.store, "case preview", number, fingerprint(built), by=desk.actor)
    with _opened(desk, path, number) as archive:
        if name not in archive.namelist():
            raise ConfigError(f"case {number}: the package has no file of that name; it has {_listed(archive)}")
    return built.sha256, _read(desk, number, (path, name), built.sha256)


def _listed(archive: Any) -> str:
    return ", ".join(name for name in archive.namelist() if "/" not in name)


def _read(desk: Desk, number: str, file: tuple[Path, str], digest: str) -> Iterator[bytes]:
    path, name = file
    with _opened(desk, path, number) as archive, archive.open(name) as member:
        while piece := member.read(_BLOCK):
            yield piece
    if name == PAGE:
        with desk.store.transaction() as connection:
            desk.register.note(connection, number, PREVIEWED, digest)


@contextmanager
def _opened(desk: Desk, path: Path, number: str) -> Iterator[Any]:
    try:
        import pyzipper
    except ModuleNotFoundError:
        raise ConfigError("the package needs pyzipper: pip install 'insyn[encrypted]'") from None
    try:
        password = desk.store.keys.unseal(password_file(path).read_bytes())
    except (OSError, InsynError):
        raise ConfigError(f"case {number}: what opens the package is gone; build it again to look through it") from None
    with pyzipper.AESZipFile(path) as archive:
        archive.setpassword(password.encode())
        yield archive


def seen(desk: Desk, number: str, built: Package) -> None:
    """Hold that this user has seen the package, and that it is still what the case says.

    Raises:
        ConfigError: the package was not seen, is not what was built, or the case has changed since.
    """
    events = desk.register.events(number)
    start = max((at for at, one in enumerate(events) if _is(one, BUILT, built)), default=-1)
    since = events[start + 1 :]
    changed = [one.what for one in since if one.what.split()[0] in _CHANGES]
    if changed:
        raise ConfigError(f"case {number}: {changed[-1]} after the package was built; build it again")
    intact(desk, number, built)
    if not any(_is(one, PREVIEWED, built) and one.by == desk.actor for one in since):
        raise ConfigError(f"case {number}: look through the package first: insyn case preview {number}")


def _is(event: Event, what: str, built: Package) -> bool:
    return event.what == what and event.detail == built.sha256


def intact(desk: Desk, number: str, built: Package) -> Path:
    """The archive's path, if it is still byte for byte what was built.

    Raises:
        ConfigError: it is not, or it is not there.
    """
    path = desk.config.directory / DIRECTORY / built.file
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ConfigError(f"case {number}: the package cannot be read ({error.strerror}); build it again") from None
    if digest != built.sha256:
        raise ConfigError(f"case {number}: the package was changed after it was built; build it again")
    return path
