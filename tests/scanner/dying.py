"""A worker of the pool that dies when it is given the unit `poison`, or the first time that one is given `once`."""

from __future__ import annotations

import os
import signal
from multiprocessing.connection import Connection
from pathlib import Path

from recognizers import Analyzer
from recognizers.ip import IpRecognizer
from scanner.engine.pool import Given, calm
from scanner.engine.working import Reader
from scanner.keys import Keys
from tests.scanner.fakes import MemoryConnector

KEYS = Keys(b"k" * 32)
ROWS = [{"id": "1", "ip": "192.0.2.1"}]
TABLES = dict.fromkeys(("a", "poison", "b", "c"), ROWS)
ONCE = dict.fromkeys(("a", "once", "b"), ROWS)


def serve(pipe: Connection, died: Path) -> None:
    """Do jobs until the pipe is closed; the file is made by the one that dies of `once`."""
    calm()
    reader = Reader(KEYS, Analyzer([IpRecognizer()]), lambda _: MemoryConnector(TABLES | ONCE))
    given = Given(pipe)
    while True:
        try:
            for job in given.next():
                if job.unit.key == "poison" or (job.unit.key == "once" and not died.exists()):
                    died.touch()
                    os.kill(os.getpid(), signal.SIGKILL)
                for item in reader.items(job):
                    pipe.send(item)
                pipe.send(None)
        except EOFError:
            return
