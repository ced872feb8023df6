"""The label sets themselves: as many and as varied as promised, well-formed, and of fictional people only."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from bench.accuracy import mentions, placing
from bench.accuracy.chance import taken
from bench.accuracy.columns import answer, cases, lines
from bench.accuracy.corpus import sentences
from bench.accuracy.halves import PARTS, of_half
from bench.accuracy.identity import SERIALS
from bench.accuracy.labels import ENTITIES, SLOTS, LabelError, fill, lowered, registers, templates, texts
from bench.accuracy.noise import luhn13
from bench.accuracy.scoring import Found, tally
from bench.accuracy.slots import ORIGINS, VALUES, Filler, luhn_digit
from reports.policy import load

WHOLE = {part: list(texts(part)) for part in PARTS}


def test_the_promised_size() -> None:
    """At least 300 hand-written texts of 15 registers, 1,000 spans a half, 400 column cases."""
    assert len({text for register in registers() for text in templates(register)}) >= 300
    assert len(registers()) >= 15
    assert all(sum(bool(span.entity) for text in WHOLE[part] for span in text.spans) >= 1000 for part in PARTS)
    assert sum(len(list(cases(part))) for part in PARTS) >= 400
    assert len(set(lines())) == len(lines())


@pytest.mark.parametrize("part", PARTS)
def test_every_entity_and_register_in_each_half(part: str) -> None:
    given = Counter(span.entity for text in WHOLE[part] for span in text.spans)
    assert all(given[entity] >= 8 for entity in ENTITIES), given
    assert {text.register for text in WHOLE[part]} >= set(registers())
    assert given[""] >= 300, "near-misses"


@pytest.mark.parametrize("part", PARTS)
def test_spans_lie_in_order_and_hold_something(part: str) -> None:
    for text in WHOLE[part]:
        ends = [0]
        for span in text.spans:
            assert ends[-1] <= span.start < span.end <= len(text.text)
            assert text.text[span.start : span.end].strip()
            ends.append(span.end)
        assert "{" not in text.text or text.register in ("json", "log", "mixed")


def test_no_name_is_in_both_halves() -> None:
    for origin in ORIGINS:
        for pool in (f"{origin}_first", f"{origin}_last"):
            both = [of_half(VALUES[pool], part) for part in PARTS]
            assert all(both), pool
            assert not set(both[0]) & set(both[1])


def test_the_same_on_every_run() -> None:
    assert list(texts("dev")) == WHOLE["dev"]


def test_personnummer_are_official_test_numbers() -> None:
    filler = Filler(random.Random(1), "dev")
    for name, slot in SLOTS.items():
        for _ in range(50 if slot.entity == "SE_PERSONNUMMER" and "masked" not in name else 0):
            digits = "".join(filter(str.isdigit, slot.make(filler, "")))[-10:]
            assert digits[6:9] in SERIALS, name
            assert (luhn_digit(digits[:9]) == digits[9]) != (slot.tier == "mistyped"), name


def test_check_digits() -> None:
    """ISO/IEC 7812-1 (a documented card number) and GS1's example."""
    assert luhn_digit("411111111111111") == "1"
    assert luhn13("629104150021") == "3"


@pytest.mark.parametrize("wrong", ["[PERSN Anna Ek]", "{fulll}", "{full|uper}"])
def test_a_misspelt_mark_is_refused(wrong: str) -> None:
    with pytest.raises(LabelError):
        fill(wrong, Filler(random.Random(1), "dev"))


def test_lower_case_keeps_the_spans() -> None:
    for text in WHOLE["dev"]:
        low = lowered(text)
        assert len(low.text) == len(text.text)
        assert low.text != text.text or text.text == text.text.lower()


def test_counting() -> None:
    """A right finding, a missed label, a false finding, and an optional one that counts nowhere."""
    filler = Filler(random.Random(1), "dev")
    text, spans = fill("[PERSON Anna Ek] och [PERSON Bo Berg], order [?CUSTOMER_ID 4711], 2026", filler)
    labelled = type(WHOLE["dev"][0])("x", 1, "dev", text, spans)
    found = [Found("PERSON", 0, 4), Found("CUSTOMER_ID", spans[2].start, spans[2].end),
             Found("PHONE_NUMBER", len(text) - 4, len(text)), Found("PERSON", 12, 19, 0.4)]  # fmt: skip
    counted = tally([(labelled, found)])
    person = counted.entities["PERSON"]
    assert (person.given, person.recalled, person.recalled_exact, person.found, person.right) == (2, 1, 0, 1, 1)
    assert counted.entities["PHONE_NUMBER"].rates()[0] == 0
    assert "CUSTOMER_ID" not in counted.entities
    assert counted.false == {("PHONE_NUMBER", "text"): 1}


def test_a_street_and_the_place_after_it_are_one_address() -> None:
    filler = Filler(random.Random(1), "dev")
    assert len(fill("{street}, {place}", filler)[1]) == len(fill("{street}\n{place}", filler)[1]) == 1
    assert len(fill("{street}, portkod 12, {place}", filler)[1]) == 2


def test_a_corpus_becomes_sentences_with_people(tmp_path: Path) -> None:
    path = tmp_path / "corpus.txt"
    path.write_text("Anna\tPER\nEk\tPER\n,\t0\nBo\tPER\n.\t0\n\nHej\t0\n", encoding="utf-8")
    first, second = sentences(path)
    assert (first.text, second.text) == ("Anna Ek, Bo.", "Hej")
    assert [first.text[span.start : span.end] for span in first.spans] == ["Anna Ek", "Bo"]


def test_chance_counts_a_number_once() -> None:
    two = [Found("PERSON", 0, 1), Found("PHONE_NUMBER", 0, 1), Found("ADDRESS", 0, 1, 0.4)]
    assert taken("10 digits", 3, lambda values: [two] * len(values)) == {"PERSON": 3, "PHONE_NUMBER": 3, "any": 3}


def test_the_type_of_a_column_is_that_of_half_its_values() -> None:
    one, low = [Found("PERSON", 0, 2)], [Found("PERSON", 0, 2, 0.3)]
    assert answer([one, one, [], []], ["a", "b", "c", "d"]) == "PERSON"
    assert answer([one, low, [], []], ["a", "b", "c", "d"]) == "none"
    assert answer([one, [], []], ["a", "b", ""]) == "PERSON"


def test_the_second_set_and_the_mentions() -> None:
    """At least 250 texts in two halves, a third of them and of the columns near-misses; sentences of both kinds."""
    written = [text for part in PARTS for text in texts(part, "second")]
    assert len(written) >= 250
    assert sum(not any(span.entity for span in text.spans) for text in written) >= len(written) / 3
    assert len(lines("second")) >= 120
    assert sum("| none |" in line for line in lines("second")) >= 40
    for part in PARTS:
        given = {(entity, mentioned) for entity, mentioned, _ in mentions.cases(part)}
        assert {entity for entity, _ in given} == {entity for entity, mentioned in given if mentioned}
        assert len(given) >= 12


def test_names_of_fields_are_placed_in_categories_that_exist() -> None:
    policy = load("omnipoint")
    known = {placing.NONE, *policy.categories, *policy.not_in_policy}
    for part in PARTS:
        given = list(placing.cases(part))
        assert {one for case in given for one in case.categories} <= known
        assert sum(case.categories == (placing.NONE,) for case in given) >= len(given) / 3
