"""What is a person's where a company has a table a year, and where rows point to others of their own table."""

from __future__ import annotations

import pytest

from scanner.linking.yearly import family_of, years
from scanner.store import Store
from tests.scanner.fakes import Rows
from tests.scanner.test_subject_tenures import ANNA, PEOPLE, rows, sure

pytestmark = pytest.mark.slow

MANY = range(len(PEOPLE))


def test_tables_of_years_are_told_by_their_ends() -> None:
    assert years(["FAKT2024", "FAKT25", "kund", "HLG24"]) == {"FAKT0": {"FAKT2024": "24", "FAKT25": "25"}}
    assert family_of("kunder") == ""


def billing() -> dict[str, Rows]:
    """Bills of two years, few in the first; their numbers go on, and their lines stand in one table."""
    few, many = [(61_000, 0)], [(61_400 + 40 * at, at % len(PEOPLE)) for at in range(10)]
    years = {24: few, 25: many}
    bills = {year: [(f"b{year}{at}", f"{number}", PEOPLE[who][0]) for at, (number, who) in enumerate(some)]
             for year, some in years.items()}  # fmt: skip
    return {
        "kunder": rows("id pnr namn", *PEOPLE),
        **{f"fakt20{year}": rows("id fnr kund_id", *some) for year, some in bills.items()},
        "faktrad": rows(
            "id fnr belopp",
            *((f"r{key}{line}", number, "100") for some in bills.values() for key, number, _ in some for line in "xy"),
        ),
    }


def test_lines_of_bills_refer_to_the_tables_of_all_years(store: Store) -> None:
    assert sure(store, billing(), ANNA)["faktrad"] == {
        f"r{bill}{line}" for bill in ("b240", "b250", "b255") for line in "xy"
    }


def alarms(year: str | None) -> dict[str, Rows]:
    """Alarms of two years, each of which counts its own rows; what was done is told by the row, and by the year."""
    logs = {
        f"logg{end}": rows(
            "id lnr kund_id", *((f"{end}-{at}", f"{at + 1}", PEOPLE[(at + end) % 5][0]) for at in range(10))
        )
        for end in (24, 25)
    }
    done: Rows = [
        {"id": f"d{end}-{at}", "lnr": f"{at + 1}", "atgard": "Ringt"} | ({year: f"{end}"} if year else {})
        for end in (24, 25)
        for at in range(10)
    ]
    return {"kunder": rows("id pnr namn", *PEOPLE), **logs, "atgard": done}


@pytest.mark.parametrize("year", ["ar", "year"])
def test_a_row_is_told_by_its_number_and_its_year(store: Store, year: str) -> None:
    told = sure(store, alarms(year), ANNA)
    assert told["atgard"] == {f"d{row}" for end in (24, 25) for row in told[f"logg{end}"]}
    assert len(told["atgard"]) == 4


def test_without_the_year_a_number_that_each_table_begins_anew_tells_nothing(store: Store) -> None:
    told = sure(store, alarms(None), ANNA)
    assert told["logg24"]
    assert "atgard" not in told


def cases(before: str) -> dict[str, Rows]:
    """Cases of customers; whoever goes on with one writes a row that tells only which case it goes on from."""
    roots: Rows = [{"id": f"{90101 + at}", "kund_id": PEOPLE[at][0], before: None, "rubrik": "Fel"} for at in MANY]
    more: Rows = [
        {"id": f"{90201 + at + 10 * turn}", "kund_id": None, before: f"{90101 + at}", "rubrik": "Klart"}
        for turn in (0, 1)
        for at in MANY
    ]
    return {"kunder": rows("id pnr namn", *PEOPLE), "arenden": [*roots, *more]}


@pytest.mark.parametrize("before", ["parent_id", "thread_id", "foregaende_id", "root_id"])
def test_what_goes_on_from_a_case_is_of_whose_that_is(store: Store, before: str) -> None:
    assert sure(store, cases(before), ANNA)["arenden"] == {"90101", "90201", "90211"}


def test_whom_somebody_recommended_is_not_of_that_one(store: Store) -> None:
    people: Rows = [
        {"id": f"{90101 + at}", "parent_id": "90101" if at else None, "namn": name, "telefon": f"070-174061{at}"}
        for at, (_, _, name) in enumerate(PEOPLE)
    ]
    assert sure(store, {"kunder": people}, "070-1740610") == {"kunder": {"90101"}}
