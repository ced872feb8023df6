"""What all requests share: the store, the policy, the users, and the inventory worked out once a scan."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property, partial

from recognizers import Analyzer
from reports.dates import today
from reports.facts import Coverage
from reports.gaps import Gap
from reports.inventory import Inventory, Row, build
from reports.policy import Policy
from reports.review import counting
from reports.words import READ
from scanner.audit.unusual import Unusual, unusual
from scanner.config import Config
from scanner.decisions import policy_answers, review
from scanner.reporting import remembered
from scanner.reporting.overview import coverage
from scanner.store import Store
from scanner.subject.question import Seed, seeds
from scanner.subject.shown import Shown
from scanner.users import Users
from scanner.web.held import Held
from scanner.web.kept import Kept
from scanner.web.reviews import Reviews
from scanner.web.scans import Scans
from scanner.web.sessions import Limiter, Sessions

_OF_NAME = (5, 15 * 60.0)
_OF_ADDRESS = (30, 15 * 60.0)
"""Tries to sign in, and in how many seconds."""


class Site:
    """One installation as the server knows it; with `scans`, something else starts them."""

    def __init__(self, config: Config, store: Store, policy: Policy, scans: Scans | None = None) -> None:
        self.config = config
        self.store = store
        self.policy = policy
        self.users = Users(store)
        self.sessions = Sessions()
        self.tries_of_name = Limiter(*_OF_NAME)
        self.tries_of_address = Limiter(*_OF_ADDRESS)
        self.scans = scans or Scans(config)
        self.first_code = "" if self.users.all() else secrets.token_urlsafe(32)
        """Opens the page that makes the first admin; printed once at the start, "" when there are users."""
        self.lock = threading.RLock()
        """Held by whoever searches for a person: the recognizers serve one at a time."""
        self._reading = threading.RLock()
        """The same for names and questions, which must not wait for a search."""
        self.reviews = Reviews(self.lock)
        self.kept = Kept()

    @cached_property
    def analyzer(self) -> Analyzer:
        """Searches and reads again; made at first use, which takes a second."""
        with self.lock:
            return Analyzer()

    @cached_property
    def _reader(self) -> Analyzer:
        with self._reading:
            return Analyzer()

    @cached_property
    def names(self) -> Shown:
        """Masks names of tables, folders and fields, and remembers them."""
        return Shown(self.store, self._reader)

    def shown(self, text: str) -> str:
        """A name of a table, folder or field with what is personal in it masked."""
        return self.names(text)

    def read(self, *typed: str) -> list[Seed]:
        """What a question about a person is read as.

        Raises:
            ConfigError: nothing was asked for.
        """
        with self._reading:
            return seeds(self._reader, self.store.keys, typed)

    def unusual(self, users: Sequence[str]) -> list[Unusual]:
        """Look-ups that somebody should ask about."""
        with self._reading:
            return unusual(self.store, self._reader, users)

    def held(self) -> Held:
        """The inventory as the last scan left it, with what people have decided since.

        Raises:
            BeingMadeError: it is being worked out for the first time.
        """
        return self.kept.near("held", self.stamp(), self._hold)

    @property
    def is_current(self) -> bool:
        """Whether the last scan and the last decision are in what is shown."""
        return self.kept.is_current("held", self.stamp())

    def _hold(self) -> Held:
        decided = counting(review.decisions(self.store), today())
        values = ",".join(one.token.hex() for one in decided if one.token)
        known = self.kept.get("estate", self.scan_stamp() + values, partial(remembered.estate, self.store, self.config))
        held = Held(build(replace(known, decisions=decided), self.policy), self.place_id)
        held.warm()
        return held

    def coverage(self) -> list[Coverage]:
        """How the units of each source ended."""
        return self.kept.near("coverage", self._units_stamp(), partial(coverage, self.store, self.config))

    def _units_stamp(self) -> str:
        """Changes with every scan, also with one that has only begun."""
        return f"{self.store.last_number()} {self.store.last_scan()}"

    def scan_stamp(self) -> str:
        """Changes with every scan and with the day."""
        return f"{self.store.last_scan()} {today()}"

    def stamp(self) -> str:
        """Changes with every scan, with every decision about a finding, and with the day."""
        return f"{self.scan_stamp()} {review.stamp(self.store)}"

    def judged_stamp(self) -> str:
        """Changes with what an inventory changes with, and with every answer about the policy."""
        return f"{self.stamp()} {policy_answers.stamp(self.store)}"

    def place_id(self, one: Row | Gap) -> str:
        """What stands for a row, or the row that a gap is about, in an address: names may be personal data."""
        parts = (one.source, one.unit, one.field, one.entity or "", one.category or "")
        return self.store.keys.token("web/row", "\x00".join(parts)).hex()

    def masked(self, inventory: Inventory, rows: Sequence[Row] | None = None) -> Inventory:
        """An inventory fit to be shown, with these of its rows."""
        kept = [self.masked_row(row) for row in (inventory.rows if rows is None else rows)]
        return replace(inventory, rows=kept, gaps=[self.masked_gap(gap) for gap in inventory.gaps])

    def masked_gap(self, gap: Gap) -> Gap:
        """A gap fit to be shown."""
        return replace(gap, unit=self.shown(gap.unit), field=self.shown(gap.field))

    def masked_row(self, row: Row) -> Row:
        """A row fit to be shown."""
        return replace(row, unit=self.shown(row.unit), field=self.shown(row.field))

    def warm(self) -> None:
        """Work out now what the first visitor would wait for."""
        self.kept.get("coverage", self._units_stamp(), partial(coverage, self.store, self.config))
        held = self.kept.get("held", self.stamp(), self._hold)
        self.names.ahead(name for row in held.inventory.rows for name in (row.unit, row.field))


def share_read(coverage: list[Coverage]) -> float | None:
    """Share of the units that were read whole; None where nothing has been searched."""
    total = sum(item.count for item in coverage)
    return sum(item.count for item in coverage if item.state in READ) / total if total else None
