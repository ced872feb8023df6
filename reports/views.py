"""What the pages show of an inventory, counted and put in order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reports.facts import Coverage, Source
from reports.inventory import Inventory, Row
from reports.policy import Policy
from reports.words import READ

SURE, LIKELY = 0.85, 0.65
"""Confidence from which a cell of the map is shown as sure, and as likely."""


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures at the top."""

    categories_found: int
    categories_named: int
    systems: int
    fields: int
    persons: int
    gaps: int
    urgent: int
    unread: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A category in a system."""

    state: str
    """`found`, `none` (searched, not found), `declared` (said to be there) or `unsearched`."""
    persons: int = 0
    """0 where of hardly any value it is known whose they are: one person would be said where there are dozens."""
    values: int = 0
    places: int = 0
    confidence: float = 0.0
    sampled: bool = False

    @property
    def shade(self) -> str:
        """How sure: `sure`, `likely`, `unsure`."""
        return "sure" if self.confidence >= SURE else "likely" if self.confidence >= LIKELY else "unsure"


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A category in all systems. `category` None: what fits no category."""

    category: str | None
    in_policy: bool
    cells: Sequence[Cell]
    total: Cell
    """In all systems."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Category × system."""

    sources: Sequence[str]
    rows: Sequence[MatrixRow]
    totals: Sequence[Cell]
    """All categories of each system."""
    total: Cell


@dataclass(frozen=True, slots=True)
class CategoryView:
    """A category with its rows, and the purposes that the policy gives for it."""

    category: str | None
    in_policy: bool
    purposes: Sequence[str]
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class CoverageView:
    """A source's units by how their reading ended."""

    source: str
    type: str
    units: int
    read: int
    states: Sequence[Coverage]

    @property
    def whole(self) -> bool:
        """Everything in it was read."""
        return self.units > 0 and all(item.state in READ for item in self.states)


def summary(inventory: Inventory) -> Summary:
    """Count what is at the top of the page. Persons: the most in one place, a lower bound for all."""
    named = [id for id, category in inventory.policy.categories.items() if category.phrases]
    unseen = sum(gap.kind == "unseen" for gap in inventory.gaps)
    return Summary(
        categories_found=len(named) - unseen if inventory.rows else 0,
        categories_named=len(named),
        systems=len(inventory.sources),
        fields=len({(row.source, row.unit, row.field) for row in inventory.rows}),
        persons=max((row.persons for row in inventory.rows), default=0),
        gaps=len(inventory.gaps) - unseen,
        urgent=sum(gap.severity in {"critical", "high"} for gap in inventory.gaps),
        unread=sum(item.count for item in inventory.coverage if item.state not in READ),
    )


def categories_in_order(rows: Sequence[Row], policy: Policy) -> list[str | None]:
    """The policy's categories, named or found, in its order; then what it does not cover; None last."""
    found = {row.category for row in rows}
    named = [id for id, category in policy.categories.items() if id in found or not _is_frame(id, policy)]
    return [*named, *(id for id in policy.not_in_policy if id in found), *([None] if None in found else [])]


def _is_frame(id: str, policy: Policy) -> bool:
    """An umbrella or a parent: what is found is shown under the categories within it."""
    category = policy.categories[id]
    return category.umbrella or bool(category.children)


def matrix(inventory: Inventory) -> Matrix:
    """Lay the rows out as category × system."""
    read = {item.source for item in inventory.coverage if item.state in {*READ, "partial"}}
    sources = [source.name for source in inventory.sources]
    declared = {source.name: inventory.policy.expand(source.categories) for source in inventory.sources}
    held: dict[tuple[str | None, str], list[Row]] = defaultdict(list)
    for row in inventory.rows:
        held[row.category, row.source].append(row)
    rows = []
    for category in categories_in_order(inventory.rows, inventory.policy):
        cells = [
            _cell(held.get((category, source), []), searched=source in read, declared=category in declared[source])
            for source in sources
        ]
        every = [row for source in sources for row in held.get((category, source), ())]
        rows.append(MatrixRow(category, category in inventory.policy.categories, cells, _total(every)))
    by_source: dict[str, list[Row]] = defaultdict(list)
    for row in inventory.rows:
        by_source[row.source].append(row)
    return Matrix(sources, rows, [_total(by_source[source]) for source in sources], _total(inventory.rows))


def _total(rows: Sequence[Row]) -> Cell:
    """A sum: persons at least (the most in one place, for nobody knows who is in two), places each once."""
    return _cell(rows, searched=True, declared=False)


def _cell(rows: Sequence[Row], *, searched: bool, declared: bool) -> Cell:
    if not rows and declared:
        return Cell("declared")
    if not rows:
        return Cell("none" if searched else "unsearched")
    values = sum(row.values for row in rows)
    told = 4 * sum(row.values for row in rows if row.persons) >= values
    return Cell(
        "found",
        persons=max(row.persons for row in rows) if told else 0,
        values=values,
        places=len({(row.source, row.unit, row.field) for row in rows}),
        confidence=max(row.confidence for row in rows),
        sampled=any(row.sampled for row in rows),
    )


def category_views(inventory: Inventory) -> list[CategoryView]:
    """Every category that was found, with what the policy says of it."""
    policy = inventory.policy
    found = {row.category for row in inventory.rows}
    order = [id for id in categories_in_order(inventory.rows, policy) if id in found]
    return [_category_view(id, [row for row in inventory.rows if row.category == id], policy) for id in order]


def _category_view(id: str | None, rows: Sequence[Row], policy: Policy) -> CategoryView:
    purposes = policy.purposes_with(id) if id else []
    return CategoryView(id, id in policy.categories, purposes, rows)


def coverage_views(items: Sequence[Coverage], sources: Iterable[Source]) -> list[CoverageView]:
    """Coverage a source, in the order of the configuration; a source that was never searched is there with no units."""
    types = {source.name: source.type for source in sources}
    names = dict.fromkeys([*types, *(item.source for item in items)])
    return [_coverage_view(name, types.get(name, ""), [i for i in items if i.source == name]) for name in names]


def _coverage_view(name: str, type: str, states: Sequence[Coverage]) -> CoverageView:
    units = sum(item.count for item in states)
    return CoverageView(name, type, units, sum(item.count for item in states if item.state in READ), states)
