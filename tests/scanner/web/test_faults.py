"""Whatever is refused on a page is said in the reader's language, without a word of the command line."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from scanner.web.faults import fault
from scanner.web.pages import catalogue

SCANNER = Path(__file__).parents[3] / "scanner"
REACHED = ("cases/*.py", "users/*.py", "decisions/attestations.py")
"""What the pages call, and what refuses."""
NOT_ON_PAGES = re.compile(
    r"month: .*|case 7: (there is no letter|the package has no file of that name|7 changes nothing).*"
    r"|(the package needs|the package 7 cannot be written|policy answer|protected identity|case:) .*|7"
    r"|7: cannot be made .*|role: 7; there are .*|attest: there is no source .*|.*--\w+.*",
    re.DOTALL,
)
"""What only a terminal can ask for, or what only whoever runs the program can mend."""


def text(node: ast.expr) -> str:
    """A message with `7` for what is filled in."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    return "".join(str(one.value) if isinstance(one, ast.Constant) else "7" for one in parts)


def messages() -> Iterator[str]:
    for path in (path for pattern in REACHED for path in SCANNER.glob(pattern)):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "").endswith("Error") and node.args:
                yield text(node.args[0])


def test_what_pages_can_be_refused_has_words_of_its_own() -> None:
    swedish = catalogue("sv")
    found = set(messages())
    assert len(found) > 40
    assert {said for said in found if fault(said, swedish) == said and not NOT_ON_PAGES.fullmatch(said)} == set()


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("case 2026-1: look through the package first: insyn case preview 2026-1", "välj Förhandsgranska"),
        ("case 2026-1: lacks identity level strong and a checked mandate", "företräder personen"),
        ("case 2026-1: 2 tasks are open; settle them, or decide to answer without", "Någon måste ännu hjälpa till"),
        ("case 2026-1: share, crm cannot be reached; try again, or decide otherwise", "share, crm går inte att nå"),
        ("password: at least 12 characters; a few words are easy to remember", "minst 12 tecken"),
        ("The form is too old. Open the page again.", "Formuläret är för gammalt"),
    ],
)
def test_it_is_said_in_the_readers_language(message: str, said: str) -> None:
    assert said in fault(message, catalogue("sv"))
    assert "insyn case" not in fault(message, catalogue("en"))
