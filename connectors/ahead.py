"""Small files are read ahead of their turn and parsed together, while those before them are still worked with."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from connectors.base import Batch, State, Unit, Unread
from connectors.extract.process import File
from connectors.extract.readers import Job
from connectors.extract.sandbox import Parser

if TYPE_CHECKING:
    from connectors.content import Content

_SMALL = 1 << 16
"""Bytes of a file that is read ahead."""
_FILES, _BYTES = 64, 1 << 20
"""Of one exchange."""


class Taken(NamedTuple):
    """A file whose turn has come."""

    opened: Content | Unread
    data: bytes | File = b""
    answers: Iterator[Batch | Unread] | None = None
    """What is read of it; None: it is still to be parsed."""


class Ahead:
    """The files that are expected, and those of them that are already read."""

    def __init__(self, open_: Callable[[str], Content | Unread], parser: Parser) -> None:
        """Keep what opens and what parses a file."""
        self._open = open_
        self._parser = parser
        self._expected: deque[str] = deque()
        self._ready: deque[tuple[str, Taken]] = deque()
        self._answers: Iterator[Iterator[Batch | Unread]] = iter(())

    def expect(self, units: Sequence[Unit]) -> None:
        """Expect that these units are asked for next, in this order."""
        self.clear()
        self._expected.extend(unit.key for unit in units if unit.size <= _SMALL)

    def take(self, key: str) -> Taken | None:
        """Give a file that is expected; those before it are not asked for any more. None: it is not.

        Raises:
            ConnectorError: no file can be read any more.
        """
        if not self._ready or self._ready[0][0] != key:
            if key not in self._expected:
                return None
            while self._expected[0] != key:
                self._expected.popleft()
            self._read()
        _, taken = self._ready.popleft()
        is_sent = isinstance(taken.data, bytes) and not isinstance(taken.opened, Unread)
        return taken._replace(answers=next(self._answers)) if is_sent else taken

    def clear(self) -> None:
        """Expect nothing more."""
        self._expected.clear()
        self._let_go()

    def _read(self) -> None:
        self._let_go()
        files: list[tuple[Job, bytes]] = []
        size = 0
        while self._expected and len(self._ready) < _FILES and size < _BYTES:
            key = self._expected.popleft()
            opened = self._open(key)
            data = b"" if isinstance(opened, Unread) else opened.data
            if isinstance(data, bytes) and not isinstance(opened, Unread):
                files.append((Job(opened.name), data))
                size += len(data)
            self._ready.append((key, Taken(opened, data)))
            if isinstance(opened, Unread) and opened.state is State.UNREADABLE:
                break  # if it is the server that does not answer, not all of them are waited for
        self._answers = self._parser.read_many(files)

    def _let_go(self) -> None:
        for _, taken in self._ready:
            if not isinstance(taken.opened, Unread):
                taken.opened.__exit__(None, None, None)
        self._ready.clear()
        close = getattr(self._answers, "close", None)
        if close:
            close()
        self._answers = iter(())
