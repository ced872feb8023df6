"""What a worker has sent. A thread takes it from the pipe, so that nobody waits while another's unit is written."""

from __future__ import annotations

from collections import deque
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from threading import Condition, Thread
from typing import Any

_STOP_SECONDS = 1.0


class Inbox:
    """Messages of one worker, packed until they are asked for.

    Args:
        pipe: To the worker.
        room: Bytes that may wait here; more stay in the pipe, and the worker waits.
        told: Notified of each message, and of the pipe's end; one for all workers of a pool.
    """

    def __init__(self, pipe: Connection, room: int, told: Condition) -> None:
        self._pipe = pipe
        self._room = room
        self._told = told
        self._messages: deque[bytes] = deque()
        self._size = 0
        self._ended = False
        self._closed = False
        self._thread = Thread(target=self._fill, name="inbox", daemon=True)
        self._thread.start()

    def _fill(self) -> None:
        try:
            while self._has_room():
                message = self._pipe.recv_bytes()
                with self._told:
                    self._messages.append(message)
                    self._size += len(message)
                    self._told.notify_all()
        except (EOFError, OSError):
            return  # it died, or was let go
        finally:  # whatever ends this thread, nobody waits for more
            with self._told:
                self._ended = True
                self._told.notify_all()

    def _has_room(self) -> bool:
        with self._told:
            self._told.wait_for(lambda: self._closed or self._size <= self._room)
            return not self._closed

    def has_news(self) -> bool:
        """Whether `next` need not wait: there is a message, or the worker has died. To be asked with `told` held."""
        return bool(self._messages) or self._ended

    def next(self) -> Any:
        """Wait for the next message.

        Raises:
            EOFError: it died, and all that it sent has been taken.
        """
        with self._told:
            self._told.wait_for(self.has_news)
            if not self._messages:
                raise EOFError
            message = self._messages.popleft()
            self._size -= len(message)
            self._told.notify_all()
        return ForkingPickler.loads(message)  # as `Connection.recv` does

    def close(self) -> None:
        """Take no more; the worker must have ended."""
        with self._told:
            self._closed = True
            self._told.notify_all()
        self._thread.join(_STOP_SECONDS)
