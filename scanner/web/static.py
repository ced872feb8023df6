"""Style sheets and scripts: shipped with the package, nothing is fetched from elsewhere."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException
from starlette.responses import Response

from scanner.web import pages

router = APIRouter()


@router.get("/static/{digest}/{name}")
def file(digest: str, name: str) -> Response:
    """A file that a browser may keep for good: its address changes with its content."""
    if name not in pages.ASSETS or pages.asset(name) != f"/static/{digest}/{name}":
        raise HTTPException(404)
    return Response(
        pages.content(name),
        media_type=pages.ASSETS[name],
        headers={"cache-control": "public, max-age=31536000, immutable"},
    )


@router.get("/health")
def health() -> dict[str, str]:
    """That the server answers; nothing else is told to who is not signed in."""
    return {"status": "ok"}
