"""Outlook messages ([MS-OXMSG]): every string of a message, its recipients and attachments, named by their tags."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from connectors.base import Batch, State, Unread
from connectors.extract.compound import BROKEN, Compound
from connectors.extract.encoding import clean, decode
from connectors.extract.htmldoc import read_html
from connectors.extract.names import Names
from connectors.extract.part import Part, whole
from connectors.extract.rtf import read_rtf
from connectors.extract.text import read_text

_TAG = re.compile(r"(.*/)?__substg1\.0_([0-9A-Fa-f]{4})([0-9A-Fa-f]{4})(?:-[0-9A-Fa-f]{8})?$")
_STRING, _UNICODE, _BINARY = 0x001E, 0x001F, 0x0102
_MULTIPLE = 0x1000
_NAMES = {
    0x0037: "Subject",
    0x0042: "From",
    0x0065: "From",
    0x007D: "headers",
    0x0C1A: "Sender",
    0x0C1F: "Sender",
    0x0E02: "Bcc",
    0x0E03: "Cc",
    0x0E04: "To",
    0x1000: "",
    0x1035: "Message-ID",
    0x3001: "name",
    0x3003: "address",
    0x39FE: "address",
    0x3A08: "telephone",
    0x3A09: "telephone",
    0x3A1C: "telephone",
    0x5D01: "Sender",
    0x5D02: "From",
}
"""Tags of [MS-OXPROPS]; others are called `0x3A11`."""
_INTERNAL = frozenset((0x001A, 0x0070, 0x0E1D, 0x0C1E, 0x0064, 0x3002, 0x300B, 0x3703, 0x370E))
"""Class, repeated subjects, types of addresses: about the message's form."""
_HTML, _RTF = 0x1013, 0x1009
_ATTACHMENT = re.compile(r"__attach_version1\.0_#[0-9A-Fa-f]{8}/")
_DATA, _EMBEDDED = "3701", "__substg1.0_3701000D/"
_ATTACHMENT_NAMES = (0x3707, 0x3704, 0x3001)
_SENT, _RECEIVED = 0x0039, 0x0E06
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_DICTIONARY = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans Serif"
    rb"SymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    + b"\r\n"
    + rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
"""What compressed RTF may point back at from its start ([MS-OXRTFCP])."""
_WINDOW = 4096


@dataclass(frozen=True, slots=True, repr=False)
class _Message:
    """A message in a file: the outer one, or one attached to it."""

    part: Part
    file: Compound
    prefix: str

    def texts(self, below: str = "") -> Iterator[tuple[int, str]]:
        """Give the strings right in a storage: tag and text."""
        for path in self.file.names():
            match = _TAG.match(path)
            if match is None or (match[1] or "") != self.prefix + below:
                continue
            tag, kind = int(match[2], 16), int(match[3], 16)
            if kind & ~_MULTIPLE == _UNICODE:
                yield tag, clean(self.file.read(path).decode("utf-16-le", "replace").strip("\0"))
            elif kind & ~_MULTIPLE == _STRING or (kind == _BINARY and tag == _HTML):
                yield tag, clean(decode(self.file.read(path).strip(b"\0"))[0])


def read_msg(part: Part) -> Iterator[Batch | Unread | Part]:
    """Give a message as one record: `Subject`, `From` …, the text "" and `html`; attachments are members."""
    try:
        file = Compound(part.data)
        yield from _message(_Message(part, file, ""))
    except BROKEN:
        yield Unread(part.unit, State.UNREADABLE, "corrupt")


def _message(message: _Message) -> Iterator[Batch | Unread | Part]:
    part = message.part
    lines: dict[str, list[str]] = {}
    html = ""
    for tag, text in message.texts():
        if tag == _HTML:
            html = text
        elif tag not in _INTERNAL:
            lines.setdefault(_NAMES.get(tag, f"0x{tag:04X}"), []).append(text)
    for below in sorted({_storage(path, message.prefix) for path in message.file.names()}):
        if below.startswith("__recip_version1.0_"):
            lines.setdefault("recipients", []).append(" ".join(dict.fromkeys(_addressed(message, below))))
    fields = {name: "\n".join(dict.fromkeys(found)) for name, found in lines.items() if any(found)}
    fields |= _bodies(message, html, fields)
    body = fields.get("", "")
    if len(body) > part.limits.text_block:
        yield from read_text(part, fields.pop(""), [])
    batch = whole(part.unit, fields)
    day = _day(message)
    if fields:
        yield replace(batch, dates={**batch.dates, "Date": [day]}) if day else batch
    yield from _attachments(message)


def _storage(path: str, prefix: str) -> str:
    """Name the storage right below a message that a stream is in."""
    below = path.removeprefix(prefix) if path.startswith(prefix) else ""
    return below.partition("/")[0] + "/" if "/" in below else ""


def _addressed(message: _Message, below: str) -> Iterator[str]:
    for tag, text in message.texts(below):
        if tag not in _INTERNAL and text.strip():
            yield text


def _bodies(message: _Message, html: str, fields: dict[str, str]) -> dict[str, str]:
    """Read the HTML beside the plain text; RTF if there is neither."""
    found: dict[str, str] = {}
    bare = replace(message.part, data=b"")
    batches = list(read_html(bare, html, [])) if html.strip() else []
    if not html.strip() and not fields.get("", "").strip():
        packed = message.file.read(f"{message.prefix}__substg1.0_{_RTF:04X}0102")
        batches = list(read_rtf(replace(bare, data=unpacked_rtf(packed)))) if packed else []
    for batch in batches:
        for name, values in batch.fields.items() if isinstance(batch, Batch) else ():
            found[name or ("html" if fields.get("") else "")] = values[0] or ""
    return {name: text for name, text in found.items() if name not in fields}


def _day(message: _Message) -> str:
    """Find when the message was sent, or came, among the values of fixed length."""
    data = message.file.read(f"{message.prefix}__properties_version1.0")
    header = 24 if message.prefix else 32
    times = {}
    for at in range(header, len(data) - 15, 16):
        _, tag, value = struct.unpack_from("<HH4xQ", data, at)
        times[tag] = value
    value = times.get(_SENT) or times.get(_RECEIVED) or 0
    return (_EPOCH + timedelta(microseconds=value // 10)).date().isoformat() if 0 < value < 1 << 60 else ""


def _attachments(message: _Message) -> Iterator[Batch | Unread | Part]:
    part, names = message.part, Names()
    for below in sorted({_storage(path, message.prefix) for path in message.file.names()}):
        if not _ATTACHMENT.match(below):
            continue
        part.budget.open_member()
        texts = dict(message.texts(below))
        label = next((texts[tag] for tag in _ATTACHMENT_NAMES if texts.get(tag)), "attachment")
        member = part.member(names.take(label))
        inner = f"{message.prefix}{below}{_EMBEDDED}"
        embedded = any(path.startswith(inner) for path in message.file.names())
        if not part.wants(member.unit):
            continue
        if part.depth >= part.limits.nesting:
            yield Unread(member.unit, State.REFUSED, "limit:nesting")
        elif embedded:
            yield whole(member.unit, {"path": member.name})
            yield from _message(_Message(member, message.file, inner))
        else:
            data = message.file.read(f"{message.prefix}{below}__substg1.0_{_DATA}0102")
            part.budget.spend(len(data))
            yield replace(member, data=data)


def unpacked_rtf(data: bytes) -> bytes:
    """Unpack the RTF of a message ([MS-OXRTFCP]); what comes before a fault."""
    if data[8:12] == b"MELA":
        return data[16:]
    out, at = bytearray(_DICTIONARY), 16
    while at < len(data):
        flags, at = data[at], at + 1
        for bit in range(8):
            if at >= len(data):
                break
            if not flags >> bit & 1:
                out.append(data[at])
                at += 1
                continue
            if at + 1 >= len(data):
                return bytes(out[len(_DICTIONARY) :])
            offset, length = data[at] << 4 | data[at + 1] >> 4, (data[at + 1] & 15) + 2
            at += 2
            back = (len(out) - offset) % _WINDOW
            if back == 0:
                return bytes(out[len(_DICTIONARY) :])
            for _ in range(length):
                out.append(out[-back] if back <= len(out) else 0x20)
    return bytes(out[len(_DICTIONARY) :])
