"""The first hour of an incident (Art. 33 GDPR): what was in the table, folder or system that is affected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from reports.inventory import Row
from scanner.roles import COMPLIANCE
from scanner.web.held import Choice
from scanner.web.pages import ThePages
from scanner.web.site import Site
from scanner.web.visitor import TheSite, needs

router = APIRouter(dependencies=[Depends(needs(COMPLIANCE))])
TO_NOTIFY = timedelta(hours=72)
"""Art. 33(1): after having become aware of it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A table or folder, and what is held in it."""

    id: str
    unit: str
    categories: tuple[str, ...]
    persons: int
    """At least."""
    values: int


@router.get("/incident")
def incident(request: Request, site: TheSite, pages: ThePages, system: str = "", place: str = "") -> Response:
    """Whose data, how many, which categories: of a system, or of a place in it."""
    rows = list(site.held().chosen(Choice(system=system))) if system else []
    places = _places(site, rows)
    affected = [one for one in places if place in ("", one.id)]
    categories = list(dict.fromkeys(id for one in affected for id in one.categories))
    return pages.page(
        request,
        "incident.html.j2",
        sources=site.held().inventory.sources,
        system=system,
        place=place,
        places=places,
        affected=affected,
        categories=categories,
        persons=max((one.persons for one in affected), default=0),
        values=sum(one.values for one in affected),
        until=datetime.now(ZoneInfo("Europe/Stockholm")) + TO_NOTIFY,
    )


def _places(site: Site, rows: list[Row]) -> list[Place]:
    units: dict[str, list[Row]] = {}
    for row in rows:
        units.setdefault(row.unit, []).append(row)
    return [
        Place(
            id=site.store.keys.token("web/place", unit).hex(),
            unit=site.shown(unit),
            categories=tuple(dict.fromkeys(row.category for row in mine if row.category)),
            persons=max(row.persons for row in mine),
            values=sum(row.values for row in mine),
        )
        for unit, mine in units.items()
    ]
