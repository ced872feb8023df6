"""Rows of the tables about customers: who they are, what they bought, where it hangs, whom to call."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from scanner.demo import notes, spelling
from scanner.demo.people import Person
from scanner.demo.places import COORDINATES
from scanner.demo.rows import Cell, Row
from scanner.demo.texts import MISTYPED, OPTIONAL, Text, mark
from scanner.demo.world import Installation, World

_STYLES = ("{c}{d}-{s}",) * 6 + ("{c}{d}{s}",) * 3 + ("{d}-{s}", "{d}{s}", "{d} {s}")
_CODEWORDS = ("sten", "björk", "Alma", "4711", "2590#", "blå båt", "0815*", "lampa", "Vinterdäck", "7719")
_PRODUCTS = ("Trygg Hemma 1", "Trygg Hemma 3", "Trygg Björk", "Företag Bas", "Företag Stark", "Alma Rök")


def identity_cell(person: Person, random: Random) -> Text | None:
    """The personnummer as a column has it: mostly one style, some others, one in a hundred mistyped."""
    if not person.pnr:
        return None
    if random.random() < 0.012:
        return spelling.identity(person, "{c}{d}-{s}", tier=MISTYPED)
    return spelling.identity(person, random.choice(_STYLES))


def phone_cell(person: Person, random: Random) -> Text | None:
    """The telephone as a column has it, if there is one."""
    style = random.choices((0, 1, 2, 3, 4, 5, 6, 7, 12), (8, 8, 6, 6, 2, 1, 2, 1, 1))[0]
    return spelling.phone(random.choice(person.phones), style, person.id) if person.phones else None


def _company_name(person: Person) -> Text:
    """A company's name; the owner's name inside a sole trader's is personal."""
    whole = f"{person.given} {person.surname}"
    before, found, after = person.company.partition(whole)
    return Text(before) + mark("PERSON", found, person.id) + after if found else Text(person.company)


def orgnr(person: Person) -> Text | None:
    """The company's number; a sole trader's is the owner's personnummer."""
    if not person.orgnr:
        return None
    if person.orgnr == f"{person.pnr[2:8]}-{person.pnr[8:]}":
        return mark("SE_PERSONNUMMER", person.orgnr, person.id)
    return mark("SE_ORGANISATIONSNUMMER", person.orgnr)


def _customer_name(person: Person) -> dict[str, Cell]:
    if person.company:
        return {"kundtyp": "F", "enamn": _company_name(person), "kontakt": spelling.full(person)}
    return {"kundtyp": "P", "fnamn": spelling.given(person), "enamn": spelling.surname(person)}


def kunder(world: World) -> Iterator[Row]:
    """One row a customer."""
    random = world.random("kunder")
    for person in world.people.customers:
        where = person.home
        host = random.choice(world.people.told)
        care = spelling.care_of(host) if random.random() < 0.04 else None
        cells: dict[str, Cell] = {"kundnr": spelling.customer(person), **_customer_name(person)}
        cells |= {
            "pnr": identity_cell(person, random),
            "orgnr": orgnr(person),
            "adr1": spelling.street_line(where, person.id, random),
        }
        cells |= {
            "adr2": care or _floor(where.extra, person),
            "postnr": spelling.postal(where, person.id, spaced=random.random() < 0.7),
        }
        cells |= {"ort": _town(where.town, person, random), "tel1": phone_cell(person, random), "tel2": None}
        cells |= {"epost": spelling.email(person) if person.emails else None, "kundsedan": world.since[person.id]}
        cells["bil_regnr"] = spelling.plate(person) if person.plates else None
        cells |= {"avslutad": world.ended.get(person.id), "saljare": 900 + random.randint(0, 23)}
        cells["ovrigt"] = notes.note(world.cast(person, random), random) if random.random() < 0.2 else None
        yield Row(cells, (person.id,))


def _floor(extra: str, person: Person) -> Text | None:
    return mark("ADDRESS", extra, person.id, OPTIONAL) if extra else None


def _town(town: str, person: Person, random: Random) -> Text:
    text = town.upper() if random.random() < 0.2 else town
    return mark("ADDRESS", text, person.id).optional()


def avtal(world: World) -> Iterator[Row]:
    """One contract an installation; a partner may have signed, too."""
    random = world.random("avtal")
    partners = {p.id: p for p in world.people.contacts}
    for place in world.installations:
        owner, partner = place.owner, partners.get(place.owner.partner)
        start = world.since[owner.id] + timedelta(days=random.randint(0, 30))
        name = f"{owner.given} {owner.born_as or owner.surname}"
        cells: dict[str, Cell] = {"avtalsnr": f"A-{start.year}-{place.id}", "kundnr": spelling.customer(owner)}
        cells |= {"produkt": random.choice(_PRODUCTS), "signerat_av": mark("PERSON", name, owner.id)}
        cells |= {"medtecknare": spelling.full(partner) if partner else None}
        cells |= {"medtecknare_pnr": spelling.identity(partner, "{d}-{s}") if partner else None}
        cells |= {
            "ordernr": notes.order(random, test_allowed=True),
            "startdatum": start,
            "slutdatum": world.ended.get(owner.id),
        }
        yield Row(cells | {"manad_ore": random.choice((24900, 29900, 39900, 54900))}, (owner.id,))


def _coordinates(place: Installation, random: Random) -> dict[str, Cell]:
    lat, lon = COORDINATES.get(place.address.town, (60.1, 15.2))
    near = (round(lat + random.uniform(-0.3, 0.3), 6), round(lon + random.uniform(-0.3, 0.3), 6))
    return {n: mark("LOCATION_COORDINATES", str(v), place.owner.id) for n, v in zip(("lat", "lon"), near, strict=True)}


def anlaggningar(world: World) -> Iterator[Row]:
    """One row an installation; the column `pnr_ort` holds postal code and town."""
    random = world.random("anlaggningar")
    for place in world.installations:
        owner, where = place.owner, place.address
        town = mark("ADDRESS", spelling.postal(where, owner.id) + f" {where.town}", owner.id, OPTIONAL)
        cells: dict[str, Cell] = {"anl_id": place.id, "kundnr": spelling.customer(owner)}
        cells |= {
            "gata": spelling.street_line(where, owner.id, random),
            "pnr_ort": town,
            "typ": random.choice(("villa", "lgh", "butik")),
        }
        cells |= {"centralenhet": f"CU{random.randrange(10**7):07d}"} | _coordinates(place, random)
        cells["kommentar"] = notes.note(world.cast(owner, random), random) if random.random() < 0.15 else None
        yield Row(cells, (owner.id,))


def larmkontakter(world: World) -> Iterator[Row]:
    """Whom the alarm centre calls: the customer first, then others."""
    random = world.random("larmkontakter")
    for place in world.installations:
        for priority, person in enumerate((place.owner, *place.contacts), 1):
            role = (
                "kund" if person is place.owner else random.choice(("granne", "maka/make", "son", "dotter", "kollega"))
            )
            cells: dict[str, Cell] = {
                "anl_id": place.id,
                "prio": priority,
                "namn": _contact_name(person, random),
                "relation": role,
            }
            cells |= {
                "tel": phone_cell(person, random),
                "epost": spelling.email(person) if person.emails and priority < 3 else None,
            }
            cells |= {"tel_alt": phone_cell(person, random) if random.random() < 0.2 else None}
            yield Row(cells | {"kodord": random.choice(_CODEWORDS)}, (place.owner.id,))


def _contact_name(person: Person, random: Random) -> Text:
    style = random.choice((spelling.full, spelling.full, spelling.full, spelling.reversed_name, spelling.given))
    return style(person)
