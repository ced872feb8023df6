"""Every word is in both catalogues, what is compiled is what is written, and numbers and order are Swedish."""

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from jinja2.ext import babel_extract

from reports.language import LANGUAGES, sort_key, translator

REPORTS = Path(__file__).parents[2] / "reports"
NAMES = {"_", "N_", "text", "gettext"}
Message = str | tuple[str, str]


def in_code() -> Iterator[Message]:
    """Arguments of calls of the translating functions, also inside f-strings; a plural one as a pair."""
    for path in sorted(REPORTS.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                texts = [
                    one.value for one in node.args[:2] if isinstance(one, ast.Constant) and isinstance(one.value, str)
                ]
                if name == "ngettext" and len(texts) == 2:
                    yield (texts[0], texts[1])
                elif name in NAMES and texts:
                    yield texts[0]


def in_templates() -> Iterator[Message]:
    """Messages of all templates; a plural one as a pair."""
    for path in sorted((REPORTS / "templates").glob("*.j2")):
        with path.open("rb") as file:
            for _, name, message, _ in babel_extract(file, ["_", "gettext", "ngettext"], [], {}):
                texts = (message,) if isinstance(message, str) else message or (None,)
                if texts[0]:  # None: the message is a variable, marked by N_ where it comes from
                    yield (texts[0], texts[1]) if name == "ngettext" else texts[0]


def catalogue(lang: str) -> Catalog:
    with (REPORTS / "locale" / lang / "LC_MESSAGES" / "insyn.po").open("rb") as file:
        return read_po(file, locale=lang)


def said(words: Catalog) -> dict[tuple[str, ...], tuple[str, ...]]:
    """What each message is translated to, plural forms too."""
    return {forms(one.id): forms(one.string) for one in words if one.id}


def forms(text: str | Sequence[str]) -> tuple[str, ...]:
    """The singular and plural forms of a message that has them."""
    return (text,) if isinstance(text, str) else tuple(text)


def test_both_ways_of_finding_messages_find_some() -> None:
    assert "Telephone number" in set(in_code())
    assert ("%(num)d hit", "%(num)d hits") in set(in_templates())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_catalogue_has_what_is_used_and_nothing_else(lang: str) -> None:
    assert {message.id for message in catalogue(lang) if message.id} == {*in_code(), *in_templates()}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_message_is_translated_with_its_placeholders(lang: str) -> None:
    for message in catalogue(lang):
        ids, texts = ((m,) if isinstance(m, str) else m for m in (message.id, message.string))
        assert all(texts), message.id
        assert not message.fuzzy or not message.id
        if message.id:
            assert {p for text in ids for p in re.findall(r"%\(\w+\)[sd]", text)} == {
                p for text in texts for p in re.findall(r"%\(\w+\)[sd]", text)
            }


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_compiled_catalogue_is_the_written_one(lang: str) -> None:
    with (REPORTS / "locale" / lang / "LC_MESSAGES" / "insyn.mo").open("rb") as file:
        compiled = read_mo(file)
    assert said(compiled) == said(catalogue(lang))


def test_numbers() -> None:
    swedish, english = translator("sv"), translator("en")
    assert swedish.number(12480) == "12\u202f480"
    assert swedish.decimal(0.975) == "0,97"
    assert english.decimal(0.975) == "0.97"


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.0, "0\u202f%"),
        (0.004, "<\u202f1\u202f%"),
        (0.5, "50\u202f%"),
        (0.996, ">\u202f99\u202f%"),
        (1.0, "100\u202f%"),
    ],
)
def test_a_share_reads_none_or_all_only_when_it_is(share: float, text: str) -> None:
    assert translator("sv").percent(share) == text


def test_swedish_order() -> None:
    assert sorted(["Örjan", "zeta", "Ärlig", "Åsa", "adam", "Bo"], key=sort_key) == [
        "adam", "Bo", "zeta", "Åsa", "Ärlig", "Örjan",
    ]  # fmt: skip


def test_unknown_language() -> None:
    with pytest.raises(ValueError, match="no language 'fi'; there are sv, en"):
        translator("fi")
