"""Text of one XML part of an office document (OOXML, OpenDocument), by where a reader would look for it."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from xml.parsers import expat

from lxml import etree

Texts = dict[tuple[int, str], list[str]]
"""(page, field) -> lines; page 0: the document as a whole."""

_PARAGRAPHS = frozenset(("p", "h", "si", "is", "text"))
_ROWS = frozenset(("tr", "table-row"))
_CELLS = frozenset(("tc", "table-cell", "covered-table-cell"))
_MARKS = {"tab": "\t", "br": "\n", "cr": "\n", "line-break": "\n", "noBreakHyphen": "-", "s": " "}
_ASIDE = {"delText": "deleted", "instrText": "@instruction", "delInstrText": "@instruction"}
"""Inline text that a reader does not see; it is kept together a paragraph."""
_SECTIONS = {
    "annotation": "comments",
    "deletion": "deleted",
    "notes": "notes",
    "note-body": "footnotes",
    **dict.fromkeys(("header", "header-left", "header-first"), "header"),
    **dict.fromkeys(("footer", "footer-left", "footer-first"), "footer"),
}
"""OpenDocument keeps in one part what OOXML has a part each for."""
_SILENT = frozenset(("posOffset", "pctWidth", "pctHeight", "pctPosHOffset", "pctPosVOffset", "align", "binary-data"))
_TELLING = frozenset(
    (
        *("author", "descr", "title", "alt", "displayText", "displayName", "display-name", "prompt", "promptTitle"),
        *("error", "errorTitle", "tooltip", "location", "display", "description", "userName", "v", "string"),
        *("href", "string-value", "current-value", "formula", "label", "connection", "command", "help-message"),
    )
)
_NAMED = frozenset(("sheet", "definedName", "tableColumn", "cacheField", "table", "named-range", "named-expression"))
_VALUED = frozenset(
    ("alias", "tag", "docVar", "listEntry", "helpText", "statusText", "default", "query", "connectString", "userId")
)
_LIKE_DATA = re.compile(r"[^\s@]@[^\s@]|(?<!\d)\d{6}(?:\d\d)?[-+]?\d{4}(?!\d)")
_LEAST_DIGITS = 10
_ENDS = frozenset(("creator", "date"))
"""Of an annotation: each stands on a line of its own."""
_ODF = "{urn:oasis:"
_UNSHOWN = frozenset((*_SILENT, *_ASIDE))
_FORMING = frozenset((*_PARAGRAPHS, *_ROWS, *_CELLS, *_MARKS, *_SECTIONS, *_ENDS, "page"))
"""What an element must be called to change how the text in it is put together; most elements are none of these."""


_CHUNK = 1 << 16
"""Bytes given to the parser at once: it refuses more than 10 MB that it has not been able to take."""


class _Names(dict[str, tuple[str, bool]]):
    """What an element or attribute is called without its namespace, and whether that is one of some names."""

    def __init__(self, known: Container[str]) -> None:
        self._known = known

    def __missing__(self, tag: str) -> tuple[str, bool]:
        """Tell for the first time."""
        name = tag.rpartition("}")[2]
        found = name, name in self._known
        if len(self) < _MOST_NAMES:
            self[tag] = found
        return found


_MOST_NAMES = 4096
_ELEMENTS = _Names(_FORMING)
_ATTRIBUTES = _Names(_TELLING)


def sweep(data: bytes, field: str, texts: Texts, page: int = 0, properties: bool = False) -> None:
    """Add the text of a part to `texts`.

    Args:
        data: XML.
        field: Name for its running text.
        texts: What has been found so far, not yet `clean`. What was read before a fault is kept.
        page: The page that the part belongs to; 0: none. Pages of an OpenDocument presentation count themselves.
        properties: Each element is a field of its own: `@creator`.

    Raises:
        lxml.etree.XMLSyntaxError: broken or too deep XML.
    """
    target = _Target(field, texts, page, properties)
    parser = etree.XMLParser(target=target, resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        for start in range(0, len(data), _CHUNK):
            parser.feed(data[start : start + _CHUNK])
        parser.close()
    finally:
        target.flush()


def is_sound(data: bytes) -> bool:
    """Tell whether XML is well-formed, at the speed of C and without a tree."""
    try:
        expat.ParserCreate().Parse(data, True)
    except expat.ExpatError:
        return False
    return True


class _Target:
    """Takes the events of the parser."""

    def __init__(self, field: str, texts: Texts, page: int, properties: bool) -> None:
        self._texts, self._page, self._pages = texts, page, 0
        self._properties = properties
        self._fields = [field]
        self._open: list[list[str]] = [[]]
        """Text of the paragraphs that are open; the first is what stands outside of any."""
        self._outside = self._open[0]
        self._rows: list[list[list[str]]] = []
        self._aside: dict[str, list[str]] = {}
        self._path: list[str] = []
        self._skip = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name, forming = _ELEMENTS[tag]
        self._path.append(name)
        if self._skip or name == "Fallback":
            self._skip += 1
            return
        if self._outside:
            self._loose()
        if name in _PARAGRAPHS and not self._properties:
            self._open.append([])
        elif forming or self._properties:
            self._enter(name, tag.startswith(_ODF), attributes)
        if attributes:
            for field, value in _carried(name, attributes):
                self._line(field, value)

    def _enter(self, name: str, odf: bool, attributes: Mapping[str, str]) -> None:
        if name in _PARAGRAPHS:
            self._open.append([])
        elif name in _MARKS and "tabs" not in self._path:
            self._open[-1].append(_MARKS[name])
        elif name in _ROWS:
            self._rows.append([])
        elif name in _CELLS and self._rows:
            self._rows[-1].append([])
        if self._properties and len(self._path) > 1:
            called = next((value for key, value in attributes.items() if key.rpartition("}")[2] == "name"), name)
            self._fields.append(self._fields[-1] if self._path[-2] == "property" else f"@{called}")
        elif odf and name in _SECTIONS:
            self._fields.append(_SECTIONS[name])
            self._open.append([])
        if odf and name == "page":
            self._pages += 1
            self._page = self._pages

    def data(self, text: str) -> None:
        if self._skip:
            return
        if self._path[-1] in _UNSHOWN:
            self._keep_aside(text)
        elif not ("\n" in text and text.isspace()):
            self._open[-1].append(text)

    def _keep_aside(self, text: str) -> None:
        if field := _ASIDE.get(self._path[-1]):
            self._aside.setdefault(field, []).append(text)

    def end(self, tag: str) -> None:
        name = self._path.pop()
        if self._skip:
            self._skip -= 1
        elif name in _PARAGRAPHS and not self._properties:
            self._paragraph()
        elif name in _FORMING or self._properties:
            self._leave(name, tag.startswith(_ODF))
        elif self._outside:
            self._loose()

    def _leave(self, name: str, odf: bool) -> None:
        if name in _PARAGRAPHS:
            self._paragraph()
        elif name in _ROWS and self._rows:
            self._row()
        elif len(self._open) == 1:
            if self._outside:
                self._loose()
        elif name in _ENDS:
            self._open[-1].append("\n")
        if odf and name in _SECTIONS:
            self._paragraph()
        if (self._properties and self._path) or (odf and name in _SECTIONS):
            self._fields.pop()
        if odf and name == "page":
            self._page = 0

    def comment(self, text: str) -> None:
        self._line("@comment", text)

    def close(self) -> None:
        pass

    def flush(self) -> None:
        """Let go of everything that is open: the part ends, or a fault ended it."""
        while len(self._open) > 1:
            self._paragraph()
        while self._rows:
            self._row()
        self._loose()

    def _loose(self) -> None:
        """Let go of what stands outside of paragraphs."""
        text = "".join(self._outside)
        self._outside.clear()
        self._line(self._fields[-1], text)

    def _paragraph(self) -> None:
        text = "".join(self._open.pop()).strip("\n")
        if self._aside:
            for field, pieces in self._aside.items():
                self._line(field, "".join(pieces))
            self._aside.clear()
        if self._rows and self._rows[-1] and self._fields[-1] not in ("comments", "deleted"):
            self._rows[-1][-1].append(text)
        else:
            self._line(self._fields[-1], text)

    def _row(self) -> None:
        cells = ["\n".join(lines).strip() for lines in self._rows.pop()]
        text = "\t".join(cells).rstrip("\t")
        if self._rows and self._rows[-1]:
            self._rows[-1][-1].append(text)
        else:
            self._line(self._fields[-1], text)

    def _line(self, field: str, text: str) -> None:
        if text and not text.isspace():
            self._texts.setdefault((self._page, field), []).append(text)


def _carried(name: str, attributes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Give the attributes that may hold what somebody wrote."""
    for key, value in attributes.items():
        local, telling = _ATTRIBUTES[key]
        telling = telling or (local == "name" and name in _NAMED) or (local == "val" and name in _VALUED)
        if telling or (("@" in value or len(value) >= _LEAST_DIGITS) and _LIKE_DATA.search(value)):
            yield f"@{local}", value
