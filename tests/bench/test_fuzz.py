"""Fuzzing: what reached new code or broke something is tried again; the record adds up."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.fuzz import corpus
from bench.fuzz.__main__ import harmless
from bench.fuzz.targets import TARGETS
from bench.fuzz.worker import Keeper
from bench.trust.figures import fuzzing
from tests.test_tree import luhn


@pytest.mark.slow
@pytest.mark.parametrize("name", TARGETS)
def test_what_was_found_is_tried_again(name: str) -> None:
    """T43, T47, T49, S06: seeds, inputs that reached new code, and those that broke something, which is mended."""
    target = TARGETS[name]
    for data in (*target.seeds(), *corpus.kept(name), *corpus.crashed(name)):
        target.run(data)


def test_what_is_kept_is_of_a_target() -> None:
    slugs = {corpus.slug(name) for name in TARGETS}
    assert {path.stem for path in corpus.KEPT.glob("*.zip")} == slugs
    assert {path.name for path in corpus.CRASHED.iterdir()} <= slugs


def test_nothing_that_is_kept_may_be_somebodys() -> None:
    assert [name for name in TARGETS if not all(map(harmless, (*corpus.kept(name), *corpus.crashed(name))))] == []


def test_a_number_that_came_about_is_not_kept() -> None:
    number = next(f"900118-923{last}" for last in range(10) if luhn(f"900118923{last}"))
    assert not harmless(f"x {number} y".encode())
    assert harmless(b"900118-9811")


def test_each_way_to_break_is_kept_once(tmp_path: Path) -> None:
    def run(data: bytes) -> None:
        if data.startswith(b"a"):
            raise KeyError
        assert not data.startswith(b"b"), "a column of another length"
        assert not data.startswith(b"c"), "NUL in a value"

    keeper = Keeper(run, tmp_path)
    for data in (b"a1", b"b1", b"a2", b"c1", b"b2", b"d"):
        keeper(data)
    assert sorted(path.read_bytes() for path in tmp_path.iterdir()) == [b"a1", b"b1", b"c1"]


def test_the_smallest_are_kept_and_the_same_bytes_are_written(tmp_path: Path) -> None:
    found = [bytes([at]) * at for at in range(1, 60)] + [bytes(100_000)]
    corpus.keep("a b", found, tmp_path)
    once = (tmp_path / "a-b.zip").read_bytes()
    assert corpus.kept("a b", tmp_path) == found[:30]
    corpus.keep("a b", reversed(found), tmp_path)
    assert (tmp_path / "a-b.zip").read_bytes() == once


def test_the_record_adds_up(tmp_path: Path) -> None:
    for target, crashes in (("read pdf", 1), ("read pdf", 0), ("policy", 0)):
        run = {"day": "2026-11-28", "commit": "abc", "target": target, "seconds": 1800, "executions": 1000}
        corpus.note(run | {"crashes": crashes}, tmp_path / "record")
    told = fuzzing(list(corpus.record(tmp_path / "record")), 2)
    assert told == (
        "fuzzing: 1.50 hours, 2 targets, 3,000 executions, 1 way to break found, 2 inputs kept that broke once "
        "and hold now, 0 ways left in the last run of each (2026-11-28)"
    )


def test_all_that_is_recorded_is_mended() -> None:
    last = {run["target"]: run for run in corpus.record()}
    assert set(last) >= set(TARGETS)
    assert [name for name, run in last.items() if run["crashes"]] == []
