"""The review queue: uncertain fields to say something of, by keyboard; what was decided, to be undone or approved."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from reports.dates import today
from reports.inventory import Row
from reports.review import Decision
from reports.review_report import DECISIONS, STATES
from scanner import review
from scanner.evidence import evidence
from scanner.roles import COMPLIANCE
from scanner.web.held import Choice
from scanner.web.pages import ThePages
from scanner.web.site import Site
from scanner.web.visitor import TheSite, Visitor, form_token, needs

router = APIRouter(dependencies=[Depends(needs(COMPLIANCE))])
Compliance = Annotated[Visitor, Depends(needs(COMPLIANCE))]
OurForm = Depends(form_token)
Text = Annotated[str, Form(max_length=300)]
AT_A_GLANCE = 5
SCOPES = ("field", "place", "everywhere")
"""This field; everything in the table or folder; this field wherever it is. The last two need a second person."""


@router.get("/review")
def queue(request: Request, site: TheSite, pages: ThePages, skip: int = 0) -> Response:
    """Five uncertain fields at a glance, the ones with most values first."""
    waiting = waiting_rows(site)
    start = skip if 0 <= skip < len(waiting) else 0
    shown = waiting[start : start + AT_A_GLANCE]
    decided = review.decisions(site.store)
    return pages.page(
        request,
        "review.html.j2",
        count=len(waiting),
        start=start,
        step=AT_A_GLANCE,
        rows=[(site.place_id(row), site.masked_row(row), list(evidence(site.store, row).codes)[:4]) for row in shown],
        categories=[*site.policy.categories, *site.policy.not_in_policy],
        decided=[(one, site.shown(one.unit), site.shown(one.field), one.state(today())) for one in reversed(decided)],
        kinds=DECISIONS,
        states=STATES,
    )


def waiting_rows(site: Site) -> list[Row]:
    """Uncertain fields that nobody has said anything of."""
    rows = [row for row in site.held().chosen(Choice(certainty="low")) if row.review is None]
    return sorted(rows, key=lambda row: (-row.values, row.confidence))


@router.post("/review", dependencies=[OurForm])
def decide(
    site: TheSite,
    visitor: Compliance,
    id: Text,
    kind: Text,
    reason: Text = "",
    category: Text = "",
    scope: Text = SCOPES[0],
    until: Annotated[date | None, Form()] = None,
    skip: Annotated[int, Form()] = 0,
) -> Response:
    """Say what is in a field; counts from now on, unless it reaches further and waits for a second person."""
    row = site.held().rows.get(id)
    if row is None or scope not in SCOPES:
        raise HTTPException(404)
    known = {*site.policy.categories, *site.policy.not_in_policy}
    if kind == "reclassify" and category not in known:
        raise HTTPException(422)
    unit = "*" if scope == "everywhere" else escaped(row.unit)
    field = "" if scope == "place" else escaped(row.field)
    place = (row.source, unit, field, row.entity or "")
    review.decide(site.store, Decision(0, kind, *place, category, reason, "", "", until), visitor.user.name)
    return RedirectResponse(f"/review?skip={skip}" if skip else "/review", 303)


def escaped(name: str) -> str:
    """A name in which nothing stands for anything else."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in name)


@router.post("/review/{number}/undo", dependencies=[OurForm])
def undo(site: TheSite, visitor: Compliance, number: int) -> Response:
    """A decision no longer counts."""
    review.undo(site.store, number, visitor.user.name)
    return RedirectResponse("/review#decided", 303)


@router.post("/review/{number}/approve", dependencies=[OurForm])
def approve(site: TheSite, visitor: Compliance, number: int) -> Response:
    """A second person approves a decision that reaches beyond one field."""
    review.approve(site.store, number, visitor.user.name)
    return RedirectResponse("/review#decided", 303)
