"""Reviewing many uncertain fields at once: chosen in a table, one decision with one reason, undone together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from reports.inventory import Row
from reports.review import Decision
from reports.words import N_
from scanner.decisions import review
from scanner.errors import ConfigError
from scanner.users.roles import COMPLIANCE
from scanner.web.pages import Pages, ThePages
from scanner.web.paging import Paged
from scanner.web.reviewing import escaped, waiting_rows
from scanner.web.site import Site
from scanner.web.visitor import TheSite, Visitor, form_token, needs

router = APIRouter(dependencies=[Depends(needs(COMPLIANCE))])
Compliance = Annotated[Visitor, Depends(needs(COMPLIANCE))]
OurForm = Depends(form_token)
Text = Annotated[str, Form(max_length=300)]
KINDS = ("confirm", "dismiss", "reclassify")


@router.get("/review/many")
def many(
    request: Request, site: TheSite, pages: ThePages, system: str = "", entity: str = "", page: int = 1
) -> Response:
    """The uncertain fields of a system or of a kind, to be ticked."""
    return _many(request, site, pages, system=system, entity=entity, page=page)


def _many(
    request: Request,
    site: Site,
    pages: Pages,
    *,
    system: str = "",
    entity: str = "",
    page: int = 1,
    done: Sequence[Decision] = (),
    problem: str = "",
) -> Response:
    waiting = waiting_rows(site)
    chosen = [row for row in waiting if system in ("", row.source) and entity in ("", row.entity)]
    paged = Paged(chosen, page)
    return pages.page(
        request,
        "many.html.j2",
        422 if problem else 200,
        paged=paged,
        rows=[(site.place_id(row), site.masked_row(row)) for row in paged.rows],
        systems=sorted({row.source for row in waiting}),
        entities=sorted({row.entity or "" for row in waiting}),
        system=system,
        entity=entity,
        categories=[*site.policy.categories, *site.policy.not_in_policy],
        done=done,
        problem=problem,
    )


@router.post("/review/many", dependencies=[OurForm])
def decide(
    request: Request,
    site: TheSite,
    pages: ThePages,
    visitor: Compliance,
    kind: Text,
    id: Annotated[list[str] | None, Form(max_length=100)] = None,
    reason: Text = "",
    category: Text = "",
) -> Response:
    """One decision about all fields that were ticked, each about its own field only: they count from now on."""
    rows = [row for one in id or () if (row := site.held().rows.get(one))]
    known = {*site.policy.categories, *site.policy.not_in_policy}
    if kind not in KINDS or (kind == "reclassify" and category not in known):
        raise HTTPException(422)
    if not rows:
        return _many(request, site, pages, problem=N_("Tick at least one field."))
    try:
        done = review.decide_all(
            site.store, [_decision(row, kind, category, reason) for row in rows], visitor.user.name
        )
    except ConfigError:
        return _many(request, site, pages, problem=N_("Say why: it is kept, and shown in reports."))
    return _many(request, site, pages, done=done)


def _decision(row: Row, kind: str, category: str, reason: str) -> Decision:
    place = (row.source, escaped(row.unit), escaped(row.field), row.entity or "")
    return Decision(0, kind, *place, category if kind == "reclassify" else "", reason.strip(), "", "")


@router.post("/review/undo", dependencies=[OurForm])
def undo(site: TheSite, visitor: Compliance, number: Annotated[list[int], Form()]) -> Response:
    """Decisions that were made together no longer count."""
    review.undo_all(site.store, number, visitor.user.name)
    return RedirectResponse("/review#decided", 303)
