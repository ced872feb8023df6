"""Reports that are documents (figures, bars, tables), as pages and as files: nothing is drawn here a second time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from fastapi import APIRouter, Depends, HTTPException, Request
from starlette.responses import Response

from reports import article30, article30_report, retention_report, trend_report
from reports.article30 import Processing
from reports.article30_stated import completed
from reports.dates import today
from reports.document import Cell, Document, Table
from reports.formats import DOCUMENT_FORMATS, render_document
from reports.language import LANGUAGES, Language
from reports.retention import Retention
from scanner.commands import article30 as article30_command
from scanner.decisions import policy_answers, processing_answers
from scanner.reporting import judged, overview, registers, snapshots
from scanner.reporting.registers import Suggestion
from scanner.users.roles import COMPLIANCE
from scanner.web.kept import BeingMadeError
from scanner.web.pages import ThePages, catalogue, language
from scanner.web.paging import Paged
from scanner.web.site import Site
from scanner.web.visitor import TheSite, needs

router = APIRouter(dependencies=[Depends(needs(COMPLIANCE))])
TYPES: Mapping[str, str] = {
    "text": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "json": "application/json",
    "jsonl": "application/jsonl",
}


ROWS = 30
"""Rows of a table of a report that one page shows: they may hold much text."""


@dataclass(frozen=True, slots=True)
class Report:
    """A report and what its table of equal columns is called."""

    build: Callable[[Site, Language], Document]
    tables: tuple[str, ...] = ()
    kept: bool = True
    """False: it is quickly built of what is kept."""


def verdicts(site: Site) -> Retention:
    """What is kept too long, worked out once a scan and a day."""
    return site.kept.get("verdicts", site.judged_stamp(), partial(_verdicts, site))


def overdue(site: Site) -> int | None:
    """How much is overdue, as far as it has been worked out; None: it has not, and is worked out meanwhile."""
    try:
        return site.kept.near("overdue", site.judged_stamp(), partial(_overdue, site))
    except BeingMadeError:
        return None


def _overdue(site: Site) -> int:
    return sum(item.count for item in verdicts(site).items if item.verdict == "overdue")


def _verdicts(site: Site) -> Retention:
    store, config = site.store, site.config
    items = judged.shown(judged.kept(store, config, site.policy), site.shown)
    settled = policy_answers.settled(store, site.policy)
    return Retention(
        today(), store.last_scan(), settled, overview.sources(config), items, overview.coverage(store, config)
    )


def asked(site: Site) -> Sequence[Suggestion]:
    """Columns that may tell when a customer left, as far as it has been worked out, where nobody has said it."""
    try:
        return site.kept.near("registers", site.judged_stamp(), partial(_asked, site))
    except BeingMadeError:
        return ()


def _asked(site: Site) -> Sequence[Suggestion]:
    return registers.asked(site.store, site.config, verdicts(site), site.shown)


def warm(site: Site) -> None:
    """Work out now what the first visitor would wait for, in the languages that there are."""
    overdue(site)
    asked(site)
    for lang in map(catalogue, LANGUAGES):
        site.kept.get(f"processings/{lang.code}", site.judged_stamp(), partial(_processings, site, lang))
        for name, report in REPORTS.items():
            if report.kept:
                site.kept.get(f"{name}/{lang.code}", site.judged_stamp(), partial(report.build, site, lang))


def _retention(site: Site, lang: Language) -> Document:
    return retention_report.document(verdicts(site), lang)


def processings(site: Site, lang: Language) -> list[Processing]:
    """The record of processing with what the company has said by now; no name of a place is in it.

    Raises:
        BeingMadeError: it is being worked out for the first time.
    """
    rows = site.kept.near(f"processings/{lang.code}", site.judged_stamp(), partial(_processings, site, lang))
    return completed(rows, processing_answers.statements(site.store), site.policy, lang)


def _processings(site: Site, lang: Language) -> list[Processing]:
    return article30.build(site.held().inventory, lang, article30_command.verdicts(verdicts(site)))


def article30_document(site: Site, lang: Language) -> Document:
    """The record of processing as a document; cheap once its rows are worked out, so that it is never out of date.

    Raises:
        BeingMadeError: its rows are being worked out for the first time.
    """
    return article30_report.document(processings(site, lang), replace(site.held().inventory, rows=[], gaps=[]), lang)


def _trend(site: Site, lang: Language) -> Document:
    held = site.held().inventory
    found = site.kept.get("trend", site.stamp(), partial(snapshots.trend, site.store, site.config, site.policy, held))
    return trend_report.document(found and found.masked(site.shown), held, lang)


REPORTS: Mapping[str, Report] = {
    "retention": Report(_retention, ("details",)),
    "article30": Report(article30_document, ("record",), kept=False),
    "trend": Report(_trend, ("changes",)),
}


def document(site: Site, name: str, lang: Language) -> Document:
    """A report as the last scan left it, worked out once.

    Raises:
        BeingMadeError: it is being worked out for the first time.
    """
    build = partial(REPORTS[name].build, site, lang)
    return site.kept.near(f"{name}/{lang.code}", site.judged_stamp(), build) if REPORTS[name].kept else build()


def chosen_table(doc: Document, request: Request) -> Table | None:
    """The table that a page's address names, else the first."""
    wanted = request.query_params.get("table", "")
    return next((one for one in doc.tables if one.id == wanted), doc.tables[0] if doc.tables else None)


def leaf(table: Table | None, request: Request) -> tuple[Table | None, Paged[Sequence[Cell]]]:
    """The part of a table that the address names, and which part that is."""
    number = request.query_params.get("page", "")
    paged = Paged(table.rows if table else (), int(number) if number.isdecimal() else 1, ROWS)
    about = table.about[paged.first : paged.first + ROWS] if table else ()
    return table and replace(table, rows=paged.rows, about=about, detail=False), paged


def page(name: str, request: Request, site: TheSite, pages: ThePages) -> Response:
    """A report as a page: its figures and charts, and one of its tables."""
    doc = document(site, name, language(request))
    table, paged = leaf(chosen_table(doc, request), request)
    return pages.page(request, "report.html.j2", doc=doc, name=name, table=table, paged=paged)


@router.get("/trend")
def trend_page(request: Request, site: TheSite, pages: ThePages) -> Response:
    """What has changed since the scan before the last."""
    return page("trend", request, site, pages)


@router.get("/reports/{name}.{format}")
def file(request: Request, site: TheSite, name: str, format: str) -> Response:
    """A report as a file."""
    if name not in REPORTS or format not in DOCUMENT_FORMATS:
        raise HTTPException(404)
    lang = language(request)
    data = render_document(document(site, name, lang), format, lang.code, tables=REPORTS[name].tables)
    end = "txt" if format == "text" else format
    disposition = f'attachment; filename="{name}-{site.store.last_scan()[:10]}.{end}"'
    return Response(data, media_type=TYPES[format], headers={"content-disposition": disposition})
