"""Messages between the scanner and its confined child: a length, then JSON. Never pickle: the child may be hostile."""

from __future__ import annotations

import json
import os
import socket
import time
from typing import TypeAlias

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

LARGEST = 64 << 20
"""Bytes of one message."""
_LENGTH = 4
_CHUNK = 1 << 18


class WireError(Exception):
    """The other side broke off, or says what it cannot say. The message holds nothing of what it said."""


class Channel:
    """One end of a stream socket. `deadline` (monotonic seconds, or None) bounds whatever waits."""

    def __init__(self, end: socket.socket) -> None:
        self._socket = end
        self._buffer = bytearray()
        self._descriptors: list[int] = []
        self.deadline: float | None = None
        self.received = 0
        """Bytes taken so far."""

    def send(self, message: Json, content: bytes = b"", descriptor: int | None = None) -> None:
        """Send a message, bytes that follow it, an open file that goes along.

        Raises:
            TimeoutError: the other side did not take it in time.
            OSError: the other side is gone.
        """
        data = frame(message) + content
        self._wait()
        sent = socket.send_fds(self._socket, [data], [descriptor]) if descriptor is not None else 0
        self._socket.sendall(memoryview(data)[sent:])

    def receive(self) -> Json:
        """Receive a message.

        Raises:
            TimeoutError: none came in time.
            WireError: the other side is gone; or what came is too long, or no JSON.
        """
        size = int.from_bytes(self.take(_LENGTH), "big")
        if size > LARGEST:
            raise WireError("too long a message")
        data = self.take(size)
        try:
            message: Json = json.loads(data.decode("utf-8", "surrogatepass"))
        except (ValueError, RecursionError):
            raise WireError("no message") from None
        return message

    def take(self, size: int) -> bytearray:
        """Take the next `size` bytes; raises as `receive` does."""
        while len(self._buffer) < size:
            self._fill(size - len(self._buffer))
        if len(self._buffer) == size:
            found, self._buffer = self._buffer, bytearray()
        else:
            found = self._buffer[:size]
            del self._buffer[:size]
        self.received += size
        return found

    def descriptor(self) -> int:
        """Give the open file that came along with the last message; the caller closes it.

        Raises:
            WireError: none came.
        """
        if not self._descriptors:
            raise WireError("no file came along")
        return self._descriptors.pop(0)

    def is_quiet(self) -> bool:
        """Tell whether the other side is there and has nothing to say."""
        if self._buffer:
            return False
        self._socket.setblocking(False)
        try:
            self._socket.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return True
        except OSError:
            return False
        return False

    def close(self) -> None:
        """Close this end."""
        self._socket.close()
        while self._descriptors:
            os.close(self._descriptors.pop())

    def _fill(self, missing: int) -> None:
        self._wait()
        try:
            data = self._receive(max(_CHUNK, missing))
        except ConnectionError:
            data = b""
        if not data:
            raise WireError("the other side is gone")
        self._buffer += data

    def _receive(self, size: int) -> bytes:
        return self._socket.recv(size)

    def _wait(self) -> None:
        left = None if self.deadline is None else self.deadline - time.monotonic()
        if left is not None and left <= 0:
            raise TimeoutError
        self._socket.settimeout(left)


class ChildChannel(Channel):
    """The child's end: only here open files are taken."""

    def _receive(self, size: int) -> bytes:
        data, found, _, _ = socket.recv_fds(self._socket, size, 1)
        self._descriptors += found
        return data


def frame(message: Json) -> bytes:
    """Write a message with its length before it."""
    text = json.dumps(message, ensure_ascii=False, separators=(",", ":"), check_circular=False)
    data = text.encode("utf-8", "surrogatepass")
    return len(data).to_bytes(_LENGTH, "big") + data
