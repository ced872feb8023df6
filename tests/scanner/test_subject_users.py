"""Who uses the app of a home that somebody else has: their own rows are theirs, and not what happens in the home."""

from __future__ import annotations

import pytest

from scanner.engine import Scanner
from scanner.store import Store
from scanner.subject import Search
from scanner.subject.question import seeds
from tests.scanner.fakes import KEYS, MemoryConnector, Rows
from tests.scanner.test_subject import ANALYZER
from tests.scanner.test_subject_tenures import ANNA, PEOPLE, rows, sure

pytestmark = pytest.mark.slow

PHONE = "070-1740611"


def homes(role: str, user: str = "u9") -> dict[str, Rows]:
    """A home each, of one with a contract, who signs in; in Anna's Nils signs in, too, of whom no number is known."""
    count = range(len(PEOPLE))
    users = [(f"u{at}", f"070-174062{at}", one[2]) for at, one in enumerate(PEOPLE)]
    members = [(f"m{at}", f"h{at}", f"u{at}", "owner", "2018-02-01", "") for at in count]
    return {
        "accounts": rows(
            "id personal_number full_name phone primary_user_id",
            *((*one, users[at][1], f"u{at}") for at, one in enumerate(PEOPLE)),
        ),
        "homes": rows("id kind", *((f"h{at}", "villa") for at in count)),
        "subscriptions": rows(
            "id account_id home_id starts_on ends_on",
            *((f"s{at}", one[0], f"h{at}", "2018-02-01", "") for at, one in enumerate(PEOPLE)),
        ),
        "users": rows("id phone full_name", *users, ("u9", PHONE, "Nils Almgren")),
        "memberships": rows(
            "id home_id user_id role valid_from valid_to", *members, ("m9", "h0", user, role, "2019-03-01", "")
        ),
        "events": rows(
            "id home_id occurred_at", *((f"e{at}", f"h{at % 5}", f"2020-04-{at + 1:02}") for at in range(10))
        ),
        "devices": rows("id home_id installed_on", *((f"d{at}", f"h{at}", "2018-02-05") for at in count)),
        "media": rows("id device_id captured_at", *((f"b{at}", f"d{at}", f"2021-05-{at + 1:02}") for at in count)),
        "invoices": rows("id subscription_id total", *((f"f{at}", f"s{at}", "399") for at in count)),
    }


@pytest.mark.parametrize("role", ["household", "medlem", "app_user"])
def test_what_happens_in_a_home_is_not_of_who_but_uses_its_app(store: Store, role: str) -> None:
    found = sure(store, homes(role), PHONE)
    assert found["users"] == {"u9"}
    assert found["memberships"] == {"m9"}
    assert not found.keys() & {"accounts", "homes", "subscriptions", "events", "invoices"}
    hers = sure(store, homes(role), ANNA)
    assert (hers["events"], hers["devices"], hers["media"]) == ({"e0", "e5"}, {"d0"}, {"b0"})


def test_where_nobody_is_said_to_have_a_home_those_who_live_there_do(store: Store) -> None:
    estate = homes("boende")
    for one in estate["memberships"]:
        one["role"] = "boende"
    assert sure(store, estate, PHONE).get("events", set()) >= {"e0", "e5"}


def test_who_has_a_home_together_with_another_is_given_what_happens_there(store: Store) -> None:
    assert sure(store, homes("co_owner"), PHONE)["events"] == {"e0", "e5"}


def test_a_customer_who_uses_the_app_of_another_takes_nothing_of_what_is_anothers(store: Store) -> None:
    hers, his = (sure(store, homes("household", "u1"), phone) for phone in ("070-1740620", "070-1740621"))
    assert (hers["events"], hers["devices"], hers["media"]) == ({"e0", "e5"}, {"d0"}, {"b0"})
    assert (his["events"], his["devices"], his["media"]) == ({"e1", "e6"}, {"d1"}, {"b1"})


def test_a_home_is_held_by_who_is_said_to_have_it_though_a_customer_uses_its_app(store: Store) -> None:
    Scanner(store, ANALYZER).scan({"crm": MemoryConnector(homes("household", "u1"))})
    with store.reading() as connection:
        search = Search(store, connection)
        hits = search.find(seeds(ANALYZER, KEYS, ["070-1740620"])).hits
        home = next(one for one, hit in hits.items() if search.ownership.unit(hit.unit).key == "homes")
        assert len(search.records.joint.holders(home)) == 1
