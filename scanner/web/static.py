"""Style sheets and scripts: shipped with the package, nothing is fetched from elsewhere."""

from __future__ import annotations

import gzip
from functools import lru_cache

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response

from scanner.web import pages

router = APIRouter()


@router.get("/static/{digest}/{name}")
def file(request: Request, digest: str, name: str) -> Response:
    """A file that a browser may keep for good: its address changes with its content."""
    if name not in pages.ASSETS or pages.asset(name) != f"/static/{digest}/{name}":
        raise HTTPException(404)
    headers = {"cache-control": "public, max-age=31536000, immutable", "vary": "accept-encoding"}
    data = pages.content(name)
    if "gzip" in request.headers.get(
        "accept-encoding", ""
    ):  # only here: pages hold secrets, and their length would tell
        data, headers["content-encoding"] = _small(name), "gzip"
    return Response(data, media_type=pages.ASSETS[name], headers=headers)


@lru_cache
def _small(name: str) -> bytes:
    return gzip.compress(pages.content(name), mtime=0)


@router.get("/health")
def health() -> dict[str, str]:
    """That the server answers; nothing else is told to who is not signed in."""
    return {"status": "ok"}
