"""The record of processing: what is missing is filled in here, and what is right is approved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from reports.article30 import COLUMNS, ORIGINS
from reports.article30_stated import REVIEWED, Statement, missing
from scanner.decisions import processing_answers
from scanner.decisions.processing_answers import ASKED, LONGEST
from scanner.users.roles import COMPLIANCE
from scanner.web.documents import article30_document, chosen_table, leaf, processings
from scanner.web.pages import ThePages, language
from scanner.web.visitor import TheSite, Visitor, form_token, needs

router = APIRouter(dependencies=[Depends(needs(COMPLIANCE))])
Compliance = Annotated[Visitor, Depends(needs(COMPLIANCE))]
OurForm = Depends(form_token)
Name = Annotated[str, Form(max_length=200)]


@router.get("/article30")
def record(request: Request, site: TheSite, pages: ThePages) -> Response:
    """The record of processing: the processings of a system with their cells, or one of its tables."""
    lang = language(request)
    doc = article30_document(site, lang)
    table, paged = leaf(chosen_table(doc, request), request)
    mine = [row for row in processings(site, lang) if table and row.source == table.title]
    return pages.page(
        request,
        "record30.html.j2",
        doc=doc,
        name="article30",
        table=table,
        paged=paged,
        rows=[(row, missing(row)) for row in mine] if table and table.id.startswith("system-") else [],
        columns=COLUMNS,
        origins=ORIGINS,
        asked=ASKED,
        reviewed=REVIEWED,
        longest=LONGEST,
    )


@dataclass(frozen=True, slots=True)
class Filled:
    """What the form says of a cell."""

    source: Name
    purpose: Name
    column: Name
    words: Annotated[str, Form(max_length=LONGEST)] = ""
    scope: Annotated[str, Form(pattern="^(this|system|all)$")] = "this"

    def statement(self, by: str) -> Statement:
        """The same as a statement."""
        about = {"this": (self.source, self.purpose), "system": (self.source, ""), "all": ("", "")}[self.scope]
        return Statement(*about, self.column, self.words, by, "")


@router.post("/article30/fill", dependencies=[OurForm])
def fill(request: Request, site: TheSite, visitor: Compliance, said: Annotated[Filled, Depends()]) -> Response:
    """Keep what stands in a cell; without words, take back what was said."""
    known = said.source in site.config.sources and said.purpose in site.policy.purposes and said.column in ASKED
    if not known:
        raise HTTPException(404)
    processing_answers.fill(site.config, site.store, site.policy, said.statement(visitor.user.name))
    return _back(request, said.source, said.purpose)


@router.post("/article30/approve", dependencies=[OurForm])
def approve(request: Request, site: TheSite, visitor: Compliance, source: Name, purpose: Name) -> Response:
    """Keep that a processing is right as it stands."""
    rows = processings(site, language(request))
    row = next((one for one in rows if (one.source, one.purpose) == (source, purpose)), None)
    if row is None:
        raise HTTPException(404)
    processing_answers.approve(site.store, site.policy, row, visitor.user.name)
    return _back(request, source, purpose)


def _back(request: Request, source: str, purpose: str) -> Response:
    site = request.app.state.site
    number = list(site.config.sources).index(source) + 1
    return RedirectResponse(f"/article30?table=system-{number}#p-{purpose}", 303)
