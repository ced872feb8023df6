"""Everything held about one person: from what was asked for, over the records it stands in, to all that is theirs.

Three things are kept apart (a contact person's phone in a customer's row is not the customer's): a token is *mentioned*
in a record, a record *concerns* a person, a token is *owned* by a person. Only owned tokens are searched further, and
only those that nobody else has carry an identity. A stranger's record is never graded certain.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from sqlalchemy import Connection, select

from scanner import schema
from scanner.identity import ADDRESS, CONTACT, NAME, PERSONNUMMER, STRONG, Records, Seen, View
from scanner.keys import Keys
from scanner.links import LINK, PATH
from scanner.ownership import CUSTOMER_ID, Ownership, Place
from scanner.question import Seed
from scanner.store import Store

_SHARED_BY_MANY = 4
_CALLS = ("call", "cdr", "sidecar")
"""Kinds of units that hold the numbers of both ends of a call."""
FAN_OUT = 100_000
"""Records of one person at which the search stops and says so."""


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


@dataclass(slots=True)
class Found:
    """A record that is about the person, or mentions the person."""

    view: View
    grade: Grade
    chain: tuple[Step, ...]
    concerns: bool = False
    """The record is the person's own; False: the person is mentioned in it."""


@dataclass(slots=True)
class Owned:
    """An identifier of the person."""

    entity: str
    grade: Grade
    chain: tuple[Step, ...]
    record: int | None = None
    """Where it was learnt; None: it was asked for."""
    field: int | None = None


@dataclass(slots=True)
class Outcome:
    """What a search has found."""

    hits: dict[int, Found] = field(default_factory=dict)
    owned: dict[bytes, Owned] = field(default_factory=dict)
    cut: bool = False
    """The limit on records was reached: not all is found."""


class Search:
    """One search. Lives inside one read transaction."""

    def __init__(self, store: Store, connection: Connection, min_score: float = 0.5) -> None:
        self.ownership = Ownership(store, connection)
        self.records = Records(store, connection, self.ownership, min_score)
        self.min_score = min_score
        self._connection = connection
        self._together: dict[frozenset[bytes], bool] = {}
        self._begin({})

    def _begin(self, known: dict[bytes, Owned]) -> None:
        self._known = known
        self._outcome = Outcome()
        self._matched: dict[int, dict[bytes, str]] = {}
        self._queue: list[bytes] = []

    def find(self, seeds: Sequence[Seed]) -> Outcome:
        """Search from the seeds until nothing new is found.

        Twice: what a first search learns of the person (numbers, names) tells strangers apart in the second from
        its start, so that the outcome does not hang on the order in which records are met.
        """
        self._begin({})
        self._run(seeds)
        self._begin({token: one for token, one in self._outcome.owned.items() if one.grade >= Grade.PROBABLE})
        return self._run(seeds)

    def _run(self, seeds: Sequence[Seed]) -> Outcome:
        for seed in seeds:
            if seed.entity == LINK:
                self._by_key(seed)
            else:
                grade = Grade.PROBABLE if seed.weak else Grade.CERTAIN
                self._own(seed.token, Owned(seed.entity, grade, (Step("asked", seed.entity),)))
        while self._queue and not self._outcome.cut:
            self._follow(self._queue.pop(0))
        return self._outcome

    def _own(self, token: bytes, owned: Owned) -> None:
        """Enter an identifier of the person; one that is new, or surer than before, is searched for."""
        if owned.grade >= Grade.PROBABLE:
            self._known.setdefault(token, owned)
        before = self._outcome.owned.get(token)
        if before is None or owned.grade > before.grade:
            self._outcome.owned[token] = owned
            self._queue.append(token)

    def _by_key(self, seed: Seed) -> None:
        """A word that no recognizer reads may be the key of a row."""
        link = schema.link
        query = select(link.c.record_id, link.c.unit_id).where(link.c.token == seed.token).order_by(link.c.record_id)
        for record, unit in self._connection.execute(query.limit(FAN_OUT)).all():
            if self.records.view(record).seen:
                self._hit(record, Grade.POSSIBLE, (Step("asked_key"), self._step("key", unit)), concerns=False)

    def _follow(self, token: bytes) -> None:
        owned = self._outcome.owned[token]
        if owned.record is not None and self._is_everybodys(owned.entity, token):
            return
        for record, unit, name, entity in self.records.having(token):
            if len(self._outcome.hits) >= FAN_OUT:
                self._outcome.cut = True
                return
            self._matched.setdefault(record, {})[token] = entity
            place = self._place(record, token, name)
            grade = self._grade(record, place)
            if grade is not None:
                chain = (*owned.chain, self._step("stands_in", unit, entity))
                if self.ownership.field(name) == PATH:
                    self._path(record, chain, (min(grade, Grade.PROBABLE), entity))
                else:
                    self._judge(record, chain, (grade, place))

    def _place(self, record: int, token: bytes, name: int) -> Place:
        view = self.records.view(record)
        places = [one.place for one in view.seen if one.field == name and token in (one.token, one.parts)]
        if view.is_list and Place.OWNER in places:
            return Place.OTHER
        return places[0] if places else Place.TEXT

    def _judge(self, record: int, chain: tuple[Step, ...], judged: tuple[Grade, Place]) -> None:
        """Take a record in: as the person's own, or as one in which the person is mentioned."""
        grade, place = judged
        view = self.records.view(record)
        beside = any(one.place is Place.OWNER for one in view.seen)
        told = place is Place.TEXT and beside and bool(view.told & self._ours())
        concerns = (place is Place.OWNER or told) and grade >= Grade.PROBABLE and not self._is_strangers(view)
        self._hit(record, min(grade, Grade.PROBABLE) if told else grade, chain, concerns=concerns)

    def _path(self, record: int, chain: tuple[Step, ...], judged: tuple[Grade, str]) -> None:
        """A file whose path names the person: all that is in it concerns the person, too, if a number says so."""
        grade, entity = judged
        view = self.records.view(record)
        self._hit(record, grade, chain, concerns=False)
        if entity not in STRONG:
            return
        step = self._step("in_file", view.unit)
        for other in self.records.beside(view):
            if not self._is_strangers(self.records.view(other)):
                self._hit(other, grade, (*chain, step), concerns=False)
        if entity == PERSONNUMMER:
            for other in self.records.named_by_path(view):
                # A customer whose own personnummer is mistyped, or missing, is not somebody else for that.
                numbers = (one.token for one in self.records.view(other).owned(PERSONNUMMER) if one.trusted)
                if not self._differs(frozenset(numbers)):
                    self._hit(other, grade, (*chain, self._step("path_key", view.unit)), concerns=True)

    def _is_strangers(self, view: View) -> bool:
        """Whether a record is about somebody whom another personnummer or customer number identifies."""
        return self._differs(self.records.identities(view.id))

    def _differs(self, identities: frozenset[bytes]) -> bool:
        ours = self._ours()
        return bool(identities) and bool(ours) and not identities & ours

    def _ours(self) -> frozenset[bytes]:
        """Whom the numbers that are surely the person's point to."""
        strong = [(one.entity, token) for token, one in self._known.items() if one.entity in STRONG]
        return frozenset[bytes]().union(*(self.records.person(entity, token) for entity, token in strong))

    def _is_named_otherwise(self, view: View, place: Place) -> bool:
        """Whether a whole name stands beside a contact, and it is none of the person's."""
        names = view.names({place}) if place is not Place.TEXT else set()
        ours = {token for token, one in self._known.items() if one.entity == NAME}
        return bool(names) and bool(ours) and not names & ours

    def _grade(self, record: int, place: Place) -> Grade | None:
        """Grade a record by all owned tokens that stand in it; None: it is somebody else's and shares no contact."""
        matched, view = self._matched[record], self.records.view(record)
        stranger = place is Place.OWNER and self._is_strangers(view)
        best = max(self._alone(token, entity) for token, entity in matched.items())
        kinds = set(matched.values())
        contact = bool(kinds & set(CONTACT))
        if stranger and not kinds & set(STRONG):
            return Grade.POSSIBLE if contact else None
        if kinds & set(STRONG):
            return best
        together = NAME in kinds and (contact or ADDRESS in kinds)
        if together and self._only_one(matched):
            return Grade.PROBABLE
        return Grade.POSSIBLE if self._is_named_otherwise(view, place) else best

    def _alone(self, token: bytes, entity: str) -> Grade:
        """How much one token in a record says by itself."""
        owned = self._outcome.owned[token]
        if entity in STRONG:
            return owned.grade
        if entity in CONTACT and self.exclusive(token):
            return min(owned.grade, Grade.PROBABLE)
        return Grade.POSSIBLE

    def _is_everybodys(self, entity: str, token: bytes) -> bool:
        """A switchboard, a company's mail box: it says nothing of the person; searched only if asked."""
        bearers = self.records.bearers(token)
        return entity in CONTACT and max(len(bearers.strong), len(bearers.names)) > _SHARED_BY_MANY

    def exclusive(self, token: bytes) -> bool:
        """Whether a phone or e-mail points to one person, and not to another than ours."""
        bearers = self.records.bearers(token)
        if len(bearers.names) > (_SHARED_BY_MANY if bearers.strong else 1):
            return False
        return len(bearers.strong) <= 1 and not self._differs(bearers.strong)

    def _only_one(self, matched: dict[bytes, str]) -> bool:
        """Whether all records in which name and address (phone, e-mail) stand together are one person's."""
        tokens = frozenset(token for token, entity in matched.items() if entity in (*CONTACT, NAME, ADDRESS))
        if tokens not in self._together:
            common = set.intersection(*({record for record, *_ in self.records.having(token)} for token in tokens))
            people = frozenset[bytes]().union(*(self.records.identities(record) for record in common))
            self._together[tokens] = len(people) <= 1
        return self._together[tokens]

    def _hit(self, record: int, grade: Grade, chain: tuple[Step, ...], *, concerns: bool) -> None:
        before = self._outcome.hits.get(record)
        better = before is None or grade > before.grade or (concerns and not before.concerns)
        if not better:
            return
        view = self.records.view(record)
        found = Found(
            view, max(grade, before.grade) if before else grade, chain, concerns or bool(before and before.concerns)
        )
        self._outcome.hits[record] = found
        if found.concerns:
            self._learn(found)
            self._descend(found)

    def _learn(self, found: Found) -> None:
        """Take in the identifiers of the person that stand in a record of the person's own."""
        knows_whom = bool(self.records.identities(found.view.id))
        for one in self._learnable(found.view, knows_whom=knows_whom):
            grade = found.grade if one.entity in STRONG else min(found.grade, Grade.PROBABLE)
            token = one.parts if one.entity == NAME and one.parts else one.token
            step = self._step("beside", found.view.unit, one.entity)
            self._own(token, Owned(one.entity, grade, (*found.chain, step), found.view.id, one.field))

    def _learnable(self, view: View, *, knows_whom: bool) -> Iterator[Seen]:
        """Numbers always; contacts, names and addresses only of a record that says whom it is about, or of a row."""
        yield from (one for one in view.owned(*STRONG) if one.trusted)
        if knows_whom or self.ownership.unit(view.unit).kind not in _CALLS:
            yield from view.owned(*CONTACT)
            yield from (one for one in view.owned(NAME) if one.parts)
            yield from view.owned(ADDRESS)

    def _descend(self, found: Found) -> None:
        """Go down the keys: rows that point to a record of the person's own concern the person too."""
        for record, declared, _ in self.records.children(found.view):
            view = self.records.view(record)
            numbers = frozenset(one.token for one in view.owned(PERSONNUMMER) if one.trusted)
            if not self._differs(numbers):
                grade = found.grade if declared else min(found.grade, Grade.PROBABLE)
                step = self._step("declared_key" if declared else "discovered_key", view.unit)
                self._hit(record, grade, (*found.chain, step), concerns=True)

        for record in self.records.in_paths(found.view):
            step = self._step("path_key", found.view.unit)
            self._path(record, (*found.chain, step), (min(found.grade, Grade.PROBABLE), CUSTOMER_ID))

    def _step(self, code: str, unit: int, entity: str = "") -> Step:
        info = self.ownership.unit(unit)
        return Step(code, entity, info.source, info.key)


def located(store: Store, search: Search, view: View) -> tuple[str, str, dict[str, str | int] | None]:
    """Where a record lies, opened: source, unit and locator."""
    unit = search.ownership.unit(view.unit)
    return unit.source, unit.key, locator(store.keys, view)


def locator(keys: Keys, view: View) -> dict[str, str | int] | None:
    """A record's locator, opened."""
    if view.locator is None:
        return None
    opened: dict[str, str | int] = json.loads(keys.unseal(view.locator))
    return opened
