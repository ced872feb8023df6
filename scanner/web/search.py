"""The search box: read as it is typed, answered only for a case. What is typed is never in an address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from reports.words import N_
from scanner import audit
from scanner.cases.model import Case, Channel, NewCase, Right
from scanner.errors import ConfigError
from scanner.linking.identity import PERSONNUMMER
from scanner.linking.links import LINK
from scanner.web.pages import Pages, ThePages, language
from scanner.web.site import Site
from scanner.web.support import SEARCHES_A_DAY, Searcher, desk_of, id_of, ids, is_open_to, searches_today, today
from scanner.web.visitor import TheSite, Visitor, form_token

router = APIRouter()
OurForm = Depends(form_token)
Typed = Annotated[str, Form(max_length=500)]
Text = Annotated[str, Form(max_length=200)]
_NUMBER = re.compile(r"(?<!\d)(?:\d{2})?\d{6}[ ]?[-+–]?[ ]?\d{4}(?!\d)")


@dataclass(frozen=True, slots=True)
class Read:
    """What a part of a question was read as."""

    entity: str
    masked: str


def read_as(site: Site, typed: str) -> tuple[list[Read], str]:
    """What a question was read as, each once; and what seems wrong with it, as a message."""
    try:
        found = site.read(typed)
    except ConfigError:
        return [], ""
    known = {(seed.entity, seed.masked): seed for seed in found if seed.entity != LINK and not seed.weak}
    reads = [Read(entity, masked) for entity, masked in known]
    unread = not any(read.entity == PERSONNUMMER for read in reads) and _NUMBER.search(typed)
    if unread or any(seed.mistyped for seed in found):
        return reads, N_("Looks like a personal identity number, but the check digit or the date is wrong.")
    if not reads and any(seed.entity == LINK for seed in found):
        return [Read("CUSTOMER_ID", found[0].masked)], ""
    return reads, ""


@router.get("/search")
def form(request: Request, site: TheSite, pages: ThePages, visitor: Searcher) -> Response:
    """The search box, and the case that gives the right to look."""
    return _form(request, site, pages, visitor)


def _form(request: Request, site: Site, pages: Pages, visitor: Visitor, problem: str = "", code: int = 200) -> Response:
    cases = desk_of(site, visitor.user).register.listed()
    return pages.page(
        request,
        "search.html.j2",
        code,
        mine=[case for case in cases if is_open_to(case, visitor.user)],
        ids=ids(site.store),
        today=today(),
        channels=list(Channel),
        rights=list(Right),
        problem=problem,
        left=SEARCHES_A_DAY - searches_today(site.store, visitor.user),
    )


@router.post("/search/read", dependencies=[OurForm])
def read(request: Request, site: TheSite, pages: ThePages, _visitor: Searcher, typed: Typed = "") -> Response:
    """A part of a page: what has been typed so far is read as this. Nothing is looked up."""
    reads, doubt = read_as(site, typed) if typed.strip() else ([], "")
    return pages.page(request, "read.html.j2", reads=reads, doubt=doubt)


@router.post("/search", dependencies=[OurForm])
def search(
    request: Request,
    site: TheSite,
    pages: ThePages,
    visitor: Searcher,
    typed: Typed = "",
    case: Text = "",
    right: Annotated[Right, Form()] = Right.ACCESS,
    channel: Annotated[Channel, Form()] = Channel.PHONE,
    received: Annotated[date | None, Form()] = None,
) -> Response:
    """Search for a person, for a case that is open or for a new one."""
    if not case:
        audit.record(site.store, "search refused: no case", "", by=visitor.user.name)
        return _form(
            request, site, pages, visitor, N_("Choose a case, or register a new one: it gives the right to look."), 403
        )
    if searches_today(site.store, visitor.user) >= SEARCHES_A_DAY:
        audit.record(site.store, "search refused: too many today", "", by=visitor.user.name)
        return _form(request, site, pages, visitor, N_("You have made as many searches today as are allowed."), 429)
    reads, _ = read_as(site, typed)
    if not reads:
        return _form(request, site, pages, visitor, N_("Nothing to search for was read from that."), 422)
    desk = desk_of(site, visitor.user)
    chosen = _chosen(site, visitor, case)
    if chosen is None:
        new = NewCase(received or today(), channel, right, language=language(request).code)
        chosen = desk.register.open(new)
    site.reviews.search(desk, chosen.number, typed, language(request).code)
    return RedirectResponse(f"/cases/{id_of(site.store, chosen.number)}", 303)


def _chosen(site: Site, visitor: Visitor, case: str) -> Case | None:
    """The case that was chosen, None for a new one.

    Raises:
        HTTPException: 404, there is none, or it is somebody else's.
    """
    if case == "new":
        return None
    found = next((number for number, id in ids(site.store).items() if str(id) == case), None)
    chosen = desk_of(site, visitor.user).register.get(found) if found else None
    if chosen is None or not is_open_to(chosen, visitor.user):
        raise HTTPException(404)
    return chosen
