"""What a search finds: records with their grade and the reasons, and the identifiers that were learnt."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import IntEnum

HAD_THING = "had_thing"
"""Code of the step to a thing that the person has or had, and that tells itself of nobody."""

CONFIRMED = "confirmed"
"""Code of the step by which a possible record counts as the person's: somebody has said so."""


class Grade(IntEnum):
    """How sure it is that a record is about the person; more is surer."""

    POSSIBLE = 1
    PROBABLE = 2
    CERTAIN = 3


@dataclass(frozen=True, slots=True)
class Step:
    """One reason in a chain: a code, and what it is about."""

    code: str
    entity: str = ""
    source: str = ""
    unit: str = ""


Chain = tuple[Step, ...]


@dataclass(slots=True)
class Found:
    """A record that is about the person, or mentions the person: where it is, not what stands in it."""

    record: int
    unit: int
    grade: Grade
    chain: Chain
    concerns: bool = False
    """The record is the person's own: what stands in the owner's place is theirs."""
    about: bool = False
    """The record is about the person, by its path or its text; whose the rest in it is, is not known."""

    @property
    def is_thing(self) -> bool:
        """Whether it is but told of a thing that the person has or had."""
        return self.grade is Grade.POSSIBLE and bool(self.chain) and self.chain[-1].code == HAD_THING

    def as_thing(self, had: Step) -> Found:
        """The same where only a step tells that the person has or had it: possible, and about nobody."""
        return replace(self, grade=Grade.POSSIBLE, chain=(*self.chain[:-1], had), about=False)

    def by_word(self, *, concerns: bool, about: bool) -> Found:
        """The same as somebody's word makes it: probable, never certain."""
        chain = (*self.chain, Step(CONFIRMED))
        return replace(self, grade=Grade.PROBABLE, chain=chain, concerns=concerns, about=about)

    @property
    def is_by_word(self) -> bool:
        """Whether it is the person's, or below what is, only because somebody has said so."""
        return any(step.code == CONFIRMED for step in self.chain)


@dataclass(slots=True)
class Owned:
    """An identifier of the person."""

    entity: str
    grade: Grade
    chain: Chain
    record: int | None = None
    """Where it was learnt; None: it was asked for."""
    field: int | None = None


@dataclass(slots=True)
class Outcome:
    """What a search has found."""

    hits: dict[int, Found] = field(default_factory=dict)
    owned: dict[bytes, Owned] = field(default_factory=dict)
    held: set[bytes] = field(default_factory=set)
    """What stands as the person's in the person's own records."""
    cut: bool = False
    """The limit on records was reached: not all is found."""
    confirmed: frozenset[int] = frozenset()
    """Records of which somebody has said that they are the person's: without that, they are possible ones."""
