"""What is known of the dates that retention is counted from, for one or many data. No store and no policy here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Age:
    """Dates of a record. None: not known, which is never taken for "in time"."""

    linked: bool = False
    """It belongs to a customer in a register whose `relationship_end` is configured."""
    ended: date | None = None
    """Of a linked record: when the customer relationship ended; None = it goes on. Of several customers: the first."""
    ended_last: date | None = None
    """Of several customers: the last to leave; None = one of them still is a customer."""
    settled: date | None = None
    """The customer's last accounting record: invoices go on for a while after the end."""
    received: date | None = None
    """When the record was made or received: the configured `received`, else its first date."""
    last: date | None = None
    """Its last date."""
    objected: date | None = None
    """When the person objected to direct marketing or withdrew a consent (P6); None: not, as far as is known."""


@dataclass(frozen=True, slots=True)
class Held:
    """One entity in one field of a table or folder, or its content, without an entity."""

    source: str
    unit: str
    unit_kind: str
    field: str
    entity: str | None
    kind: str
    extensions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AgedFacts(Held):
    """The same by the ages of its records."""

    ages: Mapping[Age, int] = field(default_factory=dict)
    """Age -> number of data of that age."""


@dataclass(frozen=True, slots=True)
class Aged:
    """What is held where, by age, for much of it: columns of numbers, since there may be millions."""

    held: Sequence[Held]
    spans: Numbers
    """For each of `held` the first of its `age` and `count`, and the one after its last; several may share them."""
    ages: Sequence[Age]
    """Those that there are."""
    age: Numbers
    """Which of `ages`."""
    count: Numbers
    """Number of data of that age."""

    @classmethod
    def of(cls, facts: Iterable[AgedFacts]) -> Aged:
        """Put single facts together."""
        held = list(facts)
        number = {age: at for at, age in enumerate(dict.fromkeys(age for fact in held for age in fact.ages))}
        ends = np.cumsum([0, *(len(fact.ages) for fact in held)])
        return cls(
            held,
            np.stack([ends[:-1], ends[1:]], axis=1),
            list(number),
            np.array([number[age] for fact in held for age in fact.ages], np.int64),
            np.array([count for fact in held for count in fact.ages.values()], np.int64),
        )
