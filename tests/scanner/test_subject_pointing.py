"""Keys that no name tells: of now one table, now another; mapping tables; codes; and what only sorts rows."""

from __future__ import annotations

import pytest

from connectors import Relation
from scanner.linking.links import kinds_of, typed
from scanner.linking.path_keys import path_keys
from scanner.store import Store
from scanner.subject.outcome import Grade
from tests.scanner.fakes import Rows
from tests.scanner.test_subject import found
from tests.scanner.test_subject_joined import ANNA, PUPILS, TENANTS, school, sure

pytestmark = pytest.mark.slow


def register() -> dict[str, Rows]:
    """People, and jobs that are counted from the same number on."""
    people: Rows = [dict(zip(("id", "pnr", "fname", "lname"), one, strict=True)) for one in TENANTS]
    jobs: Rows = [{"id": one[0], "what": "Byte av batteri"} for one in TENANTS]
    return {"members": people, "jobs": jobs}


def test_notes_that_are_now_of_a_member_now_of_a_job(store: Store) -> None:
    notes: Rows = [
        {"id": f"{kind}{one[0]}", "owner_type": kind, "owner_id": one[0], "body": "Ringde, inget svar."}
        for kind in ("Member", "Job")
        for one in TENANTS
    ]
    rows = sure(store, register() | {"notes": notes}, ANNA)
    assert rows == {("members", "4700"), ("notes", "Member4700")}


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["owner_type", "owner_id", "text"], [("owner_type", "owner_id")]),
        (["tableName", "rowId", "old"], [("tableName", "rowId")]),
        (["type", "id"], []),
        (["customer_type", "order_id"], []),
    ],
)
def test_a_column_that_says_to_which_table_another_points(names: list[str], expected: list[tuple[str, str]]) -> None:
    assert list(typed(names)) == expected


@pytest.mark.parametrize(
    ("table", "kind"), [("public.tenants", "tenant"), ("kunder", "kund"), ("order_items", "orderitem")]
)
def test_what_rows_are_called_that_refer_to_a_table(table: str, kind: str) -> None:
    assert kind in kinds_of(table)
    assert "" not in kinds_of(table)


def moved(names: tuple[str, str]) -> dict[str, Rows]:
    """A register whose people have new keys, and the table that maps the old ones to them."""
    new = [f"5f0c1d{at}a-8e1b-4c55-9d0e-2b7f3a1c00{at:02}" for at in range(len(TENANTS))]
    people: Rows = [{"id": key, "pnr": one[1]} for key, one in zip(new, TENANTS, strict=True)]
    mapping: Rows = [{"id": f"m{at}", names[0]: TENANTS[at][0], names[1]: key} for at, key in enumerate(new)]
    return {"customer": people, "mapping": mapping}


@pytest.mark.parametrize("names", [("legacy_no", "new_id"), ("from_id", "to_uuid")])
def test_a_mapping_table_leads_to_the_one_table_that_holds_all_its_keys(store: Store, names: tuple[str, str]) -> None:
    assert ("mapping", "m0") in sure(store, moved(names), ANNA)


def test_running_numbers_stand_in_any_table_and_lead_nowhere(store: Store) -> None:
    counted: Rows = [{"id": f"c{at}", "old_no": one[0]} for at, one in enumerate(TENANTS)]
    assert ("counted", "c0") not in sure(store, register() | {"counted": counted}, ANNA)


def coded(column: str, codes: tuple[str, ...]) -> dict[str, Rows]:
    people: Rows = [
        {"id": code, "pnr": one[1], "fname": one[2], "lname": one[3]} for code, one in zip(codes, TENANTS, strict=True)
    ]
    log: Rows = [{"id": f"v{at}", column: code} for at, code in enumerate(codes)]
    return {"register": people, "besok": log}


def test_a_column_of_codes_is_a_key_whatever_it_is_called(store: Store) -> None:
    files = tuple(f"ÖF-2021-{300 + at}" for at in range(6))
    assert ("besok", "v0") in sure(store, coded("akten", files), ANNA)


def test_a_column_of_plain_words_is_no_key(store: Store) -> None:
    words = ("norr", "söder", "öster", "väster", "mitt", "ute")
    assert ("besok", "v0") not in sure(store, coded("akten", words), ANNA)


HALLS = ("Astrid Lindgren", "Karl Gerhard", "Jenny Lind", "Evert Taube", "Birgit Nilsson")


def hired(*, each: int) -> dict[str, Rows]:
    """Halls that bear names, and who hires them, `each` times."""
    halls: Rows = [{"id": f"S{at}00", "called": name} for at, name in enumerate(HALLS, 1)]
    hirers: Rows = [
        {"id": f"b{at}-{n}", "hall_id": f"S{at % 5 + 1}00", "booked": f"{one[1]} {one[2]}", "street": one[3]}
        for n in range(each)
        for at, one in enumerate(PUPILS)
    ]
    return {"halls": halls, "bookings": hirers}


def test_who_hires_a_hall_that_bears_a_name_is_not_somebody_in_a_role(store: Store) -> None:
    rows = sure(store, hired(each=4), "Alva Nyström, Ringvägen 1")
    assert rows >= {("bookings", f"b0-{n}") for n in range(4)}
    assert not any(table == "halls" for table, _ in rows)


@pytest.mark.parametrize(("column", "leads"), [("reported_by", True), ("handled_by", False)])
def test_what_customers_do_is_theirs(store: Store, column: str, *, leads: bool) -> None:
    faults: Rows = [{"id": f"f{at}", column: one[0], "what": "Kranen droppar."} for at, one in enumerate(TENANTS)]
    declared = [Relation("faults", (column,), "members", ("id",))]
    hits = found(store, register() | {"faults": faults}, ANNA, declared=declared)
    assert hits["faults", "f0"] == (Grade.CERTAIN if leads else Grade.POSSIBLE)


def test_a_name_and_a_day_of_birth_lead_on_to_a_list_of_both(store: Store) -> None:
    born = [f"201{at}-0{at + 2}-1{at}" for at in range(len(PUPILS))]
    pupils = [dict(row) | {"fodd": day} for row, day in zip(school()["pupils"], born, strict=True)]
    attendance: Rows = [
        {"id": f"n{at}", "namn": f"{one[1]} {one[2]}", "fodd": born[at - shift]}
        for shift in (0, 1)
        for at, one in list(enumerate(PUPILS))[shift::2]
    ]
    namesake = {"id": "n9", "namn": "Alva Nyström", "fodd": "2009-12-24"}
    hits = found(store, {"pupils": pupils, "lista": [*attendance, namesake]}, "Alva Nyström, Ringvägen 1")
    assert (hits["lista", "n0"], hits["lista", "n9"]) == (Grade.PROBABLE, Grade.POSSIBLE)


@pytest.mark.parametrize(
    ("path", "keys"), [("akter/ÖF-2019-300.txt", ["öf-2019-300"]), ("bilder/IMG-20190300-x.jpg", ["img-20190300"])]
)
def test_a_file_number_with_its_year_in_a_path(path: str, keys: list[str]) -> None:
    assert path_keys(path) == keys
