"""The review queue: uncertain fields to say something of, by keyboard; what was decided, to be undone or approved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from reports.dates import today
from reports.inventory import Row
from reports.review import Decision, about, counting
from reports.review_report import DECISIONS, STATES
from reports.words import place
from scanner.decisions import review
from scanner.reporting.evidence import evidence
from scanner.users.roles import COMPLIANCE
from scanner.web.pages import ThePages
from scanner.web.site import Site
from scanner.web.visitor import TheSite, Visitor, form_token, needs

router = APIRouter(dependencies=[Depends(needs(COMPLIANCE))])
Compliance = Annotated[Visitor, Depends(needs(COMPLIANCE))]
OurForm = Depends(form_token)
Text = Annotated[str, Form(max_length=300)]
AT_A_GLANCE = 5
FEW = 3
DECIDED = 200
"""Decisions that the page lists; the command line lists all."""
SCOPES = ("field", "place", "everywhere")
"""This field; everything in the table or folder; this field wherever it is. The last two need a second person."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Decisions of one kind, made together for one reason."""

    shown: Callable[[str], str]
    state: str
    all: Sequence[Decision]

    @property
    def first(self) -> Decision:
        """Tells who, when and why."""
        return self.all[0]

    @property
    def places(self) -> list[str]:
        """What it is about, masked; the first few."""
        some = self.all[:FEW]
        return [place(one.source, self.shown(one.unit), self.shown(one.field)) for one in some]


@router.get("/review")
def queue(request: Request, site: TheSite, pages: ThePages, skip: int = 0) -> Response:
    """Five uncertain fields at a glance, the ones with most values first."""
    waiting = waiting_rows(site)
    start = skip if 0 <= skip < len(waiting) else 0
    shown = waiting[start : start + AT_A_GLANCE]
    decided = review.decisions(site.store, latest=DECIDED)
    return pages.page(
        request,
        "review.html.j2",
        count=len(waiting),
        start=start,
        step=AT_A_GLANCE,
        rows=[(site.place_id(row), site.masked_row(row), list(evidence(site.store, row).codes)[:4]) for row in shown],
        categories=[*site.policy.categories, *site.policy.not_in_policy],
        decided=_together(site, decided),
        most=DECIDED,
        kinds=DECISIONS,
        states=STATES,
    )


def _together(site: Site, decided: Sequence[Decision]) -> list[Batch]:
    """Decisions that were made together as one, the last first."""
    groups = groupby(reversed(decided), lambda one: (one.kind, one.by, one.at, one.reason, one.state(today())))
    return [Batch(site.shown, *key[-1:], list(some)) for key, some in groups]


def waiting_rows(site: Site) -> Sequence[Row]:
    """Uncertain fields that nobody has said anything of, those with most values first."""
    held = site.held()
    if site.is_current:
        return held.uncertain
    known = {one.id for one in held.inventory.decisions}
    newer = [one for one in counting(review.decisions(site.store), today()) if one.id not in known]
    return [row for row in held.uncertain if not about(newer, row.source, row.unit, row.field, row.entity)]


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
    at = (row.source, unit, field, row.entity or "")
    review.decide(site.store, Decision(0, kind, *at, category, reason, "", "", until), visitor.user.name)
    return RedirectResponse(f"/review?skip={skip}" if skip else "/review", 303)


def escaped(name: str) -> str:
    """A name in which nothing stands for anything else."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in name)


@router.post("/review/{number}/approve", dependencies=[OurForm])
def approve(site: TheSite, visitor: Compliance, number: int) -> Response:
    """A second person approves a decision that reaches beyond one field."""
    review.approve(site.store, number, visitor.user.name)
    return RedirectResponse("/review#decided", 303)
