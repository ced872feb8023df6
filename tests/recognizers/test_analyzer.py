"""The analyzer: what columns, names of fields, words near by and overlaps do to what the recognizers prove."""

from __future__ import annotations

import random
from functools import cache
from importlib.metadata import EntryPoint

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recognizers import Analyzer, Match, RecognizerError
from recognizers.installed import installed, load
from recognizers.ip import IpRecognizer
from recognizers.luhn import luhn
from recognizers.organisationsnummer import OrganisationsnummerRecognizer
from recognizers.personnummer import PersonnummerRecognizer
from recognizers.samordningsnummer import SamordningsnummerRecognizer
from tests.recognizers.test_outlines import written

pytestmark = pytest.mark.slow


@cache
def analyzer() -> Analyzer:
    return Analyzer()


def accepted(fields: dict[str, list[str | None]]) -> list[Match]:
    return [match for match in analyzer().find(fields) if match.score >= 0.5]


def share(name: str, values: list[str], entity: str) -> float:
    found = [match for match in accepted({name: list(values)}) if match.entity == entity]
    return len({match.record for match in found}) / len(values)


def checked(digits: str) -> str:
    return next(f"{digits}{check}" for check in range(10) if luhn(f"{digits}{check}"))


def personnummer(count: int, form: str = "{}{}", seed: int = 1) -> list[str]:
    chosen = random.Random(seed)
    births = (
        f"{chosen.randrange(30, 100)}{chosen.randrange(1, 13):02}{chosen.randrange(1, 29):02}" for _ in range(count)
    )
    numbers = [checked(f"{birth}{chosen.randrange(980, 1000)}") for birth in births]
    return [form.format(number[:6], number[6:]) for number in numbers]


def digits(count: int, length: int, seed: int = 1) -> list[str]:
    chosen = random.Random(seed)
    return ["".join(chosen.choices("0123456789", k=length)) for _ in range(count)]


def sequence(count: int) -> list[str]:
    return [f"{8507090000 + step}" for step in range(count)]


def dated_orders(count: int) -> list[str]:
    return [f"85{1 + step // 28 % 12:02}{1 + step % 28:02}{step:04}" for step in range(count)]


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("falt1", digits(2000, 10)),
        ("falt1", digits(20, 10, seed=5)),
        ("order_nr", personnummer(5) + digits(500, 10)),
        ("falt1", sequence(300)),
        ("falt1", dated_orders(300)),
        ("falt1", [f"{number[:6]}-{number[6:]}" for number in digits(1000, 10)]),
        ("tid", [f"2024051{day}{hour:02}{minute:02}" for day in range(10) for hour in range(24) for minute in (5, 10)]),
    ],
    ids=["random", "few", "order numbers", "sequence", "dates", "separated", "times"],
)
def test_numbers_that_pass_by_chance_are_no_personnummer(name: str, values: list[str]) -> None:
    assert share(name, values, "SE_PERSONNUMMER") <= 0.01


@pytest.mark.parametrize("name", ["falt1", "pnr", "order_nr"])
def test_a_column_full_of_personnummer_is_one_whatever_its_name(name: str) -> None:
    assert share(name, personnummer(40), "SE_PERSONNUMMER") == 1


def test_mistyped_numbers_in_a_column_of_personnummer_are_found_too() -> None:
    values = [*personnummer(40), "9001189812"]
    assert share("falt1", values, "SE_PERSONNUMMER") == 1


def test_invented_numbers_with_separators_are_found_although_few_pass() -> None:
    values = [f"{number[:-1]}{(int(number[-1]) + 1) % 10}" for number in personnummer(40, "{}-{}")]
    assert share("falt1", values, "SE_PERSONNUMMER") == 1


def test_persons_among_companies_are_found() -> None:
    companies = [checked(f"5560{number:05}") for number in range(0, 400, 7)]
    assert share("kund_orgnr_pnr", [*personnummer(14), *companies], "SE_PERSONNUMMER") > 0.15


@pytest.mark.parametrize(
    ("name", "value", "entity"),
    [
        ("pnr", "192.0.2.{}", "IP_ADDRESS"),
        ("falt1", "070-1740{}", "PHONE_NUMBER"),
        ("personnummer", "0701740{}", "PHONE_NUMBER"),
        ("telefon", "0701740{}", "PHONE_NUMBER"),
    ],
)
def test_a_name_that_lies_loses(name: str, value: str, entity: str) -> None:
    numbers = range(605, 700) if entity == "PHONE_NUMBER" else range(1, 20)
    values = [value.format(number) for number in numbers]
    found = accepted({name: list(values)})
    assert {match.entity for match in found} == {entity}
    assert len(found) >= 0.9 * len(values)


def test_a_mobile_number_that_passes_as_samordningsnummer_is_a_phone_number_unless_labelled() -> None:
    found = accepted({"": ["hej 0701740607", "samordningsnummer 0701740607"]})
    assert [match.entity for match in found] == ["PHONE_NUMBER", "SE_PERSONNUMMER"]
    assert "over:SE_PERSONNUMMER" in found[0].why


def test_one_span_has_one_type_and_inner_identifiers_are_dropped() -> None:
    text = "IBAN SE45 5000 0000 0583 9825 7466, kort 4111 1111 1111 1111, 900118-9811"
    found = accepted({"": [text]})
    assert [match.entity for match in found] == ["IBAN_CODE", "CREDIT_CARD", "SE_PERSONNUMMER"]


def test_values_expand_to_their_records_in_order() -> None:
    matches = analyzer().find(
        {"b": ["192.0.2.1", None, "", "192.0.2.1"], "a": ["", "900118-9811 och 192.0.2.9", None, None]}
    )
    assert [(m.record, m.field, m.start) for m in matches] == [(0, "b", 0), (1, "a", 0), (1, "a", 16), (3, "b", 0)]
    assert matches.counts == {"b": (2, 1), "a": (1, 1)}
    assert len(matches.keys) == 3
    assert matches.start.dtype == np.int32


def test_nothing_gives_empty_arrays() -> None:
    assert list(analyzer().find({})) == []
    assert list(analyzer().find({"a": [], "b": []})) == []
    assert len(analyzer().find({"a": [None, "", " "]}).record) == 0


def test_a_nul_in_a_value_moves_nothing() -> None:
    values: list[str | None] = ["a\0b 900118-9811", "192.0.2.7\0"]
    assert [(values[m.record] or "")[m.start : m.end] for m in accepted({"": values})] == ["900118-9811", "192.0.2.7"]


def test_a_code_is_worth_in_each_text_what_its_words_there_say() -> None:
    texts = ["pinkod 4711", "4711 är nya portkoden"]
    alone = [[match.score for match in analyzer().find({"": [text]})] for text in texts]
    assert alone[0] != alone[1]
    together = analyzer().find_each([{"": text} for text in texts])
    assert [[match.score for match in matches] for matches in together] == alone


def test_no_repr_shows_a_value() -> None:
    matches = analyzer().find({"": ["Anna Lindqvist 900118-9811"]})
    shown = repr(matches) + repr(matches.keys) + "".join(map(repr, matches))
    assert "9811" not in shown
    assert "Lindqvist" not in shown


def test_masked_hides_what_is_found() -> None:
    text = "kund 900118-9811 från 192.0.2.17, VAT SE900118981101, kort 4111 1111 1111 1111"
    shown = analyzer().masked(text)
    assert shown == "kund 900118-**** från 192.0.*.*, VAT SE900118****01, kort **** 1111"
    assert analyzer().masked("inget här") == "inget här"


@pytest.mark.parametrize("field", ["path", "", "namn"])
def test_many_texts_have_the_spans_that_each_has_alone(field: str) -> None:
    texts = [text for text in written() if text and "\0" not in text]
    chosen = random.Random(3).sample(texts, 700)
    numbers = ["0701740605", "0701740606", "0701740607", "8112189876", "9001189811"]  # bare ones count in columns only
    expected = [analyzer().spans(text, field) for text in (*chosen, *numbers)]
    assert analyzer().all_spans([*chosen, *numbers], field) == expected
    assert analyzer().all_spans([*numbers, *chosen], field) == expected[len(chosen) :] + expected[: len(chosen)]
    assert sum(map(len, expected)) > 200


@pytest.mark.parametrize("names", [("",), ("path",), ("", "title")])
def test_many_records_have_what_each_has_alone(names: tuple[str, ...]) -> None:
    texts: list[str | None] = [text for text in written() if text and "\0" not in text]
    texts = [
        *random.Random(4).sample(texts, 400),
        None,
        "",
        "\u200b",
        "9001\u200b18-9811",
        "900118-9811",
        "900118-9811",
    ]
    records = [dict(zip(names, texts[at:] + texts[:at], strict=False)) for at in range(len(texts))]
    assert analyzer().tells_nothing(names)
    together = analyzer().find_each(records)
    for record, matches in zip(records, together, strict=True):
        alone = analyzer().find({name: [text] for name, text in record.items()})
        assert list(matches) == list(alone)
        assert dict(matches.counts) == dict(alone.counts)
    assert sum(map(len, together)) > 100


@pytest.mark.parametrize(
    "texts",
    [
        [f"07017406{at:02}" for at in range(5, 17)],
        [f"90011898{at:02}" for at in range(5, 17)],
        [*(f"Storgatan {at}" for at in range(1, 11)), "Norrgården 4", "Ekbacken 12"],
        ["Anna", "Erik", "Lars", "Eva", "Karin", "Nils", "Maria", "Per", "Jan", "Kitok"],
        [
            f"noll sju noll ett sju fyra noll sex noll {digit}"
            for digit in ["noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta"]
        ],
    ],
)
def test_records_make_no_column(texts: list[str]) -> None:
    together = analyzer().find_each([{"": text} for text in texts])
    assert list(map(list, together)) == [list(analyzer().find({"": [text]})) for text in texts]


@pytest.mark.parametrize("rows", [3, 20])
def test_a_table_in_a_text_is_judged_by_itself(rows: int) -> None:
    """Of few rows by none, of many by all of its own; never with another text's."""
    phones = [f"0701740{605 + at}" for at in range(90)]
    lists = [phones[at : at + rows] for at in range(0, 4 * rows, rows)]
    texts = [
        "\n".join(("Enligt listan:", "nr;telefon", *(f"{at};{phone}" for at, phone in enumerate(one)))) for one in lists
    ]
    together = analyzer().find_each([{"": text} for text in (*texts, "inget")])
    for text, matches in zip((*texts, "inget"), together, strict=True):
        assert list(matches) == list(analyzer().find({"": [text]}))
    assert sum(map(len, together)) == 4 * rows


@pytest.mark.parametrize(
    "names", [("namn",), ("ref",), ("", "personnummer"), ("kod",), ("adress",), ("objekt", "nyckelskap")]
)
def test_names_that_tell_something_of_their_values(names: tuple[str, ...]) -> None:
    assert not analyzer().tells_nothing(names)


def test_the_version_tells_recognizers_and_their_versions_apart() -> None:
    class Newer(IpRecognizer):
        version = f"{IpRecognizer.version}, newer"

    newer = type("IpRecognizer", (Newer,), {"__module__": IpRecognizer.__module__})
    versions = {Analyzer([kind()]).version for kind in (IpRecognizer, PersonnummerRecognizer, newer)}
    assert len(versions) == 3
    assert Analyzer([IpRecognizer()]).version == Analyzer([IpRecognizer()]).version


def test_all_installed_recognizers_are_loaded_by_rank() -> None:
    ranks = [recognizer.rank for recognizer in installed()]
    assert len(ranks) >= 16
    assert ranks == sorted(ranks)


@pytest.mark.parametrize("value", ["recognizers.nowhere:X", "recognizers.ip:Nothing", "collections:OrderedDict"])
def test_a_recognizer_that_cannot_be_loaded_is_not_left_out(value: str) -> None:
    with pytest.raises(RecognizerError, match="recognizer thing"):
        load(EntryPoint("thing", value, "insyn.recognizers"))


TEXT = st.text(alphabet="0123456789 -+.,:a\nå\0Xåö\u2011\u00a0", max_size=60)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.none(), TEXT, st.just("900118-9811"), st.just("x 192.0.2.1")), max_size=8))
def test_spans_lie_in_their_values_and_do_not_overlap(values: list[str | None]) -> None:
    last = (-1, 0)
    for match in analyzer().find({"": values}):
        value = values[match.record]
        assert value is not None
        assert 0 <= match.start < match.end <= len(value)
        assert (match.record, match.start) >= last
        last = (match.record, match.end)


@settings(max_examples=20, deadline=None)
@given(st.lists(TEXT, max_size=5), st.lists(TEXT, max_size=5))
def test_a_value_is_judged_alike_beside_other_columns(one: list[str], other: list[str]) -> None:
    both = [m for m in analyzer().find({"a": one, "b": other}) if m.field == "a"]
    assert sorted(map(repr, both)) == sorted(map(repr, analyzer().find({"a": one})))


@pytest.mark.parametrize("length", [10, 12, 16])
def test_random_digits_are_no_findings(length: int) -> None:
    own = Analyzer([PersonnummerRecognizer(), SamordningsnummerRecognizer(), OrganisationsnummerRecognizer()])
    values = digits(200_000, length, seed=length)
    matches = own.find({"falt1": values})
    assert np.count_nonzero(matches.score >= 0.5) <= 0.0005 * len(values)
