"""A workshop's two systems that meet in plates alone, spelt with and without a blank; and whose hours staff report."""

from __future__ import annotations

import pytest

from connectors import Connector
from scanner.store import Store
from scanner.subject.outcome import Grade
from tests.scanner.fakes import MemoryConnector, Rows
from tests.scanner.test_subject_crossing import ANNA, PEOPLE, customers, found
from tests.scanner.test_subject_joined import sure

PLATES = [f"KRT48{at}" for at in range(6)]


def workshop() -> dict[str, Connector]:
    cars: Rows = [{"id": plate, "Märke": "Volvo", "Kund nr": f"K{at}"} for at, plate in enumerate(PLATES)]
    orders: Rows = [
        {"id": f"o{at}", "Reg.nr": f"{plate[:3]} {plate[3:]}", "Datum in": f"2024-0{at + 1}-01"}
        for at, plate in enumerate(PLATES)
    ]
    tyres: Rows = [
        {"id": f"s{at}", "Reg nr": f"{plate[:3]} {plate[3:]}", "Typ": "V"} for at, plate in enumerate(PLATES)
    ]
    return {
        "verkstad": MemoryConnector({"Kunder": customers(), "Bilar": cars, "Arbetsorder": orders}),
        "hotell": MemoryConnector({"Däcksatser": tyres}),
    }


def test_a_plate_leads_to_the_car_in_either_spelling(store: Store) -> None:
    hits = found(store, workshop(), ANNA)
    assert {row for (_, row), grade in hits.items() if grade >= Grade.PROBABLE} == {"K0", "KRT480", "o0", "s0"}


def hours(column: str, values: list[str]) -> dict[str, Rows]:
    """What staff report of themselves, day by day, and what else stands there."""
    staff: Rows = [{"id": f"{31 + at}", "pnr": one[0], "namn": f"{one[1]} {one[2]}"} for at, one in enumerate(PEOPLE)]
    orders: Rows = [{"id": f"{52100 + at}", "kund_id": f"K{at}"} for at in range(6)]
    reported: Rows = [
        {"id": f"t{at}", "emp_no": f"{31 + at % 6}", column: values[at % len(values)], "timmar": "8"}
        for at in range(30)
    ]
    return {"employees": staff, "kunder": customers(), "arbetsorder": orders, "tid": reported}


@pytest.mark.parametrize(
    ("column", "values", "own"),
    [("kurs_nr", ["K1", "K2", "K3"], True), ("arbetsorder_id", [str(52100 + at) for at in range(6)], False)],
)
def test_hours_are_the_staffs_own_unless_they_are_of_an_order(
    store: Store, column: str, values: list[str], *, own: bool
) -> None:
    rows = sure(store, hours(column, values) | {"kunder": []}, ANNA)
    assert (("tid", "t0") in rows) == own


def test_whoever_leaves_the_car_is_not_its_owner(store: Store) -> None:
    """The telephone beside is of whoever left it, whose order it is not."""
    cars: Rows = [{"id": f"C{at}4711", "kund_id": f"K{at}"} for at in range(6)]
    tables: dict[str, Rows] = {"kunder": customers(), "bilar": cars}
    tables["arbetsorder"] = [
        {
            "id": f"o{at}",
            "bil_id": f"C{at}4711",
            "Lämnas av": "Kim Sandell" if at < 2 else None,
            "Ring tel.": "070-174 06 77" if at < 2 else None,
        }
        for at in range(6)
    ]
    tables["rader"] = [{"id": f"r{at}", "arbetsorder_id": f"o{at}", "art": "olja"} for at in range(6)]
    assert not {row for table, row in sure(store, tables, "070-174 06 77") if table == "rader"}
