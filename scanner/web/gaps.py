"""Where policy and reality part ways: each gap a sentence; accepted for a time with a reason, and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from reports import inventory_report
from reports.dates import today
from reports.formats import DOCUMENT_FORMATS, render_document
from reports.gaps import Gap
from reports.review import Decision, counting, open_gaps
from scanner.decisions import review
from scanner.errors import ConfigError
from scanner.users.roles import COMPLIANCE
from scanner.web.documents import TYPES
from scanner.web.pages import Pages, ThePages, language
from scanner.web.paging import Paged
from scanner.web.reviewing import escaped
from scanner.web.site import Site
from scanner.web.visitor import TheSite, Visitor, form_token, needs

router = APIRouter(dependencies=[Depends(needs(COMPLIANCE))])
Compliance = Annotated[Visitor, Depends(needs(COMPLIANCE))]
Text = Annotated[str, Form(max_length=300)]
ROWS = 50
"""Gaps that one page shows: each with a form."""
ACCEPTED = "accepted"
"""The tab of those that somebody has accepted."""


@router.get("/gaps")
def gaps(request: Request, site: TheSite, pages: ThePages, kind: str = "", page: int = 1) -> Response:
    """Where what is held and what the policy says part ways."""
    return _gaps(request, site, pages, kind, page)


def _gaps(
    request: Request, site: Site, pages: Pages, kind: str, page: int = 1, wrong: tuple[str, str] | None = None
) -> Response:
    held, decided = site.held(), _accepting(site)
    left, taken = _open(site, kind, decided)
    paged = Paged(taken if kind == ACCEPTED else left, page, ROWS)
    return pages.page(
        request,
        "gaps.html.j2",
        422 if wrong else 200,
        found=[(site.place_id(gap), site.masked_gap(gap), _acceptance(gap, decided)) for gap in paged.rows],
        known=held.rows,
        unseen=[gap for gap in held.inventory.gaps if gap.kind == "unseen"],
        kinds={name: len(some) for name, some in held.gaps.items() if name},
        accepted=len(taken),
        kind=kind,
        paged=paged,
        scanned=held.inventory.generated,
        today=today(),
        wrong=wrong,
    )


def _accepting(site: Site) -> list[Decision]:
    """The acceptances that count today."""
    return [one for one in counting(review.decisions(site.store), today()) if one.kind == "accept"]


def _open(site: Site, kind: str, decided: Sequence[Decision]) -> tuple[Sequence[Gap], Sequence[Gap]]:
    """Gaps of a kind that are open, and all that are accepted, also where the inventory is being worked out anew."""
    held = site.held()
    known = held.gaps.get(kind, ())
    if site.is_current:
        return known, held.inventory.accepted
    every = [*held.gaps.get("", ()), *held.inventory.accepted]
    return open_gaps(known, decided)[0], open_gaps(every, decided)[1]


def _acceptance(gap: Gap, decided: Sequence[Decision]) -> Decision | None:
    """Who has accepted a gap; the last one counts."""
    mine = [one for one in decided if open_gaps([gap], [one])[1]]
    return mine[-1] if mine else None


@dataclass(frozen=True, slots=True)
class Accepted:
    """What the form says of a gap."""

    id: Text
    kind: Text
    until: Annotated[date, Form()]
    reason: Text = ""

    def decision(self, gap: Gap) -> Decision:
        """The same as a decision."""
        at = (gap.source, escaped(gap.unit), escaped(gap.field), gap.entity or "")
        return Decision(0, "accept", *at, gap.kind, self.reason, "", "", self.until)


@router.post("/gaps/accept", dependencies=[Depends(form_token)])
def accept(
    request: Request, site: TheSite, pages: ThePages, visitor: Compliance, said: Annotated[Accepted, Depends()]
) -> Response:
    """Accept a gap until a day, for a reason; then it is back."""
    gap = next((one for one in site.held().gaps.get(said.kind, ()) if site.place_id(one) == said.id), None)
    if gap is None or not gap.source:
        raise HTTPException(404)
    if said.until <= today():
        return _gaps(request, site, pages, said.kind, wrong=(said.id, said.kind))
    try:
        review.decide(site.store, said.decision(gap), visitor.user.name)
    except ConfigError:
        return _gaps(request, site, pages, said.kind, wrong=(said.id, said.kind))
    return RedirectResponse("/gaps?kind=accepted", 303)


@router.post("/gaps/reopen", dependencies=[Depends(form_token)])
def reopen(site: TheSite, visitor: Compliance, number: Annotated[int, Form()]) -> Response:
    """Take an acceptance back."""
    if not any(one.id == number and one.kind == "accept" for one in review.decisions(site.store)):
        raise HTTPException(404)
    review.undo_all(site.store, [number], visitor.user.name)
    return RedirectResponse("/gaps", 303)


@router.get("/export/gaps.{format}")
def export(request: Request, site: TheSite, format: str, kind: str = "") -> Response:
    """The gaps as a file, those of a kind or all."""
    if format not in DOCUMENT_FORMATS:
        raise HTTPException(404)
    held = site.held().inventory
    left, taken = _open(site, "" if kind == ACCEPTED else kind, _accepting(site))
    some = replace(
        held, rows=[], gaps=[] if kind == ACCEPTED else left, accepted=taken if kind in ("", ACCEPTED) else []
    )
    masked = replace(
        some, gaps=list(map(site.masked_gap, some.gaps)), accepted=list(map(site.masked_gap, some.accepted))
    )
    lang = language(request)
    data = render_document(inventory_report.gaps(masked, lang), format, lang.code, tables=("gaps", ACCEPTED))
    name = f"gaps-{held.generated[:10]}.{'txt' if format == 'text' else format}"
    return Response(data, media_type=TYPES[format], headers={"content-disposition": f'attachment; filename="{name}"'})
