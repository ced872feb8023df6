"""The recognizers of numbers against their cases: `cases/*.toml`, near-misses first. A case names all spans."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from recognizers.bank_account import BankAccountRecognizer
from recognizers.bankgiro import BankgiroRecognizer
from recognizers.bic import BicRecognizer
from recognizers.card import CardRecognizer
from recognizers.customer_id import CustomerIdRecognizer
from recognizers.customer_key import CustomerKeyRecognizer
from recognizers.iban import IbanRecognizer
from recognizers.ip import IpRecognizer
from recognizers.organisationsnummer import OrganisationsnummerRecognizer
from recognizers.personnummer import PersonnummerRecognizer
from recognizers.plusgiro import PlusgiroRecognizer
from recognizers.position import PositionRecognizer
from recognizers.samordningsnummer import SamordningsnummerRecognizer
from recognizers.testing import assert_cases

RECOGNIZERS = {
    "bank_account": BankAccountRecognizer,
    "bankgiro": BankgiroRecognizer,
    "bic": BicRecognizer,
    "card": CardRecognizer,
    "customer_id": CustomerIdRecognizer,
    "customer_key": CustomerKeyRecognizer,
    "iban": IbanRecognizer,
    "ip": IpRecognizer,
    "organisationsnummer": OrganisationsnummerRecognizer,
    "personnummer": PersonnummerRecognizer,
    "plusgiro": PlusgiroRecognizer,
    "position": PositionRecognizer,
    "samordningsnummer": SamordningsnummerRecognizer,
}
CASES = Path(__file__).parent / "cases"


def _cases() -> list[Any]:
    read = {name: tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"] for name in RECOGNIZERS}
    return [pytest.param(name, case, id=f"{name}: {case['why']}") for name, cases in read.items() for case in cases]


@pytest.mark.parametrize(("name", "case"), _cases())
def test_finds_exactly(name: str, case: dict[str, Any]) -> None:
    assert_cases(RECOGNIZERS[name](), [case])
