"""What is worked out once and shown many times, until the store says something else."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

from scanner.web.guard import note

Made = TypeVar("Made")


class Kept:
    """Things by name, each as good as its stamp. One is made at a time for each name; others are not held up by it."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, Any]] = {}
        self._guard = threading.Lock()
        self._making: dict[str, threading.RLock] = defaultdict(threading.RLock)

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
            if known is None or known[0] != stamp:
                self._known[name] = known = stamp, make()
            made: Made = known[1]
            return made

    def peek(self, name: str, stamp: str, make: Callable[[], Made]) -> Made | None:
        """The thing if it is there; else None, and it is made meanwhile."""
        known = self._known.get(name)
        if known is not None and known[0] == stamp:
            made: Made = known[1]
            return made
        threading.Thread(target=self._quietly, args=(name, stamp, make), daemon=True).start()
        return None

    def _quietly(self, name: str, stamp: str, make: Callable[[], Any]) -> None:
        try:
            self.get(name, stamp, make)
        except Exception as error:  # noqa: BLE001  what fails here fails again, and is told, where somebody asks
            note(error)
