"""Systems in which several companies keep their books: their number is a part of every key, and numbers come twice."""

from __future__ import annotations

import pytest

from connectors import Record, Relation
from scanner.store import Store
from scanner.subject.outcome import Grade
from tests.scanner.fakes import MemoryConnector, Rows
from tests.scanner.test_subject_crossing import ANNA, PEOPLE, SVEN, customers, found

pytestmark = pytest.mark.slow

COMPANIES, NUMBERS = ["1", "1", "1", "2", "2", "2"], ["00411", "00412", "00413", "00411", "00412", "00417"]


class Books(MemoryConnector):
    """Its registers are keyed by company and number; its other tables by `id`."""

    def _record(self, row: dict[str, str | None]) -> Record:
        named = "telefon" in row or "sparr" in row
        return {name: row[name] or "" for name in ("ftg", "knr")} if named else super()._record(row)


def books() -> dict[str, Rows]:
    """The same key tells customers, and what is kept of their credit; where agreements are, each lasts for a time."""
    credit: Rows = [
        {"id": f"x{at}", "ftg": COMPANIES[at], "knr": NUMBERS[at], "sparr": "N"} for at in range(len(PEOPLE))
    ]
    agreements: Rows = [
        {"id": f"a{at}", "ftg": one, "knr": number, "fom": f"20{at:02}-01-01", "tom": f"20{at + 8:02}-12-31"}
        for at, (one, number) in enumerate(zip(COMPANIES, NUMBERS, strict=True), 8)
    ]
    bills: Rows = [
        {"id": f"b{at}", "ftg": one, "knr": number, "fakdat": f"20{at:02}-06-01", "belopp": "90"}
        for at, (one, number) in enumerate(zip(COMPANIES, NUMBERS, strict=True), 10)
    ]
    return {"fr": customers(ftg=COMPANIES, knr=NUMBERS), "kus": credit, "avt": agreements, "fak": bills}


@pytest.mark.parametrize(("asked", "rows"), [(ANNA, {"1+00411", "a8", "b10"}), (SVEN, {"1+00412", "a9", "b11"})])
def test_two_registers_with_one_key_lead_to_the_longer_one(store: Store, asked: str, rows: set[str]) -> None:
    """Not by the number alone on some day: another company's customer has it, too."""
    declared = Relation("kus", ("ftg", "knr"), "fr", ("ftg", "knr"))
    hits = found(store, {"jvs": Books(books(), declared=(declared,))}, asked)
    assert {row for (_, row), grade in hits.items() if grade >= Grade.PROBABLE} == rows


def lines() -> dict[str, Rows]:
    """Lines of text under a number that customers and orders have, running through both."""
    register = [row | {"txtnr": f"{50 + 2 * at:06}"} for at, row in enumerate(customers())]
    orders: Rows = [{"id": f"o{at}", "kund_id": f"K{at}", "txtnr": f"{51 + 2 * at:06}"} for at in range(len(PEOPLE))]
    texts: Rows = [{"id": f"t{at}", "txtnr": f"{50 + at:06}", "rad": "1", "txt": "Ring före tio."} for at in range(12)]
    return {"kunder": register, "ordrar": orders, "txt": texts}


def test_lines_of_text_are_about_the_row_of_whichever_table_has_their_number(store: Store) -> None:
    hits = found(store, {"crm": MemoryConnector(lines())}, ANNA)
    assert {row for unit, row in hits if unit == "txt"} == {"t0", "t1"}
