"""What has changed since an earlier inventory: new, gone, changed; what cannot be compared is kept apart.

A place that is gone may only not have been read this time: of what was not read whole in either inventory, or was read
in another way, nothing is said to be new, gone or changed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from reports.inventory import Inventory
from reports.words import N_, READ

NEW, GONE, CHANGED, SAME, APART = "new", "gone", "changed", "same", "not_comparable"
STATES: Mapping[str, tuple[str, str]] = {
    NEW: (N_("new"), "high"),
    GONE: (N_("gone"), "low"),
    CHANGED: (N_("changed"), "medium"),
    APART: (N_("not comparable"), "info"),
    SAME: (N_("as before"), "info"),
}
"""State -> its name, and how grave it is."""
_NAMES = ("source", "unit", "field", "entity", "category", "values")
_Key = tuple[str, str, str, str, str]
Apart = Callable[[str, str], bool]
"""Source and unit -> whether nothing can be said of what is new, gone or changed there."""


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one category in one field, by one kind of evidence."""

    state: str
    source: str
    unit: str
    field: str
    entity: str | None
    category: str | None
    then: int
    """Values in the earlier inventory."""
    now: int


@dataclass(frozen=True, slots=True)
class Point:
    """How much was held when a scan ended."""

    at: str
    fields: int
    """With personal data."""
    values: int


@dataclass(frozen=True, slots=True)
class Trend:
    """Two inventories compared."""

    since: str
    until: str
    changes: Sequence[Change]
    """The new first; what is as before is not among them."""
    systems: Mapping[str, Mapping[str, int]]
    """Source -> state -> rows of the inventory, those that are as before too."""
    points: Sequence[Point] = ()
    """Of the scans that are remembered, the oldest first."""
    other_policy: bool = False
    """The earlier one was judged by another policy."""
    totals: Mapping[str, int] = field(init=False)
    """State -> rows."""

    def __post_init__(self) -> None:
        """Add the systems up."""
        sums: Counter[str] = Counter()
        for states in self.systems.values():
            sums.update(states)
        object.__setattr__(self, "totals", {state: sums[state] for state in STATES})

    def masked(self, shown: Callable[[str], str]) -> Trend:
        """The same with names fit to be shown."""
        changes = [replace(one, unit=shown(one.unit), field=shown(one.field)) for one in self.changes]
        return Trend(self.since, self.until, changes, self.systems, self.points, self.other_policy)


def since_file(earlier: Mapping[str, Any], now: Inventory) -> Trend:
    """Compare with an earlier `inventory --format json`: it tells only of whole systems whether they were read."""
    unread = _not_whole((item["source"], item["state"]) for item in earlier["coverage"])
    unread |= _not_whole((item.source, item.state) for item in now.coverage)
    made = _compare(_values(earlier["rows"]), _held(now), lambda source, _unit: source in unread)
    other = earlier["policy"]["sha256"] != now.policy.sha256
    return Trend(str(earlier["generated"]), now.generated, *made, other_policy=other)


def between(before: Inventory, now: Inventory, apart: Apart, points: Sequence[Point] = ()) -> Trend:
    """Compare two inventories that were judged by the same policy.

    Args:
        before: What an earlier scan left.
        now: What is held now.
        apart: Where nothing can be said.
        points: How much was held after each scan.
    """
    return Trend(before.generated, now.generated, *_compare(_held(before), _held(now), apart), points)


def _held(inventory: Inventory) -> dict[_Key, int]:
    return _values({name: getattr(row, name) for name in _NAMES} for row in inventory.rows)


def _values(rows: Iterable[Mapping[str, Any]]) -> dict[_Key, int]:
    found: dict[_Key, int] = defaultdict(int)
    for row in rows:
        source, unit, field, entity, category = (str(row[name] or "") for name in _NAMES[:5])
        found[source, unit, field, entity, category] += int(row["values"])
    return dict(found)


def _not_whole(states: Iterable[tuple[str, str]]) -> set[str]:
    return {source for source, state in states if state not in {*READ, "skipped", "unsupported"}}


def _compare(
    before: Mapping[_Key, int], after: Mapping[_Key, int], apart: Apart
) -> tuple[list[Change], dict[str, dict[str, int]]]:
    systems: dict[str, Counter[str]] = defaultdict(Counter)
    changes = []
    for key in sorted({*before, *after}):
        source, unit, field, entity, category = key
        state = _state(key in before, key in after, before.get(key, 0), after.get(key, 0))
        if state != SAME and apart(source, unit):
            state = APART
        systems[source][state] += 1
        if state != SAME:
            names = (state, source, unit, field, entity or None, category or None)
            changes.append(Change(*names, before.get(key, 0), after.get(key, 0)))
    order = list(STATES)
    changes.sort(key=lambda one: order.index(one.state))
    return changes, {source: dict(states) for source, states in sorted(systems.items())}


def _state(was: bool, is_: bool, then: int, now: int) -> str:
    if was and is_:
        return SAME if then == now else CHANGED
    return NEW if is_ else GONE
