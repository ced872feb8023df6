"""The name model without spaCy: the same tokens and the same names as with it."""

from __future__ import annotations

from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from recognizers.model import by_spacy
from recognizers.murmur import string_id
from recognizers.name_reader import SHIPPED, NameReader
from recognizers.pipeline import trained
from recognizers.tokens import Tokenizer
from recognizers.training.texts import texts

PIECES = (
    *("Anna", "karin", "Xhevrije", "LARSSON", "t.ex.", "bl.a.", "kl.", "Mån.", "harru", "Hörru", "10kg", "5:e", "A."),
    *("Anna-Karin", "Larssons'", "o.s.v.", "C++", "www.example.se", "(jfr", "d.v.s.)", "tel.070-1740605,", "K.Ek"),
    *("...", "€5", "30%", "e-post:anna@example.se", "Ring!!!", "Lars,Eva", "Hej/hejdå", "<br>", "X", ":-)", "—"),
    *("http://192.0.2.1:80/x?y", "X.", "dep", "\t", "\u00a0", "\u2011", "”Ja”", "ringde", "hälsa", "från", "familjen"),
)
SENTENCES = st.lists(st.sampled_from((*PIECES, " ", "  ", ".", ",", ": ", "\n")), max_size=14)


@cache
def spacys() -> Language:
    return trained()


@cache
def ours() -> NameReader:
    return NameReader()


@cache
def tokenizer() -> Tokenizer:
    return Tokenizer.of(SHIPPED)


def assert_same(sentence: str) -> None:
    cut = tokenizer().tokens(sentence)
    tokens = [(start, text) for start, (text, _) in zip(cut.starts, cut.parts, strict=True)]
    assert tokens == [(token.idx, token.text) for token in spacys().make_doc(sentence)]
    assert ours()([sentence]) == by_spacy(spacys())([sentence])


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(SENTENCES, st.sampled_from(["", " "]))
def test_the_same_as_spacy(pieces: list[str], between: str) -> None:
    assert_same(between.join(pieces))


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("aåÖX09 .,:;-!?'\"()/@_\t\u00a0—…€´’"), max_size=30))
def test_the_same_signs_as_spacy(sentence: str) -> None:
    assert_same(sentence)


def test_many_at_once_are_read_as_one_by_one() -> None:
    sentences = [example.text for example in texts(Random(3), 120)]
    found = ours()(sentences)
    assert found == by_spacy(spacys())(sentences)
    assert sum(map(len, found)) > 60
    assert ours()([]) == []
    assert ours()(["", sentences[0]]) == [(), found[0]]


@pytest.mark.parametrize("text", ["", "a", "larm", "12345678", "Åström-Ek", "\U0001f600", "0123456789abcdef!"])
def test_numbers_of_strings_are_spacys(text: str) -> None:
    assert string_id(text) == spacys().vocab.strings[text]
