"""Every word of the pages is in the Swedish catalogue, and what is compiled is what is written."""

import ast
import gettext
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from jinja2.ext import babel_extract

from reports.case.happenings import HAPPENINGS
from reports.case.holidays import NAMES
from reports.review import KINDS
from scanner.cases import ASKED, REPLACED
from scanner.cases.asking import LAPSED, SEARCHED
from scanner.cases.deadlines import day_off
from scanner.cases.model import Decision, State, TaskState
from scanner.cases.package import BUILT
from scanner.cases.preview import PREVIEWED
from scanner.web.doings import DOINGS

SCANNER = Path(__file__).parents[3] / "scanner"
WEB = SCANNER / "web"
REPORTS = SCANNER.parent / "reports"
Message = str | tuple[str, str]


def used() -> Iterator[Message]:
    for path in (*WEB.glob("*.py"), SCANNER / "reporting" / "ledger.py", SCANNER / "audit" / "unusual.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "N_":
                assert isinstance(node.args[0], ast.Constant)
                yield str(node.args[0].value)
    for path in (WEB / "templates").glob("*.j2"):
        with path.open("rb") as file:
            for _, name, message, _ in babel_extract(file, ["_", "gettext", "ngettext"], [], {}):
                texts = (message,) if isinstance(message, str) else message or (None,)
                if texts[0]:
                    yield (texts[0], texts[1]) if name == "ngettext" else texts[0]


def catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="sv")


OWN = WEB / "locale" / "sv" / "LC_MESSAGES" / "web.po"


def test_the_catalogue_has_what_the_reports_have_not_and_nothing_else() -> None:
    reports = {m.id for path in REPORTS.glob("locale/sv/**/*.po") for m in catalogue(path) if m.id}
    assert {m.id for m in catalogue(OWN) if m.id} == set(used()) - reports


def test_every_message_is_translated_with_its_placeholders() -> None:
    for message in catalogue(OWN):
        ids, texts = ((m,) if isinstance(m, str) else m for m in (message.id, message.string))
        assert all(texts), message.id
        if message.id:
            assert {p for text in ids for p in re.findall(r"%\(\w+\)[sd]", text)} == {
                p for text in texts for p in re.findall(r"%\(\w+\)[sd]", text)
            }


def test_the_compiled_catalogue_is_the_written_one() -> None:
    with OWN.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for message in catalogue(OWN):
        if isinstance(message.id, tuple):
            texts = tuple(compiled.ngettext(*message.id, n) for n in (1, 2))
            assert texts == message.string
        elif message.id:
            assert compiled.gettext(message.id) == message.string


def test_every_action_that_is_logged_is_said_in_words() -> None:
    logged = set(re.findall(r'audit\.record\([\w.]+, "([^"]+)"', "\n".join(map(source, SCANNER.rglob("*.py")))))
    logged |= set(re.findall(r'\.searched\(\w+, "([^"]+)"', "\n".join(map(source, SCANNER.rglob("*.py")))))
    logged |= {f"review {kind}" for kind in KINDS}
    assert len(logged) > 20
    assert logged <= set(DOINGS)


def test_every_event_of_a_case_is_said_in_words() -> None:
    text = "\n".join(map(source, (SCANNER / "cases").glob("*.py")))
    noted = set(re.findall(r'(?:note\(connection, [\w()]+|_change\(number), "([^"{]+)"', text))
    noted |= {f"decided {one}" for one in Decision} | {State.RELEASED, State.DELIVERED}
    noted |= {BUILT, PREVIEWED, ASKED, REPLACED, LAPSED, SEARCHED}
    noted |= {f"task {one}" for one in TaskState if one is not TaskState.OPEN}
    assert noted == set(HAPPENINGS)


def test_every_day_that_nobody_works_has_a_name_in_both_languages() -> None:
    days = (date(2026, 1, 1) + timedelta(days=n) for n in range(4 * 365))
    assert {day_off(day) for day in days} - {""} == set(NAMES)


def source(path: Path) -> str:
    return path.read_text("utf-8")
