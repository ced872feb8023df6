"""What all requests share: the store, the policy, the users, and the inventory worked out once a scan."""

from __future__ import annotations

import secrets
import threading
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
from scanner import review
from scanner.config import Config
from scanner.overview import estate
from scanner.question import Seed, seeds
from scanner.shown import Shown
from scanner.store import Store
from scanner.users import Users
from scanner.web.held import Held
from scanner.web.kept import Kept
from scanner.web.reviews import Reviews
from scanner.web.scans import Scans
from scanner.web.sessions import Limiter, Sessions

_OF_NAME = (5, 15 * 60.0)
_OF_ADDRESS = (30, 15 * 60.0)
"""Tries to sign in, and in how many seconds."""
PERSONNUMMER, CHECKSUM = "SE_PERSONNUMMER", "checksum"


class Site:
    """One installation as the server knows it. Close it afterwards."""

    def __init__(self, config: Config, store: Store, policy: Policy) -> None:
        self.config = config
        self.store = store
        self.policy = policy
        self.users = Users(store)
        self.sessions = Sessions()
        self.tries_of_name = Limiter(*_OF_NAME)
        self.tries_of_address = Limiter(*_OF_ADDRESS)
        self.scans = Scans(config)
        self.first_code = "" if self.users.all() else secrets.token_urlsafe(32)
        """Opens the page that makes the first admin; printed once at the start, "" when there are users."""
        self.lock = threading.RLock()
        """Held by whoever analyses: the recognizers serve one at a time."""
        self.reviews = Reviews(self.lock)
        self.kept = Kept()

    @cached_property
    def analyzer(self) -> Analyzer:
        """Reads questions and masks names; made at first use, which takes a second."""
        with self.lock:
            return Analyzer()

    @cached_property
    def _shown(self) -> Shown:
        return Shown(self.store, self.analyzer)

    def shown(self, text: str) -> str:
        """A name of a table, folder or field with what is personal in it masked."""
        with self.lock:
            return self._shown(text)

    def read(self, *typed: str) -> list[Seed]:
        """What a question about a person is read as.

        Raises:
            ConfigError: nothing was asked for.
        """
        with self.lock:
            return seeds(self.analyzer, self.store.keys, typed)

    def is_mistyped(self, typed: str) -> bool:
        """Whether something in a question has the shape of a personnummer, but not its check digit."""
        with self.lock:
            found = [one for one in self.analyzer.find({"": [typed]}) if one.entity == PERSONNUMMER]
        return any(CHECKSUM not in one.why for one in found)

    def held(self) -> Held:
        """The inventory as the last scan left it, with what people have decided since."""
        return self.kept.get("held", self.stamp(), self._hold)

    def _hold(self) -> Held:
        decided = counting(review.decisions(self.store), today())
        values = ",".join(one.token.hex() for one in decided if one.token)
        known = self.kept.get("estate", self.scan_stamp() + values, partial(estate, self.store, self.config))
        return Held(build(replace(known, decisions=decided), self.policy), self.place_id)

    def scan_stamp(self) -> str:
        """Changes with every scan and with the day."""
        return f"{self.store.last_scan()} {today()}"

    def stamp(self) -> str:
        """Changes with every scan, with every decision about a finding, and with the day."""
        decided = ",".join(f"{one.id}{one.approved_by}/{one.undone_by}" for one in review.decisions(self.store))
        return f"{self.scan_stamp()} {decided}"

    def hold_stamp(self) -> str:
        """Changes with every scan, with what is held from erasure, and with the day."""
        holds = [one for one in review.decisions(self.store) if one.kind == "hold"]
        return f"{self.scan_stamp()} {','.join(f'{one.id}{one.undone_by}' for one in holds)}"

    def place_id(self, one: Row | Gap) -> str:
        """What stands for a row, or the row that a gap is about, in an address: names may be personal data."""
        parts = (one.source, one.unit, one.field, one.entity or "", one.category or "")
        return self.store.keys.token("web/row", "\x00".join(parts)).hex()

    def masked(self, inventory: Inventory, rows: list[Row] | None = None) -> Inventory:
        """An inventory fit to be shown, with these of its rows."""
        return replace(
            inventory,
            rows=[self.masked_row(row) for row in (inventory.rows if rows is None else rows)],
            gaps=[replace(gap, unit=self.shown(gap.unit), field=self.shown(gap.field)) for gap in inventory.gaps],
        )

    def masked_row(self, row: Row) -> Row:
        """A row fit to be shown."""
        return replace(row, unit=self.shown(row.unit), field=self.shown(row.field))

    def warm(self) -> None:
        """Work out now what the first visitor would wait for."""
        self.held().warm()
        for name in {name for row in self.held().inventory.rows for name in (row.unit, row.field)}:
            self.shown(name)


def share_read(coverage: list[Coverage]) -> float | None:
    """Share of the units that were read whole; None where nothing has been searched."""
    total = sum(item.count for item in coverage)
    return sum(item.count for item in coverage if item.state in READ) / total if total else None
