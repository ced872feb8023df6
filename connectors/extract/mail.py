"""Mail: messages and mailboxes. The plain and the HTML body are read; attachments and forwarded mail are members."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email import policy
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from itertools import pairwise
from typing import TypeAlias

from connectors.base import Batch, State, Unread
from connectors.extract.encoding import clean, decode
from connectors.extract.htmldoc import read_html
from connectors.extract.limits import MIB, Budget, LimitReachedError
from connectors.extract.names import Names
from connectors.extract.part import Part, whole
from connectors.extract.text import read_text

Node: TypeAlias = "Message[str, str]"

_FIELD = re.compile(rb"([A-Za-z][A-Za-z0-9-]{1,60}):[ \t]?[^\r\n]*(?:\r?\n[ \t]+[^\r\n]*)*(?:\r?\n|\Z)")
_TELLING = frozenset((b"received", b"message-id", b"mime-version", b"return-path", b"delivered-to", b"content-type"))
_ADDRESSED = frozenset((b"from", b"to", b"subject", b"date", b"sender"))
_ENTITY = frozenset((b"mime-version", b"content-type"))
"""Both stand in what is mail though nobody is named in it: what a program has signed, a page that was saved whole."""
_EXTENSIONS = frozenset(("eml", "emlx", "mht", "mhtml"))
_COUNTED = re.compile(rb"([0-9]{1,12})[ \t]*\r?\n")
"""How long the message is: Apple Mail writes it before the message, and behind it what it knows of it."""
_ENVELOPE = re.compile(rb"From [^\r\n]{0,300} \d\d:\d\d(?::\d\d)? [^\r\n]{0,20}\d{4}[^\r\n]{0,10}\r?\n")
_NEXT = re.compile(rb"(?:\A|\r?\n)(?=" + _ENVELOPE.pattern + rb"(?=[A-Za-z][A-Za-z0-9-]{1,60}:))")
_LONGEST_ENVELOPE = 1024
_QUOTED_FROM = re.compile(rb"(?m)^>(>*From )")
_BROKEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    HeaderParseError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What the standard library raises on messages that are not what they should be."""
_FOLD = re.compile(r"\r?\n[ \t]+")
_SECRET = frozenset(("application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted"))


def is_mail(data: bytes, extension: str = "") -> bool:
    """Tell a message by its header: it has fields that only mail has, or several that mail begins with.

    Behind the line of an envelope, or in a file that is called a message, one of them is enough.
    """
    names: list[bytes] = []
    position = begin = _begin(data, extension)
    while len(names) < 40 and (match := _FIELD.match(data, position)):
        names.append(match[1].lower())
        position = match.end()
    known = {*names} & (_TELLING | _ADDRESSED)
    if not known or data[position : position + 1] not in (b"\r", b"\n", b""):
        return False
    if begin or extension in _EXTENSIONS or known >= _ENTITY:
        return True
    return len(known) >= 3 and bool(known & _TELLING) and bool(known & _ADDRESSED)


def _begin(data: bytes, extension: str) -> int:
    """Where the header begins: behind the envelope, or how long the message is."""
    counted = _COUNTED.match(data) if extension == "emlx" else None
    return counted.end() if counted else _envelope_end(data)


def _envelope_end(data: bytes) -> int:
    match = _ENVELOPE.match(data)
    return match.end() if match else 0


def kind(data: bytes, extension: str = "") -> str:
    """Tell `mailbox` (a line of an envelope stands before the first message), `mail`, or "" for neither.

    Args:
        data: All of it, or how it begins.
        extension: Of the file's name, lower case.
    """
    if not is_mail(data[: 1 << 16], extension):
        return ""
    return "mailbox" if _ENVELOPE.match(data) else "mail"


def read_mailbox(part: Part) -> Iterator[Batch | Unread | Part]:
    """Give each message of an mbox as a member: `1.eml`, `2.eml` …

    Each has a budget of its own, as if it were a file: years of mail are no bomb.
    """
    if part.depth >= part.limits.nesting:
        yield Unread(part.unit, State.REFUSED, "limit:nesting")
        return
    for number, message in enumerate(_messages(part), 1):
        member = part.member(f"{number}.eml")
        if part.wants(member.unit):
            message = _QUOTED_FROM.sub(rb"\1", message[_envelope_end(message) :])
            yield replace(member, data=message, budget=Budget(part.limits, len(message)))


def _messages(part: Part) -> Iterator[bytes]:
    """Cut a mailbox before its envelopes, as it comes.

    Raises:
        LimitReachedError: one message is too large to be held.
    """
    held, searched = part.data, 0
    while True:
        starts = [match.end() for match in _NEXT.finditer(held, searched) if match.end()]
        for start, end in pairwise([0, *starts]):
            yield held[start:end]
        held = held[starts[-1] :] if starts else held
        searched = max(0, len(held) - _LONGEST_ENVELOPE)
        if len(held) > part.limits.whole_bytes:
            raise LimitReachedError("whole_bytes")
        more = part.rest.take(MIB) if part.rest is not None else b""
        if not more:
            break
        held += more
    if held:
        yield held


def read_mail(part: Part) -> Iterator[Batch | Unread | Part]:
    """Give a message as one record: each header a field, the plain text "", the HTML `html` (or "" if it is alone).

    Attachments and forwarded messages are members, called after their file name.
    """
    try:
        # The older policy: it raises on no header, they are decoded here.
        message: Node = BytesParser(policy=policy.compat32).parsebytes(_message(part))
        bodies, attached = _leaves(message)
        content = list(_content(part, message, bodies))
    except _BROKEN:
        yield whole(part.unit, {"": clean(decode(part.data)[0])})
        yield Unread(part.unit, State.PARTIAL, "corrupt mail")
        return
    reasons = [found.reason for found in content if isinstance(found, Unread)]
    yield from (found for found in content if isinstance(found, Batch))
    if attached and part.depth >= part.limits.nesting:
        reasons, attached = [*reasons, "limit:nesting"], []
    if reasons:
        yield Unread(part.unit, State.PARTIAL, reasons[0])
    yield from _attachments(part, attached)


def _message(part: Part) -> bytes:
    """The message alone. What Apple Mail writes behind it (which flags it has) names nobody."""
    begin = _begin(part.data, part.extension)
    counted = _COUNTED.match(part.data) if part.extension == "emlx" else None
    return part.data[begin : begin + int(counted[1])] if counted else part.data[begin:]


def _leaves(message: Node) -> tuple[list[Node], list[Node]]:
    """Part the leaves of a message into bodies and attachments; a forwarded message is one of the latter."""
    bodies, attached = [], []
    ahead = [message]
    while ahead:
        node = ahead.pop()
        kind = node.get_content_type()
        forwarded = node.get_content_maintype() == "message" and node is not message
        if forwarded or kind == "multipart/encrypted":
            attached.append(node)
        elif node.is_multipart():
            ahead += reversed([child for child in node.get_payload() if isinstance(child, Message)])
        elif kind in ("text/plain", "text/html") and not node.get_filename():
            bodies.append(node)
        else:
            attached.append(node)
    return bodies, attached


def _content(part: Part, message: Node, bodies: list[Node]) -> Iterator[Batch | Unread]:
    names, fields = Names(), {}
    for name, value in message.raw_items():
        fields[names.take(str(name))] = clean(_decoded(str(value)))
    for name, text in (("@preamble", message.preamble), ("@epilogue", message.epilogue)):
        if text and text.strip():
            fields[names.take(name)] = clean(_unescaped(text))
    plain = [clean(_text(body)) for body in bodies if body.get_content_type() != "text/html"]
    text = "\n".join(plain)
    if len(text) > part.limits.text_block:
        yield from read_text(part, text, [])
    elif text.strip():
        fields[names.take("")] = text
    for body in bodies:
        if body.get_content_type() == "text/html":
            for found in read_html(part, clean(_text(body)), []):
                if isinstance(found, Unread):
                    yield found
                    continue
                for name, values in found.fields.items():
                    fields[names.take(name or ("html" if text.strip() else ""))] = values[0] or ""
    batch = whole(part.unit, fields)
    day = _day(fields.get("Date", ""))
    yield replace(batch, dates={**batch.dates, "Date": [day]}) if day else batch


def _day(date: str) -> str:
    try:
        return parsedate_to_datetime(date).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _unescaped(text: str) -> str:
    """Decode text that the parser keeps as ASCII with the other bytes escaped."""
    return decode(text.encode("utf-8", "surrogateescape"))[0]


def _decoded(value: str) -> str:
    """Decode a header: encoded words, and bytes that should have been."""
    value = _FOLD.sub(" ", _unescaped(value))
    if "=?" not in value:
        return value
    pieces = []
    for piece, charset in decode_header(value):
        pieces.append(piece if isinstance(piece, str) else _as(piece, charset))
    return "".join(pieces)


def _as(data: bytes, charset: str | None) -> str:
    """Decode as declared where that works."""
    try:
        return data.decode(charset) if charset else decode(data)[0]
    except (LookupError, UnicodeError):
        return decode(data)[0]


def _text(body: Node) -> str:
    return _as(_bytes(body), body.get_content_charset())


def _bytes(node: Node) -> bytes:
    payload = node.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _attachments(part: Part, attached: list[Node]) -> Iterator[Part | Unread]:
    names = Names()
    for number, node in enumerate(attached, 1):
        part.budget.open_member()
        member = part.member(names.take(_name(node, number)))
        if not part.wants(member.unit):
            continue
        if node.get_content_type() in _SECRET and node.get_param("smime-type") != "signed-data":
            yield Unread(member.unit, State.UNREADABLE, "encrypted")
            continue
        try:
            data = _inner(node) if node.is_multipart() else _bytes(node)
        except _BROKEN:
            yield Unread(member.unit, State.UNREADABLE, "corrupt")
            continue
        part.budget.spend(len(data))
        yield replace(member, data=data)


def _inner(node: Node) -> bytes:
    """Give a forwarded message, or the fields of a delivery report, as bytes."""
    return b"\n".join(child.as_bytes() for child in node.get_payload() if isinstance(child, Message))


def _name(node: Node, number: int) -> str:
    name = clean(_decoded(node.get_filename() or ""))
    if name:
        return name
    return f"message{number}.eml" if node.get_content_maintype() == "message" else f"part{number}"
