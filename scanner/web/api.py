"""The JSON API: the same actions as the pages, for a CRM or a ticket system. OpenAPI at `/api/openapi.json`.

Every call carries a token (`Authorization: Bearer …`) with the scope that the action needs.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, HTTPException, Path, Request
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.responses import JSONResponse
from starlette.routing import Match

from scanner import audit
from scanner.cases import hits as case_hits
from scanner.cases.model import Case, Channel, NewCase, Right
from scanner.errors import InsynError
from scanner.users import User
from scanner.web import api_estate, support
from scanner.web.api_access import ANSWERS, CasesReader, CasesWriter
from scanner.web.kept import BeingMadeError
from scanner.web.quiet import NO_TELEMETRY
from scanner.web.search import read_as
from scanner.web.site import Site
from scanner.web.support import SEARCHES_A_DAY, case_of, desk_of, id_of, is_open_to, searches_today
from scanner.web.visitor import TheSite

METHOD_NOT_ALLOWED = 405
FIRST_DAY = date(2018, 5, 25)
"""On which the GDPR began to apply: nobody can have asked by it before."""
Id = Annotated[int, Path(ge=1, le=2**31 - 1)]


class CaseOut(BaseModel):
    """A case. Whom it is about is not told."""

    id: int
    number: str
    right: Right
    channel: Channel
    state: str
    received: date
    answer_by: date
    missing: list[str]


class CaseIn(BaseModel):
    """A request that came in."""

    model_config = ConfigDict(extra="forbid")

    received: date
    right: Right = Right.ACCESS
    channel: Channel = Channel.OTHER
    identifiers: list[Annotated[str, Field(min_length=1, max_length=200)]] = Field(default=[], max_length=10)
    search: bool = False
    """Search at once; needs an identifier."""


class Found(BaseModel):
    """What a search found: numbers only."""

    grades: dict[str, int]
    sources: dict[str, int]
    tasks: int


router = APIRouter(responses=ANSWERS)
_PARTS = (router, api_estate.router)


@router.get("/cases")
def cases(site: TheSite, user: CasesReader, closed: bool = False) -> list[CaseOut]:
    """Cases that the token's user may see, the most urgent first."""
    listed = desk_of(site, user).register.listed(closed=closed)
    return [_out(site, case) for case in listed if is_open_to(case, user)]


@router.get("/cases/{id}")
def case(site: TheSite, user: CasesReader, id: Id) -> CaseOut:
    """A case."""
    return _out(site, case_of(site, user, id))


@router.post("/cases", status_code=201)
def open_case(site: TheSite, user: CasesWriter, new: CaseIn) -> CaseOut:
    """Register a request, and search at once if that is asked for."""
    if not FIRST_DAY <= new.received <= support.today():
        raise HTTPException(422, "received: is not a day that has come, or is before 2018-05-25")
    if new.search:
        _readable(site, new.identifiers)
        _spare(site, user)
    desk = desk_of(site, user)
    made = desk.register.open(NewCase(new.received, new.channel, new.right, identifiers=tuple(new.identifiers)))
    if new.search:
        with site.lock:
            case_hits.search(desk, made.number)
    return _out(site, made)


@router.post("/cases/{id}/search")
def search(site: TheSite, user: CasesWriter, id: Id) -> Found:
    """Search again for the person of a case."""
    found = case_of(site, user, id)
    _spare(site, user)
    with site.lock:
        made = case_hits.search(desk_of(site, user), found.number)
    return Found(grades=dict(made.grades), sources=dict(made.sources), tasks=made.tasks)


def _out(site: Site, case: Case) -> CaseOut:
    return CaseOut(
        id=id_of(site.store, case.number),
        number=case.number,
        right=case.right,
        channel=case.channel,
        state=str(case.state),
        received=case.received,
        answer_by=case.deadline.planned,
        missing=list(case.missing),
    )


def _readable(site: Site, identifiers: list[str]) -> None:
    if not read_as(site, ", ".join(identifiers))[0]:
        raise HTTPException(422, "identifiers: nothing to search for was read from them")


def _spare(site: Site, user: User) -> None:
    if searches_today(site.store, user) >= SEARCHES_A_DAY:
        audit.record(site.store, "search refused: too many today", "", by=user.name)
        raise HTTPException(429, "As many searches as are allowed have been made today.")


def create(site: Site) -> FastAPI:
    """The API as an application of its own, to stand beside the pages."""
    app = FastAPI(title="Insyn", version="1", docs_url=None, redoc_url=None, openapi_url=None, telemetry=NO_TELEMETRY)
    app.state.site = site
    for part in _PARTS:
        app.include_router(part)
    schema = get_openapi(title="Insyn", version="1", routes=app.routes, description=__doc__, servers=[{"url": "/api"}])

    @app.get("/openapi.json", include_in_schema=False)
    def openapi() -> dict[str, Any]:
        return schema

    app.add_exception_handler(InsynError, _told)
    app.add_exception_handler(BeingMadeError, _being_made)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(StarletteHTTPException, _refused)
    return app


def _told(_: Request, error: Exception) -> JSONResponse:
    return JSONResponse({"detail": str(error)}, 400)


def _being_made(_: Request, __: Exception) -> JSONResponse:
    return JSONResponse({"detail": "The figures are being worked out; ask again."}, 503, {"retry-after": "5"})


def _refused(request: Request, error: Exception) -> JSONResponse:
    status, headers = (error.status_code, error.headers) if isinstance(error, StarletteHTTPException) else (500, None)
    told = dict(headers or {})
    if status == METHOD_NOT_ALLOWED:
        told["Allow"] = ", ".join(sorted(_methods(request)))
    return JSONResponse({"detail": str(getattr(error, "detail", ""))}, status, told)


def _methods(request: Request) -> set[str]:
    """All methods of an address: it has a route for each."""
    routes = (one for part in _PARTS for one in part.routes if isinstance(one, APIRoute))
    return {method for one in routes if one.matches(request.scope)[0] is not Match.NONE for method in one.methods or ()}


def _invalid(_: Request, error: Exception) -> JSONResponse:
    """Where the request is wrong and why; what was sent is not repeated."""
    errors = error.errors() if isinstance(error, RequestValidationError) else []
    told = [f"{'.'.join(str(part) for part in one['loc'])}: {one['type']}" for one in errors]
    return JSONResponse({"detail": "; ".join(told)}, 422)
