"""Rare signs: found in a long text where they are found in a short one."""

from __future__ import annotations

import pytest

from recognizers.columns import fold
from recognizers.rare_signs import RareSigns

SIGNS = RareSigns("\u00a0\u2010\u2011\ufeff")
LONG = "å" * (1 << 16)


@pytest.mark.parametrize("around", ["", LONG], ids=["short", "long"])
@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Anna", []),
        ("Åsa ł \u200f \uffff", []),
        ("1\u00a02\u20113\u2010\ufeff", [1, 3, 5, 6]),
        ("\U0001f600\u2011 \U0001f600\U000100a0\ufeff", [1, 5]),
    ],
)
def test_where_signs_stand(text: str, places: list[int], around: str) -> None:
    whole = around + text + around
    assert SIGNS.places(whole) == [len(around) + place for place in places]
    assert SIGNS.stand_in(whole) is bool(places)


@pytest.mark.parametrize("around", ["", LONG], ids=["short", "long"])
def test_numbers_are_folded_and_prose_is_left_alone(around: str) -> None:
    spoilt = "Åsa \u2013 nå\u00adgot, ８１１２１８－９８７６ 070\u2011174\u00a006\u200205 \uff0b46"
    plain = "Åsa \u2013 nå\u00adgot, 811218-9876 070-174 06 05 +46"
    assert fold(around + spoilt + around) == around + plain + around
