"""Who may use the JSON API: a token with the scope that the action needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Depends, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel

from scanner.users import User
from scanner.users.api_tokens import Scope, Tokens
from scanner.web.visitor import TheSite

_Bearer = Annotated[HTTPAuthorizationCredentials | None, Depends(HTTPBearer(auto_error=False))]


class Problem(BaseModel):
    """What went wrong, in one line."""

    detail: str


def allowed(scope: Scope) -> Callable[[TheSite, _Bearer], User]:
    """A dependency: the user of a token with this scope."""

    def check(site: TheSite, bearer: _Bearer) -> User:
        user = Tokens(site.store).user(bearer.credentials, scope) if bearer else None
        if user is None:
            raise HTTPException(401, "A token with the scope " + scope + " is needed.", {"www-authenticate": "Bearer"})
        return user

    return check


ANSWERS: dict[int | str, dict[str, Any]] = {
    400: {"model": Problem}, 401: {"model": Problem}, 403: {"model": Problem}, 404: {"model": Problem},
    422: {"model": Problem}, 429: {"model": Problem}, 503: {"model": Problem},
}  # fmt: skip
CasesReader = Annotated[User, Depends(allowed(Scope.CASES_READ))]
CasesWriter = Annotated[User, Depends(allowed(Scope.CASES_WRITE))]
Inventory = Annotated[User, Depends(allowed(Scope.INVENTORY_READ))]
ScansReader = Annotated[User, Depends(allowed(Scope.SCANS_READ))]
ScansWriter = Annotated[User, Depends(allowed(Scope.SCANS_WRITE))]
