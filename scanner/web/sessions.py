"""Who is signed in: kept in the memory of the server, so that stopping it ends every session. The cookie is a random
number and tells nothing; it is a new one after every sign-in, and a session that nobody uses ends."""

from __future__ import annotations

import hmac
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from scanner.users import User

IDLE_SECONDS = 15 * 60
LONGEST_SECONDS = 10 * 3600
"""A working day."""


@dataclass(slots=True)
class _Session:
    user: int
    began: float
    seen: float


class Sessions:
    """The sessions of one server."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._open: dict[str, _Session] = {}
        self._secret = secrets.token_bytes(32)

    def start(self, user: User) -> str:
        """Begin a session; returns its cookie."""
        cookie = secrets.token_urlsafe(32)
        with self._lock:
            self._open = {key: one for key, one in self._open.items() if self._is_alive(one)}
            self._open[cookie] = _Session(user.id, self._clock(), self._clock())
        return cookie

    def user(self, cookie: str, *, touch: bool = True) -> int | None:
        """The number of the user whose session it is, None if there is none or it has ended.

        Args:
            cookie: What the browser sent.
            touch: It is somebody's doing; a page that refreshes itself keeps no session open.
        """
        with self._lock:
            session = self._open.get(cookie)
            if session is None or not self._is_alive(session):
                self._open.pop(cookie, None)
                return None
            if touch:
                session.seen = self._clock()
            return session.user

    def is_open(self, cookie: str) -> bool:
        """Whether it is the cookie of a session that has not ended."""
        return self.user(cookie, touch=False) is not None

    def end(self, cookie: str) -> None:
        """End a session."""
        with self._lock:
            self._open.pop(cookie, None)

    def end_all(self, user: int) -> None:
        """End all sessions of a user: he was closed, or has other roles."""
        with self._lock:
            self._open = {key: one for key, one in self._open.items() if one.user != user}

    def form_token(self, cookie: str) -> str:
        """What a form of this browser must carry."""
        return hmac.new(self._secret, cookie.encode(), "sha256").hexdigest()

    def is_form_token(self, cookie: str, token: str) -> bool:
        """Whether a form came from a page that we gave to this browser."""
        return bool(cookie) and hmac.compare_digest(self.form_token(cookie).encode(), token.encode())

    def _is_alive(self, session: _Session) -> bool:
        now = self._clock()
        return now - session.seen < IDLE_SECONDS and now - session.began < LONGEST_SECONDS


class Limiter:
    """So many tries in so long, for each key."""

    def __init__(self, tries: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._tries = tries
        self._seconds = seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._met: dict[str, list[float]] = {}

    def is_spent(self, key: str) -> bool:
        """Whether there were as many tries as are allowed."""
        with self._lock:
            return len(self._recent(key)) >= self._tries

    def note(self, key: str) -> None:
        """Count one try."""
        with self._lock:
            self._met[key] = [*self._recent(key), self._clock()]
            if len(self._met) > 10_000:  # whoever makes up names cannot fill the memory
                self._met = {one: times for one in self._met if (times := self._recent(one))}

    def forget(self, key: str) -> None:
        """Begin anew."""
        with self._lock:
            self._met.pop(key, None)

    def _recent(self, key: str) -> list[float]:
        return [at for at in self._met.get(key, ()) if self._clock() - at < self._seconds]
