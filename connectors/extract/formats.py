"""Versions of the readers of formats: where one changes, only what was read by it has to be read again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from connectors.extract.limits import Limits

ANY = "any"
"""In place of a format, what none could read: a reader that is new may."""
FILE = "file"
"""The same of a file or member whose content has told no format yet."""
SOUND = ("wav", "mp3", "flac", "ogg", "mp4", "aiff", "wma")
PICTURES = ("png", "jpeg", "gif", "tiff", "webp", "bmp", "heif")
_OFFICE = ("2", "lxml", "python-calamine")

VERSIONS: dict[str, tuple[str, ...]] = {
    "zip": ("2",),
    "ooxml": _OFFICE,
    "opendocument": _OFFICE,
    "xls": ("2", "python-calamine"),
    "doc": ("1",),
    "ppt": ("1",),
    "msg": ("1",),
    "pst": ("1", "libpff-python"),
    "dbase": ("2",),
    "tnef": ("1",),
    "pdf": ("1", "pypdf", "pypdfium2"),
    "gzip": ("1",),
    "bzip2": ("1",),
    "xz": ("1",),
    "zstd": ("1",),
    "tar": ("1",),
    "7z": ("1", "py7zr"),
    "rtf": ("1",),
    "sqlite": ("2",),
    "parquet": ("2", "pyarrow"),
    "arrow": ("2", "pyarrow"),
    "orc": ("2", "pyarrow"),
    **dict.fromkeys(("stata", "sas", "xport"), ("2", "pandas")),
    "signed": ("1",),
    "mail": ("2",),
    "mailbox": ("1",),
    **dict.fromkeys(SOUND, ("1", "tinytag")),
    **dict.fromkeys(PICTURES, ("1",)),
    "json lines": ("2",),
    "log": ("2",),
    "table": ("2",),
    "fixed": ("2",),
    "json": ("2",),
    "html": ("2", "lxml"),
    "xml": ("2", "lxml"),
    "yaml": ("2", "pyyaml"),
    "card": ("2",),
    "ldif": ("2",),
    "sie": ("1",),
    "text": ("1",),
}
"""Format -> version of our reader, to be raised when it may read the same bytes otherwise, and the packages that its
answers depend on, whose installed versions count as well."""
_DISPATCH = "2"
"""Version of how the format is told: raised when bytes may be taken for another."""
_PICTURED = frozenset(("pdf", "ooxml", "opendocument", *PICTURES))
"""Formats of which text in pictures is read where that is asked for."""
_RECOGNITION = ("pillow", "tesserocr")


def versions(limits: Limits) -> dict[str, str]:
    """A digest of the version of each reader, `ANY` and `FILE` of all of them."""
    found = {name: _digest(_told(name, limits)) for name in VERSIONS}
    everything = _digest(f"{name} {found[name]}" for name in sorted(found))
    return {**found, ANY: everything, FILE: everything}


def _told(name: str, limits: Limits) -> list[str]:
    own, *packages = VERSIONS[name]
    packages += _RECOGNITION if limits.ocr_pages and name in _PICTURED else ()
    return [_DISPATCH, own, *(f"{package} {installed(package)}" for package in packages)]


@cache
def installed(package: str) -> str:
    """Version of an installed package; "" = it is not."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:8]
