"""Whose is it, where accounts keep no personnummer themselves: it stands in a table of sign-ins below them."""

from __future__ import annotations

import pytest

from connectors import Relation
from scanner.errors import ConfigError
from scanner.linking.links import LINK
from scanner.linking.role_words import is_merged
from scanner.store import Store
from scanner.subject.outcome import Grade
from scanner.subject.question import seeds
from tests.scanner.fakes import Rows
from tests.scanner.test_subject import ANALYZER, KEYS, found

pytestmark = pytest.mark.slow

PEOPLE = (
    ("19780412-2385", "Anna", "Ekdahl"),
    ("19510903-2390", "Sven", "Lundmark"),
    ("19830212-9815", "Nils", "Hallgren"),
    ("19900118-9811", "Mira", "Haddad"),
    ("19920723-9824", "Omar", "Berggren"),
    ("19650505-9821", "Eva", "Norling"),
)
ANNA, SVEN = (one[0] for one in PEOPLE[:2])


def shop(*, named: bool = True, numbers: int = 1, shift: int = 0) -> dict[str, Rows]:
    """Accounts with a customer number each; sign-ins below them, orders, and what a provider of payments has.

    Args:
        named: Whether sign-ins give names.
        numbers: How many sign-ins an account has.
        shift: By how many the people of the sign-ins are others than those of the accounts.
    """
    users: Rows = [
        {
            "id": f"u-7f{at}c",
            "email": f"{given}.{surname}@example.org".lower(),
            "given_name": given,
            "family_name": surname,
            "kundnummer": f"10423{at}",
        }
        for at, (_, given, surname) in enumerate(PEOPLE)
    ]
    identities: Rows = []
    for at in range(len(PEOPLE)):
        for more in range(numbers):
            number, given, surname = PEOPLE[(at + shift + more) % len(PEOPLE)]
            name = f"{given} {surname}" if named else None
            identities.append({"id": f"i{at}{more}", "user_id": f"u-7f{at}c", "personnummer": number, "name": name})
    twice = [(at, n) for n in "ab" for at in range(len(PEOPLE))]
    orders: Rows = [{"id": f"o{at}{n}", "user_id": f"u-7f{at}c", "amount": "100"} for at, n in twice]
    payments: Rows = [{"id": f"p{at}{n}", "kundnummer": f"10423{at}", "amount": "100"} for at, n in twice]
    return {"users": users, "identities": identities, "orders": orders, "payments": payments}


DECLARED = [Relation(table, ("user_id",), "users", ("id",)) for table in ("identities", "orders")]


def sure(store: Store, tables: dict[str, Rows], asked: str, *more: Relation) -> set[tuple[str, str]]:
    places = found(store, tables, asked, declared=[*DECLARED, *more])
    return {place for place, grade in places.items() if grade >= Grade.PROBABLE}


OWN = {
    ("users", "u-7f0c"),
    ("identities", "i00"),
    *((f"{table}s", f"{table[0]}0{n}") for table in ("order", "payment") for n in "ab"),
}


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("asked", [ANNA, "anna.ekdahl@example.org", "104230"])
def test_an_account_is_of_whom_its_sign_in_names(store: Store, asked: str, *, named: bool) -> None:
    assert sure(store, shop(named=named), asked) == OWN


def test_numbers_of_others_below_an_account_are_not_its_owners(store: Store) -> None:
    rows = sure(store, shop(shift=1), SVEN)
    assert not rows & {("users", "u-7f0c"), ("orders", "o0a"), ("payments", "p0a")}


def test_several_numbers_below_an_account_tell_nobody(store: Store) -> None:
    rows = sure(store, shop(named=False, numbers=2, shift=1), SVEN)
    assert not rows & {("orders", "o0a"), ("orders", "o5a"), ("payments", "p0a"), ("payments", "p5a")}


@pytest.mark.parametrize("table", ["beneficiary", "formanstagare", "barn", "payer"])
def test_one_nameless_number_below_an_account_is_its_owners_only_among_sign_ins(store: Store, table: str) -> None:
    tables = shop(named=False, shift=1)
    tables[table] = tables.pop("identities")
    rows = sure(store, tables, SVEN, Relation(table, ("user_id",), "users", ("id",)))
    assert not rows & {("users", "u-7f0c"), ("orders", "o0a"), ("payments", "p0a")}


def test_sign_ins_are_found_below_an_account_with_many_orders(store: Store) -> None:
    tables = shop()
    orders = [{"id": f"o{at:03}", "user_id": "u-7f0c", "amount": "100"} for at in range(250)]
    rows = sure(store, {"orders": orders, **{name: rows for name, rows in tables.items() if name != "orders"}}, ANNA)
    assert {("orders", "o000"), ("orders", "o249"), ("payments", "p0a")} <= rows


def with_former(column: str) -> dict[str, Rows]:
    """Anna's former account, with another customer number, points to the one of now."""
    tables = shop()
    tables["users"] = [{**user, column: None} for user in tables["users"]]
    former = {"id": "u-1a2b", "email": "a.ekdahl@example.org", "given_name": "Anna", "family_name": "Ekdahl"}
    tables["users"].append({**former, "kundnummer": "998877", column: "u-7f0c"})
    tables["payments"].append({"id": "p9", "kundnummer": "998877", "amount": "50"})
    return tables


def asked_former(store: Store, column: str, asked: str) -> set[tuple[str, str]]:
    return sure(store, with_former(column), asked, Relation("users", (column,), "users", ("id",)))


@pytest.mark.parametrize("asked", [ANNA, "a.ekdahl@example.org", "998877"])
def test_an_account_that_was_merged_is_of_the_same_person(store: Store, asked: str) -> None:
    assert asked_former(store, "merged_into_id", asked) == OWN | {("users", "u-1a2b"), ("payments", "p9")}


def test_an_account_below_another_is_another_persons(store: Store) -> None:
    assert ("orders", "o0a") not in asked_former(store, "household_id", "998877")


@pytest.mark.parametrize("column", ["referred_by", "invited_by_id"])
def test_an_account_by_its_key_that_stands_in_the_row_of_whom_it_referred(store: Store, column: str) -> None:
    tables = shop()
    tables["users"] = [{**user, column: "u-7f0c" if at == 3 else None} for at, user in enumerate(tables["users"])]
    rows = sure(store, tables, "u-7f0c", Relation("users", (column,), "users", ("id",)))
    assert rows >= OWN
    assert ("orders", "o3a") not in rows


@pytest.mark.parametrize(("name", "merged"), [("merged_into_id", True), ("emerged_at", False), ("parent_id", False)])
def test_keys_to_the_account_that_another_went_into(name: str, merged: bool) -> None:
    assert is_merged(name) is merged


def test_a_key_without_a_digit_is_asked_for_as_one() -> None:
    assert [one.entity for one in seeds(ANALYZER, KEYS, ["cus_mDNiCJxQ"])] == [LINK]
    with pytest.raises(ConfigError, match="no identifier given"):
        seeds(ANALYZER, KEYS, ["mumblings"])
