"""What hangs on a home that is another's in the register today: whose it is by where its rows lead."""

from __future__ import annotations

import pytest

from scanner.store import Store
from tests.scanner.fakes import Rows
from tests.scanner.test_subject_tenures import ANNA, MIRA, PEOPLE, SVEN, rows, sure

pytestmark = pytest.mark.slow


def platform(*, dated: bool) -> dict[str, Rows]:
    """Accounts, the site of each of today, and subscriptions: that of the first site was Sven's before it was Anna's.

    Args:
        dated: Whether a subscription tells from when to when it ran.
    """
    had = [("s0", "A2", "S1", "2012-03-01", "2018-06-30"), ("s1", "A1", "S1", "2018-08-01", "")]
    had += [(f"s{at}", f"A{at}", f"S{at}", "2012-01-01", "") for at in range(2, 6)]
    names = "id account_id site_id"
    subscriptions = [one if dated else one[:3] for one in had]
    days = ("2015-05-05", "2019-05-05")
    return {
        "accounts": rows("id pnr full_name", *PEOPLE),
        "sites": rows("id account_id street", *((f"S{at}", f"A{at}", f"Kungsgatan {at}") for at in range(1, 6))),
        "subscriptions": rows(f"{names} started_at ended_at" if dated else names, *subscriptions),
        "events": rows(
            "id site_id at kind",
            *((f"e{at}{day[:4]}", f"S{at}", day, "ARM") for at in range(1, 6) for day in days),
        ),
        "charges": rows("id subscription_id kr", *((f"c{at}", f"s{at}", "199") for at in range(6))),
    }  # fmt: skip


@pytest.mark.parametrize("dated", [True, False])
def test_the_subscription_of_who_was_there_before_is_that_ones(store: Store, *, dated: bool) -> None:
    told = sure(store, platform(dated=dated), ANNA)
    assert (told["subscriptions"], told["charges"]) == ({"s1"}, {"c1"})
    before = sure(store, platform(dated=dated), SVEN)
    assert (before["subscriptions"], before["charges"]) == ({"s0", "s2"}, {"c0", "c2"})


def test_events_at_a_site_are_of_whoever_had_a_subscription_there_that_day(store: Store) -> None:
    """By when it `started` and `ended`; of who has had it all the time, all are."""
    assert sure(store, platform(dated=True), ANNA)["events"] == {"e12019"}
    assert sure(store, platform(dated=True), SVEN)["events"] == {"e12015", "e22015", "e22019"}
    assert sure(store, platform(dated=True), MIRA)["events"] == {"e32015", "e32019"}
