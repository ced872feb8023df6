"""What others do for a case: tasks with what is handed in, and the lists of what owners have to change."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PureWindowsPath
from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, HTTPException, Request, UploadFile
from starlette.responses import RedirectResponse, Response

from reports.formats import DOCUMENT_FORMATS, render_document
from scanner.cases import tasks as case_tasks
from scanner.cases import worklists
from scanner.web.documents import TYPES, chosen_table, leaf
from scanner.web.pages import ThePages, language
from scanner.web.support import Support, case_of, desk_of
from scanner.web.visitor import TheSite, form_token

router = APIRouter()
OurForm = Depends(form_token)
Text = Annotated[str, Form(max_length=500)]


@router.post("/cases/{id}/tasks/{task}", dependencies=[OurForm])
def settle(
    site: TheSite,
    visitor: Support,
    id: int,
    task: int,
    note: Text = "",
    waived: Annotated[bool, Form()] = False,
    files: Annotated[list[UploadFile] | None, File()] = None,
) -> Response:
    """Note what came of a task, with the files that were handed in; or that it is left undone and why."""
    number, desk = case_of(site, visitor.user, id).number, desk_of(site, visitor.user)
    if waived:
        case_tasks.waive(desk, number, task, note)
    else:
        case_tasks.answer(desk, number, task, note, _handed(files or ()))
    return RedirectResponse(f"/cases/{id}#tasks", 303)


def _handed(files: Sequence[UploadFile]) -> list[tuple[str, bytes]]:
    """Name, without folders, and content; a form in which no file was chosen sends one without a name."""
    return [(PureWindowsPath(one.filename).name or "file", one.file.read()) for one in files if one.filename]


@router.get("/cases/{id}/worklist")
def worklist(request: Request, site: TheSite, pages: ThePages, visitor: Support, id: int) -> Response:
    """What each owner has to erase, correct or stop, and what must be kept and why. Logged like every search."""
    case, lang = case_of(site, visitor.user, id), language(request)
    with site.lock:
        doc = worklists.told(desk_of(site, visitor.user), case.number, lang)
    table, paged = leaf(chosen_table(doc, request), request)
    return pages.page(request, "worklist.html.j2", id=id, case=case, doc=doc, table=table, paged=paged)


@router.get("/cases/{id}/worklist.{format}")
def file(request: Request, site: TheSite, visitor: Support, id: int, format: str) -> Response:
    """The same as a file, to be sent to the owners."""
    if format not in DOCUMENT_FORMATS:
        raise HTTPException(404)
    case, lang = case_of(site, visitor.user, id), language(request)
    with site.lock:
        doc = worklists.told(desk_of(site, visitor.user), case.number, lang)
    end = "txt" if format == "text" else format
    disposition = f'attachment; filename="worklist-{id}.{end}"'
    data = render_document(doc, format, lang.code)
    return Response(data, media_type=TYPES[format], headers={"content-disposition": disposition})
