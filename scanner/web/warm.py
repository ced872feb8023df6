"""Working out after each scan what the first visitor would wait for."""

from __future__ import annotations

import threading

from scanner.web import documents
from scanner.web.guard import note
from scanner.web.site import Site

LOOK_SECONDS = 5.0
"""Between two looks whether a scan has ended."""


class Warmer(threading.Thread):
    """Looks after each scan, until it is stopped."""

    def __init__(self, site: Site) -> None:
        super().__init__(daemon=True)
        self._site = site
        self._ends = threading.Event()
        self._done = ""

    def run(self) -> None:
        """Work out what is new, wait, look again."""
        while not self._ends.is_set():
            try:
                self._look()
            except Exception as error:  # noqa: BLE001  told here once a scan; where somebody asks it is tried, and told, again
                note(error)
            self._ends.wait(LOOK_SECONDS)

    def _look(self) -> None:
        stamp = self._site.scan_stamp()
        if stamp != self._done:
            self._done = stamp
            self._site.warm()
            documents.warm(self._site)

    def stop(self) -> None:
        """End when what is being worked out is done, or soon."""
        self._ends.set()
        self.join(LOOK_SECONDS)
