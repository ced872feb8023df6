"""Files that come over a network: held in memory, never on disk."""

from __future__ import annotations

import io
import os
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from connectors.extract.limits import MIB
from connectors.extract.process import File

_SENT = MIB
"""A file of so many bytes is sent to where it is parsed; of a larger one, a descriptor."""


@dataclass(frozen=True, slots=True, repr=False)
class Held:
    """A file that has come over whole: a `Content`. `repr` is left out: it holds personal data."""

    file: BinaryIO
    modified: date
    """Day of the last change, UTC."""
    name: str

    @property
    def data(self) -> bytes | File:
        """The file, or a descriptor of it."""
        if isinstance(self.file, io.BytesIO):
            return self.file.getvalue()
        self.file.flush()
        size = self.file.seek(0, os.SEEK_END)
        self.file.seek(0)
        return File(self.file.fileno(), size, lambda read: read == size)

    def cut(self) -> None:
        """Nothing is missing."""

    def __enter__(self) -> Held:
        """Keep it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the memory."""
        self.file.close()


def room(size: int) -> BinaryIO:
    """Make room for a file of so many bytes."""
    if size <= _SENT or not hasattr(os, "memfd_create"):
        return io.BytesIO()
    return os.fdopen(os.memfd_create("insyn"), "w+b")
