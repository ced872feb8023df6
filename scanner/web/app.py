"""The application: pages, API, and what stands before them."""

from __future__ import annotations

from collections.abc import Collection
from http import HTTPStatus

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response

from connectors import ConnectorError
from reports.pdf import PdfError
from scanner.cases.desk import SpecialHandlingError
from scanner.errors import InsynError
from scanner.web import (
    admin,
    api,
    case_person,
    case_tasks,
    cases,
    compliance,
    documents,
    engineers,
    exports,
    gaps,
    incident,
    many,
    oidc,
    owners,
    packages,
    policy,
    processings,
    relations,
    retaining,
    reviewing,
    sampling,
    search,
    signin,
    static,
)
from scanner.web.guard import Guard
from scanner.web.kept import BeingMadeError
from scanner.web.pages import Pages, pages_of
from scanner.web.quiet import NO_TELEMETRY
from scanner.web.site import Site
from scanner.web.visitor import NotAllowed, SignedOut

PARTS = (
    static, signin, search, cases, case_person, case_tasks, packages, compliance, gaps, exports, documents, retaining,
    processings, many,
    reviewing, sampling, policy, incident, owners, engineers, relations, admin,
)  # fmt: skip
"""The pages, a module a group."""


def addresses() -> list[str]:
    """All that can be opened in a browser, with the names of what stands in them."""
    routes = [route for part in PARTS for route in part.router.routes if isinstance(route, APIRoute)]
    return sorted({route.path for route in routes if "GET" in (route.methods or ())})


def create(site: Site, hosts: Collection[str]) -> FastAPI:
    """Make the application.

    Args:
        site: Whose pages.
        hosts: Names by which the server may be called.
    """
    app = FastAPI(title="Insyn", docs_url=None, redoc_url=None, openapi_url=None, telemetry=NO_TELEMETRY)
    app.state.site = site
    app.state.pages = Pages(site)
    for module in PARTS:
        app.include_router(module.router)
    app.mount("/api", api.create(site))
    if site.config.web.oidc:
        app.mount("/oidc", oidc.create(site, site.config.web.oidc))
    app.add_exception_handler(SignedOut, _signed_out)
    app.add_exception_handler(NotAllowed, _not_allowed)
    app.add_exception_handler(SpecialHandlingError, _special)
    app.add_exception_handler(BeingMadeError, _being_made)
    app.add_exception_handler(InsynError, _told)
    app.add_exception_handler(ConnectorError, _told)
    app.add_exception_handler(PdfError, _told)
    app.add_exception_handler(StarletteHTTPException, _http)
    app.add_exception_handler(RequestValidationError, _wrong_request)
    app.add_middleware(Guard, hosts=hosts, is_open=site.sessions.is_open)
    return app


def _signed_out(request: Request, _: Exception) -> Response:
    if "hx-request" in request.headers:  # a part of a page: the whole browser must go there
        return Response(status_code=401, headers={"HX-Redirect": "/signin?ended=1"})
    return RedirectResponse("/signin" + ("?ended=1" if request.cookies else ""), 303)


def _not_allowed(request: Request, error: Exception) -> Response:
    roles = error.roles if isinstance(error, NotAllowed) else frozenset()
    return pages_of(request).page(request, "forbidden.html.j2", 403, roles=sorted(roles))


def _special(request: Request, error: Exception) -> Response:
    """A person of protected identity: nothing is told but whom to turn to."""
    if "hx-request" in request.headers:  # beside what was asked for, not a page within the page
        return _problem(request, 403, str(error))
    return pages_of(request).page(request, "special.html.j2", 403)


def _being_made(request: Request, _: Exception) -> Response:
    """What is asked for is being worked out: the page says so, and asks again by itself."""
    response = pages_of(request).page(request, "working.html.j2", 503)
    response.headers["retry-after"] = "3"
    return response


def _told(request: Request, error: Exception) -> Response:
    """What we know the reason of; the message is one line and holds no value."""
    return _problem(request, 400, str(error))


def _http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException | StarletteHTTPException) else 500
    message = str(error.detail) if isinstance(error, HTTPException) else ""
    return _problem(request, status, message)


def _wrong_request(request: Request, _: Exception) -> Response:
    return _problem(request, 422, "")


def _problem(request: Request, status: int, message: str) -> Response:
    """A page, or the part of one that was asked for; for the API, whose mount takes no line break in a path, JSON."""
    if request.url.path.startswith("/api/"):
        return JSONResponse({"detail": message or HTTPStatus(status).phrase}, status)
    template = "problem_part.html.j2" if "hx-request" in request.headers else "problem.html.j2"
    return pages_of(request).page(request, template, status, message=message)
