"""Scans started from the pages: the same command that a terminal would run, as a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence

from scanner.config import Config
from scanner.sources import chosen

_COMMAND = "from scanner.cli import main; main()"


class Scans:
    """At most one scan at a time."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._lock = threading.Lock()
        self._running: subprocess.Popen[bytes] | None = None

    @property
    def is_running(self) -> bool:
        """Whether a scan that was started here is going on."""
        return self._running is not None and self._running.poll() is None

    @property
    def exit_code(self) -> int | None:
        """How the last scan that was started here ended; None if there was none or it is going on."""
        return None if self._running is None else self._running.poll()

    def start(self, names: Sequence[str]) -> bool:
        """Start a scan of these sources, of all if none is named; False if one is going on.

        Raises:
            ConfigError: there is no such source.
        """
        wanted = chosen(self._config, names)
        with self._lock:
            if self.is_running:
                return False
            self._running = subprocess.Popen(  # noqa: S603  our own interpreter; the names are of the configuration
                [sys.executable, "-c", _COMMAND, "scan", *wanted, "-c", str(self._config.path), "--format", "json"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
            )
            return True

    def stop(self) -> None:
        """Interrupt the scan as Ctrl-C would: what is finished is kept, the next scan goes on from there."""
        with self._lock:
            if self.is_running and self._running is not None:
                self._running.send_signal(signal.SIGINT)
