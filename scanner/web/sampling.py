"""The random sample: fields without findings, looked through by a person, and the most that can have been missed."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from reports.elusion import silent
from reports.facts import FieldFacts
from scanner.decisions import sampling
from scanner.reporting import remembered
from scanner.users.roles import COMPLIANCE
from scanner.web.pages import ThePages
from scanner.web.site import Site
from scanner.web.visitor import TheSite, Visitor, form_token, needs

router = APIRouter(dependencies=[Depends(needs(COMPLIANCE))])
Compliance = Annotated[Visitor, Depends(needs(COMPLIANCE))]
OurForm = Depends(form_token)


@router.get("/sample")
def sample(request: Request, site: TheSite, pages: ThePages) -> Response:
    """The last sample, what has been looked at, and what that proves."""
    found = sampling.latest(site.store)
    return pages.page(
        request,
        "sample.html.j2",
        sample=found,
        rows=[(one, site.shown(one.unit), site.shown(one.field)) for one in (found.fields if found else ())],
        size=sampling.SIZE,
        largest=sampling.LARGEST,
    )


@router.post("/sample", dependencies=[OurForm])
def draw(site: TheSite, visitor: Compliance, size: Annotated[int, Form()] = sampling.SIZE) -> Response:
    """Draw a new sample of all fields without findings."""
    sampling.draw(site.store, _silent(site), size, visitor.user.name)
    return RedirectResponse("/sample", 303)


def _silent(site: Site) -> list[FieldFacts]:
    return silent(remembered.estate(site.store, site.config))


@router.post("/sample/{number}", dependencies=[OurForm])
def mark(site: TheSite, visitor: Compliance, number: int, verdict: Annotated[str, Form(max_length=10)]) -> Response:
    """Say whether a field holds personal data."""
    sampling.mark(site.store, number, verdict, visitor.user.name)
    return RedirectResponse(f"/sample#f-{number}", 303)


@router.post("/sample/{number}/look", dependencies=[OurForm])
def look(request: Request, site: TheSite, pages: ThePages, visitor: Compliance, number: int) -> Response:
    """A few values of a field, as its source has them. Logged first."""
    values = sampling.look(site.store, site.config, number, visitor.user.name)
    template = "values.html.j2" if "hx-request" in request.headers else "values_page.html.j2"
    return pages.page(request, template, values=values)
