"""Records as a test lays them out, and a grader that knows of one person, to try each rule by itself."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from typing import cast

from scanner.linking.identity import NAME, PERSONNUMMER, STRONG, Persona, Seen, View
from scanner.linking.ownership import Place
from scanner.linking.times import Dated
from scanner.subject.bearers import Bearer, Bearers
from scanner.subject.grading import Grader
from scanner.subject.known import Known
from scanner.subject.outcome import Grade, Owned
from scanner.subject.records import Records

OURS, THEIRS = b"our number", b"their number"
ANNA, BO = b"anna ek", b"bo ek"


class Unfiled:
    """No file lies in a folder called by anybody's name."""

    def filed_with(self, _view: View, _name: bytes) -> frozenset[bytes]:
        return frozenset()


class Untimed:
    """No table says from when to when anything is somebody's."""

    @property
    def times(self) -> Untimed:
        return self

    def of(self, _unit: int) -> Dated:
        return Dated(0, None, short=False)


@dataclass
class Laid:
    """Records as they are laid out: which numbers a record has, which keys it points by, where tokens stand."""

    about: dict[int, set[bytes]] = field(default_factory=dict)
    keys: dict[int, set[bytes]] = field(default_factory=dict)
    standing: dict[bytes, list[tuple[int, int, int, str]]] = field(default_factory=dict)
    views: dict[int, View] = field(default_factory=dict)
    files: Unfiled = field(default_factory=Unfiled)
    people: Untimed = field(default_factory=Untimed)

    def is_anyones(self, _token: bytes) -> bool:
        return True

    def parents(self, _number: int) -> list[tuple[int, bool]]:
        return []

    def person(self, _entity: str, token: bytes) -> frozenset[bytes]:
        return frozenset({token})

    def identities(self, number: int) -> frozenset[bytes]:
        return frozenset(self.about.get(number, ()))

    def numbers(self, persona: Persona) -> frozenset[bytes]:
        people = (self.person(one.entity, one.identity) for one in persona.of(*STRONG))
        return frozenset[bytes]().union(*people)

    def pointers(self, view: View) -> frozenset[bytes]:
        return frozenset(self.keys.get(view.id, ()))

    def having(self, token: bytes) -> list[tuple[int, int, int, str]]:
        return self.standing.get(token, [])

    def view(self, number: int) -> View:
        return self.views[number]


@dataclass
class Told:
    """With whom a token stands."""

    people: Mapping[bytes, list[Bearer]] = field(default_factory=dict)
    accounts: Set[tuple[int, int]] = frozenset()
    firms: Set[bytes] = frozenset()

    def is_organisations(self, token: bytes) -> bool:
        return token in self.firms

    def are_accounts(self, unit: int, field: int) -> bool:
        return (unit, field) in self.accounts

    def of(self, token: bytes) -> list[Bearer]:
        return self.people.get(token, [])

    def numbers(self, token: bytes) -> frozenset[bytes]:
        return frozenset[bytes]().union(*(one.strong for one in self.of(token)))


def seen(entity: str, token: bytes, place: Place = Place.OWNER, **more: object) -> Seen:
    given: dict[str, object] = {"field": 1, "parts": None, "further": None, "trusted": True} | more
    return Seen(entity=entity, token=token, place=place, **given)  # type: ignore[arg-type]


def named(name: bytes, given: bytes = b"ANA", place: Place = Place.OWNER) -> Seen:
    return seen(NAME, name, place, parts=name, further=given)


def record(*found: Seen, number: int = 1) -> View:
    return View(number, 1, None, found)


def persona(*found: Seen, place: Place = Place.OWNER) -> Persona:
    return Persona(place, found)


def owned(entity: str, grade: Grade = Grade.CERTAIN) -> Owned:
    return Owned(entity, grade, cast("object", ()))  # type: ignore[arg-type]


class Case:
    """A grader, and what it knows: the person has the number `OURS` and, unless no name is known, is called `ANNA`."""

    def __init__(
        self,
        laid: Laid | None = None,
        people: Mapping[bytes, list[Bearer]] | None = None,
        *,
        named: bool = True,
        numbered: bool = True,
        accounts: Set[tuple[int, int]] = frozenset(),
        firms: Set[bytes] = frozenset(),
    ) -> None:
        self.laid = laid or Laid()
        records = cast(Records, self.laid)
        self.known = Known(records)
        if numbered:
            self.known.add(OURS, owned(PERSONNUMMER))
        if named:
            self.known.add(ANNA, owned(NAME), b"ANA")
        self.grader = Grader(records, cast(Bearers, Told(people or {}, accounts, firms)), self.known)

    def grade(self, view: View, who: Persona | None, **matched: Owned) -> Grade | None:
        return self.grader.grade(view, who, {name.encode(): one for name, one in matched.items()})
