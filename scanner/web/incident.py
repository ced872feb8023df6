"""The first hour of an incident (Art. 33 GDPR): what was in the table, folder or system that is affected."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, HTTPException, Request
from starlette.responses import Response

from reports import incident as report
from reports.formats import DOCUMENT_FORMATS, render_document
from scanner.users.roles import COMPLIANCE
from scanner.web.documents import TYPES
from scanner.web.held import Choice, Place
from scanner.web.pages import ThePages, language
from scanner.web.paging import Paged
from scanner.web.site import Site
from scanner.web.visitor import TheSite, needs

router = APIRouter(dependencies=[Depends(needs(COMPLIANCE))])
TO_NOTIFY = timedelta(hours=72)
"""Art. 33(1): after having become aware of it."""


@router.get("/incident")
def incident(
    request: Request, site: TheSite, pages: ThePages, system: str = "", place: str = "", page: int = 1
) -> Response:
    """Whose data, how many, which categories: of a system, or of a place in it."""
    affected = _affected(site, system, place)
    shown = Paged(affected, page)
    return pages.page(
        request,
        "incident.html.j2",
        sources=site.held().inventory.sources,
        system=system,
        place=site.shown(affected[0].unit) if place and affected else "",
        chosen=place,
        paged=shown,
        places=[(_id(site, one), site.shown(one.unit), one) for one in shown.rows],
        categories=list(dict.fromkeys(id for one in affected for id in one.categories)),
        persons=max((one.persons for one in affected), default=0),
        values=sum(one.values for one in affected),
        until=datetime.now(ZoneInfo("Europe/Stockholm")) + TO_NOTIFY,
    )


@router.get("/export/incident.{format}")
def export(request: Request, site: TheSite, format: str, system: str, place: str = "") -> Response:
    """What lay there as a file, for the notification."""
    affected = _affected(site, system, place)
    if format not in DOCUMENT_FORMATS or not affected:
        raise HTTPException(404)
    units = {one.unit for one in affected}
    rows = [row for row in site.held().chosen(Choice(system=system)) if row.unit in units]
    lang = language(request)
    where = " · ".join(filter(None, (system, site.shown(affected[0].unit) if place else "")))
    made = report.document(rows, site.held().inventory, where, lang)
    disposition = f'attachment; filename="incident.{"txt" if format == "text" else format}"'
    data = render_document(made, format, lang.code)
    return Response(data, media_type=TYPES[format], headers={"content-disposition": disposition})


def _affected(site: Site, system: str, place: str) -> list[Place]:
    found = site.held().systems.get(system, ())
    return [one for one in found if place in ("", _id(site, one))]


def _id(site: Site, one: Place) -> str:
    """What stands for a place in an address."""
    return site.store.keys.token("web/place", one.unit).hex()
