"""The hits of cases as they are being worked with: searched for once, kept in memory for a while, never on disk.

Each time a case is opened it is logged; what was decided is read anew.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Sequence
from dataclasses import replace

from scanner import audit
from scanner.cases import hits as case_hits
from scanner.cases import places
from scanner.cases.desk import Desk
from scanner.cases.hits import Review, Summary
from scanner.cases.model import Case, Decision

SECONDS = 15 * 60.0
MOST = 20
_Key = tuple[str, tuple[str, ...], str, str, frozenset[bytes]]


def _key(desk: Desk, case: Case, lang: str) -> _Key:
    """What a search hangs on: what is asked for, what was scanned, and what was decided to be the person's."""
    return case.number, case.identifiers, lang, desk.store.last_scan(), places.followed(desk.store, case.number)


class Reviews:
    """The searches of the last minutes."""

    def __init__(self, analysing: threading.RLock) -> None:
        self._analysing = analysing
        self._known: dict[_Key, tuple[float, list[Review]]] = {}

    def of(self, desk: Desk, case: Case, lang: str) -> list[Review]:
        """The hits of a case with what was decided about them, the surest first.

        Raises:
            SpecialHandlingError: the person's identity is protected, and this user has no such task.
        """
        if not case.identifiers:
            return []
        key = _key(desk, case, lang)
        with self._analysing:
            self._forget()
            if key in self._known:
                audit.record(desk.store, "case review", case.number, by=desk.actor)
            else:
                self._known[key] = time.monotonic(), case_hits.review(desk, case.number, lang)
            return self._decided(desk, case.number, self._known[key][1])

    def search(self, desk: Desk, number: str, typed: str, lang: str) -> None:
        """Search for a case's person, keep what is found with the case, and remember it for who looks at it next.

        Raises:
            SpecialHandlingError: the person's identity is protected, and this user has no such task.
        """
        with self._analysing:
            self._remember(desk, number, case_hits.search(desk, number, [typed], lang), lang)

    def decide(
        self, desk: Desk, number: str, hits: Collection[int], what: tuple[Decision, str], lang: str
    ) -> Summary | None:
        """Decide what becomes of records, with its reason; a search that this makes needful is remembered.

        Raises:
            ConfigError: there is no reason, no such record, or the package has been released.
            SpecialHandlingError: the person's identity is protected, and this user has no such task.
        """
        with self._analysing:
            found = case_hits.settle(desk, number, hits, *what, lang=lang)
            if found is not None:
                self._remember(desk, number, found, lang)
        return found

    def _remember(self, desk: Desk, number: str, found: Summary, lang: str) -> None:
        key = _key(desk, desk.register.get(number), lang)
        self._known[key] = time.monotonic(), case_hits.reviews(desk, number, found.hits)

    def _forget(self) -> None:
        """What is old, and the oldest when there is much."""
        now = time.monotonic()
        fresh = [(key, one) for key, one in self._known.items() if now - one[0] < SECONDS]
        self._known = dict(fresh[-MOST:])

    @staticmethod
    def _decided(desk: Desk, number: str, rows: Sequence[Review]) -> list[Review]:
        kept = {one.id: one for one in case_hits.kept(desk, number)}
        return [replace(row, kept=kept[row.kept.id]) for row in rows if row.kept.id in kept]
