"""A scan that stops or kills itself when it has read so much: `python -m tests.scanner.halting DIR N SIGNAL [URL]`.

DIR holds the estate of `tests.scanner.crashing`; the signal comes before the N-th item (page, or unit not read) is
analyzed, when no transaction is open: 0 = never.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

from connectors import Unread
from scanner.engine.job import Job
from scanner.engine.page import Page
from scanner.engine.working import Reader
from tests.scanner.crashing import scan


def halt_at(number: int, kind: signal.Signals) -> None:
    """Send this process a signal before an item is handed on."""
    plain, left = Reader.items, [number]

    def items(reader: Reader, job: Job) -> Iterator[Page | Unread]:
        for item in plain(reader, job):
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), kind)
            yield item

    Reader.items = items  # type: ignore[method-assign]


if __name__ == "__main__":
    halt_at(int(sys.argv[2]), signal.Signals[sys.argv[3]])
    scan(Path(sys.argv[1]), *sys.argv[4:])
