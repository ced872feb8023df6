"""Numbers that begin with a date, without a right check digit, among other numbers; with all recognizers at work."""

from __future__ import annotations

import pytest

from recognizers import Analyzer

METERS = ["205132-1310", "810173-1719", "678122-1231", "902997-1787"]
"""The second could be a samordningsnummer."""
PARTS = ["620527-1000", "910361-1002", "620719-1003", "780716-1004"]
"""All begin with a date, of a personnummer or a samordningsnummer; no check digit is right."""
PEOPLE = ["900118-9811", "811218-9876", "640823-9983"]
"""Their check digits are right."""


def _found(field: str, values: list[str]) -> set[str]:
    matches = Analyzer().find({field: values})
    return {values[match.record] for match in matches if match.entity == "SE_PERSONNUMMER" and match.score >= 0.5}


@pytest.mark.parametrize("field", ["energi_nr", "col1", "", "matare"])
def test_one_date_among_numbers_that_begin_with_none_is_no_personnummer(field: str) -> None:
    assert _found(field, METERS) == set()


@pytest.mark.parametrize(
    "field", ["articleNo", "SupplierPartNo", "siteMeterNo", "entityId", "leverantörens ref", "ritningsnr"]
)
def test_a_field_that_numbers_things_holds_none_without_a_check_digit(field: str) -> None:
    assert _found(field, PARTS) == set()
    assert _found(field, PARTS[:1]) == set()


@pytest.mark.parametrize("field", ["personnr", "idnr", "col1", "", "ägare_id", "hyresgäst nr"])
def test_mistyped_numbers_of_people_are_found(field: str) -> None:
    assert _found(field, PARTS) == set(PARTS)


@pytest.mark.parametrize("field", ["energi_nr", "col1", "entityId"])
def test_a_right_check_digit_is_not_doubted(field: str) -> None:
    assert _found(field, [*METERS, *PEOPLE]) >= set(PEOPLE)


def test_one_mistyped_among_right_ones_is_found() -> None:
    assert _found("reservationsnr", [*PEOPLE, "900118-9812"]) == {*PEOPLE, "900118-9812"}
