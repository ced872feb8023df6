"""The texts that the model learns from: their names are where they are said to be, the same seed gives the same."""

from __future__ import annotations

from random import Random

import pytest

from recognizers.lexicon import names
from recognizers.training.augmenting import capitals, in_sentences, lowered, swapped
from recognizers.training.examples import Example
from recognizers.training.people import person, surname
from recognizers.training.texts import fill, texts

TEXT = Example("Karin Ek ringde İlkay. Hon ville prata med Åsa nu genast.", ((0, 8), (16, 21), (43, 46)))


def named(example: Example) -> list[str]:
    return [example.text[start:end] for start, end in example.spans]


def test_names_of_a_template() -> None:
    made = fill(Random(1), "Namn: {R}, {phone}. {G} {S} ringde {Gs} chef på {company}.")
    reversed_, whole, genitive = named(made)
    assert ", " in reversed_
    assert made.text.startswith(f"Namn: {reversed_}, 070-174 06 ")
    assert f". {whole} ringde {genitive} chef på " in made.text
    assert genitive.endswith(("s", "x", "z"))


def test_the_same_seed_gives_the_same_texts() -> None:
    assert texts(Random(1), 50) == texts(Random(1), 50) != texts(Random(2), 50)


def test_unseen_templates_are_not_learnt_from() -> None:
    learnt = {example.text for example in texts(Random(1), 4000)}
    unseen = {example.text for example in texts(Random(1), 400, unseen=True)}
    assert "Öppettider: Vardagar 8-17, Lördag Stängt." in unseen
    assert not learnt & unseen


def test_some_names_are_on_no_list() -> None:
    parts = [part for _ in range(300) for part in person(Random(_)).casefold().replace("-", " ").split()]
    unknown = [part for part in parts if part not in names() and len(part) > 3]
    assert 0.1 < len(unknown) / len(parts) < 0.5


def test_copies_keep_their_names() -> None:
    assert named(lowered(TEXT)) == ["karin ek", "i̇lkay", "åsa"]
    assert named(capitals(TEXT)) == ["KARIN EK", "İLKAY", "ÅSA"]
    other = swapped(Random(3), TEXT)
    assert [len(name.split()) for name in named(other)] == [2, 1, 1]
    assert not set(named(other)) & set(named(TEXT))


def test_sentences_keep_their_names() -> None:
    assert [named(piece) for piece in in_sentences(TEXT)] == [["Karin Ek", "İlkay"], ["Åsa"]]


@pytest.mark.parametrize("seed", range(20))
def test_surnames_are_capitalised(seed: int) -> None:
    assert surname(Random(seed)).rpartition(" ")[2][0].isupper()
