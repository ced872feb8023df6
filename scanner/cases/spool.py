"""Entries of a package put by between reading the sources and writing the files: encrypted, with a key that is kept in
memory only, so that no value ever stands on a disk in the clear."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from types import TracebackType
from typing import Self

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from reports.case.model import Datum, Entry

_LENGTH = 4


class Spool:
    """A file of entries that can be read again and again, in the order in which they were put in."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  closed by __exit__
        self._cipher = AESGCM(AESGCM.generate_key(256))
        self.count = 0

    def put(self, entry: Entry) -> None:
        """Append an entry."""
        sealed = self._cipher.encrypt(self._nonce(self.count), json.dumps(asdict(entry)).encode(), None)
        self._file.write(len(sealed).to_bytes(_LENGTH, "big") + sealed)
        self.count += 1

    def __iter__(self) -> Iterator[Entry]:
        """All entries, one at a time."""
        self._file.seek(0)
        for number in range(self.count):
            sealed = self._file.read(int.from_bytes(self._file.read(_LENGTH), "big"))
            row = json.loads(self._cipher.decrypt(self._nonce(number), sealed, None))
            yield Entry(**(row | {"data": tuple(Datum(**one) for one in row["data"])}))

    @staticmethod
    def _nonce(number: int) -> bytes:
        """Each number is used once with a key, and a key for one spool only."""
        return number.to_bytes(12, "big")

    def __enter__(self) -> Self:
        """Use the spool as a context manager."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """The file is gone when it is closed, and what was in it with its key."""
        self._file.close()
