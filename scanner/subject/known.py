"""What is known of the person so far: numbers, names, and who is somebody else."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from scanner.linking.identity import NAME, PERSONNUMMER, STRONG, View
from scanner.subject.outcome import Owned
from scanner.subject.records import Records


class Known:
    """What is known of the person so far."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self.owned: dict[bytes, Owned] = {}
        self.names: set[bytes] = set()
        """Whole names of the person."""
        self._numbers: set[bytes] = set()
        self._unresolved: dict[bytes, str] = {}
        self.givens: set[bytes] = set()
        """How the person's given names sound."""
        self.near: set[bytes] = set()
        """People in whose records the person stands in a role: a contact of theirs."""
        self.beside: set[bytes] = set()
        """Whole names of others in the person's own rows, and how they are reached."""
        self.keys: set[bytes] = set()
        """Values of the keys by which other rows point to the person's own rows."""

    def add(self, token: bytes, owned: Owned, given: bytes | None = None) -> None:
        """Take in an identifier that is at least probably the person's."""
        if token not in self.owned:
            self.owned[token] = owned
            self.names |= {token} if owned.entity == NAME else set()
            self._unresolved |= {token: owned.entity} if owned.entity in STRONG else {}
        if given:
            self.givens.add(given)

    def join(self, numbers: AbstractSet[bytes]) -> None:
        """Take in another number of the person's: of whom a register has twice."""
        self._numbers |= numbers

    @property
    def numbers(self) -> AbstractSet[bytes]:
        """Whom the person's numbers point to; a personnummer may be met in a record only later.

        A customer number held together with another points to the person, who is known, and to nobody more.
        """
        for token, entity in list(self._unresolved.items()):
            people = self._records.person(entity, token)
            is_told = entity == PERSONNUMMER or people != {token} or self._records.is_anyones(token)
            is_joint = len(people) > 1 and not people.isdisjoint(self._numbers)
            self._numbers |= people if is_told and not is_joint else set()
            if entity != PERSONNUMMER or people != {token}:
                del self._unresolved[token]
        return self._numbers

    @property
    def people(self) -> AbstractSet[bytes]:
        """Whom the person's numbers point to, and the person's whole names."""
        return self.numbers | self.names

    def differs(self, numbers: AbstractSet[bytes]) -> bool:
        """Whether numbers are somebody else's, or names by which alone somebody is known who had something."""
        return bool(numbers) and bool(self.numbers) and numbers.isdisjoint(self.people)

    def is_named_otherwise(self, givens: frozenset[bytes], names: frozenset[bytes]) -> bool:
        """Whether whole names stand there, and neither they nor the given ones are the person's."""
        return self.is_new(names) and not givens & self.givens

    def leads_elsewhere(self, view: View) -> bool:
        """Whether all whom a row's keys mean are named otherwise: a site, of whose owner somebody holds the key."""
        above = (self._records.view(record).owner for record, _ in self._records.parents(view.id))
        named = [owner for owner in above if owner.names]
        return bool(named) and all(self.is_named_otherwise(owner.givens, owner.names) for owner in named)

    def is_new(self, names: frozenset[bytes]) -> bool:
        """Whether whole names stand there, and the person is known by others only."""
        return bool(names) and bool(self.names) and not names & self.names
