"""Rows of the tables that machines write: sign-ins, alarms, the web, a newsletter, an old import."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from scanner.demo import notes, numbers, spelling
from scanner.demo.customers import phone_cell
from scanner.demo.people import Person
from scanner.demo.rows import Cell, Row, Tree
from scanner.demo.texts import Text
from scanner.demo.world import World


def _with_mail(world: World) -> list[Person]:
    return [person for person in world.people.customers if person.emails]


def inloggningar(world: World) -> Iterator[Row]:
    """Sign-ins: the user is an e-mail address; there is no key."""
    random = world.random("inloggningar")
    reachable = _with_mail(world)
    for number in range(1500):
        person = random.choice(reachable)
        clock = ":".join(f"{random.randint(10, limit)}" for limit in (23, 59, 59))
        time = f"{world.day(random, person).isoformat()} {clock}"
        cells: dict[str, Cell] = {
            "id": number + 1,
            "anvandare": spelling.email(person),
            "ip": notes.ip(random, person.id),
            "tidpunkt": time,
        }
        yield Row(cells | {"klient": random.choice(("iOS 18.1.0.4", "Android 14", "Mozilla/5.0 (X11)"))}, (person.id,))


def larmlogg(world: World) -> Iterator[Row]:
    """Alarms: no identifier but the installation's key."""
    random = world.random("larmlogg")
    for number in range(3200):
        place = random.choice(world.installations)
        cells: dict[str, Cell] = {
            "id": number + 1,
            "anlaggning": place.id,
            "tid": notes.stamp(random),
            "zon": str(random.randint(1, 24)),
        }
        cells |= {
            "handelse": random.choice(("INBROTT", "BRAND", "TEST", "SABOTAGE", "BATTERI")),
            "meddelande_id": notes.order(random),
        }
        yield Row(cells, (place.owner.id,))


def nyhetsbrev(world: World) -> Iterator[Row]:
    """Subscribers: the primary key is the e-mail address."""
    random = world.random("nyhetsbrev")
    seen: set[str] = set()
    for person in [*_with_mail(world), *world.people.prospects]:
        if not person.emails or person.emails[0] in seen or random.random() < 0.4:
            continue
        seen.add(person.emails[0])
        cells: dict[str, Cell] = {
            "epost": spelling.email(person),
            "namn": spelling.full(person),
            "kalla": random.choice(("webb", "mässa")),
        }
        yield Row(
            cells | {"anmald": date(2020, 1, 1) + timedelta(days=random.randint(0, 2000)), "aktiv": 1}, (person.id,)
        )


def _payload(person: Person, world: World, random_name: str) -> dict[str, Tree]:
    random = world.random(random_name)
    payload: dict[str, Tree] = {
        "typ": random.choice(("order", "kontakt", "login")),
        "ts": int(numbers.innocent(1_700_000_000 + random.randrange(10**7))),
    }
    kund: dict[str, Tree] = {
        "namn": spelling.misspelt(person) if random.random() < 0.06 else spelling.full(person),
        "epost": spelling.email(person),
        "telefon": phone_cell(person, random),
    }
    kund |= {"kundnr": spelling.customer(person)} if random.random() < 0.5 else {}
    payload |= {"kund": kund, "klient": {"ip": notes.ip(random, person.id), "skarm": "1920x1080"}}
    if random.random() < 0.4:
        payload["rader"] = [{"artikel": "Kamera Falk HD", "antal": 2}, {"artikel": "Fäste Sten", "antal": 1}]
    if random.random() < 0.4:
        payload["meddelande"] = notes.chat(world.cast(person, random), random)
    return payload


def webb_events(world: World) -> Iterator[Row]:
    """Events of the web site, JSON in a column."""
    random = world.random("webb_events")
    reachable = _with_mail(world)
    for number in range(420):
        person = random.choice(reachable)
        payload = _payload(person, world, f"payload:{number}")
        yield Row({"id": number + 1, "tid": payload["ts"], "typ": payload["typ"], "payload": payload}, (person.id,))  # type: ignore[dict-item]


def import_2019(world: World) -> Iterator[Row]:
    """The old import: `pnr` holds postal codes, `falt1` phones, `falt2` whatever came, `orgnr` order numbers."""
    random = world.random("import_2019")
    for number in range(300):
        person = random.choice(world.people.customers)
        mixed: list[Text | None] = [
            phone_cell(person, random),
            spelling.identity(person, random),
            Text(notes.order(random)),
            None,
        ]
        mixed += [spelling.email(person)] if person.emails else []
        low = random.random() < 0.3
        cells: dict[str, Cell] = {
            "rad_info": f"rad {number + 1}",
            "pnr": spelling.postal(person.home, person.id, spaced=False),
        }
        cells |= {"orgnr": notes.order(random), "falt1": phone_cell(person, random), "falt2": random.choice(mixed)}
        cells |= {
            "falt3": spelling.full(person).map(str.lower if low else str.title),
            "falt4": spelling.street_line(person.home, person.id, random),
        }
        yield Row(cells, (person.id,))
