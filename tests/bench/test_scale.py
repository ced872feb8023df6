"""The estate and the clock of `bench.scale`."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from bench.scale.breakdown import Clock
from bench.scale.estate import COLUMNS, NOTE_EVERY, rows
from scanner.demo.numbers import TEST_SERIALS, is_identity


class Work:
    """An outer stage with an inner one."""

    def outer(self) -> None:
        """Spend 10 ms, and 40 ms inside."""
        time.sleep(0.01)
        self.inner()

    def inner(self) -> None:
        """Spend 40 ms."""
        time.sleep(0.04)

    def items(self) -> Iterator[int]:
        """Spend 20 ms before each item."""
        for number in range(2):
            time.sleep(0.02)
            yield number


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    for name in ("outer", "inner", "items"):
        monkeypatch.setattr(Work, name, getattr(Work, name))  # given back afterwards
    made.around(Work, "outer", "outer")
    made.around(Work, "inner", "inner")
    made.around_items(Work, "items", "read")
    return made


def test_a_stage_inside_another_counts_for_itself_only(clock: Clock) -> None:
    began = time.perf_counter()
    Work().outer()
    whole = time.perf_counter() - began
    assert clock.stages["inner"][1] >= 0.04
    assert 0.01 <= clock.stages["outer"][1] <= whole - 0.04


def test_what_is_done_between_items_does_not_count_for_the_reader(clock: Clock) -> None:
    began = time.perf_counter()
    for _ in Work().items():
        time.sleep(0.05)
    whole = time.perf_counter() - began
    assert 0.04 <= clock.stages["read"][1] <= whole - 0.1


def test_rows_are_the_same_again_and_of_nobody() -> None:
    made = list(rows(8))
    assert made == list(rows(8))
    assert all(set(row) == {"id", *COLUMNS} for row in made)
    assert [row["id"] for row in made if row["anteckning"]] == list(range(0, 8, NOTE_EVERY))
    for row in made:
        number = str(row["personnummer"])
        assert is_identity(number)
        assert int(number[8:11]) in TEST_SERIALS
