"""The file share: a folder a department and one for some customers, in the formats and encodings of twenty years."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

from scanner.demo import notes, numbers, office, planted, spelling
from scanner.demo.customers import phone_cell
from scanner.demo.documents import customer_folder
from scanner.demo.folder import Folder, disk, locked, zipped
from scanner.demo.ledger import artiklar
from scanner.demo.people import Person
from scanner.demo.rows import Row, Tree
from scanner.demo.texts import Text, compose, mark
from scanner.demo.truth import Truth
from scanner.demo.world import World

SOURCE = "share"


def write_share(root: Path, world: World, truth: Truth) -> int:
    """Write the share below a directory; returns the number of files, members of archives included."""
    folder = Folder(SOURCE, truth, disk(root, date(2014, 1, 7), 4200))
    for person in _with_folder(world):
        customer_folder(folder, person, world)
    for write in (_service, _finance, _marketing, _engineering, _staff, _old):
        write(folder, world, world.random(f"share:{write.__name__}"))
    planted.write(folder, world)
    return folder.count


def _with_folder(world: World) -> list[Person]:
    by_id = {person.id: person for person in world.people.customers}
    trapped = [ids[n] for ids in world.people.cases.values() for n in (0, 1) if ids[n] in by_id]
    return [by_id[i] for i in dict.fromkeys(trapped)] + world.people.customers[150:158]


def _sample(world: World, random: Random, count: int) -> list[Person]:
    return random.sample([p for p in world.people.customers if p.emails], count)


def _service(folder: Folder, world: World, random: Random) -> None:
    for name, encoding in (("kundtjanst/chatt_2024-03.log", "utf-8"), ("kundtjanst/chatt_2024-09.log", "utf-16")):
        folder.log(name, _chat_lines(world, random), encoding)
    for number, person in enumerate(_sample(world, random, 4)):
        cast = world.cast(person, random)
        body = notes.chat(cast, random) + "\n\n" + notes.note(cast, random) + "\n\n" + notes.chat(cast, random)
        folder.text(
            f"kundtjanst/ärende {number + 1}.txt", body, (person.id,), ("utf-8", "utf-8-sig", "utf-8", "utf-16")[number]
        )
    template = (
        "Hej!\nTack för ditt samtal. Vi återkommer inom två dagar.\nBjörn-detektorn (art 104017) finns åter i lager.\n"
    )
    folder.text(
        "kundtjanst/mallar/svar standard.txt",
        Text(template + "Ring växeln på ") + spelling.phone(numbers.SWITCHBOARD, 0) + ".\n",
        (),
    )


_REPLIES = (
    "hej {u}, jag kollar",
    "Hej! Jag kollar på det.",
    "Hej {g}, ett ögonblick.",
    "ok, återkommer inom kort",
    "Tack {g}!",
)


def _chat_lines(world: World, random: Random) -> list[tuple[Text, tuple[str, ...]]]:
    lines: list[tuple[Text, tuple[str, ...]]] = []
    for minute, person in enumerate(_sample(world, random, 40)):
        cast = world.cast(person, random)
        name = spelling.given(person)
        user = name.map(str.lower)
        head = f"2024-03-{1 + minute // 2:02d} {8 + minute % 9:02d}:{minute:02d} "
        lines.append((compose(head + "<{u}> {t}", u=user.optional(), t=notes.chat(cast, random)), (person.id,)))
        reply = compose(random.choice(_REPLIES), u=user, g=name)
        lines.append((compose(head + "<{a}> {r}", a=spelling.given(cast.staff), r=reply), (person.id,)))
    return lines


def _finance(folder: Folder, world: World, random: Random) -> None:
    payers = _sample(world, random, 60)
    folder.table("ekonomi/autogiro_2024.csv", [office.mandate(p, random) for p in payers], ";", "utf-8-sig")
    folder.table("ekonomi/inbetalningar 2023.tsv", [office.payment(p, random) for p in payers[:40]], "\t")
    folder.table("ekonomi/leverantorer.csv", [office.supplier(n) for n in range(9)], ",", "cp1252")
    invoices = [office.invoice(p, random) for p in payers[:25]]
    folder.xml_rows("ekonomi/fakturor_mars.xml", ("fakturor", "faktura"), invoices, "iso-8859-1")


def _marketing(folder: Folder, world: World, random: Random) -> None:
    leads = world.people.prospects[:50]
    folder.json_rows("marknad/leads.json", [_lead(p, random) for p in leads])
    folder.json_rows("marknad/kampanj.jsonl", [_lead(p, random) for p in leads[:30]], lines=True)
    rows = [
        Row({"First Name": spelling.given(p), "Last Name": spelling.surname(p), "Email": spelling.email(p)}, (p.id,))
        for p in leads
        if p.emails
    ]
    folder.table("marknad/nyhetsbrev export.csv", rows, ",", "utf-16")
    folder.text(
        "marknad/plan 2025.md",
        Text("# Plan 2025\n\nKampanj Trygg Hemma i Sala, Mora och Lund. Frisk start vecka 14, budget 120 000 kr.\n"),
        (),
    )


def _lead(person: Person, random: Random) -> Row:
    kontakt: dict[str, Tree] = {
        "epost": spelling.email(person) if person.emails else None,
        "tel": phone_cell(person, random),
    }
    return Row(
        {
            "namn": spelling.full(person),
            "kontakt": kontakt,
            "adress": spelling.address(person.home, person.id, random),
            "poäng": 7,
        },
        (person.id,),
    )


def _engineering(folder: Folder, world: World, random: Random) -> None:
    lines: list[tuple[Text, tuple[str, ...]]] = []
    for number in range(160):
        head = f"2025-02-{1 + number % 28:02d} 0{number % 10}:15:{number % 60:02d} INFO "
        lines.append(
            (compose(head + "conn from {i} build 10.2.31 seq={s}", i=notes.ip(random, None), s=notes.order(random)), ())
        )
    folder.log("teknik/gateway.log", lines)
    folder.table("teknik/artiklar.csv", list(artiklar(world)), ";", "cp1252")
    config: dict[str, Tree] = {
        "gateway": {"ip": mark("IP_ADDRESS", "10.0.0.1"), "version": "4.18.0"},
        "serie": "73500000012345",
    }
    folder.json("teknik/konfig.json", config, ())
    for place in world.installations[:5]:
        where = spelling.address(place.address, place.owner.id, random)
        body = compose(
            "# Montage {n}\n\nObjekt: {a}\n\n{t}\n",
            n=str(place.id),
            a=where,
            t=notes.note(world.cast(place.owner, random), random),
        )
        folder.text(f"teknik/montage/protokoll {place.id}.md", body, (place.owner.id,))


def _staff(folder: Folder, world: World, random: Random) -> None:
    rows = [office.wage(p, random) for p in world.people.staff]
    folder.table("personal/loner_2023.csv", rows, "|")
    cells = [
        Row({"namn": spelling.full(p), "epost": spelling.email(p), "telefon": phone_cell(p, random)}, (p.id,))
        for p in world.people.staff
    ]
    folder.xml_rows("personal/personallista.xml", ("personal", "anstalld"), cells)
    one = world.people.staff[3]
    body = compose(
        "{n} ({p}) är sjukskriven till den 14 maj. Läkarintyg hos {c}.",
        n=spelling.full(one),
        p=spelling.identity(one, random),
        c=spelling.given(world.people.staff[4]),
    )
    folder.text("personal/frånvaro.txt", body, (one.id,), "cp1252")


def _old(folder: Folder, world: World, random: Random) -> None:
    people = _sample(world, random, 50)
    rows = [
        Row(
            {
                "NAMN": spelling.reversed_name(p).map(str.upper),
                "ADR": spelling.street_line(p.home, p.id, random),
                "TEL": phone_cell(p, random),
            },
            (p.id,),
        )
        for p in people
    ]
    folder.archive("arkiv/2019.zip", lambda inner: _archive(inner, world, rows))
    folder.raw("arkiv/trasig.zip", zipped({"export.csv": b"a;b\r\n" * 400})[:60])
    folder.raw("arkiv/skyddad.zip", locked(zipped({"loner.csv": random.randbytes(600)})))
    folder.raw("arkiv/kamera.bin", bytes(range(256)) * 8)
    folder.raw("arkiv/tom.txt", b"")


def _archive(inner: Folder, world: World, rows: list[Row]) -> None:
    random = world.random("share:archive")
    inner.table("export_kunder.csv", rows, ";")
    person = world.people.customers[90]
    body = notes.note(world.cast(person, random), random, needing="pnr")
    inner.text("läs mig.txt", body, (person.id,))
    inner.archive(
        "kvartal 4.zip",
        lambda deep: deep.json_rows(
            "svar.jsonl", [_lead(p, random) for p in world.people.prospects[60:80]], lines=True
        ),
    )
