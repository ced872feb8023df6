"""Scanners at work, and which of them are gone: by their process on this host, else by a count that stopped growing.

No clock is compared: a number that stands still for `LEASE` seconds of the observer's own monotonic clock is dead.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from scanner.store import Store, schema

BEAT = 5.0
LEASE = 60.0
"""Seconds without a beat after which a scanner on another host is taken for dead."""


def host() -> str:
    """Where a process number means one process: name, boot and process namespace of this machine."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        space = str(Path("/proc/self/ns/pid").stat(follow_symlinks=True).st_ino)
    except OSError:
        boot = space = ""
    return f"{socket.gethostname()[:100]} {boot} {space}"


def started(pid: int) -> str:
    """When a process began, in ticks since boot; "" if it is not there (or the system does not tell)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if fields[0] in "ZX" else fields[19]


class Holder:
    """This scanner, entered among those at work. Beats in a thread of its own while it is open."""

    def __init__(self, store: Store, beat: float = BEAT) -> None:
        row = {"host": host(), "pid": os.getpid(), "started": started(os.getpid()), "beat": 0}
        with store.transaction() as connection:
            result = connection.execute(insert(schema.holder).values(**row))
            self.id = int(result.inserted_primary_key[0])  # type: ignore[index]
        self._store = store
        self._every = beat
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)

    def __enter__(self) -> Self:
        """Begin to beat."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of all tasks."""
        self._done.set()
        self._thread.join()
        with self._store.transaction() as connection:
            task = schema.task
            connection.execute(update(task).where(task.c.holder_id == self.id).values(holder_id=None))
            connection.execute(delete(schema.holder).where(schema.holder.c.id == self.id))

    def _run(self) -> None:
        holder = schema.holder
        while not self._done.wait(self._every):
            try:
                with self._store.engine.execution_options(insyn_writes=True).begin() as connection:
                    connection.execute(update(holder).where(holder.c.id == self.id).values(beat=holder.c.beat + 1))
            except SQLAlchemyError:
                continue  # the store is busy: the next beat will do, and a lease is many beats long


@dataclass(slots=True)
class _Pulse:
    beat: int
    since: float


class Watch:
    """Watches the other scanners."""

    def __init__(self, store: Store, lease: float = LEASE) -> None:
        """Take the store, and after how many seconds without a beat a scanner is taken for dead."""
        self._store = store
        self._lease = lease
        self._pulses: dict[int, _Pulse] = {}
        self._host = host()

    def dead(self) -> list[int]:
        """Numbers of scanners that are gone, or whose lease has run out."""
        return [number for number, dead in self._looked() if dead]

    def alive(self) -> list[int]:
        """Numbers of scanners at work."""
        return [number for number, dead in self._looked() if not dead]

    def _looked(self) -> list[tuple[int, bool]]:
        with self._store.reading() as connection:
            rows = connection.execute(select(schema.holder)).all()
        return [(row.id, self._is_dead(row.id, row.beat, row.host, (row.pid, row.started))) for row in rows]

    def _is_dead(self, number: int, beat: int, where: str, process: tuple[int, str]) -> bool:
        if where == self._host and process[1] and started(process[0]) != process[1]:
            return True
        if where != self._host and where.split(" ")[0] == self._host.split(" ")[0] and self._is_older_boot(where):
            return True
        now = time.monotonic()
        pulse = self._pulses.get(number)
        if pulse is None or pulse.beat != beat:
            self._pulses[number] = _Pulse(beat, now)
            return False
        return now - pulse.since > self._lease

    def _is_older_boot(self, where: str) -> bool:
        """The same machine before it was started anew. Containers share a boot, and may share a name."""
        return where.split(" ")[1] != self._host.split(" ")[1]
