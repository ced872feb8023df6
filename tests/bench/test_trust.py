"""The trust table: every fault and threat is shown by a test or said to be open, and the page says the same."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from bench.trust.__main__ import line
from bench.trust.collect import ROOT, Item, by_id, carried, items, outcomes, result
from bench.trust.page import PAGE, page

ITEMS = items()
FILE = re.compile(r"`(tests/[^`]+)`")
FILES = re.compile(rf"{FILE.pattern}(, )?")
AGAIN = "run python -m bench.trust --write"


def test_all_are_in_the_table() -> None:
    assert [item.id for item in ITEMS] == [f"T{at:02}" for at in range(1, 73)] + [f"S{at:02}" for at in range(1, 25)]


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_each_is_shown_by_a_test_or_said_to_be_open(item: Item) -> None:
    assert item.tests or item.open, f"{item.id}: no test carries it, and nothing says why"


def test_no_test_carries_an_id_that_is_not_there() -> None:
    assert set(by_id(ROOT / "tests")) <= {item.id for item in ITEMS}


def test_the_page_says_what_the_table_says() -> None:
    """A file that is named carries the id; one that carries it too may be left out until the page is made anew."""
    written, made = (text.splitlines() for text in (PAGE.read_text(encoding="utf-8"), page(ITEMS)))
    assert [FILES.sub("", row) for row in written] == [FILES.sub("", row) for row in made], AGAIN
    for before, now in zip(written, made, strict=True):
        assert set(FILE.findall(before)) <= set(FILE.findall(now)), AGAIN


@pytest.mark.parametrize(
    ("name", "docstring", "ids"),
    [
        ("test_t17_a_drop", "", {"T17"}),
        ("test_a_drop", "S8, T33: again, on S3.", {"S08", "T33"}),
        ("test_s3_is_storage", "", set()),
        ("test_a_package", "S-03: forged.", {"S03"}),
        ("test_t_17", "T171, ST17, 12", set()),
    ],
)
def test_ids_of_a_test(name: str, docstring: str, ids: set[str]) -> None:
    assert carried(name, docstring) == ids


def test_a_run_is_read(tmp_path: Path) -> None:
    (tmp_path / "run.xml").write_text(
        '<testsuites><testsuite><testcase classname="tests.a.test_b" name="test_c[1]"/>'
        '<testcase classname="tests.a.test_b" name="test_c[2]"><failure/></testcase>'
        '<testcase classname="tests.a.test_b" name="test_d"><skipped/></testcase></testsuite></testsuites>'
    )
    run = outcomes(tmp_path / "run.xml")
    item = Item("T01", "Killed", tests=tuple(f"tests/a/test_b.py::test_{one}" for one in "cde"))
    assert result(item, run) == Counter(passed=1, failed=1, skipped=1, **{"not run": 1})
    assert line(item, run) == "T01    3 tests  1 failed, 1 not run, 1 passed, 1 skipped  Killed"
