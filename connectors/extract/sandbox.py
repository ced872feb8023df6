"""Untrusted bytes are parsed in a confined child; what goes wrong there is named, and the next file is read by another.

The child is a fresh interpreter that knows the extractors only; it is kept for many files.
"""

from __future__ import annotations

import io
import os
import threading
import weakref
from collections import deque
from collections.abc import Iterator, Sequence
from typing import Protocol

from connectors.base import Batch, ConnectorError, State, Unread
from connectors.extract.answers import pieces
from connectors.extract.bounds import Bounds
from connectors.extract.confine import FULL
from connectors.extract.limits import Limits
from connectors.extract.process import ATTEMPTS, FaultError, File, Process
from connectors.extract.readers import READERS, Job, Readers


class Parser(Protocol):
    """Reads files; `Sandbox` or, unprotected, `InProcess`."""

    def read(self, job: Job, content: bytes | File) -> Iterator[Batch | Unread]:
        """Read a file as a reader does."""

    def read_many(self, files: Sequence[tuple[Job, bytes]]) -> Iterator[Iterator[Batch | Unread]]:
        """Read small files: of each, in their order, what `read` gives. One is to be gone through before the next."""

    def confinement(self) -> str:
        """Tell what confines the reading."""

    def close(self) -> None:
        """Let go of what is held."""


class Sandbox:
    """Children that read files: as many as files are read at the same time, one as a rule."""

    def __init__(
        self, limits: Limits | None = None, bounds: Bounds | None = None, program: str = "connectors.extract.child"
    ) -> None:
        """Keep the limits; the first child is started when it is needed.

        Args:
            limits: What a file may cost, for the extractors.
            bounds: What the child may cost.
            program: Name of the module whose `main` the child runs.
        """
        self._settings = limits or Limits(), bounds or Bounds(), program
        self._idle: list[Process] = []
        self._all: set[Process] = set()
        self._lock = threading.Lock()
        self._confinement = ""
        weakref.finalize(self, _end_all, self._all, os.getpid())

    def read(self, job: Job, content: bytes | File) -> Iterator[Batch | Unread]:
        """Read a file.

        Args:
            job: Which file, and by which reader.
            content: The file as it is, or opened.

        Yields:
            What the reader does. Last an `Unread` about the file if it could not be read to its end: PARTIAL if
            something was, else REFUSED (`limit:time`, `limit:silence`, `limit:memory`, `limit:output`), UNREADABLE
            (`crash`) or CHANGED.

        Raises:
            ConnectorError: a child cannot be started.
        """
        child = self._take()
        try:
            yield from self._told(child, job, child.read(job, content))
        finally:
            self._give_back(child)

    def read_many(self, files: Sequence[tuple[Job, bytes]]) -> Iterator[Iterator[Batch | Unread]]:
        """Read small files that are sent together: an exchange with the child costs more than most of them.

        A file that ends its child is named as by `read`; those after it are sent to another.
        """
        left = deque(files)
        while left:
            child = self._take()
            try:
                yield from self._sent(child, left)
            finally:
                self._give_back(child)

    def _sent(self, child: Process, left: deque[tuple[Job, bytes]]) -> Iterator[Iterator[Batch | Unread]]:
        try:
            child.ask(left)
        except FaultError:
            self._drop(child)  # whose fault it is, the first alone will show
            job, content = left.popleft()
            yield self.read(job, content)
        while left and child in self._all:
            job, content = left.popleft()
            answers = self._told(child, job, child.answer(job, len(content)))
            yield answers
            for _ in answers:  # what nobody wanted
                pass

    def _told(self, child: Process, job: Job, answers: Iterator[Batch | Unread]) -> Iterator[Batch | Unread]:
        """Give answers, last the fault that ended them."""
        some = False
        try:
            for answer in answers:
                some = some or isinstance(answer, Batch)
                yield answer
        except FaultError as fault:
            self._drop(child)
            yield Unread(job.unit, State.PARTIAL if some else fault.state, fault.reason)

    def confinement(self) -> str:
        """Tell what confines the child: `FULL`, or fewer measures where the system has fewer.

        Raises:
            ConnectorError: a child cannot be started.
        """
        if not self._confinement:
            self._give_back(self._take())
        return self._confinement

    def close(self) -> None:
        """End all children."""
        self._idle.clear()
        for child in list(self._all):
            self._drop(child)

    def _take(self) -> Process:
        while True:
            with self._lock:
                child = self._idle.pop() if self._idle else None
            if child is None:
                child = Process(*self._settings)
                self._all.add(child)
                self._confinement = child.confinement
                return child
            if child.is_ready:
                return child
            self._drop(child)

    def _give_back(self, child: Process) -> None:
        if child not in self._all:
            return
        fit = child.rest()
        with self._lock:
            if fit and not self._idle:
                self._idle.append(child)
                return
        self._drop(child)

    def _drop(self, child: Process) -> None:
        if child in self._all:
            self._all.discard(child)
            child.end()


class InProcess:
    """Reads in this process, without protection: for debugging, or where no child can be had."""

    def __init__(self, limits: Limits | None = None, readers: Readers = READERS) -> None:
        self._limits = limits or Limits()
        self._readers = readers

    def read(self, job: Job, content: bytes | File) -> Iterator[Batch | Unread]:
        """Read a file as `Sandbox.read` does; a fault is not caught."""
        data = content if isinstance(content, bytes) else _loaded(content)
        if data is None:
            yield Unread(job.unit, State.CHANGED, "changed while read")
            return
        with io.BytesIO(data) if isinstance(data, bytes) else data as file:
            for answer in self._readers[job.reader](job, file, self._limits):
                yield from pieces(answer) if isinstance(answer, Batch) else (answer,)
        if isinstance(content, File) and content.streamed and content.settled and not content.settled(content.size):
            yield Unread(job.unit, State.CHANGED, "changed while read")

    def read_many(self, files: Sequence[tuple[Job, bytes]]) -> Iterator[Iterator[Batch | Unread]]:
        """Read one after the other."""
        return (self.read(job, content) for job, content in files)

    def confinement(self) -> str:
        """Say that nothing confines it."""
        return "off"

    def close(self) -> None:
        """Nothing is held."""


def checked(parser: Parser) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the note and the warning about protection for a `Check`: one of them."""
    try:
        return (f"sandbox: {parser.confinement()}",), ()
    except ConnectorError as error:
        return (), (str(error),)


def degraded(confinement: str) -> tuple[str, ...]:
    """Give the note that batches carry: none where all measures are in force, `sandbox:rlimits` where few are."""
    return () if confinement == FULL else (f"sandbox:{confinement}",)


def _loaded(file: File) -> bytes | io.BufferedReader | None:
    stream = os.fdopen(os.dup(file.descriptor), "rb")
    if file.settled is None or file.streamed:
        return stream
    with stream:
        for _ in range(ATTEMPTS):
            stream.seek(0)
            data = stream.read()
            if file.settled(len(data)):
                return data
    return None


def _end_all(children: set[Process], owner: int) -> None:
    """End what is left when the sandbox is forgotten, unless this is a copy of the process that started it."""
    while children and os.getpid() == owner:
        children.pop().end()
