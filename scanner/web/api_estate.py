"""What is held where, for programs: the inventory and the gaps a page at a time, coverage, scans."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query

from reports import objects
from reports.language import translator
from scanner import audit
from scanner.reporting import ledger
from scanner.web.api_access import ANSWERS, Inventory, ScansReader, ScansWriter
from scanner.web.held import Choice
from scanner.web.visitor import TheSite

MOST = 5000
Offset = Annotated[int, Query(ge=0, le=2**31 - 1)]
Limit = Annotated[int, Query(ge=1, le=MOST)]
Name = Annotated[str, Query(max_length=200)]
router = APIRouter(responses=ANSWERS)


@router.get("/inventory")
def inventory(
    site: TheSite, _user: Inventory, source: Name = "", category: Name = "", offset: Offset = 0, limit: Limit = 1000
) -> dict[str, Any]:
    """The rows of the inventory from `offset`, of a source and a category or of all; values in names are masked."""
    held = site.held()
    rows = held.chosen(Choice(category=category, system=source))
    return {
        "generated": held.inventory.generated,
        "policy": {"id": site.policy.id, "sha256": site.policy.sha256},
        "total": len(rows),
        "offset": offset,
        "rows": [objects.row(site.masked_row(row)) for row in rows[offset : offset + limit]],
    }


@router.get("/gaps")
def gaps(site: TheSite, _user: Inventory, kind: Name = "", offset: Offset = 0, limit: Limit = 1000) -> dict[str, Any]:
    """The gaps from `offset`, the gravest first, of a kind or of all."""
    found, lang = site.held().gaps.get(kind, ()), translator("sv")
    some = [objects.gap(site.masked_gap(one), site.policy, lang) for one in found[offset : offset + limit]]
    return {"total": len(found), "offset": offset, "gaps": some}


@router.get("/coverage")
def covered(site: TheSite, _user: ScansReader) -> list[dict[str, Any]]:
    """How the units of each source ended."""
    return [
        {"source": one.source, "state": str(one.state), "count": one.count, "reasons": dict(one.reasons)}
        for one in site.coverage()
    ]


@router.get("/scans")
def scans(site: TheSite, _user: ScansReader) -> list[dict[str, Any]]:
    """The last scans, the newest first."""
    rows = ledger.scans(site.store)
    return [
        {"scan": one.number, "started": one.started, "finished": one.finished, "status": one.status} for one in rows
    ]


@router.post("/scans", status_code=202)
def start(site: TheSite, user: ScansWriter, source: Name = "") -> dict[str, bool]:
    """Scan a source now, or all of them; `started` is false while a scan is going on."""
    if source and source not in site.config.sources:
        raise HTTPException(404, "There is no such source.")
    audit.record(site.store, "scan", source or "all", by=user.name)
    return {"started": site.scans.start([source] if source else [])}
