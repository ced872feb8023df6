"""Whose is a contract that names nobody: of those with whom rows join it, not of whoever stands beside."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from scanner.store import Store
from tests.scanner.fakes import Rows
from tests.scanner.test_subject import KEYS
from tests.scanner.test_subject_tenures import ANNA, MIRA, PEOPLE, SVEN, rows, sure

pytestmark = pytest.mark.slow


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path}/insyn.db", KEYS)
    yield opened
    opened.close()


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
