"""Rows of two people: a number that both have, a parcel to a friend. What hangs below them is one's."""

from __future__ import annotations

import pytest

from connectors import Relation
from scanner.store import Store
from scanner.subject.outcome import Grade
from tests.scanner.fakes import MemoryConnector, Rows
from tests.scanner.test_crossing_keys import Keyed
from tests.scanner.test_subject import found
from tests.scanner.test_subject_crossing import found as found_in
from tests.scanner.test_subject_tenures import rows

pytestmark = pytest.mark.slow

CARD = "410020"


def gym(*, second: str = "Omar Haddad") -> dict[str, Rows]:
    """Mira and Omar train on one card; each books for themselves."""
    members = (
        ("m1", "Anna Ekdahl", "anna.ekdahl@example.se", "410010"),
        ("m2", "Mira Haddad", "mira.haddad@example.se", CARD),
        ("m3", second, "omar.haddad@example.se", CARD),
        ("m4", "Sven Lundmark", "sven.lundmark@example.se", "410040"),
        ("m5", "Eva Norling", "eva.norling@example.se", "410050"),
    )
    bookings: Rows = [
        {"id": f"b{at}", "member_id": who, "class": "spinning"} for at, (who, *_) in enumerate((*members, *members))
    ]
    visits: Rows = [{"id": f"v{at}", "kundnr": one[3], "door": "1"} for at, one in enumerate(members)]
    named = ("id", "name", "epost", "kundnr")
    return {"member": [dict(zip(named, one, strict=True)) for one in members], "booking": bookings, "visit": visits}


def sure(store: Store, tables: dict[str, Rows], *asked: str) -> set[tuple[str, str]]:
    return {place for place, grade in found(store, tables, *asked).items() if grade >= Grade.PROBABLE}


@pytest.mark.parametrize("asked", ["mira.haddad@example.se", f"{CARD}|Mira Haddad"])
def test_who_shares_a_number_has_no_part_in_the_others_rows(store: Store, asked: str) -> None:
    rows = sure(store, gym(), *asked.split("|"))
    assert rows >= {("member", "m2"), ("booking", "b1"), ("booking", "b6"), ("visit", "v1"), ("visit", "v2")}
    assert not rows & {("booking", "b2"), ("booking", "b7")}


def test_a_second_row_of_the_same_person_leads_on(store: Store) -> None:
    """Near-miss: one person who has registered twice, the second time by another surname."""
    rows = sure(store, gym(second="Mira Lund"), "mira.haddad@example.se")
    assert rows >= {("member", "m2"), ("member", "m3"), ("booking", "b1"), ("booking", "b2"), ("booking", "b7")}


BUYERS = (
    ("k1", "anna.ekdahl@example.se", "Anna Ekdahl", "Kungsgatan 4"),
    ("k2", "mira.haddad@example.se", "Mira Haddad", "Storgatan 7"),
    ("k3", "sven.lundmark@example.se", "Sven Lundmark", "Ringvägen 9"),
    ("k4", "eva.norling@example.se", "Eva Norling", "Parkgatan 2"),
    ("k5", "ali.berggren@example.se", "Ali Berggren", "Hamngatan 6"),
    ("k6", "olga.petrov@example.se", "Olga Petrov", "Skolgatan 3"),
)
FRIEND, FRIENDS_PHONE = "Karin Wester", "070-174 06 31"
NEIGHBOURS_PHONE, GUESTS_MAIL = "070-174 06 33", "inger.kalmar@example.se"


def flowers(*, named: bool = True) -> dict[str, Rows]:
    """A shop that knows its customers by e-mail; a parcel has its order's number, as its lines have.

    Anna has one bouquet sent to a friend, and gives Sven a voucher. A neighbour takes Mira's.
    """
    users: Rows = [{"id": who, "email": mail, "name": name} for who, mail, name, _ in BUYERS]
    orders, lines, parcels = [], [], []
    for at, (who, _, name, street) in enumerate((*BUYERS, *BUYERS)):
        gift = at == 6
        to, where = (FRIEND, "Linnégatan 12") if gift else (name, street)
        orders.append(
            {
                "id": f"o{at}",
                "order_no": f"o{at}",
                "user_id": who,
                "bill_name": name,
                "bill_street": street,
                "ship_name": to,
            }
            | {"ship_street": where, "ship_phone": FRIENDS_PHONE if gift else None}
        )
        lines.append({"id": f"l{at}", "order_no": f"o{at}", "goods": "rosor"})
        phone = f"070-174 06 {50 + at}" if at != 7 else NEIGHBOURS_PHONE
        taker = "Bo Sandell" if at == 7 else to
        named_there = taker if named or at == 7 else None
        parcels.append({"id": f"p{at}", "order_no": f"o{at}", "recipient": named_there, "recipient_phone": phone})
    cards: Rows = [
        {"id": "c1", "order_no": "o0", "recipient_email": "sven.lundmark@example.se", "sum": "500"},
        {"id": "c2", "order_no": "o5", "recipient_email": GUESTS_MAIL, "sum": "200"},
    ]
    return {"shop_user": users, "orders": orders, "order_line": lines, "parcel": parcels, "gift_card": cards}


@pytest.mark.parametrize("asked", [FRIENDS_PHONE, f"{FRIEND}, Linnégatan 12"])
def test_to_whom_a_gift_is_sent_has_no_part_in_the_buyers_other_rows(store: Store, asked: str) -> None:
    rows = sure(store, flowers(), asked)
    assert ("orders", "o6") in rows
    assert not rows & {("shop_user", "k1"), ("orders", "o0"), ("order_line", "l0"), ("parcel", "p0")}


def test_a_buyer_has_what_was_sent_to_somebody_else(store: Store) -> None:
    rows = sure(store, flowers(), "anna.ekdahl@example.se")
    assert rows >= {("shop_user", "k1"), ("orders", "o0"), ("orders", "o6"), ("order_line", "l6"), ("gift_card", "c1")}
    assert not rows & {("orders", "o2"), ("shop_user", "k3")}


def test_a_voucher_leads_whom_it_is_for_not_to_who_paid(store: Store) -> None:
    rows = sure(store, flowers(), "sven.lundmark@example.se")
    assert rows >= {("shop_user", "k3"), ("orders", "o2"), ("orders", "o8"), ("gift_card", "c1")}
    assert not rows & {("shop_user", "k1"), ("orders", "o0"), ("order_line", "l0")}


@pytest.mark.parametrize("named", [True, False])
def test_a_parcel_that_somebody_else_takes_leads_to_nothing_of_the_buyers(store: Store, named: bool) -> None:
    """Where only who takes a parcel for another is named, no measure tells that it is another."""
    assert sure(store, flowers(named=named), NEIGHBOURS_PHONE) == {("parcel", "p7")}


def test_a_voucher_for_whom_the_shop_does_not_know_is_all_that_is_theirs(store: Store) -> None:
    rows = sure(store, flowers(), GUESTS_MAIL)
    assert rows == {("gift_card", "c2")}


def watched() -> MemoryConnector:
    """Accounts, and who may use each, by a key of users that is but called `id`; Anna may look at what is Eva's."""
    members = [(f"R-10{at}", f"U-40{at}", f"AC-9{at or 3}", "owner" if at else "viewer") for at in range(6)]
    tables = {
        "users": rows("id email name", *((f"U-40{at}", *one[1:3]) for at, one in enumerate(BUYERS))),
        "account": rows("id owner_name", *((f"AC-9{at}", one[2]) for at, one in enumerate(BUYERS))),
        "account_member": rows("rad_nr id account_id role", *members, ("R-106", "U-405", "AC-91", "viewer")),
    }
    keys = [("id", "users"), ("account_id", "account")]
    return Keyed(tables, declared=[Relation("account_member", (name,), table, ("id",)) for name, table in keys])


def test_a_key_that_is_but_called_id_is_not_that_of_what_others_have_a_part_in(store: Store) -> None:
    hits = found_in(store, {"crm": watched()}, BUYERS[0][1])
    assert {row for table, row in hits if table == "account_member"} == {"R-100"}
