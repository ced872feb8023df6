"""The inventory as pages ask for it: worked out once a scan, its rows findable, its sums ready."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from reports.gaps import Gap
from reports.inventory import Inventory, Row
from reports.views import LIKELY, Matrix, Summary, categories_in_order, matrix, summary

NONE = "none"
"""In an address: no category, or no owner."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What the reader narrows the inventory to; an empty string leaves it as it is."""

    category: str = ""
    system: str = ""
    owner: str = ""
    certainty: str = ""
    page: int = 1

    def takes(self, row: Row) -> bool:
        """Whether a row is among what was chosen."""
        return (
            self.category in ("", row.category or NONE)
            and self.system in ("", row.source)
            and self.owner in ("", row.owner or NONE)
            and (not self.certainty or is_unsure(row))
        )

    @property
    def is_all(self) -> bool:
        """Nothing was chosen."""
        return not (self.category or self.system or self.owner or self.certainty)

    def query(self, **other: str | int) -> dict[str, str | int]:
        """As an address has it, with some of it changed."""
        chosen = {name: getattr(self, name) for name in ("category", "system", "owner", "certainty", "page")}
        return {name: value for name, value in (chosen | other).items() if value and (name, value) != ("page", 1)}


@dataclass(frozen=True, slots=True)
class Place:
    """A table or folder, and what is held in it. Its name is plain."""

    unit: str
    categories: tuple[str, ...]
    persons: int
    """At least."""
    values: int


class Held:
    """An inventory. Names in it are plain: a page masks what it shows."""

    def __init__(self, inventory: Inventory, place_id: Callable[[Row], str]) -> None:
        self.inventory = inventory
        self._place_id = place_id

    @cached_property
    def rows(self) -> Mapping[str, Row]:
        """Rows by what stands for them in an address."""
        return {self._place_id(row): row for row in self.inventory.rows}

    @cached_property
    def summary(self) -> Summary:
        """The figures at the top."""
        return summary(self.inventory)

    @cached_property
    def matrix(self) -> Matrix:
        """Category by system."""
        return matrix(self.inventory)

    @cached_property
    def categories(self) -> list[str | None]:
        """The categories to choose from."""
        return categories_in_order(self.inventory.rows, self.inventory.policy)

    @cached_property
    def unsure(self) -> int:
        """Fields that a person should say of what is in them."""
        return len({(row.source, row.unit, row.field) for row in self.uncertain})

    @cached_property
    def uncertain(self) -> Sequence[Row]:
        """The rows of such fields that nobody has said anything of, those with most values first."""
        rows = [row for row in self._by_choice.get(Choice(certainty="low"), ()) if row.review is None]
        return sorted(rows, key=lambda row: (-row.values, row.confidence))

    @cached_property
    def gaps(self) -> Mapping[str, Sequence[Gap]]:
        """Gaps of places by kind, the gravest first; "" are all of them."""
        found: dict[str, list[Gap]] = {"": []}
        for gap in self.inventory.gaps:
            if gap.kind != "unseen":
                found[""].append(gap)
                found.setdefault(gap.kind, []).append(gap)
        return found

    @cached_property
    def _by_choice(self) -> Mapping[Choice, Sequence[Row]]:
        found: dict[Choice, list[Row]] = defaultdict(list)
        for row in self.inventory.rows:
            found[Choice(category=row.category or NONE)].append(row)
            found[Choice(category=row.category or NONE, system=row.source)].append(row)
            found[Choice(system=row.source)].append(row)
            found[Choice(owner=row.owner or NONE)].append(row)
            if is_unsure(row):
                found[Choice(certainty="low")].append(row)
        return found

    @cached_property
    def systems(self) -> Mapping[str, Sequence[Place]]:
        """The places of each system, those with most people first."""
        units: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
        for row in self.inventory.rows:
            units[row.source][row.unit].append(row)
        return {
            name: sorted(map(_place, places, places.values()), key=lambda one: (-one.persons, -one.values))
            for name, places in units.items()
        }

    def chosen(self, choice: Choice) -> Sequence[Row]:
        """The rows that a reader wants to see."""
        if choice.is_all:
            return self.inventory.rows
        narrowed = [
            Choice(category=choice.category, system=choice.system),
            Choice(owner=choice.owner),
            Choice(certainty=choice.certainty),
        ]
        some = [self._by_choice.get(one, ()) for one in narrowed if not one.is_all]
        least = min(some, key=len)
        return least if len(some) == 1 else [row for row in least if choice.takes(row)]

    def warm(self) -> None:
        """Work out now what the first visitor would wait for."""
        _ = (self.rows, self.summary, self.matrix, self.categories, self.unsure, self.gaps, self.systems)


def _place(unit: str, rows: Sequence[Row]) -> Place:
    return Place(
        unit,
        categories=tuple(dict.fromkeys(row.category for row in rows if row.category)),
        persons=max(row.persons for row in rows),
        values=sum(row.values for row in rows),
    )


def is_unsure(row: Row) -> bool:
    """Whether a person should say what is in the field."""
    return row.entity is not None and row.confidence < LIKELY
