"""The pages for compliance: what to do today, what is held where and why we say so, where policy and reality part."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from starlette.responses import Response

from reports.formats import INVENTORY_FORMATS, render_inventory
from reports.inventory import Row
from reports.views import coverage_views
from reports.words import N_
from scanner import audit
from scanner.decisions.attestations import unattested
from scanner.reporting.evidence import evidence, examples
from scanner.reporting.overview import sources
from scanner.users.roles import COMPLIANCE
from scanner.web.documents import TYPES, overdue
from scanner.web.held import Choice
from scanner.web.pages import ThePages, language
from scanner.web.paging import Paged
from scanner.web.reviewing import waiting_rows
from scanner.web.site import Site
from scanner.web.visitor import TheSite, Visitor, form_token, needs

router = APIRouter(dependencies=[Depends(needs(COMPLIANCE))])
Compliance = Annotated[Visitor, Depends(needs(COMPLIANCE))]
Chosen = Annotated[Choice, Depends()]


@router.get("/today")
def today(request: Request, site: TheSite, pages: ThePages) -> Response:
    """What to do today: a card each, with a number and the way to it."""
    held = site.held()
    return pages.page(
        request,
        "today.html.j2",
        summary=held.summary,
        inventory=held.inventory,
        unsure=len(waiting_rows(site)),
        overdue=overdue(site),
        ownerless=[source.name for source in held.inventory.sources if not source.owner],
        unattested=unattested(site.config, site.store),
    )


@router.get("/inventory")
def inventory(request: Request, site: TheSite, pages: ThePages, chosen: Chosen) -> Response:
    """The map of category by system; when narrowed, the fields."""
    held = site.held()
    sources = held.inventory.sources
    paged = Paged(() if chosen.is_all else held.chosen(chosen), chosen.page)
    return pages.page(
        request,
        "inventory_page.html.j2",
        inventory=held.inventory,
        matrix=held.matrix,
        chosen=chosen,
        categories=held.categories,
        owners=sorted({source.owner for source in sources if source.owner}),
        rows=[site.masked_row(row) for row in paged.rows],
        links=[f"/inventory/{site.place_id(row)}" for row in paged.rows],
        paged=paged,
        coverage=coverage_views(held.inventory.coverage, sources),
    )


@router.get("/inventory/{id}")
def field(request: Request, site: TheSite, pages: ThePages, id: str) -> Response:
    """A field: how much of it is what, and how that is known."""
    return _field(request, site, pages, id, ())


def _field(request: Request, site: Site, pages: ThePages, id: str, read: Sequence[object]) -> Response:
    row = _row(site, id)
    return pages.page(
        request,
        "field.html.j2",
        id=id,
        row=site.masked_row(row),
        evidence=evidence(site.store, row) if row.entity else None,
        examples=read,
    )


@router.post("/inventory/{id}/examples", dependencies=[Depends(form_token)])
def read_again(
    request: Request,
    site: TheSite,
    pages: ThePages,
    visitor: Compliance,
    id: str,
    reason: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Five examples read again from the source and masked; logged with the reason first."""
    row = _row(site, id)
    if not reason.strip():
        raise HTTPException(400, N_("Say why the examples are needed; it is logged."))
    audit.record(site.store, "examples", reason.strip(), bytes.fromhex(id), by=visitor.user.name)
    found = examples(site.store, site.config, site.analyzer, row)
    return _field(request, site, pages, id, found)


def _row(site: Site, id: str) -> Row:
    row = site.held().rows.get(id)
    if row is None:
        raise HTTPException(404)
    return row


@router.get("/coverage")
def coverage(request: Request, site: TheSite, pages: ThePages) -> Response:
    """What was searched and what was not."""
    views = coverage_views(site.coverage(), sources(site.config))
    return pages.page(request, "coverage_page.html.j2", coverage=views)


@router.get("/export/inventory.{format}")
def export(request: Request, site: TheSite, format: str, chosen: Chosen) -> Response:
    """The rows that were chosen, as a file."""
    if format not in INVENTORY_FORMATS:
        raise HTTPException(404)
    held = site.held().inventory
    masked = site.masked(held, list(site.held().chosen(chosen)))
    data = render_inventory(masked, format, language(request).code)
    name = f"inventering-{held.generated[:10]}.{format}"
    return Response(data, media_type=TYPES[format], headers={"content-disposition": f'attachment; filename="{name}"'})
