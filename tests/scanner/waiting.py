"""Workers of the pool: the one that reads the unit `long` goes on when the other has sent all of `much`."""

from __future__ import annotations

import time
from multiprocessing.connection import Connection
from pathlib import Path

from connectors import State, Unread
from recognizers import Analyzer
from recognizers.ip import IpRecognizer
from scanner.engine.pool import Given, calm
from scanner.engine.working import Reader
from tests.scanner.dying import KEYS
from tests.scanner.fakes import MemoryConnector

TABLES = {key: [{"id": "1", "ip": "192.0.2.1"}] for key in ("long", "much")}
MORE_THAN_A_PIPE_HOLDS = 1 << 20
PATIENCE = 20.0


def serve(pipe: Connection, folder: Path) -> None:
    """Do jobs until the pipe is closed."""
    calm()
    reader = Reader(KEYS, Analyzer([IpRecognizer()]), lambda _: MemoryConnector(dict(TABLES)))
    given = Given(pipe)
    while True:
        try:
            for job in given.next():
                if job.unit.key == "much":
                    _until(folder / "long")
                    for _ in range(MORE_THAN_A_PIPE_HOLDS >> 12):
                        pipe.send(Unread("much", State.SCANNED, "x" * (1 << 12)))
                for item in reader.items(job):
                    pipe.send(item)
                (folder / job.unit.key).touch()
                if job.unit.key == "long" and not _until(folder / "much"):
                    pipe.send(Unread("long", State.PARTIAL, "waited in vain"))
                pipe.send(None)
        except EOFError:
            return


def _until(path: Path) -> bool:
    end = time.monotonic() + PATIENCE
    while not path.exists() and time.monotonic() < end:
        time.sleep(0.02)
    return path.exists()
