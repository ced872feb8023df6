"""Pages of one file each: nothing fetched, readable on paper, in the dark and on a telephone.

There is no script but one of ours on the page of a long inventory, allowed by its hash; it shows and filters the rows.
"""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from reports import explorer, trend_report, unread, words
from reports.document import Document
from reports.escape import visible
from reports.facts import SubjectAnswer
from reports.inventory import Inventory
from reports.language import Language, translator
from reports.locators import record_text
from reports.policy import Policy
from reports.views import category_views, coverage_views, matrix, summary

if TYPE_CHECKING:
    from jinja2 import Environment

PAGE_ROWS = 500
"""Rows of a long table that a page shows; Excel and CSV have them all."""

_ROWS = Markup("<rows>")
"""Where the rows are put when the page is written: they are too many to be its text, and in no name does `<` stay."""


def inventory(inventory: Inventory, lang: Language) -> bytes:
    """The inventory as a page for compliance; a long one as data with a script that shows them."""
    rows, many = inventory.rows, len(inventory.rows) > explorer.MANY
    page = _render(
        "inventory.html.j2",
        lang,
        inventory=inventory,
        policy=inventory.policy,
        summary=summary(inventory),
        matrix=matrix(inventory),
        categories=category_views(inventory),
        coverage=coverage_views(inventory.coverage, inventory.sources),
        rows_data=_ROWS if many else "",
        trend=trend_report.document(inventory.trend, inventory, lang) if inventory.trend else None,
        limit=PAGE_ROWS,
    )
    if not many:
        return page
    before, _, after = page.partition(_ROWS.encode())
    return b"".join((before, *explorer.data(rows, inventory.policy, lang), after))


def subject(answer: SubjectAnswer, policy: Policy, lang: Language) -> bytes:
    """What is held about one person as a page for support."""
    hits: dict[str, list[object]] = {}
    for hit in answer.hits:
        hits.setdefault(hit.source, []).append(hit)
    coverage = coverage_views(answer.coverage, ())
    return _render("subject.html.j2", lang, answer=answer, policy=policy, hits=hits, coverage=coverage)


def document(document: Document, lang: Language) -> bytes:
    """Any report as a page."""
    return _render("document.html.j2", lang, doc=document, limit=PAGE_ROWS)


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _render(template: str, lang: Language, **values: Any) -> bytes:
    page = _environment(lang.code).get_template(template).render(**values)
    return "\n".join(map(visible, page.split("\n"))).encode()


@lru_cache
def _environment(code: str) -> Environment:
    # Imported where a page is made: most commands write text, and Jinja takes a fiftieth of a second.
    from jinja2 import Environment, PackageLoader, StrictUndefined

    lang = translator(code)
    environment = Environment(
        loader=PackageLoader("reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(lang.translations, newstyle=True)  # type: ignore[attr-defined]
    style, script = (environment.loader.get_source(environment, name)[0] for name in ("style.css", "explorer.js"))  # type: ignore[union-attr]
    environment.globals.update(lang=lang, words=words, unread_words=unread)
    environment.globals.update(style=Markup(style), style_hash=_digest(style))  # noqa: S704 -- our own file
    environment.globals.update(explorer=Markup(script), explorer_hash=_digest(script))  # noqa: S704 -- our own file
    environment.filters.update(
        number=lang.number, decimal=lang.decimal, percent=lang.percent, record=partial(record_text, lang=lang)
    )
    environment.filters["total"] = lambda parts: sum(parts.values())
    return environment
