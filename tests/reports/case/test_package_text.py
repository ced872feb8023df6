"""Letters and packages: every word in both languages, nothing left out, nothing that runs."""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from jinja2.ext import babel_extract

from reports.case.document import Document, Section, Table
from reports.case.letters import LETTERS, LetterFacts, letter
from reports.case.model import Datum, Entry
from reports.case.page import page
from reports.case.pdf import pdf
from reports.case.sections import package
from reports.case.words import LOOKS
from reports.language import LANGUAGES, translator
from tests.reports.case.example import company, facts, summary

ROOT = Path(__file__).parents[3]
REPORTS = ROOT / "reports"


def catalogue(lang: str, domain: str) -> Catalog:
    with (REPORTS / "locale" / lang / "LC_MESSAGES" / f"{domain}.po").open("rb") as file:
        return read_po(file, locale=lang)


def used() -> Iterator[str | tuple[str, ...]]:
    """Messages of the code and the templates of letters and packages; those of one and of many are a pair."""
    scanner = ROOT / "scanner"
    more = [*(scanner / "cases").glob("package_*.py"), scanner / "commands" / "case_text.py"]
    for path in [*(REPORTS / "case").glob("*.py"), *more]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in {"_", "N_", "text"} and isinstance(node.args[0].value, str):
                    yield node.args[0].value
                if name == "ngettext":
                    yield tuple(one.value for one in node.args[:2] if isinstance(one, ast.Constant))
    for path in (REPORTS / "case" / "templates").glob("*.j2"):
        with path.open("rb") as file:
            for _, _, message, _ in babel_extract(file, ["_"], [], {}):
                yield from (part for part in (message if isinstance(message, tuple) else (message,)) if part)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_catalogues_have_what_is_used_and_nothing_else(lang: str) -> None:
    shared = {message.id for message in catalogue(lang, "insyn")}
    assert {message.id for message in catalogue(lang, "case") if message.id} == {one for one in used() if one} - shared


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_message_is_translated(lang: str) -> None:
    assert all(message.string for message in catalogue(lang, "case") if message.id)


@pytest.mark.parametrize("kind", LETTERS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_letters(kind: str, lang: str) -> None:
    told = LetterFacts(
        facts(lang), company(), date(2026, 11, 3), reason="complex", searched=["crm"], not_searched=["usb"]
    )
    document = letter(kind, told, translator(lang))
    text = " ".join([document.title, *document.paragraphs, *document.closing])
    assert "%(" not in text
    assert ("Hej!" in text) == (lang == "sv")
    assert "Omnipoint AB" in text
    page_text = b"".join(page(document)).decode()
    assert document.title in page_text
    assert "<article" not in page_text


def test_the_package_tells_everything_in_order() -> None:
    document = package(summary(), translator("sv"))
    headings = [section.heading for section in document.sections]
    assert headings[0] == "Behandlar vi uppgifter om dig?"
    assert headings[-1] == "Vad vi har maskat eller utelämnat, och varför"
    text = b"".join(
        page(document, [Entry("crm", "kunder", "id 1", True, data=(Datum("namn", "<b>Anna</b>", "name"),))])
    )
    for told in (
        "registret är nere",
        "larmcentral",
        "Filen är trasig.",
        "a.wav",
        "namne",
        "kontaktperson",
        "gick inte att nå",
    ):
        assert told in text.decode(), told
    assert b"<b>Anna" not in text


def test_the_english_package_is_english() -> None:
    document = package(summary("en"), translator("en"))
    assert document.sections[0].heading == "Do we hold information about you?"


def test_a_pdf_is_accessible_and_takes_whatever_stands_in_it() -> None:
    rows = [["#strong[x]", "$a$ \\ \u202e <b>", "rad 1\nrad 2"]]
    document = Document("Prov", ("Omnipoint AB",), (), sections=[Section("Tabell", table=Table(["a", "b", "c"], rows))])
    made = pdf(document)
    assert b"/StructTreeRoot" in made
    assert "#strong[x]" in pypdfium2.PdfDocument(made)[0].get_textpage().get_text_bounded()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_compiled_catalogue_is_the_written_one(lang: str) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, catalogue(lang, "case"))
    path = REPORTS / "locale" / lang / "LC_MESSAGES" / "case.mo"
    assert translator(lang).text("Hello!") in compiled.getvalue().decode(errors="ignore")
    assert path.stat().st_size > 1000


def test_a_section_whose_values_are_all_masked_says_so() -> None:
    whole = summary()
    masked = replace(whole, parts=[replace(whole.parts[0], values=[], more=0)])
    section = package(masked, translator("sv")).sections[1]
    assert list(section.paragraphs) == ["Inget av det skrivs ut här. De sista avsnitten säger varför."]
    shown = package(replace(whole, parts=whole.parts[:1]), translator("sv")).sections[1]
    assert not any("skrivs" in paragraph for paragraph in shown.paragraphs)


def test_the_person_reads_in_words_why_somebody_looked() -> None:
    """What looks at somebody's data for a case has words for that one, not the code of the log."""
    text = "\n".join(path.read_text("utf-8") for path in (ROOT / "scanner" / "cases").glob("*.py"))
    logged = set(re.findall(r'\.searched\(.+?, "([^"]+)"', text)) | {"case look", "case reveal"}
    assert len(logged) > 3
    assert logged <= set(LOOKS)
