"""A child whose readers do what a hostile file may make a parser do. Tests start it in the place of the real one."""

from __future__ import annotations

import ctypes
import os
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from connectors.base import Batch, State, Unread
from connectors.extract import child, readers
from connectors.extract.limits import Limits
from connectors.extract.readers import Job

Reader = Callable[[Job, BinaryIO, Limits], Iterator[Batch | Unread]]


def text(job: Job, said: str) -> Batch:
    return Batch(job.unit, [None], {"": [said]})


def act(job: Job, file: BinaryIO, _limits: Limits) -> Iterator[Batch | Unread]:
    """Do what the file says: `deed argument`; a `+` before it: give a record first."""
    words = file.read().decode().split()
    if words[0] == "+":
        yield text(job, "before")
        words = words[1:]
    deed, *arguments = words
    try:
        yield text(job, str(DEEDS[deed](*arguments)))
    except OSError as error:
        yield text(job, f"refused {type(error).__name__}")


def flood(job: Job, _file: BinaryIO, _limits: Limits) -> Iterator[Batch | Unread]:
    while True:
        yield text(job, "x" * (1 << 20))


def lie(job: Job, file: BinaryIO, _limits: Limits) -> Iterator[Batch | Unread]:
    """Answer with a batch that is none."""
    yield LIES[file.read().decode()](job)


def hang() -> None:
    time.sleep(600)


def spin() -> None:
    while True:
        pass


def segfault() -> None:
    ctypes.string_at(0)


def memory() -> None:
    hoard = []
    while True:
        hoard.append(bytes(1 << 24))  # address space: the pages are never touched


def raise_() -> None:
    raise KeyError("070-1740605")


def fork() -> str:
    made = 0
    for _ in range(50):
        if os.fork() == 0:
            time.sleep(600)
        made += 1
    return f"forked {made}"


def connect(port: str) -> str:
    with socket.create_connection(("127.0.0.1", int(port)), 2):
        return "connected"


def execute(path: str) -> None:
    os.execv(path, [path, "-c", "true"])


def signal_(pid: str) -> str:
    os.kill(int(pid), 9)
    return "sent"


def end() -> None:
    os._exit(0)


DEEDS: dict[str, Callable[..., object]] = {
    "hang": hang, "spin": spin, "segfault": segfault, "memory": memory, "raise": raise_, "fork": fork, "exit": end,
    "connect": connect, "execute": execute, "signal": signal_, "say": str,
    "read": lambda path: Path(path).read_text(),
    "write": lambda path: Path(path).write_text("x"),
    "list": lambda path: list(Path(path).iterdir()),
    "environment": lambda: sorted(os.environ),
    "abort": os.abort,
}  # fmt: skip

LIES: dict[str, Callable[[Job], Batch | Unread]] = {
    "another unit": lambda job: Batch("b.txt", [None], {"": ["x"]}),
    "a unit called alike": lambda job: Batch(f"{job.unit}x", [None], {"": ["x"]}),
    "columns too short": lambda job: Batch(job.unit, [{"row": 1}, {"row": 2}], {"": ["x"]}),
    "a number as text": lambda job: Batch(job.unit, [None], {"": [7]}),  # type: ignore[list-item]
    "a locator that is a list": lambda job: Batch(job.unit, [{"row": [1]}], {"": ["x"]}),  # type: ignore[dict-item]
    "a date that is none": lambda job: Batch(job.unit, [None], {"": ["x"]}, {"d": ["Anna"]}),
    "a note of two lines": lambda job: Batch(job.unit, [None], {"": ["x"]}, notes=("a\nb",)),
    "a reason too long": lambda job: Unread(job.unit, State.PARTIAL, "x" * 300),
}

READERS = {**readers.READERS, "act": act, "flood": flood, "lie": lie}


def main(descriptor: int) -> None:
    child.main(descriptor, READERS)
