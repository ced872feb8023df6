"""From bytes to the reader of their format, and down into archives."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator

from connectors.base import Batch, State, Unread
from connectors.extract import mail, sniff
from connectors.extract.archive import members
from connectors.extract.cards import is_card, read_cards
from connectors.extract.compressed import read_bzip2, read_gzip, read_xz, read_zstd
from connectors.extract.delimited import read_table
from connectors.extract.encoding import clean, decode
from connectors.extract.htmldoc import declared_charset, is_html, read_html
from connectors.extract.jsondoc import is_json, is_json_lines, read_json, read_json_lines
from connectors.extract.legacy import read_doc, read_ppt, read_xls
from connectors.extract.limits import Budget, LimitReachedError, Limits
from connectors.extract.msg import read_msg
from connectors.extract.package import read_package
from connectors.extract.parquet import read_parquet
from connectors.extract.part import Part, whole
from connectors.extract.pdf import read_pdf
from connectors.extract.picture import read_picture
from connectors.extract.rtf import read_rtf
from connectors.extract.sevenzip import read_7z
from connectors.extract.sie import is_sie, read_sie
from connectors.extract.sound import read_sound
from connectors.extract.sqlitefile import read_sqlite
from connectors.extract.table import is_table
from connectors.extract.tar import read_tar
from connectors.extract.text import is_log, read_log, read_text, swept
from connectors.extract.xmldoc import is_xml, read_xml
from connectors.extract.yamldoc import is_yaml, read_yaml

Reader = Callable[[Part, str, list[str]], Iterator[Batch | Unread]]
BinaryReader = Callable[[Part], Iterator[Batch | Unread | Part]]
"""What it yields as a `Part` is a member: read in turn, by its own content."""

_TREES: tuple[Reader, ...] = (read_json, read_html, read_xml, read_yaml)
_BINARY: dict[str, BinaryReader] = {
    "zip": members,
    "ooxml": read_package,
    "opendocument": read_package,
    "xls": read_xls,
    "doc": read_doc,
    "ppt": read_ppt,
    "msg": read_msg,
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
    **dict.fromkeys(("wav", "mp3", "flac", "ogg", "mp4", "aiff", "wma"), read_sound),
    "mail": mail.read_mail,
    "mailbox": mail.read_mailbox,
    **dict.fromkeys(("png", "jpeg", "gif", "tiff", "webp", "bmp", "heif"), read_picture),
}
_MARKED: tuple[tuple[Callable[[str], bool], Reader], ...] = (
    (is_json_lines, read_json_lines),
    (is_json, read_json),
    (is_html, read_html),
    (is_xml, read_xml),
    (is_card, read_cards),
    (is_sie, read_sie),
)
"""What tells its kind by how it begins."""
_UNREAD = {"encrypted office": (State.UNREADABLE, "encrypted")}


def extract(unit: str, data: bytes, limits: Limits | None = None, only: str = "") -> Iterator[Batch | Unread]:
    """Read the content of a file, and of archives in it.

    Args:
        unit: Key of the file. A member gets the key `unit!/member`, to any depth.
        data: The whole file.
        limits: What the file may cost.
        only: Key of the one unit that is asked for, to be quick with archives; "" = all. Others may still be yielded.

    Yields:
        Batches of the file and of its members; a member begins with a batch that holds its `path`. `Unread` for what
        could not be read (whole). Nothing for a file without content.
    """
    budget = Budget(limits or Limits(), len(data))
    try:
        yield from _extract(Part(unit, data, budget, unit, only=only))
    except LimitReachedError as limit:
        yield Unread(unit, State.REFUSED, str(limit))


def _extract(part: Part) -> Iterator[Batch | Unread]:
    kind = sniff.signature(part.data) or mail.kind(part.data)
    if kind in _BINARY:
        yield from _members(_BINARY[kind](part))
    elif kind:
        yield Unread(part.unit, *_UNREAD.get(kind, (State.UNSUPPORTED, kind)))
    elif part.data:
        yield from _text(part)


def _members(found: Iterator[Batch | Unread | Part]) -> Iterator[Batch | Unread]:
    for member in found:
        if isinstance(member, Part):
            yield whole(member.unit, {"path": clean(member.name)})
            yield from _extract(member)
        else:
            yield member


def _text(part: Part) -> Iterator[Batch | Unread]:
    text, encoding = decode(part.data)
    if not sniff.is_text(text):
        yield Unread(part.unit, State.UNSUPPORTED, "binary")
        return
    read = reader(text, part.extension)
    if read in (read_html, read_xml):
        text, encoding = _declared(part.data, text, encoding)
    notes = [] if encoding == "utf-8" else [f"encoding:{encoding}"]
    if read in _TREES and len(part.data) > part.limits.tree_bytes:
        yield from swept(part, clean(text), notes, "limit:tree_bytes")
    else:
        yield from read(part, clean(text), notes)


def reader(text: str, extension: str) -> Reader:
    """Choose the reader by content; the extension decides only between tables, logs and running text."""
    for is_kind, read in _MARKED:
        if is_kind(text):
            return read
    if is_yaml(text, extension):
        return read_yaml
    if extension in ("csv", "tsv"):
        return read_table
    if extension == "log" or is_log(text):
        return read_log
    return read_table if extension not in ("md", "log") and is_table(text) else read_text


def _declared(data: bytes, text: str, encoding: str) -> tuple[str, str]:
    """Decode a page as it declares, where that works and bytes alone do not tell."""
    charset = declared_charset(data)
    if charset is None or encoding.startswith("utf"):
        return text, encoding
    try:
        return data.decode(codecs.lookup(charset).name), codecs.lookup(charset).name
    except (LookupError, UnicodeDecodeError):
        return text, encoding
