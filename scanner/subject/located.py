"""Where a record that was found lies: what a reader of hits and packages goes by."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from scanner.keys import Keys
from scanner.linking.identity import View
from scanner.store import Store
from scanner.subject.outcome import Found

if TYPE_CHECKING:
    from scanner.subject import Search


def locator(keys: Keys, view: View) -> dict[str, str | int] | None:
    """A record's locator, opened."""
    if view.locator is None:
        return None
    opened: dict[str, str | int] = json.loads(keys.unseal(view.locator))
    return opened


def located(store: Store, search: Search, found: Found) -> tuple[str, str, dict[str, str | int] | None]:
    """Where a record lies, opened: source, unit and locator."""
    unit = search.ownership.unit(found.unit)
    return unit.source, unit.key, locator(store.keys, search.records.view(found.record))
