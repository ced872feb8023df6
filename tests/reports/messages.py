"""Which messages the reports use: taken from the code and the templates themselves."""

import ast
from collections.abc import Iterator
from pathlib import Path

from jinja2.ext import babel_extract

REPORTS = Path(__file__).parents[2] / "reports"
NAMES = {"_", "N_", "text", "gettext"}

Message = str | tuple[str, str]


def in_code() -> Iterator[Message]:
    """First arguments of calls of the translating functions, also inside f-strings."""
    for path in sorted(REPORTS.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in NAMES and isinstance(node.args[0].value, str):
                    yield node.args[0].value


def in_templates() -> Iterator[Message]:
    """Messages of all templates; a plural one as a pair."""
    for path in sorted((REPORTS / "templates").glob("*.j2")):
        with path.open("rb") as file:
            for _, name, message, _ in babel_extract(file, ["_", "gettext", "ngettext"], [], {}):
                texts = (message,) if isinstance(message, str) else message or (None,)
                if texts[0]:  # None: the message is a variable, marked by N_ where it comes from
                    yield (texts[0], texts[1]) if name == "ngettext" else texts[0]


def used() -> set[Message]:
    return {*in_code(), *in_templates()}
