"""What stands before every page: the name we are called by, what a browser may do with an answer, and errors told
without a trace and without a value.

Sources: OWASP Secure Headers, WHATWG Fetch (Sec-Fetch-Site); threats S12, S16 of the threat model.
"""

from __future__ import annotations

import re
import secrets
import sys
from collections.abc import Callable, Collection

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from scanner.unquoted import where
from scanner.web.visitor import COOKIE

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
LONGEST_BODY = 1_000_000
LONGEST_FILES = 50_000_000
"""Of what an owner hands in for a case."""
_HANDED_IN = re.compile(r"/cases/\d+/tasks/\d+")
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cache-control": "no-store",
}


class Guard:
    """Middleware around the whole application.

    Args:
        app: The application.
        hosts: Names by which we are called.
        is_open: Whether a cookie is that of an open session.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str], is_open: Callable[[str], bool]) -> None:
        self._app = app
        self._hosts = frozenset(hosts)
        self._is_open = is_open

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        sent = _Sent(send)
        refused = self._refusal(Request(scope))
        if refused:
            await PlainTextResponse(refused[1], refused[0])(scope, receive, sent)
            return
        try:
            await self._app(scope, receive, sent)
        except Exception as error:  # noqa: BLE001  the edge: nothing of what went wrong may reach browser or log
            await sent.failed(scope, receive, note(error))

    def _longest(self, request: Request) -> int:
        """The longest body: files are read from users only, for a form is read before a page asks who sends it."""
        hands_in = _HANDED_IN.fullmatch(request.url.path) and self._is_open(request.cookies.get(COOKIE, ""))
        return LONGEST_FILES if hands_in else LONGEST_BODY

    def _refusal(self, request: Request) -> tuple[int, str] | None:
        method, headers = request.method, request.headers
        host = headers.get("host", "").rsplit(":", 1)[0].strip("[]").lower()
        if host not in self._hosts:  # a foreign name that leads to us: DNS rebinding
            return 421, "This server is not known by that name."
        length = headers.get("content-length", "0")
        if "transfer-encoding" in headers or not length.isdecimal() or int(length) > self._longest(request):
            return 413, "The request is too large, or does not say how large it is."
        if method not in _SAFE and headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return 403, "The request came from another site."
        return None


class _Sent:
    """Sends an answer with our headers on it."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._begun = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._begun = True
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
        await self._send(message)

    async def failed(self, scope: Scope, receive: Receive, reference: str) -> None:
        """Say that something went wrong, unless the answer was on its way."""
        if self._begun:
            return
        try:
            page: ASGIApp = scope["app"].state.pages.failure(scope, reference)
        except Exception:  # noqa: BLE001  the page that tells of errors has one itself
            page = PlainTextResponse(f"Something went wrong. Reference: {reference}", 500)
        await page(scope, receive, self)


def note(error: Exception) -> str:
    """Write where an error arose to the log, without its message, which may hold a value; returns its number."""
    reference = secrets.token_hex(4)
    sys.stderr.write(f"insyn: internal error {reference}: {where(error)}\n")
    return reference
