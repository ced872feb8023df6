"""What the reports are made of: plain rows from the scanner's store. No source and no store is known here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reports.review import Decision


READERS = ("", "owner", "group", "everyone", "public")
"""Who may read a place, the wider the later: not told, its owner, named accounts or roles, every account of the
system, anybody without signing in."""


@dataclass(frozen=True, slots=True)
class Source:
    """A configured source, as reports show it."""

    name: str
    type: str
    owner: str = ""
    purposes: tuple[str, ...] = ()
    """Ids of the policy's purposes that the source serves; none = all, and verdicts are upper bounds."""
    unit_purposes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Purposes of single units (tables) that differ from the source's."""
    categories: tuple[str, ...] = ()
    """Categories that are said to be held in a source that no connector reaches."""


@dataclass(frozen=True, slots=True)
class FieldFacts:
    """What is known of one entity in one field of a table or folder, or of a field without findings."""

    source: str
    unit: str
    """A table, or for files, buckets and recordings the folder ("" = the top). Shown masked by the caller's `shown`."""
    unit_kind: str
    """`table`, `file`, `call` …: of the units below."""
    field: str
    entity: str | None
    """None: the field holds no finding; its name may still place it in a category."""
    kind: str = ""
    units: int = 1
    values: int = 0
    """Non-empty values of the field in which the entity was found (or, without an entity, non-empty values)."""
    total: int = 0
    """Non-empty values of the field that were looked at."""
    distinct: int = 0
    """Distinct canonical values."""
    records: int = 0
    """Records with at least one finding."""
    persons: int = 0
    """Distinct strong identities (personnummer, customer number) in those records; a lower bound."""
    confidence: float = 0.0
    """Mean score, 0 to 1."""
    sampled: bool = False
    oldest: date | None = None
    newest: date | None = None
    extensions: tuple[str, ...] = ()
    """Lower-case file extensions of the units (`wav`, `log`), without the dot."""
    readers: str = ""
    """Who may read the most open of the units: one of `READERS`."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many units of a source ended in a state, and why."""

    source: str
    state: str
    count: int
    reasons: Mapping[str, int] = field(default_factory=dict)
    """Reason -> number of units."""


@dataclass(frozen=True, slots=True)
class Estate:
    """All that an inventory is made of."""

    sources: Sequence[Source]
    facts: Sequence[FieldFacts]
    coverage: Sequence[Coverage]
    scanned_at: str = ""
    """ISO time of the last scan, "" if there was none."""
    decisions: Sequence[Decision] = ()
    """What people have decided, as far as it counts."""


@dataclass(frozen=True, slots=True)
class HitField:
    """A field of a hit in which something personal was found."""

    field: str
    entity: str | None
    """None: the field's name places it in the category."""
    category: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that holds, or belongs to, the person asked for."""

    source: str
    unit: str
    record: Mapping[str, str | int] | None
    grade: str
    """`certain`, `probable` or `possible`."""
    why: tuple[str, ...]
    """The shortest chain of reasons in words, seed first."""
    fields: tuple[HitField, ...]
    other_people: int
    """Identifiers in the record that are not known to be the person's own."""
    values: Mapping[str, str | None] | None = None
    """The record read again from its source, only when asked for; None = not read, gone or out of reach."""
    now: str = ""
    """What has become of it since the scan, when it was read again: `same`, `changed`, `gone` or `unreachable`."""


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier that was asked for, or that was found to be the person's."""

    entity: str
    masked: str
    via: str = ""
    """How it was reached: `asked`, or the record in words."""
    grade: str = "certain"


@dataclass(frozen=True, slots=True)
class SubjectAnswer:
    """Everything held about one person: where it lies and how we know, and what was not searched."""

    case: str
    asked: Sequence[Identifier]
    identifiers: Sequence[Identifier]
    hits: Sequence[Hit]
    coverage: Sequence[Coverage]
    generated: str = ""
    """ISO time at which the answer was put together, "" if it is not to be shown."""
