"""Whose is a contract that names nobody: of those with whom rows join it, not of whoever stands beside."""

from __future__ import annotations

import pytest

from scanner.store import Store
from scanner.subject.outcome import Grade
from tests.scanner.fakes import Rows
from tests.scanner.test_subject import found
from tests.scanner.test_subject_tenures import ANNA, MIRA, PEOPLE, SVEN, rows, sure

pytestmark = pytest.mark.slow


def storage() -> dict[str, Rows]:
    """A box each; Anna has hers with Mira, and Eva answers for it; what is paid gives the bill's reference."""
    bills = [(f"f{at}", f"K{at}", f"730010{at}42") for at in range(1, 6)]
    paid = [(f"b{at}", f"730010{at}42", "250") for at in range(1, 6)]
    return {
        "kunder": rows("id pnr namn", *PEOPLE),
        "kontrakt": rows("id kontrakt_nr yta", *((f"K{at}", f"K{at}", "4") for at in range(1, 6))),
        "part": rows(
            "id kontrakt_nr kund_id roll", *((f"p{at}", f"K{at}", f"A{at}", "huvud") for at in (1, 2, 4, 5)),
            ("p6", "K1", "A3", "med"), ("p3", "K3", "A3", "huvud"),
        ),
        "borgen": rows("id kontrakt_nr borgensman_namn borgensman_pnr", ("g1", "K1", "Stig Almgren", "19410706-9983")),
        "faktura": rows("id kontrakt_nr ocr", *bills),
        "inbetalning": rows("id ocr belopp", *paid, ("b6", "990017733", "100")),
    }  # fmt: skip


def test_a_contract_is_of_all_with_whom_rows_join_it_whoever_answers_for_it(store: Store) -> None:
    for asked in (ANNA, MIRA):
        found = sure(store, storage(), asked)
        assert (found["kontrakt"] >= {"K1"}, found["faktura"] >= {"f1"}) == (True, True)
    assert sure(store, storage(), SVEN)["kontrakt"] == {"K2"}


def test_whoever_answers_for_a_contract_has_no_part_in_its_bills(store: Store) -> None:
    assert sure(store, storage(), "19410706-9983").keys() == {"borgen"}


def test_what_is_paid_belongs_to_the_bill_of_its_reference_though_one_reference_is_of_none(store: Store) -> None:
    assert sure(store, storage(), SVEN)["inbetalning"] == {"b2"}


def accounts() -> dict[str, Rows]:
    """A register in which Anna and Sven have one number together, and where each who signs in has an account."""
    signed = [(f"u{at}", f"70010{at}", one[2], f"konto{at}@example.se") for at, one in enumerate(PEOPLE) if at != 1]
    register = [(f"70010{at}", f"70010{at}", one[1], one[2], "") for at, one in enumerate(PEOPLE) if at != 1]
    register[0] = (*register[0][:4], "Sven Lundmark")
    return {
        "kunder": rows("id kundnr pnr namn namn2", *register),
        "konton": rows(
            "id kundnr visningsnamn epost", *signed, ("u9", "700100", "Sven Lundmark", "lundmark@example.se")
        ),
        "inloggning": rows("id konto_id tid", ("i1", "u0", "2024-01-01"), ("i2", "u9", "2024-01-02")),
    }


def test_with_one_number_of_two_each_has_the_own_account(store: Store) -> None:
    anna = found(store, accounts(), ANNA)
    assert anna["konton", "u0"] == Grade.CERTAIN
    assert anna["konton", "u9"] < Grade.CERTAIN
    assert ("inloggning", "i2") not in anna
