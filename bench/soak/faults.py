"""The faults of the soak: of the scanning process, and of the sources while they are read."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import sqlalchemy as sa

from bench.soak.surroundings import Surroundings
from tests.servers.faulty_s3 import Answer, Request, error

INSYN = str(Path(sys.executable).with_name("insyn"))
_PAUSE = 0.05
_STORE = 3 << 20
"""Bytes that the store has when a scan is done, about."""


def scan(directory: Path, *, limit: tuple[int, int] | None = None) -> subprocess.Popen[bytes]:
    """Start `insyn scan`, with a limit of the system on it."""
    return subprocess.Popen(
        [INSYN, "scan", "--workers", "0"], cwd=directory, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        preexec_fn=(lambda: resource.setrlimit(limit[0], (limit[1], limit[1]))) if limit else None,
    )  # fmt: skip


def stopped(with_signal: signal.Signals, seconds: float, chance: random.Random) -> Callable[[Path], str]:
    """Stop a scan by a signal at a random time of the seconds that it takes."""

    def fault(directory: Path) -> str:
        with scan(directory) as process:
            try:
                process.wait(chance.uniform(0.05, 0.9) * seconds)
            except subprocess.TimeoutExpired:
                process.send_signal(with_signal)
            return _told(process)

    return fault


def limited(kind: int, most: int) -> Callable[[Path], str]:
    """A scan that the system gives no more than so much of something."""

    def fault(directory: Path) -> str:
        with scan(directory, limit=(kind, most)) as process:
            return _told(process)

    return fault


def _told(process: subprocess.Popen[bytes]) -> str:
    said = process.communicate(timeout=300)[1].decode()
    return f"a traceback: {said[-500:]}" if "Traceback" in said else ""


def of_the_process(seconds: float, chance: random.Random) -> Mapping[str, Callable[[Path], str]]:
    """Faults by name; each scans, and says what it did that no fault excuses."""
    return {
        "killed": stopped(signal.SIGKILL, seconds, chance),
        "stopped": stopped(signal.SIGTERM, seconds, chance),
        "disk full": limited(resource.RLIMIT_FSIZE, chance.randrange(_STORE // 8, _STORE)),
        "no file handles": limited(resource.RLIMIT_NOFILE, chance.randrange(8, 40)),
    }


@contextmanager
def of_the_sources(around: Surroundings, seed: int) -> Iterator[dict[str, int]]:
    """Until the block is left: the database server crashes, files come and go, the bucket fails."""
    count = {"database crashes": 0, "files gone": 0, "failed answers": 0}
    chance, done = random.Random(seed), threading.Event()

    def trouble() -> None:
        crash_at = time.monotonic() + chance.uniform(0, 4)
        while not done.wait(_PAUSE):
            with _one_gone(around.share, chance):
                count["files gone"] += 1
                if time.monotonic() > crash_at:
                    count["database crashes"] += crashed(around.server)
                    crash_at = time.monotonic() + 60
                done.wait(_PAUSE)

    def failing(_request: Request, answer: Answer) -> Answer:
        if chance.random() > 0.2:
            return answer
        count["failed answers"] += 1
        answers = (error(503, "SlowDown"), error(500, "InternalError"), Answer(0))
        return chance.choice((*answers, Answer(answer.status, answer.body, answer.headers, len(answer.body) // 2)))

    thread = threading.Thread(target=trouble)
    thread.start()
    around.bucket.fault = failing
    try:
        yield count
    finally:
        done.set()
        thread.join()
        around.bucket.fault = lambda _request, answer: answer
        around.bucket.requests.clear()


@contextmanager
def _one_gone(share: Path, chance: random.Random) -> Iterator[None]:
    """A file that is not there for a while; it comes back as it was."""
    path = chance.choice(sorted(one for one in share.rglob("*") if one.is_file()))
    away = share.parent / "away"
    path.rename(away)
    try:
        yield
    finally:
        away.rename(path)


def crashed(server: str) -> int:
    """Kill a process of the database server: it ends all connections and recovers, as after a crash."""
    admin = sa.create_engine(server, poolclass=sa.NullPool)
    killed = 0
    with suppress(sa.exc.DBAPIError), admin.connect() as connection:
        pid = int(connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one())
        os.kill(pid, signal.SIGKILL)
        killed += 1
    return killed
