"""The text recognizers against their cases: `cases/*.toml`, near-misses first. A case names all spans to be found."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from recognizers.address import AddressRecognizer
from recognizers.email import EmailRecognizer
from recognizers.name import NameRecognizer
from recognizers.phone import PhoneRecognizer
from recognizers.postal_code import PostalCodeRecognizer
from recognizers.testing import assert_cases

RECOGNIZERS = {
    "address": AddressRecognizer,
    "email": EmailRecognizer,
    "name": NameRecognizer,
    "phone": PhoneRecognizer,
    "postal_code": PostalCodeRecognizer,
}
CASES = Path(__file__).parent / "cases"


def _cases() -> list[Any]:
    read = {name: tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"] for name in RECOGNIZERS}
    return [pytest.param(name, case, id=f"{name}: {case['text']}") for name, cases in read.items() for case in cases]


@pytest.mark.parametrize(("name", "case"), _cases())
def test_finds_exactly(name: str, case: dict[str, Any]) -> None:
    assert_cases(RECOGNIZERS[name](), [case])
