"""The pages for whoever manages users, and the log of look-ups for the data protection officer."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from scanner.audit import log as audit_log
from scanner.audit.unusual import DAYS, KINDS
from scanner.errors import ConfigError
from scanner.users.api_tokens import Scope, Tokens
from scanner.users.roles import ADMINS, AUDITORS, Role
from scanner.web.pages import Pages, ThePages
from scanner.web.site import Site
from scanner.web.support import ids
from scanner.web.visitor import TheSite, Visitor, form_token, needs

router = APIRouter()
Admin = Annotated[Visitor, Depends(needs(ADMINS))]
Auditor = Annotated[Visitor, Depends(needs(AUDITORS))]
OurForm = Depends(form_token)
LOG_ROWS = 200


@router.get("/users")
def users(request: Request, site: TheSite, pages: ThePages, _visitor: Admin) -> Response:
    """Everybody, and the form for a new one."""
    return _users(request, site, pages)


def _users(request: Request, site: Site, pages: Pages, **told: str) -> Response:
    shown = {"link": "", "problem": "", "whom": ""} | told
    status = 422 if shown["problem"] else 200
    return pages.page(request, "users.html.j2", status, users=site.users.all(), roles=list(Role), **shown)


@router.post("/users", dependencies=[OurForm])
def add(
    request: Request,
    site: TheSite,
    pages: ThePages,
    visitor: Admin,
    name: Annotated[str, Form()] = "",
    role: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """Make a user; the page shows the one-time link, once."""
    try:
        code = site.users.add(name, role or [], visitor.user.name)
    except ConfigError as error:
        return _users(request, site, pages, problem=str(error))
    return _users(request, site, pages, link=_link(request, site, code), whom=name.strip())


@router.post("/users/{number}/link", dependencies=[OurForm])
def invite(request: Request, site: TheSite, pages: ThePages, visitor: Admin, number: int) -> Response:
    """A new one-time link, for who has forgotten the password."""
    user = next((one for one in site.users.all() if one.id == number), None)
    if user is None:
        return _users(request, site, pages, problem="user: there is none of that number")
    code = site.users.invite(number, visitor.user.name)
    return _users(request, site, pages, link=_link(request, site, code), whom=user.name)


@router.post("/users/{number}", dependencies=[OurForm])
def change(
    request: Request,
    site: TheSite,
    pages: ThePages,
    visitor: Admin,
    number: int,
    role: Annotated[list[str] | None, Form()] = None,
    active: Annotated[bool, Form()] = False,
) -> Response:
    """Give other roles, or close; whoever is signed in with the old ones is signed out."""
    try:
        site.users.change(number, visitor.user.name, roles=role or [], active=active)
    except ConfigError as error:
        return _users(request, site, pages, problem=str(error))
    site.sessions.end_all(number)
    return RedirectResponse("/users", 303)


@router.get("/tokens")
def tokens(request: Request, site: TheSite, pages: ThePages, _visitor: Admin) -> Response:
    """Tokens of programs, and the form for a new one."""
    return _tokens(request, site, pages)


def _tokens(request: Request, site: Site, pages: Pages, **told: str) -> Response:
    shown = {"code": "", "problem": "", "whom": ""} | told
    status = 422 if shown["problem"] else 200
    listed = Tokens(site.store).all()
    users = [user for user in site.users.all() if user.active]
    return pages.page(request, "tokens.html.j2", status, tokens=listed, users=users, scopes=list(Scope), **shown)


@router.post("/tokens", dependencies=[OurForm])
def add_token(
    request: Request,
    site: TheSite,
    pages: ThePages,
    visitor: Admin,
    name: Annotated[str, Form(max_length=200)] = "",
    user: Annotated[int, Form()] = 0,
    scope: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """Make a token; the page shows it, once."""
    whose = site.users.get(user)
    if whose is None:
        return _tokens(request, site, pages, problem="token: choose whose roles it has")
    try:
        code = Tokens(site.store).add(name, whose, scope or [], visitor.user.name)
    except ConfigError as error:
        return _tokens(request, site, pages, problem=str(error))
    return _tokens(request, site, pages, code=code, whom=name.strip())


@router.post("/tokens/{number}/remove", dependencies=[OurForm])
def remove_token(site: TheSite, visitor: Admin, number: int) -> Response:
    """Take a token back."""
    Tokens(site.store).remove(number, visitor.user.name)
    return RedirectResponse("/tokens", 303)


def _link(request: Request, site: Site, code: str) -> str:
    base = site.config.web.url.rstrip("/") or str(request.base_url).rstrip("/")
    return f"{base}/welcome/{code}"


@router.get("/log")
def log(request: Request, site: TheSite, pages: ThePages, _visitor: Auditor, before: int = 0) -> Response:
    """Who looked, when and why."""
    rows = audit_log.rows(site.store, LOG_ROWS, before)
    return pages.page(request, "log.html.j2", rows=rows, intact=None, most=LOG_ROWS)


@router.get("/lookups")
def lookups(request: Request, site: TheSite, pages: ThePages, _visitor: Auditor) -> Response:
    """Look-ups that somebody should ask about."""
    found = site.unusual([one.name for one in site.users.all()])
    return pages.page(request, "lookups.html.j2", found=found, kinds=KINDS, days=DAYS, ids=ids(site.store))


@router.post("/log/check", dependencies=[OurForm])
def check_log(request: Request, site: TheSite, pages: ThePages, _visitor: Auditor) -> Response:
    """Check the log from its first row to its last."""
    rows = audit_log.rows(site.store, LOG_ROWS)
    return pages.page(request, "log.html.j2", rows=rows, intact=audit_log.is_whole(site.store), most=LOG_ROWS)
