"""Files that part ways with the policy on purpose; `scanner.demo.gap_truth` lists what is wrong with them."""

from __future__ import annotations

from random import Random

from scanner.demo import numbers, spelling
from scanner.demo.folder import Folder
from scanner.demo.people import Person
from scanner.demo.rows import Row
from scanner.demo.texts import Text
from scanner.demo.world import World


def write(folder: Folder, world: World) -> None:
    """Write the files that part ways with the policy."""
    random = world.random("share:planted")
    people = random.sample([person for person in world.people.customers if person.emails and person.pnr], 24)
    visits = [_visit(person, random) for person in people[:12]]
    folder.table("webb/cookies/besok_2026-03.csv", visits)
    folder.table("marknad/utskick_var.csv", [_sent(person) for person in people[12:]])
    hidden = [
        Row({"kundnr": spelling.customer(person), "sekretessmarkering": "J"}, (person.id,)) for person in people[:3]
    ]
    folder.table("kundtjanst/skyddade kunder.csv", hidden)
    folder.text("teknik/drift/kopplingar.txt", Text("Server: kamera01\nLösenord: Sommar2024!kamel\n"), ())


def _sent(person: Person) -> Row:
    number = spelling.identity(person, "{c}{d}-{s}")
    return Row({"Personnummer": number, "Epost": spelling.email(person), "Kampanj": "vår"}, (person.id,))


def _visit(person: Person, random: Random) -> Row:
    parts = (numbers.innocent(random.randint(10**9, 2 * 10**9)) for _ in range(2))
    return Row(
        {"cookie_id": "GA1.2." + ".".join(parts), "epost": spelling.email(person), "sida": "/priser"}, (person.id,)
    )
