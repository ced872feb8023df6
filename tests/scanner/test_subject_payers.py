"""A bill that somebody else pays is about whom the order is of; who pays gets nothing of the order's but the bill."""

from __future__ import annotations

import pytest

from scanner.store import Store
from scanner.subject.outcome import Grade
from tests.scanner.fakes import MemoryConnector, Rows
from tests.scanner.test_subject_crossing import ANNA, SVEN, customers, found


def sure(store: Store, asked: str, column: str) -> set[str]:
    """Every customer has two jobs and pays for both, but the second of Anna's, which Sven pays; he is reminded."""
    jobs: Rows = [{"id": f"j{at}", "kund_id": f"K{at // 2}", "fel": "bromsar"} for at in range(12)]
    bills: Rows = [{"id": f"b{at}", "jobb_id": f"j{at}", column: f"K{at // 2}", "ore": "500"} for at in range(12)]
    bills[1] |= {column: "K1"}
    reminders: Rows = [{"id": f"r{at}", "bill_id": f"b{at}", "avgift": "60"} for at in range(8)]
    tables = {"kunder": customers(), "jobb": jobs, "bills": bills, "reminders": reminders}
    hits = found(store, {"verkstad": MemoryConnector(tables)}, asked)
    return {row for (unit, row), grade in hits.items() if unit != "kunder" and grade >= Grade.PROBABLE}


@pytest.mark.parametrize("column", ["BetKundID", "payer_kund_id", "betalare_kund_id"])
def test_a_bill_that_another_pays_is_also_of_whose_order_it_is(store: Store, column: str) -> None:
    assert sure(store, ANNA, column) == {"j0", "j1", "b0", "b1", "r0", "r1"}


def test_who_pays_gets_the_bill_and_not_the_order(store: Store) -> None:
    assert sure(store, SVEN, "BetKundID") == {"j2", "j3", "b1", "b2", "b3", "r1", "r2", "r3"}


def test_below_an_order_what_is_anothers_and_not_only_paid_by_him_is_not_the_persons(store: Store) -> None:
    assert sure(store, ANNA, "kund_id") == {"j0", "j1", "b0", "r0"}
