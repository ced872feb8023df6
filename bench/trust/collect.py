"""Which test shows which fault or threat, read from the tests; how each went, read from a run's JUnit file."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).parents[2]
KNOWN = Path(__file__).with_name("known.toml")
_IN_TEXT = re.compile(r"\b([TS])-?(\d{1,2})\b")
_IN_NAME = re.compile(r"test_([ts])(\d{2})_")
_STORAGE = "S3"  # of a docstring, where it means Amazon's; the third threat is written S03


@dataclass(frozen=True, slots=True)
class Item:
    """A fault (`T17`) or a threat (`S08`)."""

    id: str
    name: str
    control: str = ""
    """Of a threat: what stands against it."""
    open: str = ""
    """What is not shown: why a fault has no test, or what of a threat remains."""
    tests: tuple[str, ...] = ()
    """As `tests/scanner/test_kill.py::test_killed_and_resumed_is_the_same`, sorted."""


def items(tests: Path = ROOT / "tests") -> list[Item]:
    """All faults and threats, each with its tests."""
    known = tomllib.loads(KNOWN.read_text(encoding="utf-8"))
    shown = by_id(tests)
    return [
        Item(number, tests=tuple(sorted(shown.get(number, ()))), **row)
        for part in ("faults", "threats")
        for number, row in known[part].items()
    ]


def by_id(tests: Path) -> dict[str, set[str]]:
    """The tests under a directory, by the ids that their names and docstrings carry."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in sorted(tests.rglob("test_*.py")):
        for test in _functions(path):
            for number in carried(test.name, ast.get_docstring(test) or ""):
                found[number].add(f"{path.relative_to(tests.parent)}::{test.name}")
    return found


def carried(name: str, docstring: str) -> set[str]:
    """Ids in a test's name and docstring.

    >>> sorted(carried("test_t17_a_connection_drops", "S9, and T33 from S3."))
    ['S09', 'T17', 'T33']
    """
    hits = [match for match in _IN_TEXT.finditer(docstring) if match[0] != _STORAGE]
    named = _IN_NAME.match(name)
    return {f"{match[1].upper()}{int(match[2]):02}" for match in (*hits, *([named] if named else []))}


def _functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield node


def outcomes(junit: Path) -> dict[str, Counter[str]]:
    """How often each test passed, failed or was skipped in a run: `pytest --junitxml FILE`."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for case in ET.parse(junit).iter("testcase"):
        module, name = case.get("classname", ""), case.get("name", "").partition("[")[0]
        found[f"{module.replace('.', '/')}.py::{name}"][_outcome(case)] += 1
    return found


def _outcome(case: ET.Element) -> str:
    tags = {child.tag for child in case}
    return "failed" if tags & {"failure", "error"} else "skipped" if "skipped" in tags else "passed"


def result(item: Item, run: Mapping[str, Counter[str]]) -> Counter[str]:
    """How the tests of an item went; tests that the run left out are `not run`."""
    total: Counter[str] = Counter()
    for test in item.tests:
        total += run.get(test) or Counter({"not run": 1})
    return total
