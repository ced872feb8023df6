"""A request of a person about their own data: its parts as types. The register that keeps them is `scanner.cases`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum

from scanner.cases.deadlines import Deadline, deadline


class Right(StrEnum):
    """The right that a person invokes; articles of the GDPR."""

    ACCESS = "access"
    """Art. 15."""
    RECTIFICATION = "rectification"
    """Art. 16."""
    ERASURE = "erasure"
    """Art. 17."""
    RESTRICTION = "restriction"
    """Art. 18."""
    PORTABILITY = "portability"
    """Art. 20."""
    OBJECTION = "objection"
    """Art. 21."""


class Channel(StrEnum):
    """How a request came in; any of them starts the clock (Art. 12(2): no form may be demanded)."""

    EMAIL = "email"
    PHONE = "phone"
    LETTER = "letter"
    PORTAL = "portal"
    CHAT = "chat"
    VISIT = "visit"
    OTHER = "other"


class Identity(IntEnum):
    """How well it is known that the one who asks is the person; no copies of identity documents are kept."""

    NONE = 0
    CLAIMED = 1
    """What they say agrees with what is held."""
    CONTACT = 2
    """They answered from a contact that was registered before, for at least 30 days."""
    STRONG = 3
    """Electronic identification, logged-in portal, or a document seen."""


class State(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    RELEASED = "released"
    """A second person has approved the package."""
    DELIVERED = "delivered"
    CLOSED = "closed"


class Outcome(StrEnum):
    """How a case ended."""

    ANSWERED = "answered"
    NOTHING_FOUND = "nothing_found"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Decision(StrEnum):
    """What becomes of a record in the package."""

    RELEASE = "release"
    """Whole, other people's data too: needs a reason."""
    MASK = "mask"
    """The person's own data; other people's masked."""
    WITHHOLD = "withhold"
    """Not in the package; its reason is told."""


class TaskKind(StrEnum):
    """Why a human has to do something."""

    DECLARED = "declared"
    """A source that no connector reaches: its owner searches and hands in what there is."""
    UNREAD = "unread"
    """A unit that could not be read."""
    LISTEN = "listen"
    """A recording or picture: look whether others can be heard or seen in it."""


class TaskState(StrEnum):
    """How far a task is."""

    OPEN = "open"
    ANSWERED = "answered"
    WAIVED = "waived"
    """Left undone by a decision, with a reason that the package tells."""


class Extension(StrEnum):
    """Why the time may be extended (Art. 12(3))."""

    COMPLEX = "complex"
    MANY = "many"


class Mandate(StrEnum):
    """By what right somebody acts for the person."""

    POWER_OF_ATTORNEY = "power_of_attorney"
    GUARDIAN = "guardian"
    """`god man` or `förvaltare`, appointed by a court or a chief guardian (11 kap. föräldrabalken)."""
    PARENT = "parent"
    """Whoever has custody of a child (6 kap. föräldrabalken)."""
    LAWYER = "lawyer"
    ESTATE = "estate"
    """For the estate of somebody who has died."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Representative:
    """Somebody who acts for the person."""

    kind: Mandate
    name: str = field(repr=False)
    checked_by: str = ""
    checked_on: str = ""
    """Empty: the mandate has not been checked, and nothing may be handed out."""


@dataclass(frozen=True, slots=True)
class NewCase:
    """What is known of a request when it comes in."""

    received: date
    channel: Channel = Channel.OTHER
    right: Right = Right.ACCESS
    number: str = ""
    """An outside reference; "" = the next number of the register."""
    identifiers: tuple[str, ...] = field(default=(), repr=False)
    name: str = field(default="", repr=False)
    """Of who asks, for letters."""
    contact: str = field(default="", repr=False)
    """Where letters go."""
    role: str = ""
    """What the person is to the company: a role of the policy."""
    language: str = "sv"
    representative: Representative | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A registered request."""

    number: str
    right: Right
    channel: Channel
    received: date
    role: str
    language: str
    state: State
    identity: Identity
    protected: bool
    """The person's records carry a mark of protected identity: special handling."""
    extended: Extension | None
    opened_by: str
    opened_at: str
    released_by: str
    closed_at: str
    outcome: str
    identifiers: tuple[str, ...] = field(repr=False)
    name: str = field(repr=False)
    contact: str = field(repr=False)
    representative: Representative | None = field(repr=False)

    @property
    def deadline(self) -> Deadline:
        """When it is to be answered."""
        return deadline(self.received, extended=self.extended is not None)

    @property
    def needed(self) -> Identity:
        """How well the identity must be known before anything is handed out."""
        if self.protected:
            return Identity.STRONG
        return Identity.CLAIMED if self.right is Right.OBJECTION else Identity.CONTACT

    @property
    def missing(self) -> tuple[str, ...]:
        """What must still be settled before anything is handed out: codes."""
        found = ["identity"] if self.identity < self.needed else []
        found += ["mandate"] if self.representative and not self.representative.checked_on else []
        return tuple(found)


@dataclass(frozen=True, slots=True)
class CaseHit:
    """A record of the person as the case keeps it."""

    id: int
    source: str
    unit: str = field(repr=False)
    record: Mapping[str, str | int] | None = field(repr=False)
    grade: str
    own: bool
    found: bool
    """The latest search found it; False: only an earlier one did."""
    decision: Decision
    """As decided, else as grade and kind say."""
    decided_by: str = ""
    reason: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Task:
    """Something that a human has to do before the answer is complete."""

    id: int
    kind: TaskKind
    source: str
    unit: str = field(repr=False)
    owner: str
    state: TaskState
    note: str = field(default="", repr=False)
    by: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened in a case."""

    at: str
    by: str
    what: str
    detail: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Lapsed:
    """A decision that no longer counts, for its case searches for something else."""

    record: CaseHit
    """As the case keeps it now."""
    decision: Decision
    by: str
    """Who had decided."""
    reason: str = field(repr=False)
    at: str
    """When it lapsed."""


@dataclass(frozen=True, slots=True)
class Package:
    """A package that was built."""

    id: int
    file: str
    sha256: str
    complete: bool
    built_by: str
    built_at: str
    delivered_at: str
    delivered_how: str
    delete_on: date
    deleted_at: str
