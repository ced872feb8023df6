"""Who has a part in somebody's account: what a row of it says of one of them is not the others'."""

from __future__ import annotations

import pytest

from connectors import Relation
from scanner.store import Store
from scanner.subject.outcome import Grade
from tests.scanner.fakes import Rows
from tests.scanner.test_subject import found
from tests.scanner.test_subject_tenures import ANNA, PEOPLE, rows

pytestmark = pytest.mark.slow

KEYS = (
    Relation("customer_members", ("customer_id",), "customers", ("id",)),
    Relation("customer_members", ("user_id",), "users", ("id",)),
)
CUSTOMERS = [f"3f0c{at}a7e-91d4-4c52-8b6e-5a7d{at}c2f9e10" for at in range(len(PEOPLE))]
USERS = [f"u{at}7c1e" for at in range(len(PEOPLE))]


def portal(role: str = "VIEWER") -> dict[str, Rows]:
    """Each has an account and owns what is in it; the second has another role in the first one's."""
    members = [(f"m{at}", CUSTOMERS[at], USERS[at], "OWNER") for at in range(len(PEOPLE))]
    members += [("m9", CUSTOMERS[0], USERS[1], role), ("m8", CUSTOMERS[2], USERS[3], "VIEWER")]
    people = [(one[1], one[2], f"p{at}@example.se") for at, one in enumerate(PEOPLE)]
    return {
        "users": rows("id full_name email", *((USERS[at], *one[1:]) for at, one in enumerate(people))),
        "customers": rows("id pnr full_name", *((CUSTOMERS[at], *one[:2]) for at, one in enumerate(people))),
        "customer_members": rows("id customer_id user_id role", *members),
        "orders": rows("id customer_id amount", *((f"o{at}", CUSTOMERS[at], "100") for at in range(len(PEOPLE)))),
    }


@pytest.mark.parametrize("declared", [(), KEYS])
def test_that_another_may_look_at_an_account_is_told_its_owner_and_nothing_of_the_other(
    store: Store, declared: tuple[Relation, ...]
) -> None:
    hits = found(store, portal(), ANNA, declared=declared)
    told = {(table, row) for (table, row), grade in hits.items() if grade >= Grade.PROBABLE}
    own = {("users", USERS[0]), ("customers", CUSTOMERS[0]), ("customer_members", "m0"), ("orders", "o0")}
    assert told == own | {("customer_members", "m9")}
