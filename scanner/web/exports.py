"""Tables of pages as files: coverage, decisions, owners and the log, for Excel, as CSV or on paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from starlette.responses import Response

from reports import review_report
from reports.coverage import coverage_table
from reports.dates import today
from reports.document import Cell, Column, Document, Table
from reports.formats import DOCUMENT_FORMATS, render_document
from reports.language import Language
from reports.words import moment
from scanner import audit
from scanner.audit import log
from scanner.decisions import attestations, review
from scanner.decisions.attestations import RIGHT, WRONG, Attestation
from scanner.subject.shown import decided
from scanner.users.roles import AUDITORS, COMPLIANCE
from scanner.web.documents import TYPES
from scanner.web.doings import doing
from scanner.web.pages import language
from scanner.web.site import Site
from scanner.web.visitor import TheSite, Visitor, needs

router = APIRouter()
ForCompliance = [Depends(needs(COMPLIANCE))]
Auditor = Annotated[Visitor, Depends(needs(AUDITORS))]
EVERY_ROW = 1_000_000
"""Of the log: as many as a sheet of Excel holds."""


@router.get("/export/coverage.{format}", dependencies=ForCompliance)
def coverage(request: Request, site: TheSite, format: str) -> Response:
    """What was searched and what was not."""
    return _file(request, site, format, coverage_table(site.coverage(), language(request)))


@router.get("/export/decisions.{format}", dependencies=ForCompliance)
def decisions(request: Request, site: TheSite, format: str) -> Response:
    """All that has been decided about findings; names are masked."""
    made = decided(review.decisions(site.store), site.shown)
    document = review_report.document(made, site.policy, today(), language(request))
    return _file(request, site, format, document.tables[0])


@router.get("/export/owners.{format}", dependencies=ForCompliance)
def owners(request: Request, site: TheSite, format: str) -> Response:
    """Every system with its owner and what he has said about it."""
    lang, said = language(request), attestations.latest(site.store)
    columns = _columns(lang, (("System", 18), ("Owner", 24), ("What they say", 30), ("When (UTC)", 18), ("Why", 50)))
    rows = [
        [name, source.owner or None, *_answer(said.get(name), lang)] for name, source in site.config.sources.items()
    ]
    return _file(request, site, format, Table("owners", lang.text("Owners"), "", columns, rows))


def _answer(one: Attestation | None, lang: Language) -> list[Cell]:
    if one is None:
        return [lang.text("never asked"), None, None]
    words = {RIGHT: "it is right" if one.holds else "too long ago", WRONG: "something is wrong"}
    return [
        lang.text(words.get(one.answer, "has not answered")),
        moment(one.answered_at or one.asked_at),
        one.note or None,
    ]


@router.get("/log/export.{format}")
def log_file(request: Request, site: TheSite, format: str, visitor: Auditor) -> Response:
    """The log, the newest first; that it was taken out is written into it first."""
    if format not in DOCUMENT_FORMATS:
        raise HTTPException(404)
    audit.record(site.store, "log export", "", by=visitor.user.name)
    lang = language(request)
    headings = (("Row", 8), ("When (UTC)", 18), ("Who", 30), ("What", 40), ("Case or reason", 40))
    rows: list[list[Cell]] = [
        [one.id, moment(one.at), one.actor, doing(one.action, lang), one.case or None]
        for one in log.rows(site.store, EVERY_ROW)
    ]
    return _file(request, site, format, Table("log", lang.text("Log"), "", _columns(lang, headings), rows))


def _columns(lang: Language, headings: Sequence[tuple[str, int]]) -> list[Column]:
    return [Column(lang.text(heading), width=width) for heading, width in headings]


def _file(request: Request, site: Site, format: str, table: Table) -> Response:
    if format not in DOCUMENT_FORMATS:
        raise HTTPException(404)
    document = Document(
        id=table.id, title=table.title, company=site.policy.company, meta=[str(today())], figures=[], tables=[table]
    )
    data = render_document(document, format, language(request).code)
    name = f"{table.id}-{today()}.{'txt' if format == 'text' else format}"
    return Response(data, media_type=TYPES[format], headers={"content-disposition": f'attachment; filename="{name}"'})
