"""An estate of any size: one table of twelve columns, and shares as the demo writes them, one a seed.

People are made up from the demo's lists: test personnummer, the fictional ranges of telephone numbers. There are few of
those, so telephone numbers repeat (in thirteen spellings); a quarter of the rows has a note.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import sqlalchemy as sa

from scanner.demo import notes, numbers, spelling
from scanner.demo.people import Census
from scanner.demo.share import write_share
from scanner.demo.truth import Truth
from scanner.demo.world import World, build
from scanner.keys import new_key

COLUMNS = (
    "kundnr", "personnummer", "fornamn", "efternamn", "epost", "telefon",
    "gata", "postnr", "ort", "ip", "skapad", "anteckning",
)  # fmt: skip
NOTE_EVERY = 4
_SLICE = 10_000
_CONFIG = """policy: omnipoint
store: sqlite:///insyn.db
key: file:insyn.key
sources:
  crm: {{type: database, url: "{url}", owner: Kundtjänst, purposes: [service_provision]}}
  share: {{type: files, path: "{share}", owner: IT}}
"""


def rows(count: int, first: int = 0) -> Iterator[dict[str, object]]:
    """So many rows; the same `first` gives the same."""
    census, world = Census(first), build(1)
    random = census.random
    phones = [*numbers.mobiles(), *numbers.landlines()]
    for at in range(first, first + count):
        person = census.person()
        where = census.address()
        note = _note(world, random) if at % NOTE_EVERY == 0 else None
        day = f"{random.randint(2012, 2026)}-{random.randint(1, 12):02d}-{random.randint(1, 28):02d}"
        phone = spelling.phone(random.choice(phones), random.randrange(13)).text
        values = (
            100_000 + at, numbers.personnummer(random, person.born, person.male), person.given, person.surname,
            f"{person.given[0].lower()}.{at}@example.se", phone,
            where.street, where.postal, where.town, notes.ip(random, None).text, day, note,
        )  # fmt: skip
        yield {"id": at, **dict(zip(COLUMNS, values, strict=True))}


def _note(world: World, random: Random) -> str:
    return notes.note(world.cast(random.choice(world.people.customers), random), random).text


def fill(url: str, count: int) -> None:
    """Make and fill the table `kunder` of an empty database."""
    kinds = ", ".join(f"{name} {'integer' if name == 'kundnr' else 'text'}" for name in COLUMNS)
    names = ", ".join(f":{name}" for name in ("id", *COLUMNS))
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE TABLE kunder (id integer PRIMARY KEY, {kinds})")
        for first in range(0, count, _SLICE):
            part = list(rows(min(_SLICE, count - first), first))
            connection.execute(sa.text(f"INSERT INTO kunder VALUES ({names})"), part)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")
    engine.dispose()


def write_files(share: Path, count: int) -> int:
    """Write shares until there are at least so many files; returns how many there are."""
    written = seed = 0
    while written < count:
        seed += 1
        written += write_share(share / f"bolag {seed}", build(seed), Truth())
    return written


def configure(folder: Path, url: str) -> None:
    """Write `insyn.yaml` and its key for a database and the folder's own `share`."""
    new_key(folder / "insyn.key")
    (folder / "insyn.yaml").write_text(_CONFIG.format(url=url, share=folder / "share"), encoding="utf-8")
