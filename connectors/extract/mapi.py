"""Outlook's properties ([MS-OXPROPS]): what the strings, texts and times of an item are called, and its bodies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from connectors.base import Batch
from connectors.extract.htmldoc import read_html
from connectors.extract.part import Part
from connectors.extract.rtf import read_rtf

STRING, UNICODE, BINARY, TIME = 0x001E, 0x001F, 0x0102, 0x0040
MULTIPLE = 0x1000
"""With it the type is that of a list."""
HTML, RTF = 0x1013, 0x1009
DATA = 0x3701
"""Of an attachment: what is attached."""
ATTACHMENT_NAMES = (0x3707, 0x3704, 0x3001)
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
_DAYS = (0x0039, 0x0E06, 0x3007)
"""When it was sent, when it came, when it was made."""
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_DICTIONARY = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans Serif"
    rb"SymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    + b"\r\n"
    + rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
"""What compressed RTF may point back at from its start ([MS-OXRTFCP])."""
_WINDOW = 4096


def named(texts: Iterable[tuple[int, str]]) -> dict[str, str]:
    """Name strings by their tags: `Subject`, `From`, the text "" …; others are called `0x3A11`.

    What is about the item's form only is left out.
    """
    lines: dict[str, list[str]] = {}
    for tag, text in texts:
        if is_said(tag):
            lines.setdefault(_NAMES.get(tag, f"0x{tag:04X}"), []).append(text)
    return {name: "\n".join(dict.fromkeys(found)) for name, found in lines.items() if any(found)}


def is_said(tag: int) -> bool:
    """Tell whether a string was written by somebody, or is about somebody: neither form nor a body of its own."""
    return tag not in _INTERNAL and tag != HTML


def addressed(texts: Iterable[tuple[int, str]]) -> str:
    """Give all that is said of a recipient."""
    return " ".join(dict.fromkeys(text for tag, text in texts if is_said(tag) and text.strip()))


def bodies(part: Part, html: str, packed_rtf: bytes, fields: Mapping[str, str]) -> dict[str, str]:
    """Read the HTML beside the plain text, in fields that are not taken; RTF if there is neither."""
    found: dict[str, str] = {}
    bare = replace(part, data=b"")
    batches = list(read_html(bare, html, [])) if html.strip() else []
    if not html.strip() and not fields.get("", "").strip():
        batches = list(read_rtf(replace(bare, data=unpacked_rtf(packed_rtf)))) if packed_rtf else []
    for batch in batches:
        for name, values in batch.fields.items() if isinstance(batch, Batch) else ():
            found[name or ("html" if fields.get("") else "")] = values[0] or ""
    return {name: text for name, text in found.items() if name not in fields}


def day_of(times: Mapping[int, int]) -> str:
    """Give the day of an item from its times (100 ns since 1601, by tag); "" if none tells."""
    value = next((times[tag] for tag in _DAYS if times.get(tag)), 0)
    return (_EPOCH + timedelta(microseconds=value // 10)).date().isoformat() if 0 < value < 1 << 60 else ""


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
