"""Columns of addresses and columns that only look like it: whole columns, as a table gives them."""

from __future__ import annotations

import pytest

from recognizers.address import AddressRecognizer
from recognizers.analyzer import Analyzer

STREETS = [f"Storgatan {number}" for number in range(1, 5)] + [f"Kungsvägen {number}" for number in range(5, 9)]
VILLAGES = ["Ängen 338", "Ottsjö 168", "Lilla Rud 140", "box 969", "hamnplan 32, lgh 1102, 111 22 stockholm"]
THINGS = [f"Detektor {number}" for number in range(1, 9)]


def _found(field: str, values: list[str]) -> list[str]:
    found = Analyzer([AddressRecognizer()]).find({field: values})
    return [values[m.record][m.start : m.end] for m in found if m.score >= 0.5]


@pytest.mark.parametrize("values", [THINGS, VILLAGES, [*THINGS, *STREETS[:4]]])
def test_words_and_a_number_are_no_address_by_themselves(values: list[str]) -> None:
    assert _found("col1", values[:4]) == []


@pytest.mark.parametrize("field", ["col1", "adr1", "ADR", "gatuadress"])
def test_villages_and_farms_among_streets(field: str) -> None:
    assert _found(field, [*STREETS, *VILLAGES]) == [*STREETS, *VILLAGES]


def test_floors_among_streets_are_none() -> None:
    assert _found("col1", [*STREETS, "lgh 1102", "plan 3"]) == STREETS
