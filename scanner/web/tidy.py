"""Deleting packages whose day has come while the pages are served."""

from __future__ import annotations

import threading

from scanner.audit import actor
from scanner.cases.due import delete_due
from scanner.console import say
from scanner.web.guard import note
from scanner.web.site import Site

LOOK_SECONDS = 3600.0
"""Between two looks: a day begins while it runs."""


class Tidier(threading.Thread):
    """Looks every hour, until it is stopped."""

    def __init__(self, site: Site) -> None:
        super().__init__(daemon=True)
        self._site = site
        self._ends = threading.Event()

    def run(self) -> None:
        """Delete what is due, wait, look again; once at the least, however soon it is stopped."""
        while True:
            try:
                for line in delete_due(self._site.config, self._site.store, actor()).left:
                    say(f"insyn: {line}")
            except Exception as error:  # noqa: BLE001  the pages go on; it is told, and tried again
                note(error)
            if self._ends.wait(LOOK_SECONDS):
                return

    def stop(self) -> None:
        """End soon."""
        self._ends.set()
        self.join()
