"""Cases: the list by urgency, and one case with its hits to decide on."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from reports.case import foreseen
from reports.case.holidays import MONTHS, WEEKDAYS
from reports.case.letters import LETTERS
from reports.locators import record_text
from scanner.cases import hits as case_hits
from scanner.cases import package as case_package
from scanner.cases import reveal as case_reveal
from scanner.cases import tasks as case_tasks
from scanner.cases import worklists
from scanner.cases.asking import lapsed
from scanner.cases.calendar import first_day, overdue, sheet
from scanner.cases.foresight import foresee
from scanner.cases.model import Case, Decision, Extension, Identity, Mandate, Outcome, TaskState
from scanner.users import User
from scanner.web import support
from scanner.web.groups import LISTED, grouped, masked, records_by_grade, verdicts
from scanner.web.pages import Pages, ThePages, language
from scanner.web.paging import Paged
from scanner.web.search import read_as
from scanner.web.site import Site
from scanner.web.support import Support, case_of, desk_of, ids, is_open_to
from scanner.web.visitor import TheSite, form_token

router = APIRouter()
OurForm = Depends(form_token)
Text = Annotated[str, Form(max_length=500)]
GROUPS = 30
"""Hits that one page shows."""


@router.get("/cases")
def cases(request: Request, site: TheSite, pages: ThePages, visitor: Support, closed: bool = False) -> Response:
    """All cases that the user may see, the most urgent first, the user's own before those of others."""
    mine = _open_to(site, visitor.user, closed=closed)
    mine.sort(key=lambda case: case.opened_by != visitor.user.name)
    return pages.page(
        request,
        "cases.html.j2",
        cases=mine,
        ids=ids(site.store),
        today=support.today(),
        closed=closed,
    )


def _open_to(site: Site, user: User, *, closed: bool = False) -> list[Case]:
    listed = desk_of(site, user).register.listed(closed=closed)
    return [case for case in listed if is_open_to(case, user)]


@router.get("/cases/calendar")
def calendar(
    request: Request,
    site: TheSite,
    pages: ThePages,
    visitor: Support,
    month: Annotated[str, Query(max_length=7)] = "",
) -> Response:
    """The deadlines of a month, on a sheet with the days that nobody works."""
    mine = _open_to(site, visitor.user)
    return pages.page(
        request,
        "calendar.html.j2",
        month=sheet(first_day(month, support.today()), mine),
        late=overdue(mine, support.today()),
        ids=ids(site.store),
        today=support.today(),
        months=MONTHS,
        weekdays=WEEKDAYS,
    )


@router.get("/cases/{id}")
def case(request: Request, site: TheSite, pages: ThePages, visitor: Support, id: int, page: int = 1) -> Response:
    """A case: how long there is, what is missing, and its hits."""
    found = case_of(site, visitor.user, id)
    desk = desk_of(site, visitor.user)
    groups = grouped(site.reviews.of(desk, found, language(request).code))
    paged = Paged(groups, page, GROUPS)
    tasks, events = case_tasks.listed(desk, found.number), desk.register.events(found.number)
    return pages.page(
        request,
        "case.html.j2",
        id=id,
        case=found,
        today=support.today(),
        groups=masked(paged.rows, site.names),
        records=records_by_grade(groups),
        paged=paged,
        asked=read_as(site, ", ".join(found.identifiers))[0],
        tasks=[replace(task, unit=site.shown(task.unit)) for task in tasks],
        undone=[task for task in tasks if task.state is TaskState.OPEN],
        packages=case_package.packages(desk, found.number),
        letters=[(kind, language(request).text(title)) for kind, (title, _) in LETTERS.items()],
        levels=list(Identity),
        mandates=list(Mandate),
        roles=[(code, role.label(language(request).code)) for code, role in site.policy.roles.items()],
        changes=worklists.changes(found),
        events=events,
        lapsed=[
            (one, site.shown(one.record.unit), site.shown(record_text(one.record.record, language(request))))
            for one in lapsed(events, case_hits.kept(desk, found.number))
        ],
    )


@router.post("/cases/{id}/decide", dependencies=[OurForm])
def decide(
    request: Request,
    site: TheSite,
    pages: ThePages,
    visitor: Support,
    id: int,
    hit: Annotated[int, Form()],
    decision: Annotated[Decision, Form()],
    reason: Text = "",
    alone: Annotated[bool, Form()] = False,
    group: Annotated[int, Form()] = 0,
    listed: Annotated[list[int] | None, Form(max_length=LISTED)] = None,
) -> Response:
    """Decide what becomes of a record in the package, and unless it is alone, of those that are shown with it.

    If that changes what is followed, the answer tells what a new search has found, or no longer finds.
    """
    number, desk = case_of(site, visitor.user, id).number, desk_of(site, visitor.user)
    hits, lang = [hit] if alone else case_hits.beside(desk, number, hit), language(request).code
    searched = site.reviews.decide(desk, number, hits, (decision, reason), lang)
    if "hx-request" not in request.headers:
        return RedirectResponse(f"/cases/{id}#hit-{hit}", 303)
    besides = verdicts(case_hits.kept(desk, number), group if alone else 0, hit, listed or ())
    return pages.page(
        request, "decided.html.j2", id=id, decision=decision, by=visitor.user.name, searched=searched, besides=besides
    )


@router.post("/cases/{id}/foresee", dependencies=[OurForm])
def ahead(
    request: Request,
    site: TheSite,
    pages: ThePages,
    visitor: Support,
    id: int,
    hit: Annotated[int, Form()],
    alone: Annotated[bool, Form()] = False,
) -> Response:
    """What would come along if a record, and unless alone those shown with it, were handed out. Logged first."""
    number, desk = case_of(site, visitor.user, id).number, desk_of(site, visitor.user)
    hits, lang = [hit] if alone else case_hits.beside(desk, number, hit), language(request)
    with site.lock:
        found = [replace(one, unit=site.shown(one.unit)) for one in foresee(desk, number, hits, Decision.MASK)]
    told, table = foreseen.told(found, lang), foreseen.listed(found, lang)
    template = "ahead.html.j2" if "hx-request" in request.headers else "ahead_page.html.j2"
    return pages.page(request, template, id=id, hit=hit, told=told, table=table, left=foreseen.unlisted(found, lang))


@router.post("/cases/{id}/hits/{hit}/look", dependencies=[OurForm])
def look(
    request: Request,
    site: TheSite,
    pages: ThePages,
    visitor: Support,
    id: int,
    hit: int,
    plain: Annotated[bool, Form()] = False,
    reason: Text = "",
) -> Response:
    """A record read again, masked or plain. Logged first."""
    found = case_of(site, visitor.user, id)
    record = case_reveal.look(desk_of(site, visitor.user), found.number, hit, plain=plain, reason=reason)
    return _record(request, pages, id, hit, record)


def _record(request: Request, pages: Pages, id: int, hit: int, record: case_reveal.Record) -> Response:
    template = "record.html.j2" if "hx-request" in request.headers else "record_page.html.j2"
    return pages.page(request, template, id=id, hit=hit, record=record)


@router.post("/cases/{id}/extend", dependencies=[OurForm])
def extend(site: TheSite, visitor: Support, id: int, why: Annotated[Extension, Form()]) -> Response:
    """Extend the time by two months."""
    desk_of(site, visitor.user).register.extend(case_of(site, visitor.user, id).number, why)
    return _back(id)


@router.post("/cases/{id}/close", dependencies=[OurForm])
def close(site: TheSite, visitor: Support, id: int, outcome: Annotated[Outcome, Form()], why: Text = "") -> Response:
    """Close a case."""
    desk_of(site, visitor.user).register.close(case_of(site, visitor.user, id).number, outcome, why)
    return RedirectResponse("/cases", 303)


def _back(id: int) -> Response:
    return RedirectResponse(f"/cases/{id}", 303)
