"""Whose a device is: not of who once used it, if a firm has it; of everybody who has had the home where it stays."""

from __future__ import annotations

import pytest

from scanner.store import Store
from tests.scanner.fakes import Rows
from tests.scanner.test_subject_tenures import ANNA, MIRA, PEOPLE, SVEN, harbour, rows, sure

pytestmark = pytest.mark.slow

CUSTOMERS = [f"3f0c{at}a7e-91d4-4c52-8b6e-5a7d{at}c2f9e10" for at in range(1, 7)]
USERS = [f"u{at}7c1e" for at in range(1, 7)]


def homes() -> dict[str, Rows]:
    """A device for each customer, the last of whom is a firm; all arm their own, and Anna once that of the firm."""
    serials = [f"DV10{at}" for at in range(1, 7)]
    held = [(f"d{at}", serials[at - 1], CUSTOMERS[at - 1], "2015-01-01", "") for at in range(1, 7)]
    held += [("d9", serials[1], CUSTOMERS[1], "2010-01-01", "2014-12-31")]
    used = [(f"l{at}", serials[at % 5], USERS[at % 5], f"2022-01-{at + 1:02}") for at in range(10)]
    tests = [(f"t{at}", serials[at % 6], "5") for at in range(12)]
    people = [(*one[1:], "") for one in PEOPLE]
    return {
        "customers": rows(
            "id pnr full_name firm",
            *((CUSTOMERS[at], *one) for at, one in enumerate(people)),
            (CUSTOMERS[5], "", "", "556047-3521"),
        ),
        "users": rows("id pnr full_name", *((USERS[at], *one[1:]) for at, one in enumerate(PEOPLE))),
        "devices": rows("id serial_no model", *((f"q{at}", serial, "X") for at, serial in enumerate(serials))),
        "device_holding": rows("id serial_no customer_id from_date to_date", *held),
        "arm_log": rows("id serial_no user_id logged", *used, ("l10", serials[5], USERS[0], "2022-02-01")),
        "device_test": rows("id serial_no volt", *tests),
    }


def test_a_firms_device_is_not_that_of_who_used_it(store: Store) -> None:
    told = sure(store, homes(), ANNA)
    assert (told["devices"], told["device_test"]) == ({"q0"}, {"t0", "t6"})
    assert told["arm_log"] == {"l0", "l5", "l10"}


def test_a_private_customers_device_is_the_customers(store: Store) -> None:
    told = sure(store, homes(), SVEN)
    assert (told["devices"], told["device_test"]) == ({"q1"}, {"t1", "t7"})


def berths() -> dict[str, Rows]:
    """Meters that were put at berths some day, and are there still; the first berth was Sven's before it was Anna's."""
    put = [("m1", "B1", "2013-01-01"), ("m2", "B1", "2019-01-01"), ("m3", "B2", "2013-01-01")]
    put += [(f"m{at}", f"B{at - 1}", "2013-01-01") for at in (4, 5)]
    return {
        **{name: some for name, some in harbour().items() if name in ("hyresgaster", "platser", "uthyrning")},
        "matare": rows("id plats_nr installed_at", *put),
    }


@pytest.mark.parametrize(("asked", "own"), [(SVEN, {"m1"}), (ANNA, {"m1", "m2"}), (MIRA, {"m3"})])
def test_what_was_put_in_a_home_and_stays_is_of_everybody_who_has_had_that_since(
    store: Store, asked: str, own: set[str]
) -> None:
    assert sure(store, berths(), asked)["matare"] == own


def test_what_was_put_there_and_checked_since_is_of_the_day_alone(store: Store) -> None:
    tables = berths()
    tables["matare"] = [row | {"checked_at": "2024-01-01"} for row in map(dict, tables["matare"])]
    assert sure(store, tables, ANNA)["matare"] == {"m2"}


def test_a_serial_number_that_a_register_calls_otherwise_is_of_whoever_has_the_device_on_the_day(store: Store) -> None:
    """It was Sven's, was mended and is Anna's now."""
    codes = [f"BV{88337 + 31 * at}" for at in range(len(PEOPLE))]
    assets = [(f"T{at}", one[0], codes[at], "2015-03-01", "") for at, one in enumerate(PEOPLE)]
    assets[0] = ("T0", "A1", codes[0], "2021-04-01", "")
    assets.append(("T9", "A2", codes[0], "2015-03-01", "2020-08-31"))
    read = [(f"r{at}", codes[at % 5], f"2022-05-{at + 10}", "5") for at in range(10)]
    tables = {
        "konto": rows("id personnr namn", *PEOPLE),
        "asset": rows("id konto_id SerialNumber InstallDate UsageEndDate", *assets),
        "meter_reading": rows("id serial read_at litres", *read, ("r99", codes[0], "2018-06-01", "5")),
    }
    assert sure(store, tables, ANNA)["meter_reading"] == {"r0", "r5"}
    assert sure(store, tables, SVEN)["meter_reading"] == {"r1", "r6", "r99"}
