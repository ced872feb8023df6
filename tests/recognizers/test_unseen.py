"""T64: signs without a width hide nothing, and what is found stands where it stood."""

from __future__ import annotations

import pytest

from recognizers import Analyzer
from recognizers.unseen import without_unseen

ANALYZER = Analyzer()
TEXTS = [
    ("Personnummer 19900118\u200b-9811 finns", "19900118\u200b-9811", "SE_PERSONNUMMER"),
    ("\ufeffpnr 1\u200b9\u200b90\u200b0118-981\u200d1!", "1\u200b9\u200b90\u200b0118-981\u200d1", "SE_PERSONNUMMER"),
    ("ring \u202a070-174 06 05\u202c nu", "070-174 06 05", "PHONE_NUMBER"),
    ("maila anna\u200b@example.se", "anna\u200b@example.se", "EMAIL_ADDRESS"),
    ("Anna\u200b Andersson bor här", "Anna\u200b Andersson", "PERSON"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "span", "entity"), TEXTS)
def test_found_where_it_stands(text: str, span: str, entity: str) -> None:
    """T64."""
    found = [match for match in ANALYZER.find({"": [text]}) if match.score >= 0.5 and match.entity == entity]
    assert [text[match.start : match.end] for match in found] == [span]


def test_the_datum_is_the_same_as_without_them() -> None:
    hidden, plain = (
        [(m.entity, m.value, m.score) for m in ANALYZER.find({"pnr": [text]})]
        for text in ("19900118\u200b-9811", "19900118-9811")
    )
    assert hidden == plain != []


def test_records_of_one_column_keep_their_own_places() -> None:
    cells = ["199001189811", None, "19900118\u200b9811", "\u200b199001189811", "\u200b", "199001189811"]
    found = [(m.record, m.start, m.end) for m in ANALYZER.find({"pnr": cells, "annat": ["x"] * 6})]
    assert found == [(0, 0, 12), (2, 0, 13), (3, 1, 13), (5, 0, 12)]


def test_what_is_masked_is_masked_whole() -> None:
    masked = ANALYZER.masked("pnr 19900118\u200b-9811 slut")
    assert "9811" not in masked
    assert masked.startswith("pnr ") and masked.endswith(" slut")


def test_texts_without_them_are_not_touched() -> None:
    cells = ["Åsa", None, "", "abc"]
    assert without_unseen(cells) == (cells, {})
