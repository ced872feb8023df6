"""Outlook messages ([MS-OXMSG]): every string of a message, its recipients and attachments, named by their tags."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace

from connectors.base import Batch, State, Unread
from connectors.extract import mapi
from connectors.extract.compound import BROKEN, Compound
from connectors.extract.encoding import clean, decode
from connectors.extract.names import Names
from connectors.extract.part import Part, whole
from connectors.extract.text import read_text

_TAG = re.compile(r"(.*/)?__substg1\.0_([0-9A-Fa-f]{4})([0-9A-Fa-f]{4})(?:-[0-9A-Fa-f]{8})?$")
_ATTACHMENT = re.compile(r"__attach_version1\.0_#[0-9A-Fa-f]{8}/")
_EMBEDDED = "__substg1.0_3701000D/"


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
            if kind & ~mapi.MULTIPLE == mapi.UNICODE:
                yield tag, clean(self.file.read(path).decode("utf-16-le", "replace").strip("\0"))
            elif kind & ~mapi.MULTIPLE == mapi.STRING or (kind == mapi.BINARY and tag == mapi.HTML):
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
    texts = list(message.texts())
    fields = mapi.named(texts)
    below = sorted({_storage(path, message.prefix) for path in message.file.names()})
    recipients = [mapi.addressed(message.texts(one)) for one in below if one.startswith("__recip_version1.0_")]
    if recipients:
        fields["recipients"] = "\n".join(dict.fromkeys(recipients))
    html = "".join(text for tag, text in texts if tag == mapi.HTML)
    fields |= mapi.bodies(part, html, message.file.read(f"{message.prefix}__substg1.0_{mapi.RTF:04X}0102"), fields)
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


def _day(message: _Message) -> str:
    """Find when the message was sent, or came, among the values of fixed length."""
    data = message.file.read(f"{message.prefix}__properties_version1.0")
    header = 24 if message.prefix else 32
    times = {}
    for at in range(header, len(data) - 15, 16):
        _, tag, value = struct.unpack_from("<HH4xQ", data, at)
        times[tag] = value
    return mapi.day_of(times)


def _attachments(message: _Message) -> Iterator[Batch | Unread | Part]:
    part, names = message.part, Names()
    for below in sorted({_storage(path, message.prefix) for path in message.file.names()}):
        if not _ATTACHMENT.match(below):
            continue
        part.budget.open_member()
        texts = dict(message.texts(below))
        label = next((texts[tag] for tag in mapi.ATTACHMENT_NAMES if texts.get(tag)), "attachment")
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
            data = message.file.read(f"{message.prefix}{below}__substg1.0_{mapi.DATA:04X}0102")
            part.budget.spend(len(data))
            yield replace(member, data=data)
