"""Owners of systems: who they are, what they have said, and the page that a link of theirs opens."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import Response

from scanner.decisions import attestations
from scanner.errors import ConfigError
from scanner.users.roles import COMPLIANCE
from scanner.web.pages import Pages, ThePages
from scanner.web.signin import page_for_stranger
from scanner.web.site import Site
from scanner.web.visitor import TheSite, Visitor, form_token, needs

router = APIRouter()
Compliance = Annotated[Visitor, Depends(needs(COMPLIANCE))]
OurForm = Depends(form_token)


@router.get("/owners")
def owners(request: Request, site: TheSite, pages: ThePages, _visitor: Compliance) -> Response:
    """Every system with its owner and what he has said about it."""
    return _owners(request, site, pages)


def _owners(request: Request, site: Site, pages: Pages, **told: str) -> Response:
    shown = {"link": "", "whom": "", "problem": ""} | told
    status = 422 if shown["problem"] else 200
    said = attestations.latest(site.store)
    return pages.page(request, "owners.html.j2", status, sources=site.config.sources, said=said, **shown)


@router.post("/owners/{name}", dependencies=[OurForm])
def ask(request: Request, site: TheSite, pages: ThePages, visitor: Compliance, name: str) -> Response:
    """Make a link for the owner of a system; the page shows it, once."""
    try:
        code = attestations.ask(site.config, site.store, name, visitor.user.name)
    except ConfigError as error:
        return _owners(request, site, pages, problem=str(error))
    base = site.config.web.url.rstrip("/") or str(request.base_url).rstrip("/")
    return _owners(request, site, pages, link=f"{base}/attest/{code}", whom=site.config.sources[name].owner)


@router.get("/attest/{code}")
def form(request: Request, site: TheSite, code: str) -> Response:
    """What was found in a system, for its owner to say whether it is right."""
    return _form(request, site, code)


def _form(request: Request, site: Site, code: str, problem: str = "") -> Response:
    asked = attestations.asked(site.store, code)
    if asked is None:
        return page_for_stranger(request, "stale.html.j2", 404)
    held = site.held()
    at = list(held.matrix.sources).index(asked.source) if asked.source in held.matrix.sources else -1
    found = [(row.category, row.cells[at]) for row in held.matrix.rows if at >= 0 and row.cells[at].values]
    status = 422 if problem else 200
    return page_for_stranger(request, "attest.html.j2", status, asked=asked, found=found, code=code, problem=problem)


@router.post("/attest/{code}", dependencies=[OurForm])
def answer(
    request: Request, site: TheSite, code: str, said: Annotated[str, Form()] = "", note: Annotated[str, Form()] = ""
) -> Response:
    """Keep what the owner says."""
    try:
        asked = attestations.answer(site.store, code, said, note)
    except ConfigError as error:
        return _form(request, site, code, str(error))
    if asked is None:
        return page_for_stranger(request, "stale.html.j2", 404)
    return page_for_stranger(request, "attested.html.j2", asked=asked)
