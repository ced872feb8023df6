"""Pictures: what is written in them: EXIF with places, XMP, IPTC, comments; the pixels only where it is asked for."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from connectors.base import Batch, State, Unread
from connectors.extract import ocr
from connectors.extract.encoding import clean, decode
from connectors.extract.exif import exif
from connectors.extract.limits import MIB, LimitReachedError
from connectors.extract.names import Names
from connectors.extract.part import Part, Row, row_batches, whole
from connectors.extract.xmp import xmp

_XMP = re.compile(rb"<x:xmpmeta\b.{0,4194304}?</x:xmpmeta>", re.DOTALL)
_EXIF = b"Exif\0\0"
_IPTC_NAMES = {
    (2, 5): "ObjectName",
    (2, 25): "Keywords",
    (2, 80): "By-line",
    (2, 90): "City",
    (2, 92): "Sub-location",
    (2, 101): "Country",
    (2, 105): "Headline",
    (2, 110): "Credit",
    (2, 115): "Source",
    (2, 116): "CopyrightNotice",
    (2, 118): "Contact",
    (2, 120): "Caption",
    (2, 122): "Writer",
}
"""IPTC-IIM 4.2, record 2."""
_PACKED = 16 * MIB


def read_picture(part: Part) -> Iterator[Batch | Unread]:
    """Give what a picture says of itself as one record, with `ocr_pages` also what is to be read on it, as `ocr`.

    A picture of several pages has records `{"page": n}`. Where its pixels are not read, that is said.
    """
    fields, reason = metadata(part.data), "pixels not read"
    if part.limits.ocr_pages:
        found, reason = _seen(part)
        if len(found) == 1:
            fields |= {"ocr": found[0]}
        else:
            rows: Iterator[Row] = (({"page": n}, {"ocr": text}) for n, text in enumerate(found, 1) if text)
            yield from row_batches(part, rows)
    fields = {name: value for name, value in fields.items() if value}
    if fields:
        yield whole(part.unit, fields)
    if reason:
        yield Unread(part.unit, State.PARTIAL, reason)


def _seen(part: Part) -> tuple[list[str], str]:
    """Read the pages, and say why not all could be."""
    found: list[str] = []
    try:
        found.extend(ocr.pages(part.data, part.limits))
    except (ocr.OcrError, LimitReachedError) as error:
        return found, str(error)
    return found, ""


def metadata(data: bytes) -> dict[str, str]:
    """Read the fields `exif.…`, `xmp.…`, `iptc.…`, `comment`, and PNG's `text.…`. What is broken is left out."""
    names, fields = Names(), {}
    for name, value in _found(data):
        if value.strip():
            fields[names.take(name)] = value
    return fields


def _found(data: bytes) -> Iterator[tuple[str, str]]:
    if data.startswith(b"\xff\xd8"):
        yield from _jpeg(data)
    elif data.startswith(b"\x89PNG"):
        yield from _png(data)
    elif data[:2] in (b"II", b"MM"):
        yield from exif(data).items()
    else:
        start = data.find(_EXIF)
        if data[8:12] == b"WEBP":
            start = data.find(b"EXIF") + 2 if b"EXIF" in data else -1
        if start >= 0:
            yield from exif(data[start + 6 :].removeprefix(_EXIF)).items()
    if data.startswith(b"GIF8"):
        for match in re.finditer(rb"\x21\xfe([\x01-\xff])", data):
            yield "comment", _text(data[match.end() : match.end() + match[1][0]])
    for match in _XMP.finditer(data):
        yield from xmp(match[0])


def _text(data: bytes) -> str:
    return clean(decode(data)[0])


def _jpeg(data: bytes) -> Iterator[tuple[str, str]]:
    position = 2
    while len(data) >= position + 4 and data[position] == 0xFF and data[position + 1] != 0xDA:
        size = int.from_bytes(data[position + 2 : position + 4], "big")
        body, marker = data[position + 4 : position + 2 + size], data[position + 1]
        if marker == 0xE1 and body.startswith(_EXIF):
            yield from exif(body[6:]).items()
        elif marker == 0xED:
            yield from _iptc(body)
        elif marker == 0xFE:
            yield "comment", _text(body)
        position += 2 + max(2, size)


def _png(data: bytes) -> Iterator[tuple[str, str]]:
    position = 8
    while len(data) >= position + 8:
        size, kind = int.from_bytes(data[position : position + 4], "big"), data[position + 4 : position + 8]
        body = data[position + 8 : position + 8 + size]
        if kind == b"eXIf":
            yield from exif(body).items()
        elif kind in (b"tEXt", b"zTXt", b"iTXt"):
            yield from _png_text(kind, body)
        position += 12 + size


def _png_text(kind: bytes, body: bytes) -> Iterator[tuple[str, str]]:
    key, _, value = body.partition(b"\0")
    packed = kind == b"zTXt" or (kind == b"iTXt" and value[:1] == b"\1")
    value = value[1:] if kind == b"zTXt" else value
    if kind == b"iTXt":
        value = value[2:].partition(b"\0")[2].partition(b"\0")[2]
    if packed:
        try:
            value = zlib.decompressobj().decompress(value, _PACKED)
        except zlib.error:
            return
    if b"<x:xmpmeta" in value:
        if packed:
            yield from xmp(value)
        return
    yield f"text.{_text(key)}", _text(value)


def _iptc(body: bytes) -> Iterator[tuple[str, str]]:
    position = body.find(b"\x1c\x02")
    while position >= 0 and body[position : position + 1] == b"\x1c" and len(body) >= position + 5:
        size = int.from_bytes(body[position + 3 : position + 5], "big")
        name = _IPTC_NAMES.get((body[position + 1], body[position + 2]))
        if name:
            yield f"iptc.{name}", _text(body[position + 5 : position + 5 + size])
        position += 5 + size
