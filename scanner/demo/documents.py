"""Letters, agreements, notes and file names of single customers."""

from __future__ import annotations

from random import Random

from scanner.demo import notes, spelling
from scanner.demo.customers import orgnr, phone_cell
from scanner.demo.folder import Folder
from scanner.demo.people import Person
from scanner.demo.rows import Cell, Row
from scanner.demo.texts import Text, compose, join, mark
from scanner.demo.world import World

_ENCODINGS = ("utf-8", "cp1252", "utf-8-sig", "utf-16", "latin-1")


def _agreement(person: Person, world: World, random: Random) -> Text:
    lines = [spelling.letterhead(person), Text("\nAvtal om larmtjänst\n")]
    lines.append(
        compose(
            "Mellan Omnipoint AB och {n}, personnummer {p}, nedan kallad Kunden.",
            n=spelling.full(person),
            p=spelling.identity(person, random),
        )
    )
    lines.append(compose("Kundnummer: {k}", k=spelling.customer(person)))
    if person.phones:
        lines.append(compose("Telefon: {t}", t=spelling.phone(person.phones[0], random, person.id)))
    if person.emails:
        lines.append(compose("E-post: {e}", e=spelling.email(person)))
    if number := orgnr(person):
        lines.append(compose("Organisationsnummer: {o}", o=number))
    lines.append(
        compose(
            "Betalning sker till bankgiro {b} senast 30 dagar efter fakturadatum.", b=mark("SE_BANKGIRO", "5050-1055")
        )
    )
    lines.append(
        Text(f"Avtalet gäller från {world.since[person.id].isoformat()} och löper med tre månaders uppsägning.")
    )
    lines.append(
        compose(
            "\n{t} den {d}\n\n{n}",
            t=Text(person.home.town),
            d=world.since[person.id].isoformat(),
            n=spelling.full(person).map(str.upper),
        )
    )
    return join("\n", lines)


def _letter(person: Person, world: World, random: Random) -> list[Text]:
    cast = world.cast(person, random)
    lines = [compose("Hej {n}!", n=spelling.given(person)), notes.note(cast, random), notes.note(cast, random)]
    lines.append(
        compose("Vänliga hälsningar, {a}, Kundtjänst, {m}", a=spelling.full(cast.staff), m=spelling.email(cast.staff))
    )
    return lines


def _contacts(person: Person, world: World, random: Random) -> list[Row]:
    rows = []
    for place in (p for p in world.installations if p.owner is person):
        for contact in place.contacts:
            cells: dict[str, Cell] = {
                "Efternamn": spelling.surname(contact),
                "Förnamn": spelling.given(contact),
                "Relation": "granne",
            }
            cells |= {
                "Mobil": phone_cell(contact, random),
                "E-post": spelling.email(contact) if contact.emails else None,
            }
            rows.append(Row(cells | {"Nyckel": "ja"}, (person.id,)))
    return rows


def file_name(template: str, person: Person) -> Text:
    """Fill `{namn}` (Anna_Ek), `{efternamn}`, `{pnr}`, `{knr}`, `{mapp}` (as `{knr}`, optional truth) into a path."""
    whole = f"{person.given} {person.surname}".replace(" ", "_")
    parts = {
        "namn": mark("PERSON", whole, person.id),
        "efternamn": mark("PERSON", person.surname.replace(" ", "_"), person.id),
        "pnr": mark("SE_PERSONNUMMER", person.pnr, person.id),
        "knr": mark("CUSTOMER_ID", str(person.number), person.id),
        "mapp": mark("CUSTOMER_ID", str(person.number), person.id).optional(),
    }
    return compose(template, **parts)


def customer_folder(folder: Folder, person: Person, world: World) -> None:
    """What lies in one customer's folder."""
    random = world.random(f"folder:{person.id}")
    base = "kunder/{mapp} {namn}/" if random.random() < 0.4 else "kunder/{mapp}/"
    agreement = _agreement(person, world, random)
    encoding = random.choice(_ENCODINGS)
    folder.text(file_name(base + "Avtal_{namn}.txt", person), agreement, (person.id,), encoding)
    folder.html(file_name(base + "brev_{efternamn}.html", person), _letter(person, world, random), (person.id,))
    folder.table(
        file_name(base + "kontaktpersoner kundnr {knr}.csv", person),
        _contacts(person, world, random),
        random.choice(";,\t"),
    )
    if random.random() < 0.6:
        body = join("\n\n", [Text("# Legitimation"), *_letter(person, world, random)[1:]])
        folder.text(file_name(base + "{pnr}_legitimation.md", person), body, (person.id,))
