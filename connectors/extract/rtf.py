"""RTF (1.9.1): what is seen, and headers, footnotes, comments, properties and deleted text, each in a field."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from connectors.base import Batch, State, Unread
from connectors.extract.encoding import clean
from connectors.extract.part import Part, whole
from connectors.extract.text import read_text

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])|[\r\n]+|([^\\{}\r\n]+)|(\\)"
)
_MARKS = {
    **{"par": "\n", "line": "\n", "sect": "\n", "page": "\n", "row": "\n", "cell": "\t", "tab": "\t", "nestcell": "\t"},
    **{"nestrow": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”"},
    **{"bullet": "•", "emspace": " ", "enspace": " "},
}
_SYMBOLS = {"~": "\xa0", "_": "-", "-": "", "\n": "\n", "\r": "\n", "\\": "\\", "{": "{", "}": "}"}
_FIELDS = {
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), "header"),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), "footer"),
    **{"footnote": "footnotes", "annotation": "comments", "atnauthor": "@author", "atnid": "@author"},
    **{"fldinst": "@instruction", "bkmkstart": "@bookmark", "revtbl": "@author", "xmlopen": "@xml"},
    **{"docvar": "@docvar", "userprops": "@property", "formfield": "@form"},
}
"""Destinations that go to a field of their own."""
_PROPERTIES = frozenset(
    (
        "title",
        "subject",
        "author",
        "manager",
        "company",
        "operator",
        "category",
        "keywords",
        "comment",
        "doccomm",
        "hlinkbase",
    )
)
_SILENT = frozenset(
    (
        *("fonttbl", "colortbl", "stylesheet", "listtable", "listoverridetable", "rsidtbl", "generator", "xmlnstbl"),
        *("pict", "themedata", "colorschememapping", "latentstyles", "datastore", "mmathPr", "pgdsctbl", "filetbl"),
        *("objdata", "bkmkend", "nonshppict", "datafield", "blipuid", "panose", "falt", "fontemb", "wgrffmtfilter"),
    )
)
_HEX = re.compile(rb"\\obj(?:data|class)\b")


@dataclass(slots=True)
class _Group:
    """What a brace saves and restores."""

    field: str = ""
    silent: bool = False
    skip: int = 1
    """Characters that stand after `\\u` for readers that do not know it."""
    deleted: bool = False
    encoding: str = "cp1252"


@dataclass(slots=True, repr=False)
class _Reader:
    texts: dict[str, list[str]] = field(default_factory=dict)
    group: _Group = field(default_factory=_Group)
    stack: list[_Group] = field(default_factory=list)
    pending: int = 0
    first: bool = False
    starred: bool = False
    raw: bytearray = field(default_factory=bytearray)

    def put(self, text: str) -> None:
        group = self.group
        if not group.silent:
            self.texts.setdefault("deleted" if group.deleted and not group.field else group.field, []).append(text)

    def flush(self) -> None:
        """Decode the bytes that have come together: of some encodings a letter takes two."""
        if self.raw:
            self.put(bytes(self.raw).decode(self.group.encoding, "replace"))
            self.raw.clear()


def read_rtf(part: Part) -> Iterator[Batch | Unread]:
    """Give the document as one record: its text "", `header`, `footnotes`, `comments`, `deleted`, `@author` …"""
    reader = _Reader()
    for match in _TOKEN.finditer(part.data):
        _take(reader, match)
    reader.flush()
    fields = {name: clean("".join(pieces)).strip() for name, pieces in reader.texts.items()}
    body = fields.pop("", "")
    if len(body) > part.limits.text_block:
        yield from read_text(part, body, [])
    elif body:
        fields = {"": body, **fields}
    fields = {name: text for name, text in fields.items() if text}
    if fields:
        yield whole(part.unit, fields)
    reasons = ["corrupt (cut)"] * bool(reader.stack) + ["embedded object"] * bool(_HEX.search(part.data))
    if reasons:
        yield Unread(part.unit, State.PARTIAL, reasons[0])


def _take(reader: _Reader, match: re.Match[bytes]) -> None:
    word, number, code, symbol, brace, text, _ = match.groups()
    if code:
        _bytes(reader, bytes([int(code, 16)]))
    elif text:
        _bytes(reader, text)
    elif brace:
        _brace(reader, brace)
    elif word:
        reader.flush()
        _word(reader, word.decode("ascii"), int(number) if number else None)
    elif symbol == b"*":
        reader.first = reader.starred = True
    elif symbol:
        reader.flush()
        reader.put(_SYMBOLS.get(symbol.decode("latin-1"), ""))


def _bytes(reader: _Reader, data: bytes) -> None:
    skipped = min(reader.pending, len(data))
    reader.pending -= skipped
    reader.raw += data[skipped:]
    reader.first = False


def _brace(reader: _Reader, brace: bytes) -> None:
    reader.flush()
    reader.pending = 0
    group = reader.group
    if brace == b"{":
        reader.stack.append(group)
        reader.group = _Group(group.field, group.silent, group.skip, group.deleted, group.encoding)
        reader.first = True
    elif reader.stack:
        if group.field and group.field != reader.stack[-1].field:
            reader.put("\n")
        reader.group = reader.stack.pop()


def _word(reader: _Reader, word: str, number: int | None) -> None:
    group = reader.group
    first, reader.first = reader.first, False
    starred, reader.starred = reader.starred, False
    if word == "u" and number is not None:
        reader.put(chr(number % 0x10000))
        reader.pending = group.skip
    elif word == "uc":
        group.skip = number or 0
    elif word == "ansicpg" and number:
        group.encoding = _known(f"cp{number}", group.encoding)
    elif word in ("mac", "pc", "pca"):
        group.encoding = {"mac": "mac-roman", "pc": "cp437", "pca": "cp850"}[word]
    elif word == "deleted":
        group.deleted = number != 0
    elif word in _MARKS:
        reader.put(_MARKS[word])
    elif first and word in _SILENT:
        group.silent = True
    elif first and word in _FIELDS:
        group.field = _FIELDS[word]
    elif first and (word in _PROPERTIES or starred):
        group.field = f"@{word}"


def _known(name: str, otherwise: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return otherwise
