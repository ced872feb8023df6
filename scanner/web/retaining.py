"""Retention as a page: what is overdue, place by place, marked as taken care of, which the next scan checks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from reports.dates import today
from reports.document import Document
from reports.retention_tables import TO_LOOK_AT, WORKLIST
from reports.review import HANDLE, HOLD, Decision, counting
from scanner.decisions import review
from scanner.decisions.handled import handled
from scanner.errors import ConfigError
from scanner.reporting import judged
from scanner.users.roles import COMPLIANCE
from scanner.web.documents import asked, chosen_table, document, leaf
from scanner.web.pages import Pages, ThePages, language
from scanner.web.reviewing import escaped
from scanner.web.site import Site
from scanner.web.visitor import TheSite, Visitor, form_token, needs

router = APIRouter(dependencies=[Depends(needs(COMPLIANCE))])
Compliance = Annotated[Visitor, Depends(needs(COMPLIANCE))]
OurForm = Depends(form_token)
Text = Annotated[str, Form(max_length=300)]
Place = tuple[str, str]
"""Source and unit, masked."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What a form says of a place."""

    source: Text
    unit: Annotated[str, Form(max_length=2000)] = ""
    reason: Text = ""
    until: Annotated[date | None, Form()] = None

    @property
    def place(self) -> Place:
        """The place as it is shown."""
        return self.source, self.unit

    def decision(self, kind: str, by: Visitor) -> Decision:
        """The same as a decision about the place as it is shown."""
        place = (self.source, escaped(self.unit))
        return Decision(0, kind, *place, "", "", "", self.reason, by.user.name, "", self.until)


What = Annotated[Filled, Depends()]


@dataclass(frozen=True, slots=True)
class Mark:
    """What was said of a place."""

    source: str
    unit: str
    said: Decision
    scan: int
    left: bool
    """Something is overdue there by what the last scan left."""

    @property
    def state(self) -> str:
        """`waiting` for a scan, `left` after it, or `gone`."""
        if not self.scan:
            return "waiting"
        return "left" if self.left else "gone"


def marks(site: Site, places: Iterable[Place]) -> list[Mark]:
    """What was said of places, the latest first.

    Args:
        site: Whose store has it.
        places: Where something is overdue.
    """
    left = set(places)
    found = []
    for one in handled(site.store):
        place = (one.said.source, site.shown(_plain(one.said.unit)))
        found.append(Mark(*place, one.said, one.scan, place in left))
    return found


def holds(site: Site) -> dict[Place, list[Decision]]:
    """What must not be erased yet, by place, the latest last; what is shown as one place may be several."""
    found: dict[Place, list[Decision]] = defaultdict(list)
    for one in counting(review.decisions(site.store), today()):
        if one.kind == HOLD:
            found[one.source, site.shown(_plain(one.unit))].append(one)
    return found


def _plain(pattern: str) -> str:
    """What was escaped, as it was."""
    return pattern.replace("[*]", "*").replace("[?]", "?").replace("[[]", "[")


@router.get("/retention")
def retention(request: Request, site: TheSite, pages: ThePages) -> Response:
    """What is kept too long, may be, or cannot be told."""
    return _page(request, site, pages, document(site, "retention", language(request)))


def _page(
    request: Request, site: Site, pages: Pages, doc: Document, wrong: tuple[str, Place] | None = None
) -> Response:
    """The page; `wrong` says which form was filled in too little, and of which place."""
    table, paged = leaf(chosen_table(doc, request), request)
    said = marks(site, _worklist(doc))
    return pages.page(
        request,
        "retention.html.j2",
        422 if wrong else 200,
        doc=doc,
        name="retention",
        table=table,
        paged=paged,
        marks=said,
        by_place={(one.source, one.unit): one for one in said},
        holds=holds(site),
        asked=asked(site),
        wrong=wrong,
    )


def _worklist(doc: Document) -> list[Place]:
    return [place for table in doc.tables if table.id == WORKLIST for place in table.about]


@router.post("/retention/handle", dependencies=[OurForm])
def handle(request: Request, site: TheSite, pages: ThePages, visitor: Compliance, what: What) -> Response:
    """Say that what was overdue in a place is taken care of, and how."""
    return _decided(request, site, pages, what.place, [what.decision(HANDLE, visitor)])


@router.post("/retention/hold", dependencies=[OurForm])
def hold(request: Request, site: TheSite, pages: ThePages, visitor: Compliance, what: What) -> Response:
    """Say that what is overdue in a place must not be erased yet, and why: a dispute, a request from an authority."""
    said = what.decision(HOLD, visitor)
    meant = [replace(said, unit=escaped(unit)) for unit in _meant(site, what.place)]
    return _decided(request, site, pages, what.place, meant)


def _meant(site: Site, place: Place) -> list[str]:
    """Names of the tables or folders that are shown as one place: these stop erasure, not what is shown."""
    items = judged.kept(site.store, site.config, site.policy)
    units = dict.fromkeys(item.unit for item in items if item.source == place[0] and item.verdict in TO_LOOK_AT)
    return [unit for unit in units if site.shown(unit) == place[1]]


def _decided(request: Request, site: Site, pages: Pages, place: Place, said: Sequence[Decision]) -> Response:
    doc = document(site, "retention", language(request))
    if place not in _worklist(doc) or not said:
        raise HTTPException(404)
    try:
        review.decide_all(site.store, said, said[0].by)
    except ConfigError:
        return _page(request, site, pages, doc, (said[0].kind, place))
    return RedirectResponse("/retention#handled", 303)


@router.post("/retention/lift", dependencies=[OurForm])
def lift(site: TheSite, visitor: Compliance, number: Annotated[int, Form()]) -> Response:
    """Take a hold back: the place may be erased again."""
    together = next((some for some in holds(site).values() if number in {one.id for one in some}), None)
    if together is None:
        raise HTTPException(404)
    review.undo_all(site.store, [one.id for one in together], visitor.user.name)
    return RedirectResponse("/retention#handled", 303)


@router.post("/retention/reopen", dependencies=[OurForm])
def reopen(site: TheSite, visitor: Compliance, number: Annotated[int, Form()]) -> Response:
    """Take back that a place is taken care of."""
    if number not in {one.said.id for one in handled(site.store)}:
        raise HTTPException(404)
    review.undo_all(site.store, [number], visitor.user.name)
    return RedirectResponse("/retention#handled", 303)
