"""Whose a row is, by who did something: who claimed a site, who recommended a friend, whose hours they are."""

from __future__ import annotations

import pytest

from scanner.store import Store
from tests.scanner.fakes import Rows
from tests.scanner.test_subject_tenures import ANNA, PEOPLE, SVEN, rows, sure

pytestmark = pytest.mark.slow

FRIENDS = ("Rut Tägtström", "Bo Frisk", "Åsa Ahlm", "Ylva Strand", "Kim Sandell")
USERS = [(f"{31 + 7 * at}", *one[1:]) for at, one in enumerate(PEOPLE)]


def portal() -> dict[str, Rows]:
    return {
        "users": rows("id pnr namn", *USERS),
        "sites": rows("id claimed_by", *((f"st_{at}f82ad8", one[0]) for at, one in enumerate(USERS))),
        "events": rows("id site_id", *((f"e{at}", f"st_{at}f82ad8") for at in range(5))),
    }


def test_a_site_is_of_who_claimed_it(store: Store) -> None:
    assert sure(store, portal(), ANNA) == {"users": {"31"}, "sites": {"st_0f82ad8"}, "events": {"e0"}}


def test_what_staff_handled_is_not_theirs(store: Store) -> None:
    tables = portal()
    tables["sites"] = [{"id": one["id"], "handled_by": one["claimed_by"]} for one in tables["sites"]]
    assert sure(store, tables, ANNA) == {"users": {"31"}}


def test_who_has_a_code_to_a_site_has_not_had_the_site(store: Store) -> None:
    tables = portal()
    tables["access_codes"] = [
        {"id": f"k{at}", "site_id": f"st_{at}f82ad8", "label": name, "issued": "2023-01-01", "revoked": "2024-01-01"}
        for at, name in enumerate(FRIENDS)
    ]
    tables["events"] = [{**one, "happened": "2023-06-06"} for one in tables["events"]]
    assert sure(store, tables, ANNA)["events"] == {"e0"}


def test_a_recommended_friend_is_told_of_and_what_hangs_below_is_the_friends(store: Store) -> None:
    tables = portal()
    tables["leads"] = rows("id namn referred_by", *((f"L{at}", FRIENDS[at], USERS[at][0]) for at in range(5)))
    tables["lead_notes"] = rows("id lead_id note", *((f"n{at}", f"L{at}", "Ring igen") for at in range(5)))
    told = sure(store, tables, ANNA)
    assert told["leads"] == {"L0"}
    assert "lead_notes" not in told


def test_who_booked_a_visit_for_another_has_not_made_it(store: Store) -> None:
    tables = {
        "users": rows("id pnr namn", *USERS),
        "visits": rows("id user_id booked_by", *((f"v{at}", USERS[at][0], USERS[(at + 1) % 5][0]) for at in range(5))),
        "treatments": rows("id visit_id", *((f"t{at}", f"v{at}") for at in range(5))),
    }
    assert sure(store, tables, ANNA) == {"users": {"31"}, "visits": {"v0"}, "treatments": {"t0"}}


def staff(**more: str) -> dict[str, Rows]:
    """Employees and a table with their number; of other tables it has the keys that are given."""
    people = [(f"{114 + at}", *one[1:]) for at, one in enumerate(PEOPLE)]
    days: Rows = [
        {
            "id": f"t{at}{turn}",
            "anst_nr": one[0],
            "vecka": f"2024-{turn}",
            **{name: f"{value}{at}" for name, value in more.items()},
        }
        for at, one in enumerate(people)
        for turn in (1, 2)
    ]
    return {"anstallda": rows("anst_nr pnr namn id", *((*one, one[0]) for one in people)), "tidrapport": days}


def test_hours_are_of_whoever_worked_them(store: Store) -> None:
    assert sure(store, staff(), ANNA)["tidrapport"] == {"t01", "t02"}


def test_an_order_is_not_of_who_mended_it(store: Store) -> None:
    tables = staff(anl_nr="A-7700")
    tables["utryckning"] = tables.pop("tidrapport")
    assert "utryckning" not in sure(store, tables, ANNA)


def workshop(table: str) -> dict[str, Rows]:
    """Customers' orders, and a table of who worked how long on which."""
    people = [(f"{114 + at}", *one[1:], f"{114 + at}") for at, one in enumerate(PEOPLE)]
    orders = [(f"AO-{7700 + at}", f"K{at % 5}", "Bromsar") for at in range(20)]
    return {
        "anstallda": rows("anst_nr pnr namn id", *people),
        "kunder": rows("id namn telefon", *((f"K{at}", FRIENDS[at], f"070-174069{at}") for at in range(5))),
        "arbetsordrar": rows("id kund_id arbete", *orders),
        table: rows("id anst_nr arbetsorder timmar", *((f"t{at}", people[at % 5][0], orders[at][0], "2,5")
                                                       for at in range(20))),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("table", "hours"),
    [("tidrapport", {"t0", "t5", "t10", "t15"}), ("time_entries", {"t0", "t5", "t10", "t15"}), ("atgarder", set())],
)
def test_hours_are_of_whoever_worked_them_on_whosever_order(store: Store, table: str, hours: set[str]) -> None:
    assert sure(store, workshop(table), ANNA).get(table, set()) == hours


def test_hours_are_not_of_who_approved_them(store: Store) -> None:
    tables = workshop("tidrapport")
    for at, one in enumerate(tables["tidrapport"]):
        one["attest_anst_nr"] = f"{114 + (at + 1) % 5}"
    assert sure(store, tables, ANNA)["tidrapport"] == {"t0", "t5", "t10", "t15"}


def test_a_pupils_absence_is_not_of_the_teacher_who_noted_it(store: Store) -> None:
    tables = workshop("tidrapport")
    tables["elever"] = rows("id namn telefon", *((f"E{at}", FRIENDS[at], f"070-174069{at}") for at in range(5)))
    absent = ((f"f{at}", f"{114 + at % 5}", f"E{(at + at // 5) % 5}", "2025-02-03") for at in range(20))
    tables["franvaro"] = rows("id anst_nr elev_id dag", *absent)
    assert "franvaro" not in sure(store, tables, ANNA)


FIRMS = ("556047-3521", "202100-5448")


def firms() -> dict[str, Rows]:
    """Customers and firms in one register, and whom to ask for at the firms: Anna is one of them."""
    people: Rows = [
        {"id": f"{21000 + at}", "kundnr": f"{21000 + at}", "pnr": number, "namn": name, "mobil": f"070-174061{at}"}
        for at, (_, number, name) in enumerate(PEOPLE)
    ]
    register: Rows = [
        *people,
        *(
            {"id": f"{22000 + at}", "kundnr": f"{22000 + at}", "pnr": firm, "namn": f"Bygg {at} AB", "mobil": None}
            for at, firm in enumerate(FIRMS)
        ),
    ]
    asked = [
        ("22000", PEOPLE[0][2], "070-1740610"),
        ("22000", FRIENDS[0], "070-1740690"),
        ("22001", FRIENDS[1], "070-1740691"),
    ]
    contacts = rows("id kundnr namn telefon", *((f"c{at}", *one) for at, one in enumerate(asked)))
    agreed = [(f"A{one['id']}", one["id"] or "") for one in register]
    return {"kunder": register, "fkont": contacts, "avtal": rows("id kundnr", *agreed)}


def test_who_is_asked_for_at_a_firm_has_nothing_of_the_firms(store: Store) -> None:
    assert sure(store, firms(), ANNA) == {"kunder": {"21000"}, "fkont": {"c0"}, "avtal": {"A21000"}}
    assert sure(store, firms(), SVEN) == {"kunder": {"21001"}, "avtal": {"A21001"}}
