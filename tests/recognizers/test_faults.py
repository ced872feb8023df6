"""A recognizer that raises costs what it would have found in that value, no more, and is told; no value is."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence

import pytest

from recognizers import Analyzer, Fault, Faults, Matches, registry
from recognizers.base import Candidate, Proof, Recognizer, Shape
from recognizers.columns import LONGEST
from recognizers.ip import IpRecognizer
from recognizers.personnummer import PersonnummerRecognizer

ODD = "AN-66666"
OTHERS = (IpRecognizer(), PersonnummerRecognizer())


class Staff(Recognizer):
    """Numbers of employees; it raises at one, as plugins do."""

    entity = "EMPLOYEE_NUMBER"
    needs = "digit"
    shapes = (Shape("letters", re.compile(r"AN-[0-9]{5}"), 0.8),)
    fields = re.compile(r"^anst")

    def prove(self, candidate: Candidate) -> Proof | None:
        if candidate.text == ODD:
            raise ValueError(candidate.text)
        return Proof(candidate.text, 0.8)


class Broken(Staff):
    """Raises at whatever it proposes."""

    def prove(self, candidate: Candidate) -> Proof | None:
        raise KeyError(candidate.text)


class Crowded(Staff):
    """Raises at two together."""

    def prove_all(self, candidates: Sequence[Candidate]) -> Iterator[Proof | None]:
        if len(candidates) > 1:
            raise RecursionError
        return super().prove_all(candidates)


class Deaf(Staff):
    """Raises at names of fields."""

    def speaks(self, name: str) -> bool:
        raise LookupError(name)


class Picky(Staff):
    """Raises at some names of fields."""

    def forbids(self, name: str) -> bool:
        if name == "ip":
            raise LookupError(name)
        return False


class Mute(Staff):
    """Raises at names of fields when it has found something."""

    def forbids(self, name: str) -> bool:
        raise LookupError(name)


VALUES = [
    "AN-12340 från 192.0.2.7", None, f"{ODD} från 192.0.2.8", "900118-9811 och AN-12341", "", "AN-12342 900118-9811",
]  # fmt: skip


def told(matches: Matches, entity: str = "") -> list[tuple[object, ...]]:
    return [
        (m.record, m.field, m.entity, m.value, m.start, m.end, m.score, m.why)
        for m in matches
        if entity in ("", m.entity)
    ]


def without(matches: Matches) -> list[tuple[object, ...]]:
    return [one for one in told(matches) if one[2] != Staff.entity]


@pytest.mark.parametrize("kind", [Staff, Broken, Crowded, Deaf, Mute])
@pytest.mark.parametrize("field", ["text", "anst_nr"])
def test_the_others_find_what_they_find_without_it(kind: type[Staff], field: str) -> None:
    fields = {"namn": ["x"] * len(VALUES), field: VALUES, "mer": VALUES[::-1]}
    found = Analyzer([*OTHERS, kind()]).find(fields, faults=Faults())
    assert without(found) == told(Analyzer(OTHERS).find(fields))


def test_it_finds_what_stands_in_other_values() -> None:
    faults = Faults()
    found = Analyzer([Staff(), *OTHERS]).find({"text": VALUES}, faults=faults)
    assert [one[3] for one in told(found, Staff.entity)] == ["AN-12340", "AN-12341", "AN-12342"]
    assert list(faults) == [Fault("Staff", "ValueError")]
    assert not faults.lost
    assert ODD not in repr(list(faults))


@pytest.mark.parametrize(("kind", "error"), [(Broken, "KeyError"), (Crowded, "RecursionError")])
def test_one_that_no_value_can_be_blamed_for_is_told_as_lost(kind: type[Staff], error: str) -> None:
    faults = Faults()
    values = [f"AN-{number}" for number in range(10000, 10100)]
    assert told(Analyzer([kind()]).find({"text": values}, faults=faults)) == []
    assert list(faults) == [Fault(kind.__name__, error)]
    assert faults.lost


def test_a_long_value_is_lost_by_the_piece() -> None:
    faults = Faults()
    text = f"{ODD} AN-12340 " + "x " * LONGEST + " AN-12341"
    found = Analyzer([Staff()]).find({"": [text]}, faults=faults)
    assert [one[3] for one in told(found)] == ["AN-12341"]
    assert list(faults) == [Fault("Staff", "ValueError")]


def test_within_a_text_it_is_told_too() -> None:
    faults = Faults()
    text = f'{{"anst_nr": "{ODD}", "ip": "192.0.2.7"}}'
    found = Analyzer([Staff(), *OTHERS]).find({"data": [text, "AN-12340"]}, faults=faults)
    assert {one[3] for one in told(found)} == {"192.0.2.7", "AN-12340"}
    assert list(faults) == [Fault("Staff", "ValueError")]
    assert not faults.lost


@pytest.mark.parametrize("kind", [Deaf, Mute])
@pytest.mark.parametrize("value", ["AN-12340", '{"anst_nr": "AN-12340", "ip": "192.0.2.7"}'])
def test_one_that_raises_at_names_of_fields_is_told_as_lost(kind: type[Staff], value: str) -> None:
    faults, fields = Faults(), {"data": [value, "192.0.2.8"]}
    found = Analyzer([kind(), *OTHERS]).find(fields, faults=faults)
    assert told(found) == told(Analyzer(OTHERS).find(fields))
    assert list(faults) == [Fault(kind.__name__, "LookupError")]
    assert faults.lost


def test_one_that_raises_at_another_name_in_the_text_finds_what_it_finds() -> None:
    faults, fields = Faults(), {"data": ['AN-12340 {"anst_nr": "AN-12341", "ip": "192.0.2.7"}', "192.0.2.8"]}
    found = Analyzer([Picky(), *OTHERS]).find(fields, faults=faults)
    assert told(found) == told(Analyzer([Staff(), *OTHERS]).find(fields))
    assert not faults


def test_where_one_raises_at_names_of_fields_each_text_is_looked_at_alone() -> None:
    analyzer = Analyzer([Deaf(), *OTHERS])
    assert not analyzer.tells_nothing(["text"])
    assert analyzer.masked("192.0.2.8 AN-12340") == "1***"
    assert analyzer.all_spans(["ingen", "AN-12340"]) == [[], [(0, 8, "")]]


def test_who_does_not_ask_for_faults_is_raised_at() -> None:
    with pytest.raises(ValueError, match=ODD):
        Analyzer([Staff()]).find({"text": VALUES})


def test_memory_that_runs_out_is_nobodys_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def prove(_self: Staff, _candidate: Candidate) -> Proof | None:
        raise MemoryError

    monkeypatch.setattr(Staff, "prove", prove)
    with pytest.raises(MemoryError):
        Analyzer([Staff()]).find({"text": VALUES}, faults=Faults())


def test_nothing_is_shown_of_a_text_that_could_not_be_looked_at() -> None:
    analyzer = Analyzer([Staff(), *OTHERS])
    assert analyzer.masked(f"{ODD} från 192.0.2.8") == "A***"
    spans = analyzer.all_spans(["från 192.0.2.8", ODD, ""])
    assert spans == [[(5, 14, "IP_ADDRESS")], [(0, len(ODD), "")], []]


def test_presidio_has_what_the_others_find_and_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    (recognizer,) = registry([Staff(), *OTHERS]).recognizers
    with caplog.at_level(logging.WARNING):
        results = recognizer.analyze(VALUES[2] or "", [])
    assert [result.entity_type for result in results] == ["IP_ADDRESS"]
    assert [record.getMessage() for record in caplog.records] == [
        "Staff raised ValueError: what it finds in a text is missing"
    ]
