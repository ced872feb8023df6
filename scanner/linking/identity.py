"""What stands in a record, and as whose: the record's own person, another person in a role, or a mention in text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from scanner.linking.groups import is_correspondent, is_end_of_mail
from scanner.linking.ownership import CUSTOMER_ID, Place
from scanner.linking.role_words import is_contact_person

PERSONNUMMER = "SE_PERSONNUMMER"
STRONG = (PERSONNUMMER, CUSTOMER_ID)
"""Entities that point to one person by themselves."""
EMAIL, PHONE = "EMAIL_ADDRESS", "PHONE_NUMBER"
CONTACT = (EMAIL, PHONE)
"""Entities that point to one person when nobody else has them."""
PLATE = "SE_LICENSE_PLATE"
USERNAME = "USERNAME"
IP = "IP_ADDRESS"
TRACE = (PLATE, IP, "DEVICE_ID", "COOKIE_ID", USERNAME)
"""Like contacts, but changing hands more often: followed when asked for; of these a user name is learnt, and an
IP address from which just one person has signed in."""
NAME, ADDRESS, BORN = "PERSON", "ADDRESS", "DATE_OF_BIRTH"
ORGANISATION = "SE_ORGANISATIONSNUMMER"
"""A firm's, or an association's: a sole trader's is the owner's personnummer."""
PROTECTED = "PROTECTED_IDENTITY"
_UNGROUPED = {"", "."}
"""Groups of fields called by their datum alone."""


def is_header(group: str) -> bool:
    """Whether a group is a header of a mail, or an end of a call: each is a person, or several, of its own."""
    last = group.rpartition(".")[2]
    return is_correspondent(last) or is_end_of_mail(last)


@dataclass(frozen=True, slots=True)
class Seen:
    """One finding in a record."""

    field: int
    entity: str
    place: Place
    token: bytes
    parts: bytes | None
    """Of a name with several parts: the token to search for. Of a personnummer: that of its first nine digits."""
    further: bytes | None
    """Of a name: that of how the given name sounds. Of a personnummer: that of the day of birth."""
    trusted: bool
    """The number's check digit is right; a mistyped number is found, but nobody is identified by it."""
    group: str = ""

    @property
    def identity(self) -> bytes:
        """Whom a personnummer stands for: its first nine digits, which leave no choice of the check digit."""
        return self.parts if self.entity == PERSONNUMMER and self.parts else self.token

    @property
    def tokens(self) -> tuple[bytes, ...]:
        """By which it is told again: of a name with several parts by that of these, too."""
        return (self.token, self.parts) if self.entity == NAME and self.parts else (self.token,)

    def has(self, token: bytes) -> bool:
        """Whether it is found by this token."""
        return token in (self.token, self.parts, self.further)


@dataclass(frozen=True)
class Persona:
    """Somebody as one record knows them: what stands there as theirs."""

    place: Place
    seen: tuple[Seen, ...]

    @cached_property
    def names(self) -> frozenset[bytes]:
        """Tokens of whole names."""
        return frozenset(one.parts for one in self.seen if one.entity == NAME and one.parts)

    @cached_property
    def givens(self) -> frozenset[bytes]:
        """How the given names of whole names sound."""
        return frozenset(one.further for one in self.seen if one.entity == NAME and one.parts and one.further)

    @cached_property
    def called(self) -> frozenset[bytes]:
        """The same, and how names of one word sound, which may be given ones: `Eva`."""
        return frozenset(one.further for one in self.seen if one.entity == NAME and one.further)

    @cached_property
    def corresponds(self) -> bool:
        """It is who wrote a mail, or got it."""
        return any(is_header(one.group) for one in self.seen)

    @cached_property
    def is_contact(self) -> bool:
        """It is whom to turn to, by the names of its fields."""
        return any(is_contact_person(one.group.rpartition(".")[2]) for one in self.seen)

    def of(self, *entities: str) -> Iterator[Seen]:
        """What is of these entities."""
        return (one for one in self.seen if one.entity in entities)

    def reached_as(self, other: Persona) -> bool:
        """Whether two have a contact in common."""
        return bool({seen.token for seen in self.of(*CONTACT)} & {seen.token for seen in other.of(*CONTACT)})

    def has(self, token: bytes) -> bool:
        """Whether a token stands here."""
        return any(one.has(token) for one in self.seen)


@dataclass(frozen=True)
class View:
    """A record and what was found in it."""

    id: int
    unit: int
    locator: bytes | None
    seen: tuple[Seen, ...]
    mixed: bool = False
    """Its names stand in a column of both the person's whom a key points to and others'."""

    @cached_property
    def is_list(self) -> bool:
        """Several people's personnummer in the owner's place: the record as a whole is nobody's."""
        return len({one.identity for one in self.seen if one.entity == PERSONNUMMER and one.place is Place.OWNER}) > 1

    @cached_property
    def is_organisation(self) -> bool:
        """A firm's own row, or an association's: it has its number, or a contact's name beside its own telephone."""
        if self.owner.names or any(self.owned(PERSONNUMMER)):
            return False
        named = any(one.names and one.is_contact for one in self.others) and not any(self.owned(CUSTOMER_ID))
        return any(self.owned(ORGANISATION)) or (named and any(self.owned(*CONTACT)))

    @cached_property
    def told(self) -> frozenset[bytes]:
        """The one personnummer that running text of the record names, if nothing else says whom it is about."""
        named = frozenset(one.identity for one in self.seen if one.entity == PERSONNUMMER and one.trusted)
        owned = any(one.place is Place.OWNER for one in self.seen if one.entity in STRONG)
        return named if len(named) == 1 and not owned else frozenset()

    @cached_property
    def owner(self) -> Persona:
        """The person whom the record is about."""
        seen = () if self.is_list else tuple(one for one in self.seen if one.place is Place.OWNER)
        return Persona(Place.OWNER, seen)

    @cached_property
    def others(self) -> tuple[Persona, ...]:
        """Other people in the record: one for each group of fields; a single one if just one is named, by one group."""
        seen = tuple(one for one in self.seen if one.place is Place.OTHER)
        apart = {one.group for one in seen} - _UNGROUPED
        mail = any(is_header(group) for group in apart)
        if len(Persona(Place.OTHER, seen).givens) <= 1 and len(apart) <= 1 and not mail:
            return (Persona(Place.OTHER, seen),) if seen else ()
        groups: dict[str, list[Seen]] = {}
        for one in seen:
            groups.setdefault(one.group, []).append(one)
        return tuple(Persona(Place.OTHER, tuple(some)) for some in groups.values())

    def days(self, number: bytes) -> Iterator[bytes]:
        """The day of birth in a personnummer that stands here."""
        numbers = (one for one in self.seen if one.entity == PERSONNUMMER and number in (one.token, one.parts))
        yield from (one.further for one in numbers if one.trusted and one.further)

    def owned(self, *entities: str) -> Iterator[Seen]:
        """Findings of these entities in the owner's place."""
        return self.owner.of(*entities)

    def persona(self, token: bytes, field: int) -> Persona | None:
        """As whose a token stands in a field; None: it is mentioned in running text, or in a list."""
        for persona in (self.owner, *self.others):
            if any(one.field == field and one.has(token) for one in persona.seen):
                return persona
        return None
