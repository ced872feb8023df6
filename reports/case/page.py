"""A document, and the entries of a package, as one HTML page: no script, nothing fetched, written piece by piece."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from reports.case.document import Document
from reports.case.model import Entry
from reports.case.words import STATES
from reports.escape import visible
from reports.language import translator


def page(
    document: Document, entries: Iterable[Entry] | None = None, names: Callable[[str], str] = str
) -> Iterator[bytes]:
    """Write a document, and after it each entry.

    Args:
        document: A letter, or the chapters of a package.
        entries: Of a package; taken one at a time. None: a letter has none.
        names: Gives a category its name.
    """
    template = _environment(document.language).get_template("package.html.j2")
    stream = template.stream(document=document, entries=entries, names=names, states=STATES)
    stream.enable_buffering(_PIECES)
    for piece in stream:
        yield "\n".join(map(visible, piece.split("\n"))).encode()


_PIECES = 500


@lru_cache
def _environment(code: str) -> Environment:
    lang = translator(code)
    environment = Environment(
        loader=PackageLoader("reports.case"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(lang.translations, newstyle=True)  # type: ignore[attr-defined]
    style = environment.loader.get_source(environment, "package.css")[0]  # type: ignore[union-attr]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    environment.globals.update(lang=lang, style=Markup(style), style_hash=digest)  # noqa: S704 -- our own file
    return environment
