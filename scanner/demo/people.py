"""The people of the estate: customers, their contacts, prospects, friends, staff."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from scanner.demo import numbers
from scanner.demo.names import COMPANIES, MEN, SURNAMES, WOMEN
from scanner.demo.places import STREETS, TOWNS, VILLAGES


@dataclass(frozen=True, slots=True)
class Address:
    """Where somebody lives."""

    street: str
    postal: str
    town: str
    extra: str = ""


@dataclass(slots=True)
class Person:
    """Somebody, with what is theirs. `repr` would show fictional data only."""

    id: str
    given: str
    surname: str
    male: bool
    born: date
    pnr: str = ""
    emails: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    address: Address | None = None
    number: int | None = None
    company: str = ""
    """The company that a customer signs for; its name, not a person's."""
    orgnr: str = ""
    born_as: str = ""
    """Surname before marriage."""
    plates: list[str] = field(default_factory=list)
    """Licence plates of their cars."""
    partner: str = ""
    """Id of the person they live with."""

    @property
    def home(self) -> Address:
        """The address; raises ValueError where none is known."""
        if self.address is None:
            raise ValueError("this person has no address")
        return self.address


@dataclass(slots=True)
class People:
    """Everybody, by what they are to the company."""

    customers: list[Person] = field(default_factory=list)
    contacts: list[Person] = field(default_factory=list)
    prospects: list[Person] = field(default_factory=list)
    friends: list[Person] = field(default_factory=list)
    staff: list[Person] = field(default_factory=list)
    told: list[Person] = field(default_factory=list)
    """Known from free text only."""
    callers: list[Person] = field(default_factory=list)
    """Known by a number and a time only."""
    cases: dict[str, list[str]] = field(default_factory=dict)
    """The traps by name: ids of those in them."""

    def all(self) -> list[Person]:
        """Everybody, each once."""
        groups = (self.customers, self.contacts, self.prospects, self.friends, self.staff, self.told, self.callers)
        return [person for group in groups for person in group]


def ascii_name(text: str) -> str:
    """A name as the left part of an e-mail address: lower case, no accents, no spaces."""
    table = str.maketrans({"ı": "i", "ł": "l", "đ": "d", "ø": "o"})
    plain = unicodedata.normalize("NFKD", text.lower().translate(table))
    return "".join(c for c in plain if c.isascii() and (c.isalnum() or c == "-"))


class Census:
    """Makes people from a seed; hands each fictional number out as often as its kind allows."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.random = Random(seed)  # noqa: S311  a demo, not a secret
        self._count = 0
        self._number = 104200
        self._mobiles = list(numbers.mobiles())
        self._lines = list(numbers.landlines())
        self._emails: set[str] = set()
        self._identities: set[str] = set()

    def mobile(self) -> str | None:
        """An exclusive mobile number, while there are any."""
        return self._mobiles.pop() if self._mobiles else None

    def line(self) -> str | None:
        """An exclusive fixed number, while there are any."""
        return self._lines.pop() if self._lines else None

    def customer_number(self) -> int:
        """The next customer number."""
        self._number += self.random.randint(1, 9)
        return self._number

    def _weighted(self, pool: tuple[str, ...]) -> str:
        place = int(len(pool) * self.random.random() ** 2)
        return pool[place]

    def _identity(self, born: date, male: bool) -> str:
        make = numbers.samordningsnummer if self.random.random() < 0.04 else numbers.personnummer
        while (made := make(self.random, born, male)) in self._identities:
            born += timedelta(days=1)
        self._identities.add(made)
        return made

    def email(self, person: Person) -> str:
        """A new address on one of the example domains."""
        first, last = ascii_name(person.given), ascii_name(person.surname)
        style = self.random.choice(("{f}.{l}", "{f}.{l}", "{f}{n}", "{l}_{f}", "{f}.{l}+larm", "{i}{l}"))
        left = style.format(f=first, l=last, i=first[0], n=person.born.year)
        domain = self.random.choice(("example.se", "example.com", "example.org", "post.example.se"))
        while (made := f"{left}@{domain}") in self._emails:
            left += str(self.random.randint(1, 9))
        self._emails.add(made)
        return made

    def address(self) -> Address:
        """A street address in a town, or a village, a box or a flat."""
        town, codes = self._weighted_town()
        extra = self.random.choice(("", "", "", "lgh 1102", "3 tr", "lgh 1301", "nb"))
        letter = self.random.choice(("", "", "", "", " A", "B", " C"))
        street = f"{self.random.choice(STREETS)} {self.random.randint(1, 140)}{letter}"
        drawn = self.random.random()
        if drawn < 0.05:
            street, extra = f"{self.random.choice(VILLAGES)} {self.random.randint(100, 480)}", ""
        elif drawn < 0.07:
            street, extra = f"Box {self.random.randint(12, 990)}", ""
        return Address(street, self.random.choice(codes), town, extra)

    def _weighted_town(self) -> tuple[str, tuple[str, ...]]:
        return TOWNS[int(len(TOWNS) * self.random.random() ** 1.6)]

    def person(self, years: tuple[int, int] = (1938, 2003)) -> Person:
        """Somebody with a name and a date of birth, nothing else."""
        self._count += 1
        male = self.random.random() < 0.5
        born = date(self.random.randint(*years), 1, 1) + timedelta(days=self.random.randint(0, 364))
        given = self._weighted(MEN if male else WOMEN)
        surname = self._weighted(SURNAMES)
        if self.random.random() < 0.05:
            surname = f"{surname}-{self.random.choice(SURNAMES[:40])}" if "-" not in surname else surname
        return Person(f"p{self._count:04d}", given, surname, male, born)

    def resident(self, years: tuple[int, int] = (1938, 2003)) -> Person:
        """Somebody with a personnummer, an address and an e-mail address; a telephone only if a number is free."""
        person = self.person(years)
        person.pnr = self._identity(person.born, person.male)
        person.address = self.address()
        if self.random.random() < 0.85:
            person.emails.append(self.email(person))
        if self.random.random() < 0.16 and len(self._mobiles) > 30 and (mobile := self.mobile()):
            person.phones.append(mobile)
        if self.random.random() < 0.45 and (line := self.line()):
            person.phones.append(line)
        return person

    def customer(self, years: tuple[int, int] = (1938, 2003)) -> Person:
        """A resident with a customer number."""
        person = self.resident(years)
        person.number = self.customer_number()
        return person

    def identity_for(self, person: Person) -> None:
        """Give a personnummer that fits the date of birth and the sex."""
        person.pnr = self._identity(person.born, person.male)


def namesake(census: Census, of: Person) -> Person:
    """Another customer of the same name in the same town."""
    other = census.customer()
    other.given, other.surname, other.male = of.given, of.surname, of.male
    census.identity_for(other)
    other.address = replace(other.home, postal=of.home.postal, town=of.home.town)
    other.emails = [census.email(other)]
    return other


def company(census: Census, at: int) -> Person:
    """A customer that is a company: the person signs for it."""
    person = census.customer((1955, 1995))
    person.company = COMPANIES[at % len(COMPANIES)]
    person.orgnr = numbers.COMPANY_NUMBERS[at % len(numbers.COMPANY_NUMBERS)]
    return person
