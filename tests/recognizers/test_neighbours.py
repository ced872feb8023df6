"""A column `namn` beside other fields: whether they make it one of things or leave it one of people."""

from __future__ import annotations

import pytest

from recognizers import Analyzer

NAMES = ["Alma", "Nova", "Saga", "Iris", "Luna", "Stella", "Viola", "Ture", "Otto", "Hugo", "Maja", "Elsa"]
SURNAMES = ["Ek", "Berg", "Karlsson", "Lindgren", "Nilsson", "Persson", "Larsson", "Olsson", "Svensson", "Holm", "Lund"]
PEOPLE = [f"{given} {surname}" for given, surname in zip(NAMES, [*SURNAMES, "Ström"], strict=True)]
NUMBERS = [str(at) for at in range(101, 113)]


def _people(names: list[str], *beside: str, field: str = "namn") -> int:
    fields = {field: names} | dict.fromkeys(beside, NUMBERS)
    return len({m.record for m in Analyzer().find(fields) if m.entity == "PERSON" and m.score >= 0.5})


@pytest.mark.parametrize(
    "beside", [("artikelnr", "pris"), ("artikelnr", "pris", "lager"), ("sku", "price", "stock"), ("ean", "lagersaldo")]
)
@pytest.mark.parametrize("field", ["namn", "name"])
def test_a_things_name_is_nobodys(beside: tuple[str, ...], field: str) -> None:
    assert _people(NAMES, *beside, field=field) == 0
    assert _people([f"{name} larmpanel" for name in NAMES], *beside, field=field) == 0


@pytest.mark.parametrize("beside", [(), ("pris",), ("artikelnr", "pris", "epost"), ("ordernr", "artikelnr", "pris")])
def test_a_persons_name_stays_one(beside: tuple[str, ...]) -> None:
    assert _people(NAMES, *beside) == len(NAMES)


def test_whole_names_and_fields_that_say_whose_are_heard_first() -> None:
    assert _people(PEOPLE, "artikelnr", "pris", "lager") == len(PEOPLE)
    assert _people(NAMES, "artikelnr", "pris", "lager", field="kontaktperson") == len(NAMES)
