"""Who asks in a case, and for whom: identity, name and address, role, and whoever acts for the person."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, HTTPException
from starlette.responses import RedirectResponse, Response

from scanner.cases.model import Identity, Mandate, Representative
from scanner.web.support import Support, case_of, desk_of, today
from scanner.web.visitor import TheSite, form_token

router = APIRouter()
OurForm = Depends(form_token)
Text = Annotated[str, Form(max_length=500)]


@router.post("/cases/{id}/identity", dependencies=[OurForm])
def identity(site: TheSite, visitor: Support, id: int, level: Annotated[Identity, Form()], how: Text = "") -> Response:
    """Note how well the identity of who asks is known."""
    desk_of(site, visitor.user).register.identify(case_of(site, visitor.user, id).number, level, how)
    return _back(id)


@router.post("/cases/{id}/person", dependencies=[OurForm])
def describe(
    site: TheSite, visitor: Support, id: int, name: Text = "", contact: Text = "", role: Text = ""
) -> Response:
    """Whom letters go to, and what the person is to the company."""
    if role and role not in site.policy.roles:
        raise HTTPException(422)
    case = case_of(site, visitor.user, id)
    desk_of(site, visitor.user).register.describe(case.number, role=role, name=name, contact=contact)
    return _back(id)


@router.post("/cases/{id}/represent", dependencies=[OurForm])
def represent(
    site: TheSite,
    visitor: Support,
    id: int,
    kind: Annotated[Mandate | Literal["none"], Form()] = "none",
    name: Text = "",
    checked: Annotated[bool, Form()] = False,
    how: Text = "",
) -> Response:
    """Note who acts for the person, and that the mandate was checked; `none`: nobody does."""
    case = case_of(site, visitor.user, id)
    by, on = (visitor.user.name, today().isoformat()) if checked else ("", "")
    acts = Representative(kind, name, by, on) if isinstance(kind, Mandate) else None
    desk_of(site, visitor.user).register.represent(case.number, acts, how)
    return _back(id)


def _back(id: int) -> Response:
    return RedirectResponse(f"/cases/{id}", 303)
