"""What is worked out once and shown many times, until the store says something else.

Nobody waits long for it: while it is made anew, what it was before is shown, or, the first time, that it is being made.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

Made = TypeVar("Made")
SOON = 2.0
"""Seconds: what last took no longer is waited for, so that whoever decides something sees it at once."""
PATIENCE = 0.25
"""Seconds for which the rest is waited for: it may be nearly done."""
_MOST = 30.0


class BeingMadeError(Exception):
    """It is being worked out for the first time; ask again."""


@dataclass(frozen=True, slots=True)
class _Known:
    """A thing, what it is good for, and how many seconds it took to make."""

    stamp: str
    thing: Any
    took: float


class Kept:
    """Things by name, each as good as its stamp. One is made at a time for each name; others are not held up by it."""

    def __init__(self) -> None:
        self._known: dict[str, _Known] = {}
        self._guard = threading.Lock()
        self._making: dict[str, threading.RLock] = defaultdict(threading.RLock)
        self._threads: dict[str, threading.Thread] = {}
        self._failed: dict[str, tuple[str, Exception]] = {}

    def get(self, name: str, stamp: str, make: Callable[[], Made]) -> Made:
        """The thing, made now if it is not there or its stamp is another.

        Args:
            name: Of the thing.
            stamp: Changes when it must be made anew.
            make: Makes it.
        """
        with self._guard:
            making = self._making[name]
        with making:
            known = self._known.get(name)
            if known is None or known.stamp != stamp:
                began = time.monotonic()
                thing = make()
                self._known[name] = known = _Known(stamp, thing, time.monotonic() - began)
            made: Made = known.thing
            return made

    def near(self, name: str, stamp: str, make: Callable[[], Made]) -> Made:
        """The thing as it is, or where making it takes long, as it last was.

        Raises:
            BeingMadeError: it was never made before.
        """
        before = self._known.get(name)
        if before is None or before.stamp != stamp:
            thread = self._begin(name, stamp, make)
            thread.join(_MOST if before and before.took < SOON else PATIENCE)
            self._tell(name, stamp)
        known = self._known.get(name)
        if known is None:
            raise BeingMadeError
        made: Made = known.thing
        return made

    def _tell(self, name: str, stamp: str) -> None:
        """What went wrong in the thread goes wrong where somebody asks, once; the next one tries again."""
        failed = self._failed.get(name)
        if failed is not None and failed[0] == stamp:
            del self._failed[name]
            raise failed[1]

    def is_current(self, name: str, stamp: str) -> bool:
        """Whether what is shown under a name is as good as this stamp."""
        known = self._known.get(name)
        return known is not None and known.stamp == stamp

    def _begin(self, name: str, stamp: str, make: Callable[[], Any]) -> threading.Thread:
        with self._guard:
            thread = self._threads.get(name)
            if thread is None or not thread.is_alive():
                thread = threading.Thread(target=self._quietly, args=(name, stamp, make), daemon=True)
                self._threads[name] = thread
                thread.start()
            return thread

    def _quietly(self, name: str, stamp: str, make: Callable[[], Any]) -> None:
        try:
            self.get(name, stamp, make)
        except Exception as error:  # noqa: BLE001  it is raised again where somebody asks
            self._failed[name] = stamp, error
