"""What is known of the dates that retention is counted from, for one or many data. No store and no policy here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


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
class AgedFacts:
    """One entity in one field of a table or folder (or its content, without an entity), by the ages of its records."""

    source: str
    unit: str
    unit_kind: str
    field: str
    entity: str | None
    kind: str
    ages: Mapping[Age, int]
    """Age -> number of data of that age."""
    extensions: tuple[str, ...] = ()
