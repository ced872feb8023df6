"""Who asks: the signed-in user of a request, what he may see, and proof that a form came from our own page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Form, HTTPException, Request

from reports.words import N_
from scanner.users import User
from scanner.users.roles import Role
from scanner.web.site import Site

COOKIE = "insyn"
LANGUAGE_COOKIE = "lang"


class SignedOut(Exception):  # noqa: N818  no error, a state
    """Nobody is signed in, or the session has ended."""


class NotAllowed(Exception):  # noqa: N818  as above
    """The user has none of the roles that the page is for."""

    def __init__(self, roles: frozenset[Role]) -> None:
        super().__init__("not allowed")
        self.roles = roles


@dataclass(frozen=True, slots=True)
class Visitor:
    """The user of a request."""

    user: User
    cookie: str


def site_of(request: Request) -> Site:
    """What all requests share."""
    site: Site = request.app.state.site
    return site


def cookie_of(request: Request) -> str:
    """The session cookie, "" if there is none."""
    return request.cookies.get(COOKIE, "")


def visitor_of(request: Request) -> Visitor | None:
    """Who asks, None if nobody is signed in. Decided once a request."""
    if not hasattr(request.state, "visitor"):
        site, cookie = site_of(request), cookie_of(request)
        number = site.sessions.user(cookie, touch="x-refresh" not in request.headers)
        user = None if number is None else site.users.get(number)
        request.state.visitor = Visitor(user, cookie) if user else None
    visitor: Visitor | None = request.state.visitor
    return visitor


def needs(roles: frozenset[Role]) -> Callable[[Request], Visitor]:
    """A dependency: the signed-in user, who has one of these roles.

    Raises:
        SignedOut: nobody is signed in.
        NotAllowed: he has none of the roles.
    """

    def check(request: Request) -> Visitor:
        visitor = visitor_of(request)
        if visitor is None:
            raise SignedOut
        if not visitor.user.may(roles):
            raise NotAllowed(roles)
        return visitor

    return check


def form_token(request: Request, token: Annotated[str, Form(alias="_token")] = "") -> None:
    """A dependency of everything that changes something: the form carries our token for this browser.

    Raises:
        HTTPException: 403, it does not.
    """
    if not site_of(request).sessions.is_form_token(cookie_of(request), token):
        raise HTTPException(403, N_("The form is too old. Open the page again."))


ANYONE = frozenset(Role)
TheSite = Annotated[Site, Depends(site_of)]
SignedIn = Annotated[Visitor, Depends(needs(ANYONE))]
