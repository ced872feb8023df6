"""The lists in the package are those of the packages that they come from."""

from __future__ import annotations

import pytest

from recognizers.lexicon import GIVEN, SURNAME, WORD, names
from recognizers.lists import __main__ as making
from recognizers.places import cities, towns

ALIKE = 0.97
"""A newer version of a source may have other names; from that share on the lists are made anew."""


def share(ours: set[tuple[str, int]], theirs: set[tuple[str, int]]) -> float:
    return len(ours & theirs) / len(ours | theirs)


@pytest.mark.slow
def test_the_lists_are_made_from_their_packages() -> None:
    large, known = making.towns()
    assert large & cities()
    assert len(known & towns()) >= ALIKE * len(known | towns())
    assert share(set(names().items()), set(making.names(known).items())) >= ALIKE, "run python -m recognizers.lists"


def test_what_a_name_can_be() -> None:
    assert names()["karin"] & (GIVEN | SURNAME | WORD) == GIVEN
    assert names()["björn"] & (GIVEN | WORD) == GIVEN | WORD
    assert names()["lindqvist"] & (GIVEN | SURNAME | WORD) == SURNAME
    assert "upplands väsby" in towns() - cities()
