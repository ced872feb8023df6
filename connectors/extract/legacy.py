"""Office documents of before 2007: Word ([MS-DOC]), PowerPoint ([MS-PPT]), and of Excel what is beside the cells."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from connectors.base import Batch, State, Unread
from connectors.extract.compound import BROKEN, Compound, boasts, properties
from connectors.extract.encoding import clean
from connectors.extract.part import Part, whole
from connectors.extract.text import read_text
from connectors.extract.workbook import read_cells

_WORD_MAGIC = 0xA5EC
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_CHARACTER_COUNTS = 0x4C
_CLX = 0x1A2
_STORIES = ("", "footnotes", "header", "macros", "comments", "endnotes", "textboxes", "textboxes_header")
_COMPRESSED = 1 << 30
_SIGNS = str.maketrans({"\x07": "\t", "\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x1e": "-", "\x1f": None})
_CONTROLS = dict.fromkeys((1, 2, 3, 4, 5, 6, 8)) | dict.fromkeys((19, 20, 21), " ")
_CONTAINER = 0xF
_TEXT_CHARS, _TEXT_BYTES, _STRING = 0x0FA0, 0x0FA8, 0x0FBA
_ENCRYPTION_ATOM = 0x2F14
_TEXT_OBJECT, _CONTINUE, _HEADER, _FOOTER = 0x01B6, 0x003C, 0x0014, 0x0015


def read_doc(part: Part) -> Iterator[Batch | Unread]:
    """Give a Word document as one record: text "", `header`, `footnotes`, `comments`, `textboxes`, `@author` …"""
    try:
        file = Compound(part.data)
        word = file.read("WordDocument")
        magic, flags = struct.unpack_from("<H8xH", word)
        if flags & _ENCRYPTED:
            yield Unread(part.unit, State.UNREADABLE, "encrypted")
            return
        table = file.read("1Table" if flags & _SECOND_TABLE else "0Table")
        text = _pieces(word, table) if magic == _WORD_MAGIC and table else ""
        fields = _stories(word, text)
    except BROKEN:
        yield Unread(part.unit, State.UNREADABLE, "corrupt")
        return
    yield from _document(part, fields | properties(file))
    if not text:
        yield Unread(part.unit, State.UNSUPPORTED, "doc of before Word 97")


def _pieces(word: bytes, table: bytes) -> str:
    """Put the text together from its pieces, in the order of reading."""
    start, size = struct.unpack_from("<II", word, _CLX)
    clx = table[start : start + size]
    at = 0
    while clx[at] == 1:
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    count = (struct.unpack_from("<I", clx, at + 1)[0] - 4) // 12
    ends = struct.unpack_from(f"<{count + 1}I", clx, at + 5)
    found = []
    for index in range(count):
        (place,) = struct.unpack_from("<I", clx, at + 5 + 4 * (count + 1) + 8 * index + 2)
        length = ends[index + 1] - ends[index]
        if place & _COMPRESSED:
            begin = (place & ~_COMPRESSED) // 2
            found.append(word[begin : begin + length].decode("cp1252", "replace"))
        else:
            found.append(word[place : place + 2 * length].decode("utf-16-le", "replace"))
    return "".join(found)


def _stories(word: bytes, text: str) -> dict[str, str]:
    """Cut the text where the main text, footnotes, headers, comments … end."""
    fields, at = {}, 0
    for name, count in zip(_STORIES, struct.unpack_from("<8I", word, _CHARACTER_COUNTS), strict=True):
        fields[name] = text[at : at + count]
        at += count
    fields[""] += text[at + 1 :]
    shown = {name: clean(story.translate(_SIGNS).translate(_CONTROLS)).strip() for name, story in fields.items()}
    return {name: story for name, story in shown.items() if story}


def read_ppt(part: Part) -> Iterator[Batch | Unread]:
    """Give a presentation as one record: all its text, notes too, in the order of the file."""
    try:
        file = Compound(part.data)
        found = list(_atoms(file.read("PowerPoint Document")))
    except BROKEN:
        yield Unread(part.unit, State.UNREADABLE, "corrupt")
        return
    if any(kind == _ENCRYPTION_ATOM for kind, _ in found):
        yield Unread(part.unit, State.UNREADABLE, "encrypted")
        return
    lines = [
        body.decode("latin-1" if kind == _TEXT_BYTES else "utf-16-le", "replace")
        for kind, body in found
        if kind in (_TEXT_CHARS, _TEXT_BYTES, _STRING)
    ]
    text = clean("\n".join(dict.fromkeys(lines)).translate(_SIGNS))
    yield from _document(part, {"": text} | properties(file))
    if not lines:
        yield Unread(part.unit, State.PARTIAL, "no text")


def _atoms(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Go through the records; containers are walked through."""
    at = 0
    while at + 8 <= len(data):
        version, kind, size = struct.unpack_from("<HHI", data, at)
        at += 8
        if version & _CONTAINER == _CONTAINER:
            continue
        yield kind, data[at : at + size]
        at += size


def read_xls(part: Part) -> Iterator[Batch | Unread]:
    """Give the cells as of any workbook; comments, text boxes, headers and properties as record None."""
    if not _is_sound(part.data):
        yield Unread(part.unit, State.UNREADABLE, "corrupt")
        return
    yield from read_cells(part)
    file = Compound(part.data)
    try:
        notes = clean("\n".join(_beside_cells(file.read("Workbook") or file.read("Book"))))
    except BROKEN:
        return  # what is broken has been said of the cells
    yield from _document(part, ({"comments": notes} if notes else {}) | properties(file))


def _is_sound(data: bytes) -> bool:
    """Tell whether the reader of cells will come to an end, in little memory."""
    try:
        return not boasts(data) and not Compound(data).turns_back()
    except BROKEN:
        return False


def _beside_cells(data: bytes) -> Iterator[str]:
    at, is_text = 0, False
    while at + 4 <= len(data):
        kind, size = struct.unpack_from("<HH", data, at)
        body = data[at + 4 : at + 4 + size]
        at += 4 + size
        if is_text and kind == _CONTINUE and body:
            yield _characters(body[0], body[1:])
        elif kind in (_HEADER, _FOOTER) and len(body) > 3:
            yield _characters(body[2], body[3:])
        is_text = kind == _TEXT_OBJECT


def _characters(flag: int, data: bytes) -> str:
    return data.decode("utf-16-le" if flag & 1 else "latin-1", "replace")


def _document(part: Part, fields: dict[str, str]) -> Iterator[Batch | Unread]:
    body = fields.get("", "")
    if len(body) > part.limits.text_block:
        del fields[""]
        yield from read_text(part, body, [])
    fields = {name: text for name, text in fields.items() if text.strip()}
    if fields:
        yield whole(part.unit, fields)
