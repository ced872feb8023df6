"""What a place of recordings holds, and what belongs together."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import tzinfo

from connectors.base import Unread
from connectors.extract.sandbox import Parser
from connectors.recordings.clues import Clues
from connectors.recordings.described import Described
from connectors.recordings.listing import Entry, Place
from connectors.recordings.templates import Template

Row = tuple[str, int]
"""A row of a call list: its file's key, 1-based number."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where to look and how to join."""

    where: Place
    globs: tuple[str, ...]
    """Of call lists, casefolded."""
    own: frozenset[str]
    """The company's numbers, normalised."""
    skew: int
    """Seconds."""
    zone: tzinfo
    parser: Parser
    """What reads untrusted bytes."""
    templates: tuple[Template, ...] = ()
    """How recordings are named; the first that fits counts."""


@dataclass(slots=True, repr=False)
class Call:
    """A recording and what belongs to it."""

    entry: Entry
    rows: list[Row] = field(default_factory=list)
    sidecars: list[str] = field(default_factory=list)
    agent: str = ""
    """Who took the call, as the name says."""
    told: bool = False
    """The name gives a number, or a tag tells something."""
    doubtful: bool = False
    """Several rows or sidecars could be its own."""

    @property
    def stems(self) -> set[str]:
        """Path without the extension, and with it: a sidecar is called `8842.json` or `8842.wav.json`."""
        return {self.entry.stem, self.entry.key.casefold()}

    @property
    def described(self) -> bool:
        """Tell whether anything says whose call it is."""
        return bool(self.rows or self.sidecars or self.told)


@dataclass(slots=True, repr=False)
class Describing:
    """A call list or a sidecar."""

    entry: Entry
    content: Described
    clues: list[Clues]
    """One a row."""
    failure: Unread | None = None
    taken: set[int] = field(default_factory=set)
    """Rows (1-based) that recordings took."""
    doubtful: set[int] = field(default_factory=set)
    """Rows that could be of several recordings."""


@dataclass(slots=True, repr=False)
class Survey:
    """The place, read once: everything by key."""

    calls: dict[str, Call] = field(default_factory=dict)
    lists: dict[str, Describing] = field(default_factory=dict)
    sidecars: dict[str, Describing] = field(default_factory=dict)
    others: dict[str, Entry] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)
