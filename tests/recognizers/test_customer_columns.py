"""Columns called `kund`, `customer`, `medlem`: keys, or names, or something else; with all recognizers at work."""

from __future__ import annotations

import pytest

from recognizers import Analyzer
from recognizers.luhn import luhn

KEYS = [str(104_000 + 37 * at) for at in range(20)]
GIVEN = ["Anna", "Karin", "Erik", "Lars", "Maria", "Johan", "Eva", "Olof", "Sara", "Nils"]
SURNAMES = ["Karlsson", "Lindgren", "Mohamed", "Björkvall", "Hosseini", "Nilsson", "Larsson", "Olsson", "Persson", "Ek"]
NAMES = [f"{given} {surname}" for given, surname in zip(GIVEN, SURNAMES, strict=True)]
FIRMS = ["3M", "Ek Bygg AB", "24Seven", "Zon12", "K2 Konsult", "Lindgren AB", "7H", "Hotell 24", "Brf Ek 3", "AB1"]
PHONES = [f"07017406{at:02}" for at in range(5, 25)]
BORN = [f"19{year}0709" for year in range(60, 72)]
NUMBERS = [f"{born}239{digit}" for born in BORN for digit in range(10) if luhn(f"{born[2:]}239{digit}")]
"""Of the serials that Skatteverket gives to nobody."""


def _found(field: str, values: list[str], entity: str = "CUSTOMER_ID") -> int:
    found = Analyzer().find({field: values})
    return len({match.record for match in found if match.entity == entity and match.score >= 0.5})


@pytest.mark.parametrize("field", ["kund", "customer", "client", "medlem", "member", "faktura.kund"])
def test_keys_are_customer_numbers(field: str) -> None:
    assert _found(field, KEYS) == len(KEYS)
    assert _found(field, KEYS[:1]) == 1
    assert _found(field, [str(at) for at in range(10, 300)]) == 290, "a small company counts from 1"


@pytest.mark.parametrize("values", [NAMES, FIRMS, PHONES, NUMBERS, ["0", "1"] * 10, [*NAMES, *KEYS[:4]]])
def test_what_is_no_key_is_no_customer_number(values: list[str]) -> None:
    assert _found("kund", values) == 0


def test_names_stay_names_and_numbers_numbers() -> None:
    assert _found("kund", NAMES, "PERSON") == len(NAMES)
    assert _found("kund", NUMBERS, "SE_PERSONNUMMER") == len(BORN)
    assert _found("kund", PHONES, "PHONE_NUMBER") == len(PHONES)
    assert _found("kund", [*KEYS, *NAMES[:4]], "PERSON") == 4


@pytest.mark.parametrize("field", ["kunder", "antal_kund", "belopp_kund", "kundtyp", "order", ""])
def test_other_fields_hold_none(field: str) -> None:
    assert _found(field, KEYS) == 0
