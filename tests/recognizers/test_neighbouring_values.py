"""What a shape proposes in a value does not depend on the values beside it in its column."""

from __future__ import annotations

import random
import re

import pytest

from recognizers import Recognizer
from recognizers.installed import installed
from recognizers.secret import SecretRecognizer
from tests.recognizers.test_outlines import written

pytestmark = pytest.mark.slow

SHAPES = {
    shape.pattern: f"{recognizer.entity} {shape.name}"
    for recognizer in installed()
    if type(recognizer).candidates is Recognizer.candidates
    for shape in recognizer.shapes
}


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("pattern", SHAPES, ids=SHAPES.get)
def test_a_column_of_values_and_each_alone(pattern: re.Pattern[str], seed: int) -> None:
    values = [value.replace("\0", " ") for value in written() if value]
    random.Random(seed).shuffle(values)
    alone = [match.group() for value in values for match in pattern.finditer(value)]
    assert [match.group() for match in pattern.finditer("\0".join(values))] == alone


def test_a_date_after_a_label_is_no_password_for_a_letter_in_the_next_value() -> None:
    assert not list(SecretRecognizer().candidates("lösenord 2024-05-01\0Anna"))
    assert list(SecretRecognizer().candidates("lösenord Sommar2026\0Anna"))
