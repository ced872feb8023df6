"""Files of a network that are too large to be held: they come over while they are parsed."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import BinaryIO, NamedTuple

from connectors.base import State
from connectors.extract.limits import MIB
from connectors.extract.process import File

PIPED = 64 * MIB
"""A file of more bytes is piped; a smaller one is held, so that it can be had again whole where it breaks off."""


class CutError(Exception):
    """A file did not come over whole."""

    def __init__(self, state: State, reason: str) -> None:
        super().__init__(reason)
        self.state = state
        self.reason = reason


class UnwantedError(Exception):
    """Nobody takes the bytes any more."""


class Sink:
    """Where the bytes go; like a file that is written from its start to its end."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._size = 0

    def write(self, data: bytes) -> None:
        """Hand bytes on; waits while they are not taken.

        Raises:
            UnwantedError: nobody wants them any more.
        """
        try:
            self._file.write(data)
        except BrokenPipeError:
            raise UnwantedError from None
        self._size += len(data)

    def tell(self) -> int:
        """Tell how many bytes have come."""
        return self._size


class Facts(NamedTuple):
    """What is known of a file before it comes."""

    name: str
    size: int
    modified: date
    """Day of the last change, UTC."""


class Piped:
    """A file on its way: a `Content`. What brings it runs in a thread of its own."""

    def __init__(self, facts: Facts, bring: Callable[[Sink], None]) -> None:
        """Keep what was given; nothing is brought.

        Args:
            facts: Of the file.
            bring: Writes all of it to a sink; raises `CutError` where it cannot.
        """
        self._facts = facts
        self._bring = bring
        self._reader, self._writer = os.pipe()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._cut: CutError | None = None

    @property
    def data(self) -> File:
        """A descriptor that the bytes come from. Asked for once."""
        self._thread.start()
        return File(self._reader, self._facts.size, streamed=True)

    @property
    def name(self) -> str:
        """What the file is called."""
        return self._facts.name

    @property
    def modified(self) -> date:
        """Day of the last change, UTC."""
        return self._facts.modified

    def cut(self) -> tuple[State, str] | None:
        """Say why it has not come over whole. Waits until nothing more comes."""
        self._end()
        return (self._cut.state, self._cut.reason) if self._cut else None

    def __enter__(self) -> Piped:
        """Keep it open."""
        return self

    def __exit__(self, *_: object) -> None:
        """Bring no more of it."""
        self._end()

    def _end(self) -> None:
        """Close our end: what is still coming then is wanted by nobody."""
        if self._reader < 0:
            return
        os.close(self._reader)
        self._reader = -1
        if self._thread.ident is None:
            os.close(self._writer)
        else:
            self._thread.join()

    def _run(self) -> None:
        try:
            with suppress(UnwantedError, BrokenPipeError), os.fdopen(self._writer, "wb") as file:
                self._bring(Sink(file))
        except CutError as error:
            self._cut = error
        except Exception as error:  # noqa: BLE001  what ends this thread must not pass for the end of the file
            self._cut = CutError(State.PARTIAL, f"fault ({type(error).__name__})")
