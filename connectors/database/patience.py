"""How often, and how long, a database that fails is asked again."""

from __future__ import annotations

import random
import time

from sqlalchemy.exc import SQLAlchemyError

from connectors.database.errors import RETRIED, ReadError, reason_of

TRIES = 5
FIRST_WAIT = 0.2
"""Seconds; doubled each time, with jitter."""
LONGEST_WAIT = 30.0
OUTAGE_SECONDS = 900.0
"""A server that has answered before may be gone so long, for a restart; then it is gone."""


class Patience:
    """What is left of it for one server: an outage is waited out once, until the server has answered again."""

    def __init__(self) -> None:
        self.worn = False


class Attempts:
    """The attempts at one thing."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._failed = 0
        self._since = 0.0

    def succeeded(self) -> None:
        """Begin anew."""
        self._failed = 0
        self._patience.worn = False

    def failed(self, error: SQLAlchemyError) -> None:
        """Sleep before the next attempt.

        Raises:
            ReadError: there is none, or the reason stays.
        """
        reason = reason_of(error)
        if not self._failed:
            self._since = time.monotonic()
        self._failed += 1
        if reason not in RETRIED or (self._failed >= TRIES and not self._waits_out(reason)):
            raise ReadError(reason) from None
        pause = min(LONGEST_WAIT, FIRST_WAIT * 2 ** (self._failed - 1))
        time.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311 - jitter, not a secret

    def _waits_out(self, reason: str) -> bool:
        if reason != "connection" or self._patience.worn:
            return False
        self._patience.worn = time.monotonic() - self._since > OUTAGE_SECONDS
        return not self._patience.worn
