"""How sure is it that a record is the person's? Judged by all of the person's tokens that stand together in it.

A number points to one person by itself. A telephone, an e-mail address, a plate carry where the store shows nobody else
with them. A name, whole or only the given one, needs an address, a contact or a date of birth beside it that nobody
else of that name has. Whoever is named otherwise, or has another number, is somebody else.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from scanner.linking.identity import (
    ADDRESS,
    BORN,
    CONTACT,
    IP,
    NAME,
    PERSONNUMMER,
    STRONG,
    TRACE,
    USERNAME,
    Persona,
    Seen,
    View,
)
from scanner.linking.ownership import CUSTOMER_ID, Place
from scanner.subject.addressed import Addressed
from scanner.subject.bearers import Bearer, Bearers, are_one
from scanner.subject.companies_numbers import CompaniesNumbers
from scanner.subject.held_numbers import HeldNumbers
from scanner.subject.known import Known
from scanner.subject.namesakes import is_namesakes, is_near
from scanner.subject.networks import Networks
from scanner.subject.outcome import Grade, Owned
from scanner.subject.records import ENOUGH, Records
from scanner.subject.registered_twice import is_twice

_MANY = 4
"""People from which on a contact is everybody's."""
_CARRIES = (*CONTACT, *TRACE)


class Grader:
    """Grades records against what is known."""

    def __init__(self, records: Records, bearers: Bearers, known: Known) -> None:
        self._records = records
        self._bearers = bearers
        self._known = known
        self._addressed = Addressed(records, bearers)
        self._held = HeldNumbers(records, bearers)
        self._companies = CompaniesNumbers(records)
        self._networks = Networks(records, bearers)
        self._alone: dict[tuple[frozenset[bytes], bool], bool] = {}

    def grade(self, view: View, persona: Persona | None, matched: Mapping[bytes, Owned]) -> Grade | None:
        """Grade a record.

        Args:
            view: The record.
            persona: As whom the person stands in it; None: mentioned in running text.
            matched: The person's tokens that stand there.

        Returns:
            None: it is somebody else's, and shares nothing but a name or an address.
        """
        kinds = {one.entity for one in matched.values()}
        if PERSONNUMMER not in kinds and self._companies.are_all_of(self._known, view, matched):
            return Grade.POSSIBLE
        if kinds & set(STRONG):
            if PERSONNUMMER not in kinds and persona and self._is_sharers(view, persona):
                return Grade.POSSIBLE
            return max(one.grade for one in matched.values() if one.entity in STRONG)
        if kinds == {BORN} and all(one.record is not None for one in matched.values()):
            return self._of_day(view, persona)
        if persona and is_twice((self._records, self._bearers), self._known, view, persona):
            self._known.join(self._records.identities(view.id))
            return Grade.PROBABLE
        if persona and persona.place is Place.OWNER and self._known.differs(self._records.identities(view.id)):
            return Grade.POSSIBLE if kinds & set(CONTACT) else None
        if persona and self._known.differs(self._records.numbers(persona)):
            return Grade.POSSIBLE if kinds & set(CONTACT) else None
        if persona and (self._known.is_named_otherwise(persona.givens, persona.names) or self._is_anothers(persona)):
            return Grade.POSSIBLE
        if persona and is_namesakes(self._records, self._known, (view, persona), matched):
            return Grade.POSSIBLE
        if self._named_beside(persona, matched) and self._only_one(matched, persona):
            return Grade.PROBABLE
        if persona and NAME in kinds and self._is_second(view, persona, matched):
            return Grade.PROBABLE
        contacts = [token for token, one in matched.items() if one.entity in CONTACT]
        if persona and contacts and self._addressed.is_to(self._known, view, persona, contacts):
            return Grade.PROBABLE
        if persona and NAME in kinds and is_near((self._records, self._bearers), self._known, (view, persona)):
            return Grade.PROBABLE
        pointed = persona is not None and persona.place is Place.OWNER and NAME in kinds and self._is_pointed(view)
        if persona and pointed and not self._is_reached_as_another(persona):
            return Grade.PROBABLE  # a customer number, in a database where no key leads to the customer
        return max((self._by_itself(token, one, view, persona) for token, one in matched.items()), default=None)

    def _is_sharers(self, view: View, persona: Persona) -> bool:
        """Whether somebody is named beside a customer number with whom the person has it: each has an account."""
        contacts = {one.token for one in persona.of(*CONTACT)}
        if contacts & self._known.beside and not contacts & self._known.owned.keys():
            return True
        named = persona if persona.names or not view.mixed else next(iter(view.others), persona)
        if not self._known.is_named_otherwise(named.givens, named.names):
            return False
        return bool(named.names & self._known.beside) or self._is_anothers(named)

    def _is_second(self, view: View, persona: Persona, matched: Mapping[bytes, Owned]) -> bool:
        """Whether the person is named beside somebody with whom an address or a contact is shared: a wife, second."""
        if persona.place is not Place.OTHER:
            return False
        shared = (one.token for one in view.owned(*CONTACT, ADDRESS) if one.token in self._known.owned)
        token = next(shared, None)
        return token is not None and self._only_one({**matched, token: self._known.owned[token]}, None)

    def _of_day(self, view: View, persona: Persona | None) -> Grade | None:
        """Many are born on one day; but a row without a number may be known to be the person's by name and day."""
        owned = persona is not None and persona.place is Place.OWNER
        ours = owned and bool(self._records.identities(view.id) & self._known.numbers)
        return Grade.PROBABLE if ours else None

    def _is_anothers(self, persona: Persona) -> bool:
        """Whether the whole name is by number somebody else's, though the given one sounds alike: Jan, and Jan-Erik."""
        if not persona.names or not self._known.is_new(persona.names):
            return False
        theirs = self._numbered(persona.names)
        ours = self._known.numbers or self._numbered(self._known.names)
        return bool(theirs) and bool(ours) and theirs.isdisjoint(ours)

    def _numbered(self, names: AbstractSet[bytes]) -> frozenset[bytes]:
        """The numbers with which names stand."""
        return frozenset[bytes]().union(*map(self._bearers.numbers, names))

    def _is_pointed(self, view: View) -> bool:
        """Whether a column of the row holds the key of a row of the person's own."""
        return bool(self._known.keys) and bool(self._known.keys & self._records.pointers(view))

    def _is_reached_as_another(self, persona: Persona) -> bool:
        """Whether whoever has the name is reached as somebody else of a register is, and not as the person is."""
        contacts = [one.token for one in persona.of(*CONTACT)]
        if not contacts or any(token in self._known.owned for token in contacts):
            return False
        rows = frozenset[int]().union(*map(self._bearers.rows, contacts))
        own = {one.record for one in self._known.owned.values()}
        return any(row not in own and any(self._records.view(row).owned(*STRONG, ADDRESS)) for row in rows)

    def _named_beside(self, persona: Persona | None, matched: Mapping[bytes, Owned]) -> bool:
        """Whether a name of the person's stands with something that narrows it down; or just the given name.

        That is less: many at a switchboard, and behind one IP address, have the same.
        """
        if any(one.entity == NAME for one in matched.values()):
            return any(one.entity in (*_CARRIES, ADDRESS, BORN) for one in matched.values())
        given = bool(persona and persona.called & self._known.givens)
        narrows = (token for token, one in matched.items() if one.entity in (*CONTACT, ADDRESS, BORN))
        return given and any(len(self._bearers.of(token)) <= _MANY for token in narrows)

    def _only_one(self, matched: Mapping[bytes, Owned], persona: Persona | None) -> bool:
        """Whether all who have these tokens, and a given name that sounds so, are one by their numbers."""
        others = frozenset(token for token, one in matched.items() if one.entity in (*_CARRIES, ADDRESS, BORN))
        named = persona is not None
        if (others, named) not in self._alone:
            self._alone[others, named] = self._is_one(others, matched, named=named)
        return self._alone[others, named]

    def _is_one(self, others: frozenset[bytes], matched: Mapping[bytes, Owned], *, named: bool) -> bool:
        names = {token for token, one in matched.items() if one.entity == NAME}
        people: set[frozenset[bytes]] = set()
        for record, _, field, _ in self._standing(others):
            persona = self._records.view(record).persona(next(iter(others)), field)
            if persona is None or not (persona.names & names or (named and persona.called & self._known.givens)):
                continue
            numbers = self._records.identities(record) if persona.place is Place.OWNER else frozenset()
            people |= {numbers} if numbers else set()
        return are_one(people)

    def _standing(self, tokens: frozenset[bytes]) -> list[tuple[int, int, int, str]]:
        """Where all tokens stand in one record."""
        common = set.intersection(*({record for record, *_ in self._records.having(token)} for token in tokens))
        return [one for one in self._records.having(next(iter(tokens))) if one[0] in common]

    def _by_itself(self, token: bytes, owned: Owned, view: View, persona: Persona | None) -> Grade:
        """How much one contact says by itself."""
        if owned.entity not in _CARRIES:
            filed = owned.entity == NAME and self._is_filed(token, view)
            return Grade.PROBABLE if filed else Grade.POSSIBLE
        bearers = self._bearers.of(token)
        if self._bearers.is_organisations(token) or self._held.was_anothers(self._known, token, view):
            return Grade.POSSIBLE
        if owned.entity == IP and owned.record is not None and not self._networks.was_ours(self._known, token, view):
            return Grade.POSSIBLE
        if self._is_ours(bearers) or self._is_holders(bearers, view, persona):
            return min(owned.grade, Grade.PROBABLE)
        if persona and not self._other(view) and self._held.was_ours(self._known, token, view):
            return min(owned.grade, Grade.PROBABLE)
        return Grade.POSSIBLE

    def _is_filed(self, name: bytes, view: View) -> bool:
        """Whether a file lies in a folder called by the person's name, and what else is there is about the person."""
        if self._other(view):
            return False
        about = self._records.files.filed_with(view, name)
        return bool(about) and about <= self._known.numbers

    def _is_ours(self, bearers: list[Bearer]) -> bool:
        """One person has it, and is not somebody else; or all who have it are the person, under several numbers."""
        if len(bearers) > 1:
            return all(one.strong and one.strong <= self._known.numbers for one in bearers)
        return not any(
            self._known.differs(one.strong) or self._known.is_named_otherwise(one.givens, one.names) for one in bearers
        )

    def _is_holders(self, bearers: list[Bearer], view: View, persona: Persona | None) -> bool:
        """Several share it, but only the person has it under a number, and the record names nobody else: an account."""
        numbered = [one for one in bearers if one.strong]
        ours = len(numbered) == 1 and bool(numbered[0].strong & self._known.numbers)
        own = persona is not None and (persona.place is Place.OWNER or persona.corresponds)
        return ours and own and not self._other(view)

    def _other(self, view: View) -> bool:
        """Whether a record is about somebody else, by number, or by the names to which its keys lead."""
        return self._known.differs(self._records.identities(view.id)) or self._known.leads_elsewhere(view)

    def is_everybodys(self, entity: str, token: bytes) -> bool:
        """A switchboard, a company's mail box, a day that stands for any: it says nothing; searched only if asked."""
        if entity == BORN:
            return len(self._records.having(token)) > ENOUGH
        if entity not in _CARRIES:
            return False
        return len(self._bearers.of(token)) > _MANY or self._bearers.is_organisations(token)

    def may_learn(self, one: Seen, unit: int) -> bool:
        """Whether something that stands with the person, in a row of a unit, may be searched further."""
        if one.entity in STRONG:
            return one.trusted and not (one.entity == CUSTOMER_ID and self._companies.has(one.token))
        if one.entity == USERNAME:
            return self._bearers.are_accounts(unit, one.field)
        if one.entity == IP:
            return self._networks.are_one(self._known, one.token)
        return one.entity in (*CONTACT, ADDRESS, BORN) or (one.entity == NAME and one.parts is not None)
