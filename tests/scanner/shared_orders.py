"""The company of `case_estate`, where a couple shares a telephone by which orders are known: nobody knows whose."""

from __future__ import annotations

from pathlib import Path

from scanner import config as configuration
from scanner import workflow
from scanner.engine.results import Silent
from tests.scanner.case_estate import Office, make_office

OLLE = "19920723-9824"
SHARED = "070-174 06 05"
_STATEMENTS = (
    "CREATE TABLE ordrar (id INTEGER PRIMARY KEY, telefon TEXT, sekretessmarkering TEXT)",
    "CREATE TABLE orderrader (id INTEGER PRIMARY KEY, order_id INTEGER REFERENCES ordrar(id), vara TEXT)",
    "CREATE TABLE provision (id INTEGER PRIMARY KEY, handled_by INTEGER REFERENCES ordrar(id), summa TEXT)",
    "CREATE TABLE utbetalning (id INTEGER PRIMARY KEY, provision_id INTEGER REFERENCES provision(id), summa TEXT)",
    "INSERT INTO kunder VALUES "
    f"(104, '{OLLE}', 'Olle', 'Ekdahl', 'olle@example.se', '{SHARED}', 'Storgatan 5', 'N', NULL)",
    f"INSERT INTO ordrar VALUES (71, '{SHARED}', 'N'), (72, '{SHARED}', 'N'), (73, '{SHARED}', 'J')",
    *(f"INSERT INTO ordrar VALUES ({at}, '070-174 06 {at - 40}', 'N')" for at in range(76, 80)),
    "INSERT INTO orderrader VALUES (711, 71, 'Sirén'), (712, 71, 'Kamera')",
    "INSERT INTO orderrader VALUES (721, 72, 'Larmdosa'), (731, 73, 'Dörrlås')",
    *(f"INSERT INTO orderrader VALUES ({at}1, {at}, 'Batteri')" for at in range(76, 80)),
    "INSERT INTO provision VALUES (1, 71, '40'), (2, 76, '40'), (3, 77, '40')",
    "INSERT INTO utbetalning VALUES (91, 1, '40'), (92, 2, '40'), (93, 3, '40')",
)


def make_shared(directory: Path, *, marked: bool = True) -> Office:
    """Write the register, and scan it: three orders by the shared telephone, one of them marked as protected."""
    office = make_office(directory)
    for statement in (*_STATEMENTS, *(() if marked else ("UPDATE ordrar SET sekretessmarkering = 'N'",))):
        office.change(statement)
    workflow.scan(configuration.load(directory / "insyn.yaml"), [], Silent())
    return office
