"""An answer made fit to be shown: names are masked by the caller's rule, what was read stays."""

from __future__ import annotations

from dataclasses import replace

from reports.facts import Hit, HitField, SubjectAnswer
from reports.masking import masked, masked_hit

HIT = Hit(
    source="crm", unit="Anna Ek.txt", record={"Anna": "Ek", "nr": 42, "row": 9001189811}, grade="certain", why=(),
    fields=(HitField("Anna", "PERSON", "identity"),), other_people=0,
)  # fmt: skip


def shown(text: str) -> str:
    return text.replace("Anna", "A***").replace("Ek", "E***").replace("9001189811", "900118****")


def test_names_of_unit_record_and_fields_are_masked_and_numbers_stay_numbers() -> None:
    found = masked_hit(HIT, shown)
    assert found.unit == "A*** E***.txt"
    assert found.record == {"A***": "E***", "nr": 42, "row": "900118****"}
    assert found.fields[0].field == "A***"
    assert (found.source, found.fields[0].entity) == ("crm", "PERSON")


def test_a_unit_that_is_one_record_has_none() -> None:
    assert masked_hit(replace(HIT, record=None), shown).record is None


def test_all_hits_of_an_answer_are_masked_and_nothing_else() -> None:
    answer = SubjectAnswer("2026-1", [], [], [HIT, HIT], [])
    found = masked(answer, shown)
    assert [hit.unit for hit in found.hits] == ["A*** E***.txt"] * 2
    assert found.case == "2026-1"
