"""Controls broken on purpose: each change still fits the code, is taken back, and what came of it is kept honestly."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from bench.trust import broken
from bench.trust.broken import Break, breaks, changed, failing, figures, taken_out, without_false
from bench.trust.collect import ROOT, items
from bench.trust.figures import broken as line

BREAKS = breaks()


@pytest.mark.parametrize("one", BREAKS, ids=lambda one: one.name)
def test_each_change_fits_the_code(one: Break) -> None:
    """Else it is a control that nobody tries any more."""
    texts = {file: (ROOT / file).read_text(encoding="utf-8") for file, _, _ in one.edits}
    for file, old, new in one.edits:
        assert old != new
        texts[file] = changed(texts[file], old, new)
    for file, text in texts.items():
        assert file.endswith(".py")
        ast.parse(text)


def test_each_is_of_a_fault_or_threat_that_has_tests() -> None:
    tests = {item.id: item.tests for item in items()}
    assert all(tests[one.id] for one in BREAKS)
    assert len({one.name for one in BREAKS}) == len(BREAKS)
    assert len({one.id for one in BREAKS if one.id.startswith("S")}) >= 15
    assert len({one.id for one in BREAKS if one.id.startswith("T")}) >= 25


def test_a_change_is_taken_back_whatever_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(broken, "ROOT", tmp_path)
    (tmp_path / "a.py").write_text("x = 1\n")
    (tmp_path / "b.py").write_text("y = 1\n")
    fits, does_not = ("a.py", "x = 1", "x = 2"), ("b.py", "z", "")
    with pytest.raises(RuntimeError), taken_out(Break("T01", "", (fits,))):
        assert (tmp_path / "a.py").read_text() == "x = 2\n"
        raise RuntimeError
    with pytest.raises(ValueError, match="0 times"), taken_out(Break("T01", "", (fits, does_not))):
        pass
    assert [(tmp_path / name).read_text() for name in ("a.py", "b.py")] == ["x = 1\n", "y = 1\n"]


@pytest.mark.slow
def test_a_test_that_fails_has_seen_it_unless_it_fails_anyway(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(broken, "ROOT", tmp_path)
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_a.py").write_text("def test_good(): pass\ndef test_bad(): assert 0\n")
    assert failing(["tests/test_a.py::test_good"]) == set()
    assert failing(["tests/test_a.py"]) == {"tests/test_a.py::test_bad"}
    with pytest.raises(SystemExit, match="cannot be run"):
        failing(["tests/test_a.py::test_none"])
    found = without_false({"T01 a": "tests/test_a.py::test_good", "T01 b": "tests/test_a.py::test_bad", "T02 c": None})
    assert found == {"T01 a": "tests/test_a.py::test_good", "T01 b": "", "T02 c": None}
    assert "test_bad fails anyway" in capsys.readouterr().out
    good = {"T01 a": "tests/test_a.py::test_good"}
    assert without_false(good) == good


def test_what_was_not_tried_again_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(broken, "breaks", lambda: [Break(id, "x", ()) for id in ("S01", "S02", "T01", "T02")])
    before = {
        "seen": {"S01 x": "tests/a.py::a", "S09 gone": "tests/a.py::b"},
        "unseen": ["T01 x", "S02 x"],
        "missed": ["S02 x"],
    }
    found = figures({"T01 x": "", "S02 x": "tests/a.py::c", "T02 x": None}, before)
    assert found["seen"] == {"S01 x": "tests/a.py::a", "S02 x": "tests/a.py::c", "T02 x": "hangs"}
    assert found["unseen"] == ["T01 x"]
    assert found["missed"] == ["S02 x", "T01 x"]
    assert line({**found, "day": "2026-11-29"}) == (
        "controls broken on purpose: 3 of 4 seen by the tests named above (of 2 threats and 2 faults), 1 of "
        "them only since tests were added or named; not: T01 x (2026-11-29)"
    )
