"""From bytes to the reader of their format, and down into archives."""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import BinaryIO

from connectors.base import Batch, State, Unread
from connectors.extract import mail, signed, sniff
from connectors.extract.archive import has_archive, members
from connectors.extract.blocks import Block, Lines, blocks, encoding_notes
from connectors.extract.cards import is_card, read_cards
from connectors.extract.compressed import read_bzip2, read_gzip, read_xz, read_zstd
from connectors.extract.dbase import is_dbase, read_dbase
from connectors.extract.delimited import read_table
from connectors.extract.encoding import clean, decode
from connectors.extract.fixed import is_fixed, read_fixed
from connectors.extract.formats import FILE, PICTURES, SOUND
from connectors.extract.frames import read_sas, read_stata, read_xport
from connectors.extract.htmldoc import declared_charset, is_html, read_html
from connectors.extract.htmlstream import read_long_html
from connectors.extract.jsondoc import is_json, is_json_lines, read_json, read_json_lines
from connectors.extract.jsonstream import read_long_json
from connectors.extract.ldif import is_ldif, read_ldif
from connectors.extract.legacy import read_doc, read_ppt, read_xls
from connectors.extract.limits import Budget, LimitReachedError, Limits
from connectors.extract.logs import is_log, read_log
from connectors.extract.msg import read_msg
from connectors.extract.package import read_package
from connectors.extract.parquet import read_arrow, read_orc, read_parquet
from connectors.extract.part import Part, whole
from connectors.extract.pdf import read_pdf
from connectors.extract.picture import read_picture
from connectors.extract.pst import read_pst
from connectors.extract.rest import Rest, chunks_of
from connectors.extract.rtf import read_rtf
from connectors.extract.sevenzip import read_7z
from connectors.extract.sie import is_sie, read_sie
from connectors.extract.sound import read_sound
from connectors.extract.sqlitefile import read_sqlite
from connectors.extract.table import is_table
from connectors.extract.tar import read_tar
from connectors.extract.text import read_long, read_text, swept
from connectors.extract.tnef import read_tnef
from connectors.extract.xmldoc import is_xml, read_xml
from connectors.extract.xmlstream import read_long_xml
from connectors.extract.yamldoc import is_yaml, read_yaml

Reader = Callable[[Part, str, list[str]], Iterator[Batch | Unread]]
BinaryReader = Callable[[Part], Iterator[Batch | Unread | Part]]
"""What it yields as a `Part` is a member: read in turn, by its own content."""

LineReader = Callable[[Part, Lines], Iterator[Batch | Unread]]

_HEAD = 1 << 20
"""Characters by which the kind of a long text is told."""
_LINES: dict[str, LineReader] = {
    "json lines": read_json_lines,
    "log": read_log,
    "table": read_table,
    "fixed": read_fixed,
}
_DOCUMENTS: dict[str, Reader] = {
    "json": read_json,
    "html": read_html,
    "xml": read_xml,
    "yaml": read_yaml,
    "card": read_cards,
    "ldif": read_ldif,
    "sie": read_sie,
    "text": read_text,
}
_BIT_BY_BIT: dict[str, Callable[[Part, Iterator[Block]], Iterator[Batch | Unread]]] = {
    "html": read_long_html,
    "json": read_long_json,
    "xml": read_long_xml,
}
_STREAMED = frozenset(("zip", "gzip", "bzip2", "xz", "zstd", "tar", "mailbox", "parquet", "pst"))
"""Not held whole however large: the readers of `SOUND` neither."""
_BINARY: dict[str, BinaryReader] = {
    "zip": members,
    "ooxml": read_package,
    "opendocument": read_package,
    "xls": read_xls,
    "doc": read_doc,
    "ppt": read_ppt,
    "msg": read_msg,
    "pst": read_pst,
    "dbase": read_dbase,
    "tnef": read_tnef,
    "pdf": read_pdf,
    "gzip": read_gzip,
    "bzip2": read_bzip2,
    "xz": read_xz,
    "zstd": read_zstd,
    "tar": read_tar,
    "7z": read_7z,
    "rtf": read_rtf,
    "sqlite": read_sqlite,
    "parquet": read_parquet,
    "arrow": read_arrow,
    "orc": read_orc,
    "stata": read_stata,
    "sas": read_sas,
    "xport": read_xport,
    "signed": signed.read_signed,
    **dict.fromkeys(SOUND, read_sound),
    "mail": mail.read_mail,
    "mailbox": mail.read_mailbox,
    **dict.fromkeys(PICTURES, read_picture),
}
_MARKED: tuple[tuple[Callable[[str], bool], str], ...] = (
    (is_json_lines, "json lines"),
    (is_json, "json"),
    (is_html, "html"),
    (is_xml, "xml"),
    (is_card, "card"),
    (is_ldif, "ldif"),
    (is_sie, "sie"),
)
"""What tells its kind by how it begins."""
_BESIDE_ZIP = frozenset(("pdf", "exe", "elf", *PICTURES, *SOUND))
"""What an archive may follow in the same file: programs that unpack themselves, and hiding places."""
_UNREAD = {
    "encrypted office": (State.UNREADABLE, "encrypted"),
    "encrypted cms": (State.UNREADABLE, "encrypted"),
    "encrypted text": (State.UNREADABLE, "encrypted"),
}


def extract(
    unit: str, data: bytes | BinaryIO, limits: Limits | None = None, only: str = "", size: int = 0
) -> Iterator[Batch | Unread]:
    """Read the content of a file, and of archives in it.

    Args:
        unit: Key of the file. A member gets the key `unit!/member`, to any depth.
        data: The whole file, or it opened, unbuffered: of a large one no more than a part is held at a time.
        limits: What the file may cost.
        only: Key of the one unit that is asked for, to be quick with archives; "" = all. Others may still be yielded.
        size: Bytes of a file that comes through a pipe.

    Yields:
        Batches of the file and of its members; a member begins with a batch that holds its `path`. `Unread` for what
        could not be read (whole). Nothing for a file without content.
    """
    part, rest = _outer(Part(unit, b"", Budget(limits or Limits(), size), unit, only=only), data)
    try:
        yield from _extract(part)
    except LimitReachedError as limit:
        yield Unread(unit, State.REFUSED, str(limit))
    if rest is not None and rest.fault:
        yield Unread(unit, State.PARTIAL if part.data else State.UNREADABLE, "read error")


def _outer(part: Part, data: bytes | BinaryIO) -> tuple[Part, Rest | None]:
    if isinstance(data, bytes):
        part.budget.packed = len(data)
        return replace(part, data=data), None
    if data.seekable():
        part.budget.packed = data.seek(0, io.SEEK_END)
        data.seek(0)
    part, rest = part.filled(chunks_of(data), (OSError,))
    return (part if rest.ended or not data.seekable() else replace(part, file=data)), rest


def _extract(part: Part) -> Iterator[Batch | Unread]:
    if part.file is None and sniff.is_container(part.data):
        part = part.held(part.limits.whole_bytes)
    kind = _kind(part)
    if kind in _BINARY:
        yield from _binary(kind, part)
    elif kind:
        yield Unread(part.unit, *_UNREAD.get(kind, (State.UNSUPPORTED, kind)))
        part = part.held(part.limits.whole_bytes)
    elif part.data:
        yield from _text(part)
    if kind in _BESIDE_ZIP and has_archive(part.data):
        yield from _members(part, "zip", members(part))


def _kind(part: Part) -> str:
    """Name a format that is told by its bytes; "" for what is a text, if anything."""
    known = sniff.signature(part.data, part.file) or signed.kind(part.data)
    return known or mail.kind(part.data, part.extension) or ("dbase" if is_dbase(part.data) else "")


def _binary(kind: str, part: Part) -> Iterator[Batch | Unread]:
    if kind not in _STREAMED and kind not in SOUND:
        part = part.held(part.limits.whole_bytes)
        if part.rest is not None or len(part.data) > part.limits.whole_bytes:
            yield Unread(part.unit, State.REFUSED, "limit:whole_bytes")
            return
    yield from _members(part, kind, _BINARY[kind](part))


def _members(part: Part, kind: str, found: Iterator[Batch | Unread | Part]) -> Iterator[Batch | Unread]:
    for member in found:
        if not isinstance(member, Part):
            yield _named(kind, member)
            continue
        yield replace(whole(member.unit, {"path": clean(member.name)}), formats=(FILE, kind))
        try:
            yield from _extract(member)
        except LimitReachedError as limit:
            if member.budget is part.budget:
                raise
            yield Unread(member.unit, State.REFUSED, str(limit))


def _text(part: Part) -> Iterator[Batch | Unread]:
    text, encoding = decode(part.data if part.rest is None else part.data[:_HEAD])
    if not sniff.is_text(text):
        yield Unread(part.unit, State.UNSUPPORTED, "binary")
        return
    fit = clean(text)
    kind = text_kind(fit, part.extension)  # by what its reader will see
    if kind in _LINES:
        lines = Lines.of(fit, encoding) if part.rest is None else Lines(blocks(part), fit)
        found = _LINES[kind](part, lines)
    elif part.rest is None:
        found = _document(part, kind, text, encoding)
    else:
        found = _long(part, kind, text)
    for item in found:
        yield _named(kind, item)


def _named(kind: str, item: Batch | Unread) -> Batch | Unread:
    """Say of a batch what it was read as."""
    if isinstance(item, Batch):
        item.formats = (kind,)
    return item


def _document(part: Part, kind: str, text: str, encoding: str) -> Iterator[Batch | Unread]:
    if kind in ("html", "xml"):
        text, encoding = _declared(part.data, text, encoding)
    notes = encoding_notes(encoding)
    is_long = len(part.data) > part.limits.tree_bytes
    if kind in _BIT_BY_BIT and is_long:
        yield from _BIT_BY_BIT[kind](part, iter((Block(clean(text), encoding, ends_line=True),)))
    elif kind != "text" and is_long:
        yield from swept(part, clean(text), notes, "limit:tree_bytes")
    else:
        yield from _DOCUMENTS[kind](part, clean(text), notes)


def _long(part: Part, kind: str, beginning: str) -> Iterator[Batch | Unread]:
    """Hold a document if it is not too long for that; else most are read bit by bit, YAML, cards and SIE as text."""
    known_as_long = part.depth == 0 and part.budget.packed > part.limits.tree_bytes
    if kind != "text" and not known_as_long:
        part = part.held(part.limits.tree_bytes)
    if part.rest is None:
        yield from _document(part, kind, *decode(part.data))
        return
    if kind in _BIT_BY_BIT:
        yield from _BIT_BY_BIT[kind](part, blocks(part))
        return
    yield from read_long(part, Lines(blocks(part), clean(beginning)))
    if kind != "text":
        yield Unread(part.unit, State.PARTIAL, "limit:tree_bytes")


def text_kind(text: str, extension: str) -> str:
    """Tell the kind of a text by how it begins; the extension decides only between tables, logs and running text."""
    for is_kind, kind in _MARKED:
        if is_kind(text):
            return kind
    if is_yaml(text, extension):
        return "yaml"
    if extension in ("csv", "tsv"):
        return "table"
    if extension == "log" or is_log(text):
        return "log"
    if extension == "md":
        return "text"
    return "table" if is_table(text) else "fixed" if is_fixed(text) else "text"


def _declared(data: bytes, text: str, encoding: str) -> tuple[str, str]:
    """Decode a page as it declares, where that works and bytes alone do not tell."""
    charset = declared_charset(data)
    if charset is None or encoding.startswith("utf"):
        return text, encoding
    try:
        return data.decode(codecs.lookup(charset).name), codecs.lookup(charset).name
    except (LookupError, UnicodeDecodeError):
        return text, encoding
