"""The recipe: the same input gives the same model, and it learns."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from recognizers.pipeline import save, trained
from recognizers.training.__main__ import main
from recognizers.training.fitting import digest, fit
from recognizers.training.measuring import measure
from recognizers.training.texts import texts
from recognizers.word_classes import word_class

ENOUGH = 0.5


@pytest.mark.parametrize(
    ("text", "code"),
    [("17", "number"), ("/", "sign"), ("larmet", "00o"), ("Karin", "20"), ("Lindqvists", "02g"), ("Lund", "02ot")],
)
def test_word_class(text: str, code: str) -> None:
    assert word_class(text) == code


@pytest.mark.slow
def test_the_recipe_is_deterministic_and_learns(tmp_path: Path) -> None:
    told: list[str] = []
    for name in ("one", "two"):
        save(fit([], rounds=3, made=1000, tell=told.append), tmp_path / name)
    assert digest(tmp_path / "one") == digest(tmp_path / "two")
    assert told[0].startswith("round 1 of 3: loss ")
    model, made = trained(tmp_path / "one"), texts(Random(9), 100)
    found = [[(name.start_char, name.end_char) for name in model(example.text).ents] for example in made]
    assert measure(found, made).f1 > ENOUGH


def test_the_model_holds_no_words_of_its_texts(tmp_path: Path) -> None:
    save(fit([], rounds=1, made=20, tell=str), tmp_path)
    held = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["tokens.json", "weights.npz"]
    assert b"larmet" not in held


def test_measure() -> None:
    wanted = texts(Random(1), 30)
    assert measure([example.spans for example in wanted], wanted) == (1, 1, pytest.approx(1))
    assert measure([[] for _ in wanted], wanted) == (0, 0, 0)


def test_a_missing_corpus_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "none.txt")]) == 1
    assert capsys.readouterr().err == f"corpus {tmp_path / 'none.txt'} cannot be read: No such file or directory\n"
