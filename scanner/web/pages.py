"""Pages from templates: the reader's language, what he may go to, the state of things in the bottom line."""

from __future__ import annotations

import gettext
import hashlib
from functools import lru_cache, partial
from importlib import resources
from typing import Annotated, Any

from fastapi import Depends
from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import Scope

from reports import unread, words
from reports.case import staff
from reports.case.happenings import happening
from reports.case.holidays import holiday
from reports.escape import visible
from reports.language import LANGUAGES, Language, translator
from reports.locators import record_text
from scanner.web import menu
from scanner.web.because import because
from scanner.web.doings import doing
from scanner.web.durations import duration
from scanner.web.faults import fault
from scanner.web.kept import BeingMadeError
from scanner.web.site import Site, share_read
from scanner.web.visitor import LANGUAGE_COOKIE, cookie_of, visitor_of

FRAGMENT = "x-requested-with"
"""Header of requests that want a part of a page, not a whole one."""


class Pages:
    """Renders the pages of one site."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def page(self, request: Request, template: str, status: int = 200, **values: Any) -> Response:
        """A page, or a part of one.

        Args:
            request: Whose language and user the page is for.
            template: Its file.
            status: Of the answer.
            values: What the template shows.
        """
        visitor = visitor_of(request)
        lang = language(request)
        text = (
            environment(lang.code)
            .get_template(template)
            .render(
                request=request,
                user=visitor and visitor.user,
                entries=menu.of(visitor.user) if visitor else [],
                form_token=self._site.sessions.form_token(cookie_of(request)),
                status=self._status() if visitor else None,
                policy=self._site.policy,
                asset=asset,
                **values,
            )
        )
        return HTMLResponse("\n".join(map(visible, text.split("\n"))), status)

    def failure(self, scope: Scope, reference: str) -> Response:
        """The page that says that something went wrong."""
        return self.page(Request(scope), "failure.html.j2", 500, reference=reference)

    def _status(self) -> dict[str, Any]:
        """The bottom line: last scan, coverage, version of the policy."""
        try:
            share = share_read(self._site.coverage())
        except BeingMadeError:
            share = None
        return {"scanned": self._site.store.last_scan(), "share": share, "current": self._site.is_current}


def pages_of(request: Request) -> Pages:
    """The pages of the site that a request came to."""
    pages: Pages = request.app.state.pages
    return pages


ThePages = Annotated[Pages, Depends(pages_of)]


def language(request: Request) -> Language:
    """The reader's language: what he chose, else Swedish."""
    code = request.cookies.get(LANGUAGE_COOKIE, "")
    return catalogue(code if code in LANGUAGES else LANGUAGES[0])


@lru_cache
def catalogue(code: str) -> Language:
    """The words of the pages, and behind them those of the reports. English is what stands in the code."""
    reports = translator(code)
    if code != "sv":
        return reports
    file = resources.files("scanner.web") / "locale" / code / "LC_MESSAGES" / "web.mo"
    with file.open("rb") as opened:
        own = gettext.GNUTranslations(opened)
    own.add_fallback(reports.translations)
    return Language(code, own)


@lru_cache
def environment(code: str) -> Environment:
    """The templates in a language; those of the reports are among them, so that nothing is drawn in two ways."""
    lang = catalogue(code)
    made = Environment(
        loader=ChoiceLoader([PackageLoader("scanner.web"), PackageLoader("reports")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_translations(lang.translations, newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(lang=lang, words=words, staff=staff, unread_words=unread, all_languages=LANGUAGES)
    made.filters.update(number=lang.number, decimal=lang.decimal, percent=lang.percent)
    made.filters["record"] = partial(record_text, lang=lang)
    made.filters["because"] = partial(because, lang=lang)
    made.filters["doing"] = partial(doing, lang=lang)
    made.filters["duration"] = partial(duration, lang=lang)
    made.filters["fault"] = partial(fault, lang=lang)
    made.filters["happening"] = partial(happening, lang=lang)
    made.filters["holiday"] = partial(holiday, lang=lang)
    made.filters["total"] = lambda parts: sum(parts.values())
    return made


@lru_cache
def asset(name: str) -> str:
    """Address of a file that a browser may keep: it holds a digest of the content."""
    return f"/static/{hashlib.sha256(content(name)).hexdigest()[:12]}/{name}"


@lru_cache
def content(name: str) -> bytes:
    """A style sheet or script.

    Raises:
        FileNotFoundError: there is none of that name.
    """
    if name == "report.css":
        return (resources.files("reports") / "templates" / "style.css").read_bytes()
    if name not in ASSETS:
        raise FileNotFoundError(name)
    return (resources.files("scanner.web") / "static" / name).read_bytes()


ASSETS = {
    "pico.min.css": "text/css",
    "report.css": "text/css",
    "pages.css": "text/css",
    "htmx.min.js": "text/javascript",
    "pages.js": "text/javascript",
    "waiting.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}
