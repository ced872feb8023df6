"""The answer to a case: seen as it is sent, built, released by a second person, handed over; and the letters."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from reports.case.page import page
from reports.words import N_
from scanner import audit
from scanner.cases import delivery as case_delivery
from scanner.cases import letters as case_letters
from scanner.cases import package as case_package
from scanner.cases import preview as case_preview
from scanner.cases import tasks as case_tasks
from scanner.cases.model import State, TaskState
from scanner.web.pages import ThePages
from scanner.web.support import Support, case_of, desk_of
from scanner.web.visitor import TheSite, form_token

router = APIRouter()
OurForm = Depends(form_token)
Text = Annotated[str, Form(max_length=500)]
_STYLE = re.compile(rb"style-src ('sha256-[A-Za-z0-9+/=]+')")


@router.get("/cases/{id}/preview")
def preview(request: Request, site: TheSite, pages: ThePages, visitor: Support, id: int) -> Response:
    """The answer in a frame, with what is still missing beside it."""
    case = case_of(site, visitor.user, id)
    desk = desk_of(site, visitor.user)
    tasks = case_tasks.listed(desk, case.number)
    lacking = [replace(task, unit=site.shown(task.unit)) for task in tasks if task.state is TaskState.OPEN]
    built = [one for one in case_package.packages(desk, case.number) if not one.deleted_at]
    second = case.state is State.OPEN and bool(built) and desk.actor not in (case.opened_by, built[-1].built_by)
    return pages.page(request, "preview.html.j2", id=id, case=case, lacking=lacking, releases=second)


@router.get("/cases/{id}/preview.html")
def previewed(site: TheSite, visitor: Support, id: int) -> Response:
    """The answer exactly as it is sent: of the package where one is built. Logged before anything is looked up."""
    case, desk = case_of(site, visitor.user, id), desk_of(site, visitor.user)
    built = case.state is State.OPEN and any(not one.deleted_at for one in case_package.packages(desk, case.number))
    with site.lock:
        pieces = case_preview.preview(desk, case.number)[1] if built else case_package.draft(desk, case.number)
        return document(pieces)


def document(pieces: Iterable[bytes]) -> Response:
    """A document with a style of its own, allowed by its digest; it may stand in a frame of ours and do nothing."""
    data = b"".join(pieces)
    found = _STYLE.search(data)
    style = found.group(1).decode() if found else "'none'"
    policy = f"default-src 'none'; style-src {style}; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    return HTMLResponse(data, headers={"content-security-policy": policy})


@router.post("/cases/{id}/package", dependencies=[OurForm])
def build(request: Request, site: TheSite, pages: ThePages, visitor: Support, id: int, because: Text = "") -> Response:
    """Build the package; its password is shown this once."""
    case = case_of(site, visitor.user, id)
    with site.lock:
        built = case_package.build(desk_of(site, visitor.user), case.number, because=because)
    return pages.page(request, "built.html.j2", id=id, case=case, built=built)


@router.post("/cases/{id}/release", dependencies=[OurForm])
def release(site: TheSite, visitor: Support, id: int) -> Response:
    """Approve the package: by somebody else than who opened the case or built it."""
    case = case_of(site, visitor.user, id)
    case_delivery.release(desk_of(site, visitor.user), case.number)
    return RedirectResponse(f"/cases/{id}", 303)


@router.post("/cases/{id}/deliver", dependencies=[OurForm])
def deliver(site: TheSite, visitor: Support, id: int, how: Text = "") -> Response:
    """Note that the package has been handed over."""
    case = case_of(site, visitor.user, id)
    audit.record(site.store, "case deliver", case.number, by=visitor.user.name)
    case_delivery.deliver(desk_of(site, visitor.user), case.number, how)
    return RedirectResponse(f"/cases/{id}", 303)


@router.post("/cases/{id}/download", dependencies=[OurForm])
def download(site: TheSite, visitor: Support, id: int) -> Response:
    """The encrypted archive, once a second person has released it."""
    case = case_of(site, visitor.user, id)
    if case.state not in (State.RELEASED, State.DELIVERED):
        raise HTTPException(403, N_("A second person has not released the package."))
    built = [one for one in case_package.packages(desk_of(site, visitor.user), case.number) if not one.deleted_at]
    if not built:
        raise HTTPException(404)
    audit.record(site.store, "case download", case.number, by=visitor.user.name)
    path = site.config.directory / case_package.DIRECTORY / built[-1].file
    return FileResponse(path, media_type="application/zip", filename=built[-1].file)


@router.post("/cases/{id}/letters", dependencies=[OurForm])
def letter(site: TheSite, visitor: Support, id: int, kind: Text, reason: Text = "") -> Response:
    """A letter in the person's language, to be printed or sent; noted in the case."""
    case = case_of(site, visitor.user, id)
    audit.record(site.store, "case letter", case.number, by=visitor.user.name)
    written = case_letters.write(desk_of(site, visitor.user), case.number, kind, reason=reason)
    return document(page(written))
