"""PDF: text a page through PDFium, all else through the objects; a page that is only a picture is named."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pypdfium2

from connectors.base import Batch, State, Unread
from connectors.extract import ocr
from connectors.extract.encoding import clean
from connectors.extract.limits import LimitReachedError
from connectors.extract.names import Names
from connectors.extract.part import Part, Row, row_batches, whole
from connectors.extract.pdfobjects import Objects, read_objects

_PDFIUM = threading.Lock()
"""PDFium is not thread-safe: called from two threads at once it crashes, or gives no text."""
_PASSWORD = 4
_FEW = 16
"""Characters of a page that is a picture with a stamp on it."""
_MANY_PATHS = 200
"""Letters may be drawn as curves."""
_TAIL = 2048
_SCALE = 200 / 72
"""Of a page that is read as a picture: 200 dots an inch."""
_LISTED = 20


@dataclass(slots=True, repr=False)
class _Reading:
    """How the reading of one document goes."""

    objects: Objects
    faults: list[str]
    pictures: list[int] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)
    characters: int = 0
    seen: int = 0
    """Pages that were read as pictures."""


def read_pdf(part: Part) -> Iterator[Batch | Unread | Part]:
    """Give one record a page, `{"page": n}`; metadata, forms and bookmarks as record None; attachments as members.

    Fields of a page: text "", `annotations`, `@author`, `@link`. Of the document: `@Title` …, `xmp.…`, `form.<name>`.
    """
    try:
        with _PDFIUM:
            document = pypdfium2.PdfDocument(part.data)
            count = len(document)
    except pypdfium2.PdfiumError as error:
        reason = "encrypted" if error.err_code == _PASSWORD else "corrupt"
        yield Unread(part.unit, State.UNREADABLE, reason)
        return
    try:
        reading = _Reading(read_objects(part.data), [] if b"%%EOF" in part.data[-_TAIL:] else ["corrupt (cut)"])
        if reading.objects.attachments and part.depth >= part.limits.nesting:
            reading.faults.append("limit:nesting")
            reading.objects.attachments.clear()
        yield from _document(part, document, count, reading)
    finally:
        with _PDFIUM:
            document.close()
    yield from _attachments(part, reading.objects.attachments)


def _document(
    part: Part, document: pypdfium2.PdfDocument, count: int, reading: _Reading
) -> Iterator[Batch | Unread | Part]:
    fields = reading.objects.document
    if fields:
        yield whole(part.unit, fields)
    rows = _pages(part, document, count, reading)
    if part.limits.ocr_pages:  # it takes long: each page is told at once
        for row in rows:
            yield from row_batches(part, iter((row,)))
    else:
        yield from row_batches(part, rows)
    reasons = [*reading.faults, *reading.objects.faults]
    if reading.pictures:
        reasons.append(f"no text layer: page {_listed(reading.pictures)}")
    if reading.broken:
        reasons.append(f"corrupt: page {_listed(reading.broken)}")
    if reasons:
        yield Unread(part.unit, State.PARTIAL, "; ".join(reasons))


def _listed(pages: Sequence[int]) -> str:
    more = len(pages) - _LISTED
    return ", ".join(map(str, pages[:_LISTED])) + (f" and {more} more" if more > 0 else "")


def _pages(part: Part, document: pypdfium2.PdfDocument, count: int, reading: _Reading) -> Iterator[Row]:
    limit = part.limits.pdf_pages
    if count > limit:
        reading.faults.append("limit:pdf_pages")
    for number in range(1, min(count, limit) + 1):
        fields = dict(reading.objects.pages.get(number, {}))
        text = _text(document, number, reading)
        if reading.pictures[-1:] == [number] and part.limits.ocr_pages:
            fields |= _seen(part, document, number, reading)
        reading.characters += len(text)
        if reading.characters > part.limits.text_chars:
            reading.faults.append("limit:text_chars")
            return
        if text.strip():
            fields = {"": text, **fields}
        if fields:
            yield {"page": number}, fields


def _text(document: pypdfium2.PdfDocument, number: int, reading: _Reading) -> str:
    """Give the text of a page, also what lies outside of its borders; note a page that is a picture."""
    try:
        with _PDFIUM:
            page = document[number - 1]
            layer = page.get_textpage()
            text = layer.get_text_range()
            if len("".join(text.split())) < _FEW and _is_drawn(page):
                reading.pictures.append(number)
            layer.close()
            page.close()
    except pypdfium2.PdfiumError:
        reading.broken.append(number)
        return ""
    return clean(text.replace("\r\n", "\n").replace("\ufffe", "-").replace("\x02", "-"))


def _seen(part: Part, document: pypdfium2.PdfDocument, number: int, reading: _Reading) -> dict[str, str]:
    """Read a page that is a picture; where it cannot be, it stays among those without text."""
    if reading.seen >= part.limits.ocr_pages:
        return {}
    reading.seen += 1
    try:
        with _PDFIUM:
            page = document[number - 1]
            scale = min(_SCALE, math.sqrt(part.limits.ocr_pixels / max(1, page.get_width() * page.get_height())) * 0.99)
            picture = page.render(scale=scale, grayscale=True).to_pil()
            page.close()
        text = ocr.text(picture, part.limits)
    except (pypdfium2.PdfiumError, ocr.OcrError, LimitReachedError, ImportError) as error:
        reading.faults += [str(error)] if isinstance(error, ocr.OcrError) and str(error) not in reading.faults else []
        return {}
    reading.pictures.pop()
    return {"ocr": text} if text else {}


def _is_drawn(page: pypdfium2.PdfPage) -> bool:
    """Tell whether a page shows a picture, or curves enough to be letters."""
    paths = 0
    for shown in page.get_objects():
        paths += shown.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH
        if shown.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE or paths > _MANY_PATHS:
            return True
    return False


def _attachments(part: Part, attachments: Mapping[str, bytes]) -> Iterator[Part]:
    names = Names()
    for label, data in attachments.items():
        member = part.member(names.take(label))
        part.budget.open_member()
        part.budget.spend(len(data))
        if part.wants(member.unit):
            yield replace(member, data=data)
