"""Rest for a server that has others to serve: for each second that it worked for us it is left alone for some."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

LONGEST_REST = 10.0
"""Seconds; a statement that waited for a lock has not worked all the while."""


class Pace:
    """Keeps one connection's share of the server's time. What we do meanwhile, as to analyse a page, is rest for it."""

    def __init__(self, pause: float) -> None:
        """Begin.

        Args:
            pause: Seconds of rest for a second of work; 0: none.
        """
        self._pause = pause
        self._rested = 0.0
        """When it has rested enough, on the monotonic clock."""
        self.worked = 0.0
        """Seconds that the last work took."""

    @contextmanager
    def working(self) -> Iterator[None]:
        """Wait until the server has rested, then count how long it works."""
        rest = self._rested - time.monotonic()
        if rest > 0:
            time.sleep(rest)
        began = time.monotonic()
        try:
            yield
        finally:
            now = time.monotonic()
            self.worked = now - began
            self._rested = now + min(LONGEST_REST, self.worked * self._pause)
