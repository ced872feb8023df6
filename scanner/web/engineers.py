"""The pages for engineers: sources, scans, and why a unit was not read."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from reports.views import coverage_views
from scanner import audit
from scanner.errors import ConfigError
from scanner.reporting import ledger, snapshots
from scanner.reporting.overview import sources
from scanner.reporting.past import past, shifts
from scanner.schedule.planned import Planned, pause, plan, resume
from scanner.users.roles import ENGINEERS, OPERATORS
from scanner.web.pages import ThePages
from scanner.web.site import Site
from scanner.web.visitor import TheSite, Visitor, form_token, needs

router = APIRouter(dependencies=[Depends(needs(ENGINEERS))])
Operator = Annotated[Visitor, Depends(needs(OPERATORS))]
OurForm = Depends(form_token)
MOST_UNREAD = 500
"""Unread units that a page lists; the command line lists all."""


@router.get("/sources")
def all_sources(request: Request, site: TheSite, pages: ThePages) -> Response:
    """Every source with its state and how its units ended."""
    views = coverage_views(site.coverage(), sources(site.config))
    planned, wrong = _planned(site)
    return pages.page(
        request,
        "sources.html.j2",
        views=views,
        owners={name: one.owner for name, one in site.config.sources.items()},
        running=_progress(site),
        planned=planned,
        wrong=wrong,
    )


def _planned(site: Site) -> tuple[dict[str, Planned], str]:
    """When each source is scanned next, and what in the configuration keeps us from telling."""
    try:
        return {one.source: one for one in plan(site.config, site.store)}, ""
    except ConfigError as error:
        return {}, str(error)


@router.get("/sources/{name}")
def source(request: Request, site: TheSite, pages: ThePages, name: str) -> Response:
    """A source: its units by state, what was not read and what to do about it."""
    if name not in site.config.sources:
        raise HTTPException(404)
    (view,) = coverage_views(
        [item for item in site.coverage() if item.source == name],
        [one for one in sources(site.config) if one.name == name],
    )
    unread = [(name, site.shown(one.unit), one) for one in ledger.unread(site.store, name, MOST_UNREAD)]
    return pages.page(
        request,
        "source.html.j2",
        view=view,
        entry=site.config.sources[name],
        unread=unread,
        hint=ledger.hint,
        running=_progress(site),
        most=MOST_UNREAD,
    )


@router.get("/scans")
def scans(request: Request, site: TheSite, pages: ThePages) -> Response:
    """All scans, the last first."""
    return pages.page(request, "scans.html.j2", scans=ledger.scans(site.store), running=_progress(site))


@router.get("/scans/progress")
def progress(request: Request, site: TheSite, pages: ThePages) -> Response:
    """How the running scan goes on: a part of a page, asked for again and again."""
    return pages.page(request, "progress.html.j2", running=_progress(site))


@router.get("/scans/{number}")
def scan(request: Request, site: TheSite, pages: ThePages, number: int) -> Response:
    """A scan: what became of each source, what was not read and why, and what it changed."""
    found = past(site.store, number, MOST_UNREAD)
    if found is None:
        raise HTTPException(404)
    stamp = f"{site.scan_stamp()} {snapshots.newest(site.store)}"
    return pages.page(
        request,
        "scan.html.j2",
        past=found,
        unread=[(source, site.shown(one.unit), one) for source, one in found.unread],
        shifts=site.kept.near(f"scan/{number}", stamp, partial(shifts, site.store, number)),
        hint=ledger.hint,
        most=MOST_UNREAD,
    )


def _progress(site: Site) -> ledger.Progress | None:
    return ledger.progress(site.store) if site.scans.is_running or ledger.is_scanning(site.store) else None


@router.post("/scans", dependencies=[OurForm])
def start(site: TheSite, visitor: Operator, source: Annotated[str, Form()] = "") -> Response:
    """Scan a source now, or all of them."""
    audit.record(site.store, "scan", source or "all", by=visitor.user.name)
    site.scans.start([source] if source else [])
    return RedirectResponse(f"/sources/{source}" if source else "/scans", 303)


@router.post("/schedule/{name}", dependencies=[OurForm])
def schedule(site: TheSite, visitor: Operator, name: str, on: Annotated[bool, Form()]) -> Response:
    """Pause the schedule of a source, or go on with it."""
    (resume if on else pause)(site.config, site.store, name, visitor.user.name)
    return RedirectResponse("/sources", 303)


@router.post("/scans/stop", dependencies=[OurForm])
def stop(site: TheSite, visitor: Operator) -> Response:
    """Stop the scan that was started here; what is finished is kept."""
    audit.record(site.store, "scan stop", "", by=visitor.user.name)
    site.scans.stop()
    return RedirectResponse("/scans", 303)
