"""What `check` tells of files by listing them; none is opened, so extensions must do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from connectors.base import State, Unit, Unread

_NO_READER = frozenset((
    ".rar", ".mdb", ".accdb", ".exe", ".dll", ".msi", ".iso", ".dmg", ".dwg", ".psd", ".ai", ".indd", ".one", ".vsd",
    ".mpp", ".pub", ".mkv", ".avi", ".webm", ".avro", ".arrow", ".orc", ".gpg", ".pgp", ".kdbx",
))  # fmt: skip
"""Extensions of formats that nothing here reads: the content decides when it is read."""
_PACKED = frozenset((
    ".zip", ".7z", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".zst", ".eml", ".msg", ".mbox", ".pst", ".ost", ".db",
))  # fmt: skip
"""Extensions of files in which others are: archives, mail, databases."""


class Tally:
    """Files, bytes and formats of a listing, and what is not read of it."""

    def __init__(self, found: Iterable[Unit | Unread]) -> None:
        """Count.

        Raises:
            ConnectorError: as the listing does.
        """
        self.units, self.bytes = 0, 0
        self.warnings: list[str] = []
        self._formats, self._skipped = Counter[str](), Counter[str]()
        for one in found:
            if isinstance(one, Unit):
                self.units, self.bytes = self.units + 1, self.bytes + one.size
                self._formats[_extension(one.key)] += 1
            elif one.state is State.SKIPPED:
                self._skipped[one.reason] += 1
            else:
                self.warnings.append(f"{one.unit}: {one.reason}")

    @property
    def notes(self) -> tuple[str, ...]:
        """How many files of each format, how many left out by each rule, and in how many there are more."""
        packed = sum(self._formats[name] for name in _PACKED)
        inside = f"in {packed} of them lie more files, mails or tables: a scan counts each as a unit of its own"
        more = (inside,) if packed else ()
        return (*_files(self._formats), *_counts(self._skipped, "skipped"), *more)

    @property
    def closed(self) -> tuple[str, ...]:
        """How many files of formats that nothing here reads."""
        return _files(Counter({name: self._formats[name] for name in self._formats if name in _NO_READER}))


def _extension(key: str) -> str:
    """Name the extension if it is one: a short word, so no name of a person gets into a summary."""
    _, dot, extension = key.rpartition("/")[2].rpartition(".")
    short = dot and extension.isascii() and extension.isalnum() and len(extension) <= 5
    return f".{extension.lower()}" if short else "other"


def _files(names: Counter[str]) -> tuple[str, ...]:
    return tuple(line.replace(": 1 files", ": 1 file") for line in _counts(names, "files"))


def _counts(names: Counter[str], what: str) -> tuple[str, ...]:
    return tuple(f"{name}: {n} {what}" for name, n in sorted(names.items(), key=lambda item: (-item[1], item[0])))
