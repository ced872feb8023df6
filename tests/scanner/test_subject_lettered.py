"""Numbers that another system writes with letters before them: `FB-104321` of the customer 104321."""

from __future__ import annotations

import pytest

from scanner.linking.key_values import bare_numbers
from scanner.store import Store
from scanner.subject.outcome import Grade
from tests.scanner.fakes import MemoryConnector
from tests.scanner.test_subject_crossing import ANNA, customers, found

pytestmark = pytest.mark.slow

NUMBERS = [str(104_321 + 57 * at) for at in range(6)]


@pytest.mark.parametrize(
    ("values", "numbers"),
    [
        (["FB-104321", None, "FB-104378", "fb 104435"], ["104321", None, "104378", "104435"]),
        (["K10423", "K10424", "K10425", "10426"], []),  # not all have letters
        (["K10423", "O10424", "K10425"], []),  # nor the same ones
        (["K10423", "K10423", "K10423"], []),
        (["K1", "K2", "K3"], []),
    ],
)
def test_numbers_without_letters(values: list[str | None], numbers: list[str | None]) -> None:
    assert bare_numbers(values) == numbers


def sure(store: Store, letters: str, numbers: list[str], **crm: list[str]) -> set[tuple[str, str]]:
    people = [{**one, "kund_ref": number} for one, number in zip(customers(**crm), NUMBERS, strict=True)]
    bills = [{"id": f"b{at}", "debitor": f"{letters}{number}", "belopp": "100"} for at, number in enumerate(numbers)]
    sources = {"crm": MemoryConnector({"kunder": people}), "ekonomi": MemoryConnector({"fakturor": bills})}
    return {place for place, grade in found(store, sources, ANNA).items() if grade >= Grade.PROBABLE}


@pytest.mark.parametrize("letters", ["FB-", "KU"])
def test_bills_of_a_system_that_writes_letters_before_customers_numbers(store: Store, letters: str) -> None:
    assert ("fakturor", "b0") in sure(store, letters, NUMBERS)


def test_numbers_of_which_only_some_are_customers_are_something_else(store: Store) -> None:
    assert sure(store, "FB-", [*NUMBERS[:3], "555001", "555002", "555003"]) == {("kunder", "K0")}
