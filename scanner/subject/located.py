"""Where a record that was found lies: what a reader of hits and packages goes by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.store import Store
from scanner.subject.outcome import Found
from scanner.subject.records import locator

if TYPE_CHECKING:
    from scanner.subject import Search


def located(store: Store, search: Search, found: Found) -> tuple[str, str, dict[str, str | int] | None]:
    """Where a record lies, opened: source, unit and locator."""
    unit = search.ownership.unit(found.unit)
    return unit.source, unit.key, locator(store.keys, search.records.view(found.record))
