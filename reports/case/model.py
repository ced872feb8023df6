"""What a package is made of: entries, one a record, that are streamed, and a summary that fits in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from reports.facts import Coverage


@dataclass(frozen=True, slots=True)
class Datum:
    """One field of a record, as the person gets it."""

    label: str
    """Name of the column or of the place in the file; "" for running text."""
    value: str = field(repr=False)
    category: str = ""
    """Of the policy; "" = none of its own, it only explains the rest of the record."""
    name: str = ""
    """What the field holds, in plain words; "" = not known."""
    means: str = field(repr=False, default="")
    """What a code stands for; "" = it is no code that the company has explained."""

    @property
    def called(self) -> str:
        """The plainest name that there is for it."""
        return self.name or self.label


@dataclass(frozen=True, slots=True)
class Entry:
    """One record that holds data of the person."""

    source: str
    place: str
    """Table, file or call, as it may be shown."""
    record: str
    """Which one of them, as it may be shown; "" = the place is one record."""
    own: bool
    """The record is about the person; False: somebody else's, of which only what is the person's is given."""
    now: str = "same"
    """`same`, `changed` or `gone` since the search, or `unreachable`."""
    date: str = ""
    """The latest date that the record carries."""
    data: tuple[Datum, ...] = ()
    masked: Mapping[str, int] = field(default_factory=dict)
    """Role -> how many data of other people were masked."""
    secrets: int = 0
    """Codes and passwords that are there and are not given."""
    called: tuple[str, str] = ("", "")
    """What the company calls the system and the table to people outside; "" = as `source` and `place`."""

    @property
    def title(self) -> str:
        """Where it stands, for its reader."""
        return " · ".join(part for part in (self.called[0] or self.source, self.called[1] or self.place) if part)


@dataclass(frozen=True, slots=True)
class ValuePart:
    """One value of a category, wherever it occurs."""

    name: str
    """Of its field, as plain as there is one."""
    value: str = field(repr=False)
    count: int
    systems: Sequence[str]
    years: tuple[int, int] | None = None
    """First and last of the dates that the records carry in which it stands."""


@dataclass(frozen=True, slots=True)
class PurposePart:
    """Why a category is processed for this person, and until when."""

    purpose: str
    basis: str
    why: str
    kept: str
    """The policy's period, with a date where one can be told."""


@dataclass(frozen=True, slots=True)
class CategoryPart:
    """What is held of one category."""

    id: str
    name: str
    systems: Sequence[str]
    count: int
    """How often it occurs."""
    values: Sequence[ValuePart] = field(repr=False, default=())
    """The commonest."""
    more: int = 0
    """Distinct values left for the appendix."""
    purposes: Sequence[PurposePart] = ()


@dataclass(frozen=True, slots=True)
class Undone:
    """Something that was not searched, or only by hand, and what came of it."""

    kind: str
    """`declared`, `unread` or `listen`."""
    source: str
    place: str
    state: str
    """`open`, `answered` or `waived`."""
    note: str = field(repr=False, default="")


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """The request."""

    number: str
    received: date
    channel: str
    right: str
    language: str
    name: str = field(repr=False, default="")
    contact: str = field(repr=False, default="")
    due: date | None = None
    """By which day the answer is promised."""


@dataclass(frozen=True, slots=True)
class Company:
    """Who answers."""

    name: str
    address: Sequence[str] = ()
    officer: Sequence[str] = ()
    """How to reach the data protection officer."""
    contact: str = ""
    authority: str = "Integritetsskyddsmyndigheten (IMY)"


@dataclass(frozen=True, slots=True)
class Summary:
    """All of a package but its entries."""

    case: CaseFacts
    company: Company
    generated: str
    policy_version: str
    tool_version: str
    parts: Sequence[CategoryPart]
    systems: Sequence[str]
    """All that were to be searched."""
    systems_with: Sequence[str]
    """Those of them that hold something."""
    entries: int
    own: int
    coverage: Sequence[Coverage]
    undone: Sequence[Undone]
    looks: Sequence[tuple[str, str]]
    """When, and what for."""
    masked: Mapping[str, int]
    secrets: int
    withheld: Mapping[str, int]
    """Reason -> records."""
    states: Mapping[str, int]
    """`changed`, `gone`, `unreachable` -> records."""
    unreachable: Sequence[str]
    recipients: Sequence[str]
    sources_of_data: Sequence[str]
    transfers: Sequence[str]
    complete: bool = True
    incomplete_because: str = ""
    """The decision to answer although something is missing."""
