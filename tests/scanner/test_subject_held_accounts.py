"""An account of several: people, the account, and what it has a contract for, each in a table of its own."""

from __future__ import annotations

import pytest

from connectors import Relation
from scanner.store import Store
from scanner.subject.outcome import Grade
from tests.scanner.fakes import MemoryConnector, Rows
from tests.scanner.test_subject_crossing import PEOPLE, found

pytestmark = pytest.mark.slow

ANNA, SVEN, OLOF = (one[0] for one in PEOPLE[:3])
HOMES = ("Källgatan 29, 753 26 Uppsala", "Ängsstigen 63, 753 22 Uppsala")
KEYS = (
    Relation("roles", ("person_id",), "people", ("id",)),
    Relation("roles", ("tenant_id",), "tenants", ("id",)),
    Relation("agreements", ("tenant_id",), "tenants", ("id",)),
    Relation("agreements", ("location_id",), "locations", ("id",)),
    Relation("agreements", ("signed_by",), "people", ("id",)),
    Relation("devices", ("location_id",), "locations", ("id",)),
    Relation("events", ("device_id",), "devices", ("id",)),
)


def service(*unnumbered: int) -> dict[str, Rows]:
    """Anna and Sven have an account together, whose home was Olof's until 2021; the others each one of their own.

    Args:
        unnumbered: Of whom no personnummer is known.
    """
    people: Rows = [
        {
            "id": f"p-{at}",
            "given_name": one[1],
            "family_name": one[2],
            "national_id": one[0] if at not in unnumbered else None,
            "phone": one[3],
        }
        for at, one in enumerate(PEOPLE)
    ]
    people.append(
        dict(people[0])
        | {"id": "p-6", "given_name": "Rut", "family_name": "Alm", "national_id": None, "phone": "070-174 06 20"}
    )
    owners = {0: (0, 1), 2: (2,), 3: (3,), 4: (4,), 5: (5,)}
    tenants: Rows = [
        {
            "id": f"t-{at}",
            "name": " & ".join(f"{PEOPLE[one][1]} {PEOPLE[one][2]}" for one in held),
            "customer_no": f"LB-2046{at}",
        }
        for at, held in owners.items()
    ]
    roles: Rows = [
        {
            "id": f"r-{at}{one}",
            "tenant_id": f"t-{at}",
            "person_id": f"p-{one}",
            "role": "owner" if one == held[0] else "co_owner",
        }
        for at, held in owners.items()
        for one in held
    ]
    roles += [{"id": f"r-{at}6", "tenant_id": f"t-{at}", "person_id": "p-6", "role": "keyholder"} for at in owners]
    spans = {
        0: ("2021-06-01", None, 0),
        2: ("2016-03-01", "2021-05-31", 0),
        3: ("2018-02-01", None, 1),
        4: ("2019-04-01", None, 2),
        5: ("2020-08-01", None, 3),
    }
    agreements: Rows = [
        {
            "id": f"a-{at}",
            "tenant_id": f"t-{at}",
            "location_id": f"l-{home}",
            "starts_on": first,
            "ends_on": last,
            "signed_by": f"p-{at or 1}",
        }
        for at, (first, last, home) in spans.items()
    ]
    streets = (*HOMES, "Vasagatan 22, 753 29 Uppsala", "Åsgatan 13, 745 33 Enköping")
    locations: Rows = [
        {
            "id": f"l-{at}",
            "street": street.split(",")[0],
            "postal_code": street.split(", ")[1][:6],
            "city": street[-7:].strip(),
        }
        for at, street in enumerate(streets)
    ]
    devices: Rows = [{"id": f"d-{at}", "location_id": f"l-{at}", "installed_at": "2017-01-02"} for at in range(4)]
    days = ("2017-05-06", "2020-02-03", "2022-09-10", "2023-11-12")
    events: Rows = [
        {"id": f"e-{at}{number}", "device_id": f"d-{at}", "occurred_at": day}
        for at in range(4)
        for number, day in enumerate(days)
    ]
    before: Rows = [  # a register of before, of whoever is named first
        {"id": f"o-{at}", "customer_no": f"LB-2046{at}", "national_id": PEOPLE[at][0], "street": "Storgatan 5"}
        for at in owners
        if at not in unnumbered
    ]
    return {
        "people": people, "tenants": tenants, "roles": roles, "agreements": agreements,
        "locations": locations, "devices": devices, "events": events, "old_customers": before,
    }  # fmt: skip


def sure(store: Store, *asked: str, unnumbered: tuple[int, ...] = ()) -> set[tuple[str, str]]:
    source = MemoryConnector(service(*unnumbered), KEYS)
    return {place for place, grade in found(store, {"core": source}, *asked).items() if grade >= Grade.PROBABLE}


@pytest.mark.parametrize(("pnr", "unnumbered"), [(ANNA, ()), (SVEN, ()), (ANNA, (1,)), (SVEN, (0,))])
def test_the_home_of_an_account_of_two_is_eachs_of_their_days(
    store: Store, pnr: str, unnumbered: tuple[int, ...]
) -> None:
    hits = sure(store, pnr, unnumbered=unnumbered)
    assert hits >= {
        ("tenants", "t-0"),
        ("agreements", "a-0"),
        ("locations", "l-0"),
        ("devices", "d-0"),
        ("events", "e-02"),
        ("events", "e-03"),
    }
    assert not hits & {("agreements", "a-2"), ("events", "e-00"), ("events", "e-01"), ("people", "p-2")}


def test_before_that_it_was_anothers(store: Store) -> None:
    hits = sure(store, OLOF)
    assert hits >= {("agreements", "a-2"), ("events", "e-00"), ("events", "e-01")}
    assert not hits & {("agreements", "a-0"), ("events", "e-02"), ("events", "e-03"), ("tenants", "t-0")}


def test_a_name_and_the_address_of_an_account_lead_to_who_holds_it(store: Store) -> None:
    """Neither stands beside the other; the account's number is of whoever holds it."""
    assert {("people", "p-3"), ("agreements", "a-3"), ("locations", "l-1")} <= sure(store, f"Mira Haddad, {HOMES[1]}")
