"""Rows of the tables about money and work: invoices, payments, cases, quotes, articles."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from scanner.demo import notes, numbers, spelling
from scanner.demo.customers import identity_cell, phone_cell
from scanner.demo.people import Person
from scanner.demo.rows import Cell, Row
from scanner.demo.texts import Text, compose, mark
from scanner.demo.world import TODAY, World

INVOICES = 2600
_GOODS = (
    "Detektor Björn", "Siren Stark 110 dB", "Rökvarnare Alma", "Kamera Falk HD", "Fäste Sten", "Dörrkontakt Bo",
    "Kabel Lind 20 m", "Skylt Trygg", "Batteri Hammar 9V", "Låsbleck Rosén 2014", "Fjärr Maja", "Centralenhet Tor",
    "Glaskross Ask", "Sensor Frisk Luft",
)  # fmt: skip


def _amount(random: Random) -> int:
    return random.choice((24900, 29900, 39900, 54900, 149800, 1250000))


def fakturor(world: World) -> Iterator[Row]:
    """Invoices; the key to the customer is not declared and is called `kund`."""
    random = world.random("fakturor")
    for number in range(INVOICES):
        person = random.choice(world.people.customers)
        day = world.day(random, person)
        to = person.company and Text(person.company) if not _names_owner(person) else spelling.full(person)
        cells: dict[str, Cell] = {
            "fakturanr": 310000 + number,
            "kund": spelling.customer(person),
            "mottagare": to or None,
        }
        cells |= {"ocr": numbers.ocr(person.number or 0, number), "ordernr": notes.order(random, test_allowed=True)}
        cells |= {"skapad_ts": notes.stamp(random, day), "belopp_ore": _amount(random)}
        yield Row(cells | {"datum": day, "forfallo": day + timedelta(days=30)}, (person.id,))


def _names_owner(person: Person) -> bool:
    return not person.company or person.surname in person.company.split()


def betalningar(world: World) -> Iterator[Row]:
    """Payments: about whom an invoice is about."""
    random = world.random("betalningar")
    for number, invoice in enumerate(fakturor(world)):
        if random.random() < 0.25:
            continue
        person = next(p for p in world.people.customers if p.id == invoice.about[0])
        cells: dict[str, Cell] = {
            "id": 50000 + number,
            "fakturanr": invoice.cells["fakturanr"],
            "inkom": invoice.cells["forfallo"],
        }
        cells |= {"bokford": _epoch(random)} | _means(person, random)
        yield Row(cells, invoice.about)


def _epoch(random: Random) -> int:
    return int(numbers.innocent(1_600_000_000 + random.randrange(150_000_000)))


def _means(person: Person, random: Random) -> dict[str, Cell]:
    sender = spelling.full(person).map(str.upper) if random.random() < 0.5 else None
    kind = random.choices(("BG", "IBAN", "KONTO", "KORT"), (6, 1, 2, 1))[0]
    cells: dict[str, Cell] = {"betalsatt": kind, "avsandare": sender}
    if kind == "BG":
        return cells | {"bankgiro": mark("SE_BANKGIRO", random.choice(numbers.BANKGIRO))}
    if kind == "IBAN":
        return cells | {"iban": mark("IBAN_CODE", random.choice(numbers.IBANS), person.id)}
    if kind == "KONTO":
        return cells | {"konto": notes.account(random, person.id)}
    card = random.choice(numbers.CARDS)
    return cells | {
        "kort": mark("CREDIT_CARD", card, person.id) if random.random() < 0.3 else f"{card[:6]}******{card[-4:]}"
    }


def arenden(world: World) -> Iterator[Row]:
    """Cases with notes by staff and messages by customers."""
    random = world.random("arenden")
    for number in range(820):
        person = random.choice(world.people.customers)
        cast = world.cast(person, random)
        written = notes.chat(cast, random) if random.random() < 0.35 else notes.note(cast, random)
        if random.random() < 0.2:
            written = written + "\n\n" + notes.note(cast, random) + compose("\n/{a}", a=spelling.given(cast.staff))
        cells: dict[str, Cell] = {
            "arendenr": 88000 + number,
            "kundnr": spelling.customer(person),
            "kanal": random.choice(("tel", "chatt", "mejl")),
        }
        cells |= {
            "rubrik": random.choice(("Falsklarm", "Flytt", "Ny kod", "Faktura", "Service")),
            "handlaggare": spelling.full(cast.staff),
        }
        yield Row(cells | {"skapad": world.day(random, person), "anteckning": written}, (person.id,))


def offerter(world: World) -> Iterator[Row]:
    """Quotes that prospects asked for."""
    random = world.random("offerter")
    for number, person in enumerate(world.people.prospects):
        cells: dict[str, Cell] = {
            "offertnr": 4000 + number,
            "namn": random.choice((spelling.full, spelling.reversed_name))(person),
        }
        cells |= {"epost": spelling.email(person) if person.emails else None, "telefon": phone_cell(person, random)}
        cells |= {
            "adress": spelling.address(person.home, person.id, random),
            "status": random.choice(("skickad", "vunnen", "förlorad")),
        }
        cells |= {"skapad": date(2024, 1, 1) + timedelta(days=random.randint(0, (TODAY - date(2024, 1, 1)).days))}
        cells["meddelande"] = notes.chat(world.cast(person, random), random) if random.random() < 0.5 else None
        yield Row(cells, (person.id,))


def rekommendationer(world: World) -> Iterator[Row]:
    """Friends whom customers recommended: the row is about both."""
    random = world.random("rekommendationer")
    for number, friend in enumerate(world.people.friends):
        customer = random.choice(world.people.customers)
        cells: dict[str, Cell] = {
            "id": number + 1,
            "kundnr": spelling.customer(customer),
            "van_namn": spelling.full(friend),
        }
        cells |= {"van_epost": spelling.email(friend) if friend.emails else None, "van_tel": phone_cell(friend, random)}
        yield Row(cells | {"skapad": world.day(random, customer)}, (customer.id, friend.id))


def personal(world: World) -> Iterator[Row]:
    """Staff."""
    random = world.random("personal")
    for number, person in enumerate(world.people.staff):
        cells: dict[str, Cell] = {
            "anstnr": 900 + number,
            "namn": spelling.reversed_name(person),
            "pnr": identity_cell(person, random),
        }
        cells |= {
            "epost": spelling.email(person),
            "telefon": phone_cell(person, random),
            "anknytning": str(4100 + number),
        }
        yield Row(cells | {"titel": "Kundtjänst", "konto": notes.account(random, person.id)}, (person.id,))


def artiklar(world: World) -> Iterator[Row]:
    """Goods: nobody's data, though much of it looks so."""
    random = world.random("artiklar")
    for number in range(70):
        cells: dict[str, Cell] = {
            "artnr": 104000 + number * 17,
            "benamning": f"{_GOODS[number % len(_GOODS)]} {number // len(_GOODS) or ''}".strip(),
        }
        cells |= {
            "ean": numbers.ean(random.randrange(10**9)),
            "leverantor": random.choice(("Sten & Co", "Nordlarm", "Ekovakt")),
        }
        cells |= {
            "lagerplats": f"{random.randint(1, 9)}-{random.randint(10, 99)}-{random.randint(1, 4)}",
            "kollinr": f"00373{random.randrange(10**15):015d}",
        }
        cells |= {"uppdaterad": notes.stamp(random), "bestallning": notes.order(random), "pris_ore": _amount(random)}
        yield Row(cells)
