"""Office documents (OOXML, OpenDocument): every XML part is read, the ones no reader of the document shows too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from posixpath import dirname, normpath
from urllib.parse import unquote

from lxml import etree

from connectors.base import Batch, State, Unread
from connectors.extract import biff12
from connectors.extract.archive import members
from connectors.extract.encoding import clean
from connectors.extract.limits import LimitReachedError
from connectors.extract.markup import Texts, is_sound, sweep
from connectors.extract.part import Part, row_batches, whole
from connectors.extract.picture import metadata
from connectors.extract.text import read_text
from connectors.extract.workbook import read_cells, without_cells

_BODY = re.compile(r"(?:word/document\d*|content)\.xml$")
_PROPERTIES = re.compile(r"docProps/|(?:.*/)?meta\.xml$")
_FORM_ONLY = re.compile(
    r"(?:.*/)?(?:styles|stylesWithEffects|theme\d*|fontTable|webSettings|numbering|calcChain|tableStyles|presProps"
    r"|viewProps|settings|sharedStrings|manifest|\[Content_Types\])\.xml$"
)
"""Parts whose running text is none of a person's; words of theirs that look like data are still read."""
_SHEET = re.compile(r"xl/(?:work|chart|macro|dialog)sheets/[^/]+\.xml$")
_SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml$")
_EMBEDDED = re.compile(r"(?:.*/)?(?:embeddings/.+|afchunk[^/]*|vbaProject\.bin)$", re.IGNORECASE)
_FURNITURE = re.compile(
    r"(?:.*/)?(?:mimetype|printerSettings[^/]*|.*\.(?:emf|wmf|odttf|fntdata|rdf|dat|gif|bmp|svm)|Pictures/[^/.]*"
    r"|[^/]*\.bin|layout-cache|[^/]*/)$",
    re.IGNORECASE,
)
"""What carries no text: printers' settings, fonts, drawings of a replacement; the binary sheets are read by name."""
_PICTURE = re.compile(r"\.(?:jpe?g|png|tiff?|webp)$", re.IGNORECASE)
_RELATIONSHIP = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(rb"""(\w+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


@dataclass(slots=True, repr=False)
class _Package:
    """What the parts of one document hold."""

    parts: dict[str, bytes] = field(default_factory=dict)
    texts: Texts = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    pages: dict[str, int] = field(default_factory=dict)


def read_package(part: Part) -> Iterator[Batch | Unread | Part]:
    """Read a document: its text, a record a slide or a row of a sheet, and the documents embedded in it as members.

    Record None has the running text in field "", and `header1`, `footnotes`, `comments`, `deleted`, … by the part it
    stands in; attributes and properties are `@author`, `@creator`, links `@link`.
    """
    package = _Package()
    embedded: list[Part] = []
    for found in members(replace(part, only="")):
        if isinstance(found, Unread):
            if found.unit == part.unit or found.reason == "encrypted":
                yield replace(found, unit=part.unit)
                return
            package.faults.append(found.reason)
        elif isinstance(found, Batch):
            yield found
        elif _is_embedded(found):
            embedded.append(found)
        else:
            package.parts[found.name] = found.data
    if b"encryption-data" in package.parts.get("META-INF/manifest.xml", b""):
        yield Unread(part.unit, State.UNREADABLE, "encrypted")
        return
    yield from _document(part, package)
    yield from _embedded(part, embedded)


def _is_embedded(member: Part) -> bool:
    if member.name.endswith((".xml", ".rels", ".vml")):
        return False
    return _EMBEDDED.match(member.name) is not None or _FURNITURE.match(member.name) is None


def _document(part: Part, package: _Package) -> Iterator[Batch | Unread]:
    is_workbook = "xl/workbook.xml" in package.parts or "xl/workbook.bin" in package.parts
    is_workbook |= b"opendocument.spreadsheet" in package.parts.get("mimetype", b"")
    sound = not is_workbook or all(
        is_sound(data) for name, data in package.parts.items() if name.endswith((".xml", ".rels"))
    )
    package.pages = _pages(package.parts)
    for name, data in package.parts.items():
        _sweep(package, name, without_cells(data) if is_workbook and sound and _holds_cells(name) else data)
    if is_workbook and not sound:
        # The reader of cells does not end on some broken XML: they have been read as running text.
        package.faults.append("corrupt xml")
        _strings(package)
    elif is_workbook and not all(biff12.is_sound(name, data) for name, data in package.parts.items()):
        package.faults.append("corrupt")
        cells = [biff12.words(data, cells=True) for name, data in package.parts.items() if biff12.has_cells(name)]
        package.texts[0, "cells"] = [text for found in cells for text in found]
    elif is_workbook:
        whole_part = replace(part, data=biff12.completed(package.parts, part.data))
        for found in read_cells(whole_part, package.parts):
            if isinstance(found, Unread):
                package.faults.append(found.reason)
            else:
                yield found
    yield from _texts(part, package.texts)
    if package.faults:
        yield Unread(part.unit, State.PARTIAL, package.faults[0])


def _strings(package: _Package) -> None:
    """Read the strings that cells refer to."""
    try:
        sweep(package.parts.get("xl/sharedStrings.xml", b"<sst/>"), "sharedStrings", package.texts)
    except (etree.XMLSyntaxError, ValueError):
        package.faults.append("corrupt xml")


def _holds_cells(name: str) -> bool:
    return name == "content.xml" or _SHEET.match(name) is not None


def _sweep(package: _Package, name: str, data: bytes) -> None:
    """Read one part; what is no XML holds no text of its own."""
    if name.endswith(".rels"):
        links = package.texts.setdefault((0, "@link"), [])
        links += [unquote(link) for link in _links(data)]
        return
    if biff12.has_words(name):
        package.texts.setdefault((0, _field(name, 0)), []).extend(biff12.words(data))
    if not name.endswith((".xml", ".vml")):
        return
    form_only = _FORM_ONLY.match(name) and name != "styles.xml"
    texts: Texts = {} if form_only else package.texts
    if b"<!DOCTYPE" in data[:4096]:
        package.faults.append("dtd")
        return
    page = package.pages.get(name, 0)
    try:
        sweep(data, _field(name, page), texts, page, _PROPERTIES.match(name) is not None)
    except (etree.XMLSyntaxError, ValueError):
        package.faults.append("corrupt xml")
    for (_, key), lines in texts.items() if form_only else ():
        if key.startswith("@"):
            package.texts.setdefault((0, key), []).extend(lines)


def _field(name: str, page: int) -> str:
    if _BODY.match(name) or _SLIDE.match(name):
        return ""
    stem = name.rpartition("/")[2].partition(".")[0]
    if name == "word/glossary/document.xml":
        return "glossary"
    return {"notesSlide": "notes", "comment": "comments"}.get(stem.rstrip("0123456789"), stem) if page else stem


def _links(data: bytes) -> Iterator[str]:
    """Give what a document points at outside of itself."""
    for match in _RELATIONSHIP.finditer(data):
        found = {m[1]: m[2] or m[3] or b"" for m in _ATTRIBUTE.finditer(match[0])}
        if found.get(b"TargetMode") == b"External":
            yield found.get(b"Target", b"").decode("utf-8", "replace").replace("&amp;", "&")


def _pages(parts: dict[str, bytes]) -> dict[str, int]:
    """Number the slides as they are shown, and with each the parts that belong to it: notes, comments, charts."""
    targets = _targets(parts, "ppt/presentation.xml")
    order = re.findall(rb"<p:sldId\s[^>]*r:id=[\"']([^\"']+)", parts.get("ppt/presentation.xml", b""))
    shown = [targets[key] for key in order if key in targets]
    rest = sorted(
        (name for name in parts if _SLIDE.match(name) and name not in shown), key=lambda name: (len(name), name)
    )
    pages: dict[str, int] = {}
    for number, slide in enumerate((*shown, *rest), 1):
        pages[slide] = number
        for name in _targets(parts, slide).values():
            if not re.match(r"ppt/(?:slideLayouts|slideMasters|slides)/", name):
                pages.setdefault(name, number)
    return pages


def _targets(parts: dict[str, bytes], name: str) -> dict[bytes, str]:
    """Give id -> name of the parts that a part refers to."""
    folder, _, file = name.rpartition("/")
    found: dict[bytes, str] = {}
    for match in _RELATIONSHIP.finditer(parts.get(f"{folder}/_rels/{file}.rels", b"")):
        one = {m[1]: m[2] or m[3] or b"" for m in _ATTRIBUTE.finditer(match[0])}
        target = one.get(b"Target", b"").decode("utf-8", "replace")
        found[one.get(b"Id", b"")] = normpath(f"{dirname(name)}/{target}") if target[:1] != "/" else target[1:]
    return found


def _texts(part: Part, texts: Texts) -> Iterator[Batch | Unread]:
    """Give the pages as records, and all else as record None."""
    pages = sorted({page for page, _ in texts if page})
    rows = [
        ({"page": n}, {key: clean("\n".join(lines)) for (page, key), lines in texts.items() if page == n})
        for n in pages
    ]
    yield from row_batches(part, iter(rows))
    fields = {key: clean("\n".join(lines)) for (page, key), lines in texts.items() if not page and lines}
    body = fields.pop("", "")
    if len(body) <= part.limits.text_block and body:
        fields, body = {"": body, **fields}, ""
    if fields:
        yield whole(part.unit, fields)
    if body:
        yield from read_text(part, body, [])


def _embedded(part: Part, found: list[Part]) -> Iterator[Batch | Unread | Part]:
    """Give embedded documents as members; of pictures what is written in them, for they illustrate a text."""
    for member in found:
        if not part.wants(member.unit):
            continue
        if not _PICTURE.search(member.name) or part.limits.ocr_pages:
            yield replace(member, only=part.only)
            continue
        try:
            fields = metadata(member.data)
        except LimitReachedError:
            fields = {}
        if fields:
            yield whole(member.unit, {"path": clean(member.name), **fields})
