"""Signing in and out, the one-time links, and the reader's language."""

from __future__ import annotations

import hmac
import secrets
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from reports.language import LANGUAGES
from scanner import audit
from scanner.errors import ConfigError
from scanner.users import User, check_password
from scanner.users.roles import Role
from scanner.web import menu
from scanner.web.pages import pages_of
from scanner.web.site import Site
from scanner.web.visitor import (
    COOKIE,
    LANGUAGE_COOKIE,
    SignedIn,
    TheSite,
    cookie_of,
    form_token,
)

router = APIRouter()
Text = Annotated[str, Form()]
OurForm = Depends(form_token)


def set_cookie(request: Request, response: Response, cookie: str) -> None:
    """Give the browser its number: for us alone, never for a script, never on the way from another site."""
    secure = request.url.scheme == "https"
    response.set_cookie(COOKIE, cookie, httponly=True, samesite="strict", secure=secure, path="/")


@router.get("/")
def start(visitor: SignedIn) -> Response:
    """The page that a user's work begins with."""
    return RedirectResponse(menu.start(visitor.user), 303)


@router.get("/signin")
def form(request: Request, site: TheSite, ended: int = 0) -> Response:
    """The form to sign in with."""
    return page_for_stranger(request, "signin.html.j2", ended=ended, wrong="", single=provider(site))


def provider(site: Site) -> str | None:
    """Name of the identity provider, "" where it has none; None: there is no provider."""
    return site.config.web.oidc.label if site.config.web.oidc else None


def page_for_stranger(request: Request, template: str, status: int = 200, **values: object) -> Response:
    """A page for somebody who is not signed in: he gets a number first, so that his form can be told from another's."""
    fresh = "" if cookie_of(request) else secrets.token_urlsafe(32)
    if fresh:
        request.cookies[COOKIE] = fresh
    response = pages_of(request).page(request, template, status, **values)
    if fresh:
        set_cookie(request, response, fresh)
    return response


@router.post("/signin", dependencies=[OurForm])
def sign_in(request: Request, site: TheSite, name: Text = "", password: Text = "") -> Response:
    """Check name and password; a new number for the session."""
    address = request.client.host if request.client else ""
    single = provider(site)
    if site.tries_of_name.is_spent(name.casefold()) or site.tries_of_address.is_spent(address):
        return page_for_stranger(request, "signin.html.j2", 429, ended=0, wrong="often", single=single)
    user = site.users.sign_in(name, password)
    if user is None:
        site.tries_of_name.note(name.casefold())
        site.tries_of_address.note(address)
        return page_for_stranger(request, "signin.html.j2", 401, ended=0, wrong="name", single=single)
    site.tries_of_name.forget(name.casefold())
    return let_in(request, user)


def let_in(request: Request, user: User) -> Response:
    """Begin a session and go to where the user's work begins."""
    site = request.app.state.site
    audit.record(site.store, "sign in", "", by=user.name)
    site.sessions.end(cookie_of(request))
    response = RedirectResponse(menu.start(user), 303)
    set_cookie(request, response, site.sessions.start(user))
    return response


@router.post("/signout", dependencies=[OurForm])
def sign_out(request: Request, site: TheSite) -> Response:
    """End the session."""
    site.sessions.end(cookie_of(request))
    response = RedirectResponse("/signin", 303)
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict")
    return response


@router.get("/first/{code}")
def first(request: Request, site: TheSite, code: str) -> Response:
    """The form that makes the first admin; its link was printed when the server started."""
    _check_first(site.first_code, code)
    return page_for_stranger(request, "first.html.j2", code=code, problem="")


@router.post("/first/{code}", dependencies=[OurForm])
def make_first(request: Request, site: TheSite, code: str, name: Text = "", password: Text = "") -> Response:
    """Make the first admin and sign him in; the link is used up."""
    _check_first(site.first_code, code)
    try:
        check_password(password)
        invitation = site.users.add(name, [Role.ADMIN], "first start") if not site.users.all() else ""
        user = site.users.accept(invitation, password)
    except ConfigError as error:
        return page_for_stranger(request, "first.html.j2", 422, code=code, problem=str(error))
    if user is None:
        raise HTTPException(404)
    site.first_code = ""
    return let_in(request, user)


def _check_first(expected: str, code: str) -> None:
    if not expected or not hmac.compare_digest(expected.encode(), code.encode()):
        raise HTTPException(404)


@router.get("/welcome/{code}")
def welcome(request: Request, site: TheSite, code: str) -> Response:
    """The form in which an invited user chooses a password."""
    user = site.users.invited(code)
    if user is None:
        return page_for_stranger(request, "stale.html.j2", 404)
    return page_for_stranger(request, "welcome.html.j2", code=code, who=user, problem="")


@router.post("/welcome/{code}", dependencies=[OurForm])
def accept(request: Request, site: TheSite, code: str, password: Text = "") -> Response:
    """Set the password and sign in."""
    invited = site.users.invited(code)
    try:
        user = site.users.accept(code, password)
    except ConfigError as error:
        return page_for_stranger(request, "welcome.html.j2", 422, code=code, who=invited, problem=str(error))
    if user is None:
        return page_for_stranger(request, "stale.html.j2", 404)
    site.sessions.end_all(user.id)
    return let_in(request, user)


@router.post("/language", dependencies=[OurForm])
def language(code: Text = "", back: Text = "/") -> Response:
    """Choose the language; goes back to the page it was chosen on."""
    inside = back.startswith("/") and not back.startswith(("//", "/\\"))
    response = RedirectResponse(back if inside else "/", 303)
    if code in LANGUAGES:
        response.set_cookie(LANGUAGE_COOKIE, code, max_age=365 * 86400, httponly=True, samesite="strict", path="/")
    return response


@router.get("/account")
def account(request: Request, visitor: SignedIn) -> Response:
    """Who I am and what I may do."""
    return pages_of(request).page(request, "account.html.j2", visitor=visitor)
