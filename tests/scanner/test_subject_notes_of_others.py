"""A column of notes may tell another's number: it is mentioned there, and nobody's own for it."""

from __future__ import annotations

import pytest

from scanner.store import Store
from tests.scanner.fakes import Rows
from tests.scanner.test_subject_tenures import PEOPLE, SVEN, rows, sure

pytestmark = pytest.mark.slow

NOTES = ("Dubblett?", "OBS! Son med samma namn på adressen, se även kundnr 10198", "Flyttad", "Dubblett?", "Spärrad")


def register(column: str) -> dict[str, Rows]:
    """Customers, with a word each in a column of notes; in Sven's the number of another. And bills."""
    numbers = [f"{10172 + 13 * at}" for at in range(len(PEOPLE))]
    customers = [(*one, no, note) for one, no, note in zip(PEOPLE, numbers, NOTES, strict=True)]
    bills = [(f"F{at}", no, "249") for at, no in enumerate(numbers)]
    return {
        "kund": rows(f"id pnr namn kundnr {column}", *customers),
        "faktura": rows("id kundnr belopp", *bills),
    }


@pytest.mark.parametrize("column", ["ANM", "Anmärkning", "kund_notering", "notes", "comment"])
def test_a_number_in_a_note_is_that_of_another(store: Store, column: str) -> None:
    assert sure(store, register(column), SVEN) == {"kund": {"A2"}, "faktura": {"F1"}}
