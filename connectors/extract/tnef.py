"""winmail.dat ([MS-OXTNEF]): what Exchange wraps a formatted message in, its attachments with it."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from connectors.base import Batch, State, Unread
from connectors.extract import mapi
from connectors.extract.encoding import clean, decode
from connectors.extract.names import Names
from connectors.extract.part import Part, whole
from connectors.extract.text import read_text

_FROM, _SUBJECT, _BODY, _RECIPIENTS, _PROPERTIES = 0x8000, 0x8004, 0x800C, 0x9004, 0x9003
_BEGINS, _TITLE, _DATA, _ATTACHMENT = 0x9002, 0x8010, 0x800F, 0x9005
"""Attributes: of the message, then of an attachment."""
_WIDTHS = {0x0002: 4, 0x0003: 4, 0x0004: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8, 0x000A: 4, 0x000B: 4, 0x0014: 8,
           0x0040: 8, 0x0048: 16}  # fmt: skip
"""Bytes of a value, by its type; others say how long they are."""
_NAMED = 0x8000
_OBJECT = 0x000D
_INTERFACE = 16
"""Bytes before an object that is attached."""
_MOST = 1 << 20
_BROKEN = (struct.error, IndexError, ValueError, OverflowError)

Property = tuple[int, int, bytes]
"""Tag, type, value."""


@dataclass(slots=True, repr=False)
class _Attached:
    title: str = ""
    data: bytes = b""
    properties: list[Property] = field(default_factory=list)


@dataclass(slots=True, repr=False)
class _Message:
    texts: list[tuple[int, str]] = field(default_factory=list)
    properties: list[Property] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    attached: list[_Attached] = field(default_factory=list)


def read_tnef(part: Part) -> Iterator[Batch | Unread | Part]:
    """Give the message as one record, its fields those of an Outlook message; attachments are members."""
    message, fault = _Message(), ""
    try:
        for attribute, data in _attributes(part.data):
            _take(message, attribute, data)
    except _BROKEN:
        fault = "corrupt"
    texts = [*message.texts, *_texts(message.properties)]
    fields = mapi.named(texts)
    if message.recipients:
        fields["recipients"] = "\n".join(dict.fromkeys(message.recipients))
    html = "".join(text for tag, text in texts if tag == mapi.HTML)
    rtf = next((data for tag, _, data in message.properties if tag == mapi.RTF), b"")
    fields |= mapi.bodies(part, html, rtf, fields)
    if len(fields.get("", "")) > part.limits.text_block:
        yield from read_text(part, fields.pop(""), [])
    if fields:
        yield whole(part.unit, fields)
    yield from _members(part, message.attached)
    if fault:
        yield Unread(part.unit, State.PARTIAL if fields or message.attached else State.UNREADABLE, fault)


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 6
    while at < len(data):
        attribute, size = struct.unpack_from("<xHxxI", data, at)
        at += 9
        if at + size + 2 > len(data):
            raise ValueError
        yield attribute, data[at : at + size]
        at += size + 2


def _take(message: _Message, attribute: int, data: bytes) -> None:
    if attribute == _PROPERTIES:
        message.properties += _properties(data, 0)[0]
    elif attribute == _RECIPIENTS:
        message.recipients += _recipients(data)
    elif attribute in (_SUBJECT, _BODY):
        message.texts.append((0x0037 if attribute == _SUBJECT else 0x1000, _decoded(data)))
    elif attribute == _FROM:
        message.texts.append((0x0C1A, _decoded(data[8:])))
    elif attribute == _BEGINS:
        message.attached.append(_Attached())
    elif attribute in (_TITLE, _DATA, _ATTACHMENT) and message.attached:
        last = message.attached[-1]
        if attribute == _TITLE:
            last.title = _decoded(data)
        elif attribute == _DATA:
            last.data = data
        else:
            last.properties += _properties(data, 0)[0]


def _recipients(data: bytes) -> Iterator[str]:
    (count,), at = struct.unpack_from("<I", data), 4
    for _ in range(min(count, _MOST)):
        found, at = _properties(data, at)
        if person := mapi.addressed(_texts(found)):
            yield person


def _properties(data: bytes, at: int) -> tuple[list[Property], int]:
    """Read a list of properties, and tell where it ends."""
    (count,), at = struct.unpack_from("<I", data, at), at + 4
    found: list[Property] = []
    for _ in range(min(count, _MOST)):
        kind, tag = struct.unpack_from("<HH", data, at)
        at += 4
        if tag >= _NAMED:
            at = _after_name(data, at)
        single = kind & ~mapi.MULTIPLE
        values, at = _values(data, at, single, many=kind != single or single not in _WIDTHS)
        found += [(tag, single, value) for value in values]
    return found, at


def _after_name(data: bytes, at: int) -> int:
    kind, size = struct.unpack_from("<16xII", data, at)
    return at + 24 + (_padded(size) if kind else 0)


def _values(data: bytes, at: int, kind: int, *, many: bool) -> tuple[list[bytes], int]:
    count = 1
    if many:
        (count,), at = struct.unpack_from("<I", data, at), at + 4
    values = []
    for _ in range(min(count, _MOST)):
        size = _WIDTHS.get(kind, 0)
        if not size:
            (size,), at = struct.unpack_from("<I", data, at), at + 4
        if at + size > len(data):
            raise ValueError
        values.append(data[at : at + size])
        at += _padded(size)
    return values, at


def _padded(size: int) -> int:
    return size + -size % 4


def _texts(found: list[Property]) -> list[tuple[int, str]]:
    return [(tag, text) for tag, kind, data in found if (text := _text(tag, kind, data))]


def _text(tag: int, kind: int, data: bytes) -> str:
    if kind == mapi.UNICODE:
        return clean(data.decode("utf-16-le", "replace").strip("\0"))
    return _decoded(data) if kind == mapi.STRING or (kind == mapi.BINARY and tag == mapi.HTML) else ""


def _decoded(data: bytes) -> str:
    return clean(decode(data.strip(b"\0"))[0])


def _members(part: Part, attached: list[_Attached]) -> Iterator[Part | Unread]:
    names = Names()
    for one in attached:
        part.budget.open_member()
        texts = dict(_texts(one.properties))
        label = next((texts[tag] for tag in mapi.ATTACHMENT_NAMES if texts.get(tag)), one.title or "attachment")
        member = part.member(names.take(label))
        if not part.wants(member.unit):
            continue
        if part.depth >= part.limits.nesting:
            yield Unread(member.unit, State.REFUSED, "limit:nesting")
            continue
        inner = [(kind, data) for tag, kind, data in one.properties if tag == mapi.DATA]
        data = one.data or (inner[0][1][_INTERFACE if inner[0][0] == _OBJECT else 0 :] if inner else b"")
        part.budget.spend(len(data))
        yield replace(member, data=data)
