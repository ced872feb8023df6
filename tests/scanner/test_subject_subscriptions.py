"""A platform of subscriptions: who holds one together stands in JSON, users are invited, and numbers go to others."""

from __future__ import annotations

import pytest

from scanner.store import Store
from tests.scanner.fakes import Rows
from tests.scanner.test_subject_joined import TENANTS, sure

pytestmark = pytest.mark.slow

RUT, RUT_NAME = "20000801-9853", "Rut Tägtström"
ANNA, SVEN, MIRA = (one[1] for one in TENANTS[:3])
NAMES = [f"{one[2]} {one[3]}" for one in TENANTS]


def platform(**more: Rows) -> dict[str, Rows]:
    """A user, a customer and a household each; Anna's customer has a second holder."""
    users: Rows = [
        {"id": f"018f-{at}", "email": f"u{at}@example.se", "phone": f"+4670174061{at}", "name": name}
        for at, name in enumerate(NAMES)
    ]
    customers: Rows = [
        {
            "id": f"cus_{at}9s6XKzkNRiz",
            "user_id": f"018f-{at}",
            "national_id": one[1],
            "billing_name": NAMES[at],
            "metadata.co_holder.name": RUT_NAME if not at else None,
            "metadata.co_holder.national_id": RUT if not at else None,
        }
        for at, one in enumerate(TENANTS)
    ]
    invoices: Rows = [
        {"id": f"in_{at}Ff7KzkNRizA", "customer_id": f"cus_{at}9s6XKzkNRiz", "total": "199"} for at in range(6)
    ]
    homes: Rows = [{"id": f"h-77{at}", "address": f"Kungsgatan {at + 1}, 111 43 Stockholm"} for at in range(6)]
    members: Rows = [
        {"id": f"m{at}", "household_id": f"h-77{at}", "user_id": f"018f-{at}", "role": "owner"} for at in range(6)
    ]
    return {
        "users": users, "customers": customers, "invoices": invoices, "households": homes,
        "household_members": members, **more,
    }  # fmt: skip


def test_whoever_holds_it_together_stands_in_json(store: Store) -> None:
    held = {("customers", "cus_09s6XKzkNRiz"), ("invoices", "in_0Ff7KzkNRizA")}
    assert sure(store, platform(), RUT) == held
    assert held < sure(store, platform(), ANNA)


def asked(table: str, key: str) -> dict[str, Rows]:
    """Mira is asked to join the home of each of the others, or is whom to call there."""
    return platform(
        **{
            table: [
                {"id": f"i{at}", "household_id": f"h-77{at}", key: f"018f-{2 if at < 2 else at}", "status": "sent"}
                for at in range(6)
            ]
        }
    )


@pytest.mark.parametrize(
    ("table", "key"), [("invitations", "accepted_user_id"), ("emergency_contacts", "contact_user_id")]
)
def test_whoever_is_asked_to_a_home_has_no_part_in_it(store: Store, table: str, key: str) -> None:
    rows = sure(store, asked(table, key), MIRA)
    assert ("households", "h-772") in rows
    assert not {("households", "h-770"), ("households", "h-771")} & rows


def reused() -> dict[str, Rows]:
    """Sven's telephone was that of a user of whom no number is known; the list of telephones names nobody itself."""
    tables = platform()
    tables["users"] = [
        *tables["users"],
        {"id": "018f-9", "email": "u9@example.se", "phone": None, "name": "Kim Sandell"},
    ]
    history = [
        ("018f-9", "+46701740611", "2015-01-01", "2021-06-30"), ("018f-1", "+46701740611", "2022-01-01", None),
        ("018f-3", "+46701740640", "2015-01-01", "2021-06-30"), ("018f-4", "+46701740641", "2015-01-01", "2021-06-30"),
    ]  # fmt: skip
    tables["phone_history"] = [
        {"id": f"p{at}", "user_id": who, "phone": number, "valid_from": first, "valid_to": last}
        for at, (who, number, first, last) in enumerate(history)
    ]
    tables["calls"] = [
        {"id": f"c{year}", "number": "+46701740611", "at": f"{year}-03-01 08:00"} for year in (2017, 2023)
    ]
    return tables


def test_calls_while_another_had_the_number_are_that_ones(store: Store) -> None:
    rows = sure(store, reused(), SVEN)
    assert {row for table, row in rows if table == "calls"} == {"c2023"}
    assert ("phone_history", "p0") not in rows


def test_a_telephone_that_is_asked_for_leads_to_whoever_has_it_by_the_list(store: Store) -> None:
    tables = reused()
    since = {"id": "p9", "user_id": "018f-5", "phone": "+46701740615", "valid_from": "2015-01-01", "valid_to": None}
    tables["phone_history"] = [*tables["phone_history"], since]
    tables["users"] = [row | {"created_at": "2016-05-01"} for row in tables["users"]]
    rows = sure(store, tables, "070-174 06 15")
    assert {("users", "018f-5"), ("phone_history", "p9"), ("invoices", "in_5Ff7KzkNRizA")} <= rows


def twins(*, same: bool) -> dict[str, Rows]:
    """A register in which Anna's name and address come again, with another telephone, or with hers."""
    people: Rows = [
        {"id": f"k{at}", "pnr": one[1], "namn": NAMES[at], "adress": f"Ringvägen {at + 2}", "mobil": f"070-174061{at}"}
        for at, one in enumerate(TENANTS)
    ]
    again = {"id": "k9", "pnr": None, "namn": NAMES[0], "adress": "Ringvägen 2"}
    return {"kunder": [*people, again | {"mobil": "070-1740610" if same else "070-1740655"}]}


@pytest.mark.parametrize(("same", "rows"), [(True, {"k0", "k9"}), (False, {"k0"})])
def test_a_namesake_at_the_address_is_told_apart_by_the_telephone(store: Store, *, same: bool, rows: set[str]) -> None:
    assert {row for _, row in sure(store, twins(same=same), ANNA)} == rows


def test_who_lives_in_one_home_has_no_part_in_what_the_other_user_does(store: Store) -> None:
    tables = platform()
    tables["customers"] = tables["customers"][1:]
    both = {"id": "m9", "household_id": "h-770", "user_id": "018f-1", "role": "owner"}
    tables["household_members"] = [*tables["household_members"], both]
    tables["consents"] = [{"id": f"c{at}", "user_id": f"018f-{at}", "purpose": "nyhetsbrev"} for at in range(6)]
    rows = sure(store, tables, "u0@example.se")
    assert {row for table, row in rows if table == "consents"} == {"c0"}
    assert ("users", "018f-1") not in rows
