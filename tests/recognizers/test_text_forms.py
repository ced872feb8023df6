"""Canonical forms of the text recognizers: what meets, what does not; and what masks show."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recognizers import Analyzer
from recognizers.address import AddressRecognizer
from recognizers.base import Recognizer
from recognizers.email import EmailRecognizer
from recognizers.lexicon import GIVEN, SURNAME, WORD, names
from recognizers.name import NameRecognizer
from recognizers.ordinary import inflects, is_ordinary
from recognizers.phone import PhoneRecognizer
from recognizers.phonetic import surname_key
from recognizers.places import town_words
from recognizers.postal_code import PostalCodeRecognizer

ALL = (AddressRecognizer(), EmailRecognizer(), NameRecognizer(), PhoneRecognizer(), PostalCodeRecognizer())


@pytest.mark.parametrize(("one", "other"), [("Berg", "Borg"), ("Lind", "Lund"), ("Hall", "Hjelm"), ("Alm", "Elm")])
def test_surnames_that_sound_different(one: str, other: str) -> None:
    assert surname_key(one) != surname_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Karlsson", "Carlson"),
        ("Gustafsson", "Gustavsson"),
        ("Eriksson", "Ericsson"),
        ("Lindquist", "Lindkvist"),
        ("Hjelm", "Jelm"),
        ("Hällström", "Hellström"),
        ("Christensson", "Kristensson"),
    ],
)
def test_surnames_that_sound_alike(one: str, other: str) -> None:
    assert surname_key(one) == surname_key(other)


def _forms(recognizer: Recognizer, text: str) -> tuple[str, tuple[str, ...]]:
    proofs = [proof for proof in recognizer.prove_all(list(recognizer.candidates(text))) if proof]
    best = max(proofs, key=lambda proof: proof.score)
    return best.value, best.others


def test_forms_of_a_name() -> None:
    parts = ("parts:anna oberg", "given:ANA")
    assert _forms(NameRecognizer(), "Anna Öberg") == ("anna öberg", parts)
    assert _forms(NameRecognizer(), "Öberg, Anna") == ("anna öberg", parts)
    assert _forms(NameRecognizer(), "KARLSSON ANNA")[0] == "anna karlsson"
    assert _forms(NameRecognizer(), "Ring Anna") == ("anna", ("part:anna", "given:ANA"))


def test_a_surname_spelt_wrong_before_a_given_name_is_no_given_name() -> None:
    found = Analyzer().find({"namn": ["Svenssom Hugo", "Karlsson Anna", "Ekdahl Maria", "Lundmark Sven"]})
    assert {other for key in found.keys for other in key.others if "given" in other} == {
        "given:HUGO", "given:ANA", "given:MARIA", "given:SVEN",
    }  # fmt: skip


def test_forms_of_an_address() -> None:
    short, long = (_forms(AddressRecognizer(), text) for text in ("Storg. 5 B", "STORGATAN 5b, 123 45 LUND"))
    assert short == ("storgatan 5b", ("street:storgatan 5b",))
    assert long == ("storgatan 5b", ("street:storgatan 5b", "full:storgatan 5b 12345"))


@pytest.mark.parametrize(
    ("recognizer", "text", "masked"),
    [
        (EmailRecognizer(), "anna.ek@example.se", "a***@***.se"),
        (PhoneRecognizer(), "070-174 06 05", "070-*** ** 05"),
        (PhoneRecognizer(), "08-465 00 400", "08-*** ** *00"),
        (PhoneRecognizer(), "+46701740605", "+467******05"),
        (NameRecognizer(), "Anna Ek", "A*** E***"),
        (AddressRecognizer(), "Storgatan 5, 111 22 Stockholm", "Sto***"),
        (PostalCodeRecognizer(), "SE-123 45", "SE-1** **"),
    ],
)
def test_masks(recognizer: Recognizer, text: str, masked: str) -> None:
    assert recognizer.mask(text) == masked


def test_lexicons() -> None:
    assert names()["anna"] & GIVEN
    assert not names()["anna"] & WORD
    assert names()["björn"] & WORD
    assert names()["ek"] & SURNAME
    assert "stol" not in names()
    assert is_ordinary("kunden")
    assert inflects("sten")
    assert not inflects("karin")
    assert not is_ordinary("wahlgren")
    assert town_words(["Upplands", "Väsby", "idag"]) == 2


PIECES = st.sampled_from(
    [
        "Anna",
        "Ek",
        "Storgatan",
        "5",
        "070-174 06 05",
        "a@example.se",
        "123 45",
        "Lund",
        "\0",
        " ",
        ", ",
        "\n",
        "(",
        "+46",
        "Box",
    ]
)


@settings(max_examples=40)
@given(st.lists(PIECES | st.text(max_size=3), max_size=12))
def test_candidates_are_text_of_one_value(pieces: list[str]) -> None:
    text = "".join(pieces)
    for recognizer in ALL:
        for candidate in [*recognizer.candidates(text), *recognizer.sweep(text, named=True)]:
            assert candidate.text == text[candidate.start : candidate.end]
            assert "\0" not in candidate.text
            recognizer.prove(candidate)


@pytest.mark.slow
@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "piece", ["A", "Aa ", "0", "a@", "1 ", "A.", "Anna von ", "07 ", "+46 ", "Box 1 ", "a b 1 ", "Ek, ", "0-"]
)
def test_time_grows_with_length_only(piece: str) -> None:
    """A long text that teases the patterns: what is quadratic takes minutes."""
    text = piece * (300_000 // len(piece))
    for recognizer in ALL:
        for _ in recognizer.candidates(text):
            pass
