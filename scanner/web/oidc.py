"""Signing in at the company's identity provider (OpenID Connect, authorization code with PKCE).

The way there and back has a cookie of its own, which is sent when the provider leads back to us (SameSite=Lax); the
session's cookie is not, so the last step is a page of ours that goes on by itself.
"""

from __future__ import annotations

import secrets
import sys
from collections.abc import Mapping
from typing import Any

from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.starlette_client import OAuth
from fastapi import FastAPI, Request
from httpx2 import HTTPError
from joserfc.errors import JoseError
from starlette.middleware.sessions import SessionMiddleware
from starlette.responses import Response

from reports.words import N_
from scanner import audit
from scanner.config import Oidc
from scanner.errors import ConfigError
from scanner.users.roles import Role, parse
from scanner.web.pages import Pages
from scanner.web.quiet import NO_TELEMETRY
from scanner.web.signin import set_cookie
from scanner.web.site import Site

COOKIE = "insyn_oidc"
SECONDS = 600
_NO_PROVIDER = N_("The identity provider does not say how to sign in. Whoever runs Insyn must check its address.")
_NAMES = ("email", "preferred_username", "name", "sub")


def create(site: Site, provider: Oidc) -> FastAPI:
    """The two addresses of the way there and back, as an application of its own."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, telemetry=NO_TELEMETRY)
    app.state.site, app.state.pages = site, Pages(site)
    client = _client(provider)
    secure = site.config.web.url.startswith("https:")

    @app.get("/start")
    async def start(request: Request) -> Any:
        back = site.config.web.url.rstrip("/") or str(request.base_url).rstrip("/").removesuffix("/oidc")
        try:
            return await client.authorize_redirect(request, f"{back}/oidc/callback")
        except HTTPError as error:
            return _unreachable(request, error)
        except (
            OAuthError,
            ValueError,
            TypeError,
            RuntimeError,
        ):  # what it tells of itself is not what the standard says
            return _refused(request, _NO_PROVIDER, 502)

    @app.get("/callback")
    async def callback(request: Request) -> Response:
        try:
            claims = (await client.authorize_access_token(request))["userinfo"]
            return _let_in(request, site, provider, claims)
        except HTTPError as error:
            return _unreachable(request, error)
        except (OAuthError, JoseError, KeyError, ValueError, TypeError, RuntimeError):
            return _refused(request, N_("The identity provider did not vouch for you. Try again."))
        except ConfigError as error:
            return _refused(request, str(error))

    app.add_middleware(
        SessionMiddleware,
        secret_key=secrets.token_hex(32),
        session_cookie=COOKIE,
        max_age=SECONDS,
        path="/oidc",
        same_site="lax",
        https_only=secure,
    )
    return app


def _client(provider: Oidc) -> Any:
    oauth = OAuth()
    oauth.register(
        "provider",
        server_metadata_url=provider.issuer.rstrip("/") + "/.well-known/openid-configuration",
        client_id=provider.client,
        client_secret=provider.secret,
        client_kwargs={"scope": "openid profile email", "code_challenge_method": "S256"},
    )
    return oauth.provider


def roles_of(provider: Oidc, claims: Mapping[str, Any]) -> frozenset[Role]:
    """The roles that the provider's groups give; none: the user is not let in.

    Raises:
        ConfigError: the configuration names a role that there is not.
    """
    found = claims.get(provider.claim) or []
    groups = [found] if isinstance(found, str) else list(found)
    names = [role for group in groups for role in provider.roles.get(str(group), ())]
    return parse(names) if names else frozenset()


def _let_in(request: Request, site: Site, provider: Oidc, claims: Mapping[str, Any]) -> Response:
    roles = roles_of(provider, claims)
    if not roles:
        return _refused(request, N_("Your account has no role here. Ask an administrator."))
    name = next(str(claims[key]) for key in _NAMES if claims.get(key))
    user = site.users.admit(f"{claims['iss']} {claims['sub']}", name, roles)
    audit.record(site.store, "sign in", "", by=user.name)
    request.session.clear()
    response: Response = request.app.state.pages.page(request, "arrived.html.j2")
    set_cookie(request, response, site.sessions.start(user))
    return response


def _unreachable(request: Request, error: HTTPError) -> Response:
    """For whoever runs Insyn the log says what kind of fault it was."""
    issuer = request.app.state.site.config.web.oidc.issuer
    sys.stderr.write(f"insyn: sign-in: {issuer} cannot be reached ({type(error).__name__}); check web.oidc.issuer\n")
    return _refused(request, N_("The identity provider cannot be reached. Try again, or sign in with a password."), 502)


def _refused(request: Request, message: str, status: int = 403) -> Response:
    response: Response = request.app.state.pages.page(request, "problem.html.j2", status, message=message)
    return response
