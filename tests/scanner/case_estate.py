"""A small company with a real register on disk, scanned: what the tests of cases and packages work on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, text

from recognizers import Analyzer
from scanner import config as configuration
from scanner import workflow
from scanner.cases.desk import Desk
from scanner.engine.results import Silent, SourceResult
from scanner.keys import new_key

ANALYZER = Analyzer()
ANNA, SVEN, MIRA = "19780412-2385", "19510903-2390", "19900118-9811"
_TABLES = """
CREATE TABLE kunder (id INTEGER PRIMARY KEY, personnummer TEXT, fornamn TEXT, efternamn TEXT, epost TEXT, telefon TEXT,
  adress TEXT, sekretessmarkering TEXT, avslutad TEXT);
CREATE TABLE larmkontakter (id INTEGER PRIMARY KEY, kund_id INTEGER REFERENCES kunder(id), namn TEXT, telefon TEXT,
  kodord TEXT);
CREATE TABLE arenden (id INTEGER PRIMARY KEY, kund_id INTEGER REFERENCES kunder(id), handlaggare TEXT, anteckning TEXT)
"""
_KUNDER = (
    (101, ANNA, "Anna", "Ekdahl", "anna.ekdahl@example.se", "070-174 06 05", "Storgatan 5", "N", "2026-03-31"),
    (102, SVEN, "Sven", "Lundmark", "sven@example.se", "070-174 06 06", "Kungsgatan 8", "N", None),
    (103, MIRA, "Mira", "Haddad", "mira@example.se", "070-174 06 07", "Ringvägen 2", "J", None),
)
_KONTAKTER = (
    (1, 101, "Sven Lundmark", "070-174 06 06", "blå båt"),
    (2, 102, "Anna Ekdahl", "070-174 06 05", "vinterdäck"),
    (3, 103, "Sven Lundmark", "070-174 06 06", "sten"),
)
_ARENDEN = (
    (1, 101, "Eva Norling", "Anna Ekdahl ringde om falsklarm. Grannen Sven Lundmark, 070-174 06 06, har nyckel."),
    (2, 102, "Eva Norling", "Sven ringde och sade upp avtalet. Larmkod 4711 togs bort."),
)
_CONFIG = """\
sources:
  crm:
    type: database
    url: sqlite:///crm.db
    owner: Kundtjänst
    tables:
      kunder: {relationship_end: avslutad}
  larmcentral:
    type: declared
    owner: Larmcentralen AB
    purposes: [service_provision]
"""


@dataclass(frozen=True)
class Office:
    """The scanned company."""

    directory: Path

    @property
    def database(self) -> str:
        return f"sqlite:///{self.directory / 'crm.db'}"

    @contextmanager
    def desk(self, actor: str = "erik", *, special: bool = False) -> Iterator[Desk]:
        config = configuration.load(self.directory / "insyn.yaml")
        with workflow.opened(config) as store:
            yield Desk(store, config, workflow.policy(config), ANALYZER, actor=actor, special=special)

    def change(self, statement: str) -> None:
        engine = create_engine(self.database)
        with engine.begin() as connection:
            connection.execute(text(statement))
        engine.dispose()


def make_office(directory: Path) -> Office:
    """Write the register, and scan it."""
    office = Office(directory)
    engine = create_engine(office.database)
    with engine.begin() as connection:
        for statement in _TABLES.split(";"):
            connection.exec_driver_sql(statement)
        for table, rows in (("kunder", _KUNDER), ("larmkontakter", _KONTAKTER), ("arenden", _ARENDEN)):
            marks = ", ".join("?" * len(rows[0]))
            connection.exec_driver_sql(f"INSERT INTO {table} VALUES ({marks})", list(rows))
    engine.dispose()
    (directory / "insyn.yaml").write_text(_CONFIG, encoding="utf-8")
    new_key(directory / "insyn.key")
    results: list[SourceResult] = workflow.scan(configuration.load(directory / "insyn.yaml"), [], Silent())
    assert [result.status for result in results] == ["complete", "complete"]
    return office
