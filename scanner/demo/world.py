"""What all writers of the estate share: the people, their installations, and a stream of chance for each purpose."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from scanner.demo.notes import Cast
from scanner.demo.people import Address, Census, People, Person
from scanner.demo.population import populate

TODAY = date(2026, 11, 1)
"""The demo's last day, so that the same seed makes the same estate whenever it is run."""


@dataclass(frozen=True, slots=True)
class Installation:
    """An alarm installation: where, and whose."""

    id: int
    owner: Person
    address: Address
    contacts: tuple[Person, ...]


@dataclass(slots=True)
class World:
    """Everybody and everything, before it is written anywhere."""

    seed: int
    people: People
    installations: list[Installation] = field(default_factory=list)
    since: dict[str, date] = field(default_factory=dict)
    """Customer -> first day."""
    ended: dict[str, date] = field(default_factory=dict)
    """Former customer -> last day."""

    def random(self, purpose: str) -> Random:
        """A stream of chance of its own for each purpose, so that one writer's change does not shift another's."""
        return Random(f"{self.seed}:{purpose}")  # noqa: S311  a demo, not a secret

    def cast(self, who: Person, random: Random) -> Cast:
        """Who may come up in a text about somebody."""
        pool = self.people.contacts if random.random() < 0.8 else self.people.told
        other = next((p for p in self.people.contacts if p.id == who.partner), None)
        staff = random.sample(self.people.staff, 2)
        return Cast(who, other if other and random.random() < 0.5 else random.choice(pool), *staff)

    def day(self, random: Random, person: Person) -> date:
        """A day on which somebody was a customer."""
        first, last = self.since.get(person.id, date(2018, 1, 1)), self.ended.get(person.id, TODAY)
        return first + timedelta(days=random.randint(0, max(0, (last - first).days)))


def build(seed: int) -> World:
    """Make the world of a seed."""
    census = Census(seed)
    world = World(seed, populate(census))
    _relationships(world, census.random)
    for owner in world.people.customers:
        _install(world, census, owner)
    return world


def _relationships(world: World, random: Random) -> None:
    reused = world.people.cases["reused_mobile"]
    for person in world.people.customers:
        first = max(person.born + timedelta(days=20 * 366), date(2006, 1, 1))
        since = first + timedelta(days=random.randint(0, (date(2026, 3, 1) - first).days))
        if person.id in reused[::2]:
            since, world.ended[person.id] = date(2011, 5, 2), date(2017, 9, 30)
        elif person.id in reused:
            since = date(2019, 3, 4)
        elif random.random() < 0.22:
            world.ended[person.id] = since + timedelta(days=random.randint(100, (TODAY - since).days))
        world.since[person.id] = since


def _install(world: World, census: Census, owner: Person) -> None:
    random = census.random
    for number in range(2 if random.random() < 0.08 else 1):
        contacts = random.sample(world.people.contacts, random.randint(1, 3))
        if owner.partner:
            contacts = [p for p in world.people.contacts if p.id == owner.partner] + contacts[:1]
        if random.random() < 0.12:
            contacts.append(random.choice([p for p in world.people.customers if p.phones and p is not owner]))
        unique = tuple({p.id: p for p in contacts}.values())
        where = owner.home if number == 0 and not owner.home.street.startswith("Box") else census.address()
        world.installations.append(Installation(7000 + len(world.installations), owner, where, unique))
