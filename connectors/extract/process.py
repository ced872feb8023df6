"""The scanner's hold on one confined child: asks it, waits for it, ends it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from connectors.base import Batch, ConnectorError, State, Unread
from connectors.extract import answers
from connectors.extract.bounds import Bounds
from connectors.extract.limits import Limits
from connectors.extract.readers import Job
from connectors.extract.wire import Channel, Json, WireError

ATTEMPTS = 3
"""How often a file is read that changes meanwhile."""
_START_SECONDS = 30.0
_REST_SECONDS = 0.2
_START = (
    "import sys; sys.path[:] = sys.argv[3:]; import importlib; "
    "importlib.import_module(sys.argv[2]).main(int(sys.argv[1]))"
)
_ENVIRONMENT = {"LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "1"} | dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"
)


@dataclass(frozen=True, slots=True)
class File:
    """An open file for the child to read."""

    descriptor: int
    size: int
    settled: Callable[[int], bool] | None = None
    """Told how many bytes were read, says whether they are the file; a file that has changed is read again. None: the
    reader seeks what it needs."""
    streamed: bool = False
    """It is too large to be read before it is parsed: whether it has changed is asked when it has been."""


class FaultError(Exception):
    """A file could not be read to its end."""

    def __init__(self, state: State, reason: str) -> None:
        super().__init__(reason)
        self.state = state
        self.reason = reason


class Process:
    """One child. It reads one file at a time; after a fault it is to be ended."""

    def __init__(self, limits: Limits, bounds: Bounds, program: str) -> None:
        """Start it.

        Raises:
            ConnectorError: it cannot be started.
        """
        self._bounds = bounds
        self._files, self._bytes = 0, 0
        self._asked = 0
        """Files whose end has not been told."""
        self._waited, self._seconds = 0.0, bounds.seconds
        ours, theirs = socket.socketpair()
        self._channel = Channel(ours)
        try:
            self._process = _spawn(theirs, program)
        except OSError as error:
            ours.close()
            raise _no_child(error.strerror or "cannot run") from error
        finally:
            theirs.close()
        self.confinement = self._greet(limits)

    def _greet(self, limits: Limits) -> str:
        hello: Json = {"limits": asdict(limits), "memory": self._bounds.memory_bytes, "parent": os.getpid()}
        self._channel.deadline = time.monotonic() + _START_SECONDS
        try:
            self._channel.send(hello)
            answer = self._channel.receive()
        except (OSError, WireError):
            self.end()
            raise _no_child("it ends at its start") from None
        return str(answer["confinement"]) if isinstance(answer, dict) and "confinement" in answer else "unknown"

    @property
    def is_ready(self) -> bool:
        """Tell whether it waits for a file."""
        return not self._asked and self._channel.is_quiet()

    def read(self, job: Job, content: bytes | File) -> Iterator[Batch | Unread]:
        """Read a file.

        Raises:
            FaultError: it was not read to its end.
        """
        size = content.size if isinstance(content, File) else len(content)
        self._begin(size)
        self._ask(job, content)
        if isinstance(content, File) and content.settled and not content.streamed:
            self._settle(content.settled)
        yield from self._answers(job, size)
        if isinstance(content, File) and content.settled and content.streamed and not content.settled(size):
            yield Unread(job.unit, State.CHANGED, "changed while read")

    def ask(self, files: Sequence[tuple[Job, bytes]]) -> None:
        """Send files to be read one after the other; `answer` is to be called for each, in their order.

        Raises:
            FaultError: they are not taken.
        """
        for _, content in files:
            self._begin(len(content))
        asked: list[Json] = [{**_message(job), "size": len(content)} for job, content in files]
        self._send({"files": asked, "seconds": self._bounds.seconds}, b"".join(content for _, content in files))

    def answer(self, job: Job, size: int) -> Iterator[Batch | Unread]:
        """Give what was read of one of the files that were sent; raises as `read` does."""
        self._waited = 0.0
        return self._answers(job, size)

    def _begin(self, size: int) -> None:
        self._files, self._bytes, self._asked = self._files + 1, self._bytes + size, self._asked + 1
        self._waited, self._seconds = 0.0, self._bounds.seconds_for(size)

    def _answers(self, job: Job, size: int) -> Iterator[Batch | Unread]:
        most = self._channel.received + self._bounds.output_bytes + self._bounds.output_ratio * size
        while not _is_end(message := self._receive()):
            if self._channel.received > most:
                raise FaultError(State.REFUSED, "limit:output")
            try:
                answer = answers.read(message, job.unit)
            except WireError:
                raise _crash() from None
            yield answer
        self._ended(message)

    def rest(self) -> bool:
        """Let it finish, shortly, what nobody wants the rest of. False: it is not fit for another file."""
        self._channel.deadline = time.monotonic() + _REST_SECONDS
        try:
            while self._asked:
                self._asked -= _is_end(self._channel.receive())
        except (OSError, WireError):
            return False
        return self._files < self._bounds.child_files and self._bytes < self._bounds.child_bytes

    def end(self) -> None:
        """Kill the process, and what it may have started."""
        self._channel.close()
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def _ask(self, job: Job, content: bytes | File) -> None:
        message = {**_message(job), "seconds": self._seconds}
        if isinstance(content, File):
            whole = content.settled is not None and not content.streamed
            self._send({**message, "whole": whole, "length": content.size}, b"", content.descriptor)
        else:
            self._send({**message, "size": len(content)}, content)

    def _send(self, message: Json, content: bytes, descriptor: int | None = None) -> None:
        self._channel.deadline = time.monotonic() + self._bounds.silence_seconds
        try:
            self._channel.send(message, content, descriptor)
        except TimeoutError:
            raise FaultError(State.REFUSED, "limit:silence") from None
        except OSError:
            raise self._death() from None

    def _settle(self, settled: Callable[[int], bool]) -> None:
        for attempt in range(1, ATTEMPTS + 1):
            message = self._receive()
            loaded = message.get("loaded") if isinstance(message, dict) else None
            if _is_end(message):
                self._ended(message)
            if not isinstance(loaded, int):
                raise _crash()
            if settled(loaded):
                return self._channel.send("go")
            if attempt < ATTEMPTS:
                self._channel.send("again")
        raise FaultError(State.CHANGED, "changed while read")

    def _receive(self) -> Json:
        """Wait for a message: not longer than for one answer, nor than what is left for the file."""
        began, left = time.monotonic(), self._seconds - self._waited
        self._channel.deadline = began + min(left, self._bounds.silence_seconds)
        try:
            return self._channel.receive()
        except TimeoutError:
            name = "limit:time" if left <= self._bounds.silence_seconds else "limit:silence"
            raise FaultError(State.REFUSED, name) from None
        except (OSError, WireError):
            raise self._death() from None
        finally:
            self._waited += time.monotonic() - began

    def _ended(self, message: Json) -> None:
        """Say how the reading ended; raises unless it was well."""
        end = message.get("end") if isinstance(message, dict) else None
        if end == "memory":
            raise FaultError(State.REFUSED, "limit:memory")
        if end != "":
            raise _crash(end)
        self._asked -= 1

    def _death(self) -> FaultError:
        """Say what it died of."""
        try:
            code = self._process.wait(1)
        except subprocess.TimeoutExpired:
            code = 0  # it lives, and talks nonsense
        return FaultError(State.REFUSED, "limit:time") if code == -signal.SIGXCPU else _crash()


def _spawn(end: socket.socket, program: str) -> subprocess.Popen[bytes]:
    """Start an interpreter that looks for modules where this one does, and has nothing of its environment."""
    ours = str(Path(__file__).resolve().parents[2])
    paths = [ours, *(path for path in sys.path if Path(path).is_absolute() and path != ours)]
    command = [sys.executable, "-I", "-S", "-B", "-X", "utf8", "-c", _START, str(end.fileno()), program, *paths]
    return subprocess.Popen(  # noqa: S603  our own interpreter
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        pass_fds=(end.fileno(),), start_new_session=True, cwd="/", env=_ENVIRONMENT,
    )  # fmt: skip


def _message(job: Job) -> dict[str, Json]:
    return {"unit": job.unit, "reader": job.reader, "only": job.only}


def _is_end(message: Json) -> bool:
    return isinstance(message, dict) and "end" in message


def _crash(kind: Json = None) -> FaultError:
    """Name a crash, and the kind of error where a reader raised one."""
    named = isinstance(kind, str) and kind.isidentifier() and kind.isascii() and len(kind) <= 60
    return FaultError(State.UNREADABLE, f"crash ({kind})" if named else "crash")


def _no_child(why: str) -> ConnectorError:
    return ConnectorError(
        f"files: the confined reader cannot be started: {why}; "
        "let this account run Python, or set `sandbox: false` to read files without protection"
    )
