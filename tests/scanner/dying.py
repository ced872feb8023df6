"""A worker of the pool that dies when it is given the unit `poison`."""

from __future__ import annotations

import os
import signal
from multiprocessing.connection import Connection

from recognizers import Analyzer
from recognizers.ip import IpRecognizer
from scanner.engine.pool import Given, calm
from scanner.engine.working import Reader
from scanner.keys import Keys
from tests.scanner.fakes import MemoryConnector

KEYS = Keys(b"k" * 32)
TABLES = {key: [{"id": "1", "ip": "192.0.2.1"}] for key in ("a", "poison", "b", "c")}


def serve(pipe: Connection) -> None:
    """Do jobs until the pipe is closed."""
    calm()
    reader = Reader(KEYS, Analyzer([IpRecognizer()]), lambda _: MemoryConnector(dict(TABLES)))
    given = Given(pipe)
    while True:
        try:
            for job in given.next():
                if job.unit.key == "poison":
                    os.kill(os.getpid(), signal.SIGKILL)
                for item in reader.items(job):
                    pipe.send(item)
                pipe.send(None)
        except EOFError:
            return
