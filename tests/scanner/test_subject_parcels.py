"""Whose is it in a shop: who gets a parcel, who returns a gift, a firm's contacts; and articles, which are nobody's."""

from __future__ import annotations

import pytest

from scanner.store import Store
from tests.scanner.fakes import Rows
from tests.scanner.test_subject_tenures import ANNA, PEOPLE, rows, sure

pytestmark = pytest.mark.slow

RECEIVER, ORGNR = "070-174 06 19", "556016-0680"


def shop() -> dict[str, Rows]:
    """Orders, paid and sent, one twice; Anna's second goes to Stig Almgren, who returns it by his own address."""
    mails = [f"kund{at}@example.se" for at in range(5)]
    orders = [(f"W10{at}", f"77001{at}", mails[at]) for at in range(5)] + [("W109", "770010", mails[0])]
    sent = [(f"p{at}", f"W10{at}", one[2], f"070-174 06 0{at + 5}") for at, one in enumerate(PEOPLE)]
    return {
        "kunder": rows("id kundnr pnr namn", *((f"77001{n}", f"77001{n}", *one[1:]) for n, one in enumerate(PEOPLE))),
        "ordrar": rows("id ordernr kundnr epost", *((order[0], *order) for order in orders)),
        "betalning": rows("id ordernr belopp", *((f"b{one[0]}", one[0], "100") for one in orders), ("b2", "W104", "9")),
        "leverans": rows(
            "id ordernr mottagare tel", *sent, ("p8", "W104", "Ali Berggren", "070-174 06 09"),
            ("p9", "W109", "Stig Almgren", RECEIVER),
        ),
        "rad": rows("id ordernr artikel_id", *((f"r{order[0]}", order[0], "14") for order in orders)),
        "artiklar": rows("id artikel_id benamning", *((f"{at}", f"{at}", "Garn") for at in range(11, 18))),
        "retur": rows("id ordernr kontaktmail", ("t1", "W101", mails[1]), ("t9", "W109", "stig@example.se")),
    }  # fmt: skip


def test_whoever_gets_a_parcel_has_no_part_in_the_order_nor_in_what_was_paid(store: Store) -> None:
    assert sure(store, shop(), RECEIVER).keys() == {"leverans"}
    assert sure(store, shop(), "Stig Almgren").keys() <= {"leverans"}


def test_whoever_returns_a_gift_by_another_address_has_no_part_in_the_order(store: Store) -> None:
    assert sure(store, shop(), "stig@example.se").keys() == {"retur"}


def test_a_buyer_has_the_order_what_was_paid_and_the_return_and_not_the_article(store: Store) -> None:
    anna = sure(store, shop(), ANNA)
    assert anna["ordrar"] == {"W100", "W109"}
    assert anna["betalning"] == {"bW100", "bW109"}
    assert anna["rad"] == {"rW100", "rW109"}
    assert "artiklar" not in anna


def firms() -> dict[str, Rows]:
    """Firms with contacts, who are reached by the firm's telephone but for one."""
    called = ["Norra Kajen AB", "Bygg & Co AB", "Hamnens Taxi AB", "Gute Glas AB", "Visby Buss AB", "Lin & Lada AB"]
    numbers = [f"070-174 06 {at}" for at in range(11, 17)]
    people = [one[2] for one in PEOPLE] + ["Stig Almgren"]
    return {
        "kunder": rows(
            "id kundnr orgnr namn tel", *((f"88001{n}", f"88001{n}", ORGNR, called[n], numbers[n]) for n in range(6)),
        ),
        "kundkontakt": rows(
            "id kundnr namn roll tel", *((f"k{n}", f"88001{n}", people[n], "Inköp", numbers[n]) for n in range(5)),
            ("k5", "880015", people[5], "VD", RECEIVER), ("k6", "880015", "Lars Holm", "Lager", numbers[5]),
        ),
        "fakturor": rows("id kundnr belopp", *((f"f{n}", f"88001{n % 6}", "900") for n in range(9))),
        "fakturarader": rows("id faktura_id text", *((f"x{n}", f"f{n}", "Glas") for n in range(6))),
    }  # fmt: skip


def test_a_firms_contact_has_no_part_in_its_bills_lines(store: Store) -> None:
    found = sure(store, firms(), RECEIVER)
    assert "k5" in found["kundkontakt"]
    assert "fakturarader" not in found
    assert "kunder" not in found


def test_whom_a_supplier_is_reached_by_has_no_part_in_what_it_delivers(store: Store) -> None:
    tables = shop()
    tables["leverantorer"] = rows(
        "id namn tel", ("L1", "Lin & Lada AB", RECEIVER), ("L2", "Gute Glas AB", "070-174 06 17")
    )
    tables["artiklar"] = [{**row, "leverantor_id": "L1"} for row in tables["artiklar"]]
    tables["leverans"] = [row for row in tables["leverans"] if row["tel"] != RECEIVER]
    assert sure(store, tables, RECEIVER).keys() <= {"leverantorer"}
