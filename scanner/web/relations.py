"""How tables hang together: by which keys a search reaches rows that name nobody. For engineers."""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter, Depends, HTTPException, Request
from starlette.responses import Response

from reports.formats import DOCUMENT_FORMATS, render_document
from reports.language import Language
from reports.relations import Relations, document
from scanner.reporting.relations import of, relations
from scanner.users.roles import ENGINEERS
from scanner.web.documents import TYPES, chosen_table, leaf
from scanner.web.pages import ThePages, language
from scanner.web.site import Site
from scanner.web.visitor import TheSite, needs

router = APIRouter(dependencies=[Depends(needs(ENGINEERS))])


@router.get("/relations")
def page(request: Request, site: TheSite, pages: ThePages, source: str = "") -> Response:
    """Which columns refer to which, how that is known, and what the configuration says of it."""
    doc = document(_relations(site, source), language(request))
    table, paged = leaf(chosen_table(doc, request), request)
    known = list(site.config.sources)
    return pages.page(request, "relations.html.j2", doc=doc, table=table, paged=paged, sources=known, source=source)


@router.get("/relations/export.{format}")
def export(request: Request, site: TheSite, format: str, source: str = "") -> Response:
    """The same as a file."""
    if format not in DOCUMENT_FORMATS:
        raise HTTPException(404)
    lang: Language = language(request)
    data = render_document(document(_relations(site, source), lang), format, lang.code)
    disposition = f'attachment; filename="relations.{"txt" if format == "text" else format}"'
    return Response(data, media_type=TYPES[format], headers={"content-disposition": disposition})


def _relations(site: Site, source: str) -> Relations:
    """Of a source, or of all.

    Raises:
        BeingMadeError: they are being worked out for the first time.
        HTTPException: 404, there is no such source.
    """
    if source and source not in site.config.sources:
        raise HTTPException(404)
    make = partial(relations, site.store, site.config, site.policy.company, site.shown)
    found = site.kept.near("relations", site.scan_stamp(), make)
    return of(found, [source]) if source else found
