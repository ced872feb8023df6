"""Who lives in the estate, and the traps among them: namesakes, households, re-used and shared numbers."""

from __future__ import annotations

from random import Random

from scanner.demo.names import SURNAMES
from scanner.demo.numbers import COMMON_LINE
from scanner.demo.people import Census, People, Person, ascii_name, company, namesake

_SIZES = {
    "customers": 270,
    "companies": 24,
    "contacts": 190,
    "prospects": 120,
    "friends": 90,
    "staff": 24,
    "told": 14,
    "callers": 8,
}


def populate(census: Census) -> People:
    """Make everybody. The same census seed makes the same people."""
    people = People()
    people.customers = [census.customer() for _ in range(_SIZES["customers"])]
    people.customers += [census.customer((1920, 1925)) for _ in range(4)]
    _namesakes(census, people)
    _fathers_and_sons(census, people)
    _companies(census, people)
    _sole_traders(people)
    _married(census, people)
    _couples(census, people)
    _reused(census, people)
    _others(census, people)
    _cars(census.seed, people)
    people.customers.sort(key=lambda person: person.number or 0)
    return people


def _remember(people: People, case: str, *group: Person) -> None:
    people.cases.setdefault(case, []).extend(person.id for person in group)


def _namesakes(census: Census, people: People) -> None:
    for first in people.customers[5:25:5]:
        other = namesake(census, first)
        people.customers.append(other)
        _remember(people, "namesakes", first, other)


def _fathers_and_sons(census: Census, people: People) -> None:
    fathers = [p for p in people.customers[30:] if p.male and p.born.year < 1965][:3]
    for father in fathers:
        son = namesake(census, father)
        son.born = son.born.replace(year=father.born.year + 28, day=min(son.born.day, 28))
        census.identity_for(son)
        son.address, son.phones = father.address, list(father.phones)
        people.customers.append(son)
        _remember(people, "father_and_son", father, son)


def _companies(census: Census, people: People) -> None:
    switchboard = census.line() or COMMON_LINE
    for n in range(_SIZES["companies"]):
        signer = company(census, n)
        if n % 3 == 0:
            signer.phones = [switchboard]
            _remember(people, "switchboard", signer)
        people.customers.append(signer)


def _sole_traders(people: People) -> None:
    traders = [p for p in people.customers[60:] if not p.company and p.pnr[6] in "0123"][:14]
    for trader in traders:
        trader.company = (
            f"{trader.given} {trader.surname} Firma" if trader.male else f"Firma {trader.given} {trader.surname}"
        )
        trader.orgnr = f"{trader.pnr[2:8]}-{trader.pnr[8:]}"
    _remember(people, "sole_trader", *traders)


def _married(census: Census, people: People) -> None:
    brides = [p for p in people.customers[100:] if not p.male and p.emails and not p.company][:7]
    for bride in brides:
        bride.born_as = census.random.choice([s for s in SURNAMES if s != bride.surname and " " not in s])
        bride.emails.append(f"{ascii_name(bride.given)}.{ascii_name(bride.born_as)}{bride.born.year}@example.org")
    _remember(people, "married", *brides)


def _couples(census: Census, people: People) -> None:
    taken = {i for ids in people.cases.values() for i in ids}
    singles = [p for p in people.customers[120:] if p.id not in taken and not p.company][:30]
    for number, one in enumerate(singles):
        other = census.person((1945, 2000))
        census.identity_for(other)
        other.surname = one.surname if number % 3 else other.surname
        one.partner, other.partner, other.address = other.id, one.id, one.address
        shared = f"familjen.{ascii_name(one.surname)}{number}@example.se"
        one.emails, other.emails = [shared], [shared]
        one.phones = one.phones or [census.line() or COMMON_LINE]
        other.phones = list(one.phones)
        people.contacts.append(other)
        _remember(people, "couples", one, other)


def _reused(census: Census, people: People) -> None:
    for old, new in ((40, 200), (41, 201), (42, 202)):
        mobile = census.mobile() or COMMON_LINE
        first, second = people.customers[old], people.customers[new]
        first.phones, second.phones = [mobile], [mobile]
        _remember(people, "reused_mobile", first, second)


def _cars(seed: int, people: People) -> None:
    """Licence plates of some; one car has been sold from one customer to another."""
    random = Random(f"{seed}:cars")  # noqa: S311  a demo, not a secret
    owners = people.customers[3::5]
    for owner in owners:
        owner.plates = [f"{''.join(random.sample('BCDFGHJKLMNPRSTWXZ', 3))}{random.randint(100, 999)}"]
    owners[0].plates = owners[1].plates
    _remember(people, "sold_car", owners[0], owners[1])


def _others(census: Census, people: People) -> None:
    shared = [census.mobile() or COMMON_LINE for _ in range(8)]
    for number in range(_SIZES["contacts"]):
        contact = census.person()
        free = census.mobile() if number < 6 else census.line()
        contact.phones = [free or shared[number % len(shared)]]
        if number % 4 == 0:
            contact.emails = [census.email(contact)]
        people.contacts.append(contact)
    _remember(people, "contact_only", *people.contacts[-6:])
    people.prospects = [census.resident() for _ in range(_SIZES["prospects"])]
    people.friends = [_friend(census, n) for n in range(_SIZES["friends"])]
    people.staff = [_employee(census, n) for n in range(_SIZES["staff"])]
    people.told = [census.resident() for _ in range(_SIZES["told"])]
    people.callers = [_caller(census) for _ in range(_SIZES["callers"])]
    _remember(people, "text_only", *people.told)
    _remember(people, "call_only", *people.callers)


def _friend(census: Census, number: int) -> Person:
    friend = census.person()
    friend.emails = [census.email(friend)] if number % 3 else []
    friend.phones = [] if number % 3 else [census.line() or COMMON_LINE]
    return friend


def _employee(census: Census, number: int) -> Person:
    employee = census.resident((1962, 2003))
    employee.emails = [f"{ascii_name(employee.given)}.{ascii_name(employee.surname)}{number}@omnipoint.example"]
    return employee


def _caller(census: Census) -> Person:
    caller = census.person()
    caller.given = caller.surname = ""
    caller.phones = [census.mobile() or COMMON_LINE]
    return caller
