"""What a PDF holds beside its pages' text: forms, annotations, links, bookmarks, metadata, scripts, attachments."""

from __future__ import annotations

import io
import logging
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, NullObject, StreamObject

from connectors.extract.encoding import clean, decode
from connectors.extract.names import Names
from connectors.extract.xmp import xmp

logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)  # it quotes what it cannot read

_BROKEN = (
    PyPdfError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What pypdf raises on objects that are not what they should be."""
_TAG = re.compile(r"<[^>]*>")
_DATE = re.compile(r"^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z|[-+]\d\d'?\d\d'?)?$")
_NODES = 100_000
_ANNOTATION = {"/Contents": "annotations", "/RC": "annotations", "/Subj": "annotations", "/T": "@author", "/TU": "@TU"}
_FORM = ("/V", "/DV", "/TU", "/Opt", "/RV")


@dataclass(slots=True, repr=False)
class Objects:
    """What the objects of a document hold."""

    document: dict[str, str] = field(default_factory=dict)
    pages: dict[int, dict[str, str]] = field(default_factory=dict)
    attachments: dict[str, bytes] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def read_objects(data: bytes) -> Objects:
    """Read the objects of a PDF, each kind for itself: one that is broken is named in `faults`."""
    found = Objects()
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            found.faults.append("encrypted objects")
            return found
        root = _resolved(reader.trailer["/Root"])
    except _BROKEN:
        found.faults.append("corrupt objects")
        return found
    form_ids: set[int] = set()
    for read in (_metadata, _form, _bookmarks, _names, _annotations):
        try:
            read(reader, root, found, form_ids)
        except _BROKEN:
            found.faults.append(f"corrupt {read.__name__[1:]}")
    return found


def _resolved(value: Any) -> Any:
    return value.get_object() if hasattr(value, "get_object") else value


def _entry(value: Any, key: str) -> Any:
    """Give a member of a dictionary, resolved; None where there is none."""
    found = _resolved(value.get(key)) if isinstance(value, DictionaryObject) else None
    return None if isinstance(found, NullObject) else found


def _text(value: Any) -> str:
    """Give a string, or the strings of an array, as text."""
    value = _resolved(value)
    if isinstance(value, ArrayObject):
        return "\n".join(filter(None, map(_text, value)))
    if isinstance(value, StreamObject):
        return _text(value.get_data())
    if isinstance(value, bytes):
        return clean(decode(bytes(value))[0])
    return clean(str(value)) if isinstance(value, str | int | float) else ""


def _metadata(reader: PdfReader, root: Any, found: Objects, _: set[int]) -> None:
    for key, value in (_resolved(reader.trailer.get("/Info")) or {}).items():
        if text := _text(value).strip():
            found.document[f"@{key.lstrip('/')}"] = _DATE.sub(r"\1-\2-\3 \4:\5:\6", text)
    packet = _entry(root, "/Metadata")
    if isinstance(packet, StreamObject):
        names = Names()
        found.document |= {names.take(name): value for name, value in xmp(_packet(packet.get_data()))}


def _packet(data: bytes) -> bytes:
    start, end = data.find(b"<x:xmpmeta"), data.rfind(b"</x:xmpmeta>")
    return data[start : end + 12] if 0 <= start < end else data


def _form(_: PdfReader, root: Any, found: Objects, ids: set[int]) -> None:
    form = _entry(root, "/AcroForm")
    names = Names()
    ahead = [(one, "") for one in reversed(_entry(form, "/Fields") or [])]
    while ahead and len(ids) < _NODES:
        reference, above = ahead.pop()
        if getattr(reference, "idnum", 0) in ids:
            continue
        ids.add(getattr(reference, "idnum", -len(ids)))
        node = _resolved(reference)
        own = _text(node.get("/T", ""))
        path = ".".join(filter(None, (above, own)))
        values = list(dict.fromkeys(filter(str.strip, (_plain(_text(node[key])) for key in _FORM if key in node))))
        if values:
            found.document[names.take(f"form.{path}")] = "\n".join(values)
        ahead += [(kid, path) for kid in reversed(_entry(node, "/Kids") or [])]
    sheets = _entry(form, "/XFA")
    if sheets is not None:
        found.document["form"] = _plain(_text(sheets))


def _plain(text: str) -> str:
    """Leave the markup of rich text out."""
    return " ".join(_TAG.sub(" ", text).split()) if text.lstrip().startswith("<") else text


def _bookmarks(_: PdfReader, root: Any, found: Objects, __: set[int]) -> None:
    titles = []
    ahead = [_entry(_entry(root, "/Outlines"), "/First")]
    seen: set[int] = set()
    while ahead and len(seen) < _NODES:
        node = ahead.pop()
        if node is None or id(node) in seen:
            continue
        seen.add(id(node))
        titles.append(_text(node.get("/Title", "")))
        ahead += [_entry(node, "/Next"), _entry(node, "/First")]
    if any(titles):
        found.document["bookmarks"] = "\n".join(titles)


def _names(_: PdfReader, root: Any, found: Objects, __: set[int]) -> None:
    tree = _entry(root, "/Names")
    for specification in (*_leaves(_entry(tree, "/EmbeddedFiles")), *(_entry(root, "/AF") or [])):
        _attachment(_resolved(specification), found)
    scripts = [_text(_entry(_resolved(one), "/JS")) for one in _leaves(_entry(tree, "/JavaScript"))]
    if any(scripts):
        found.document["@script"] = "\n".join(scripts)


def _leaves(tree: Any) -> Iterator[Any]:
    """Walk a name tree."""
    ahead, seen = [tree], 0
    while ahead and seen < _NODES:
        node = _resolved(ahead.pop())
        seen += 1
        yield from (_entry(node, "/Names") or [])[1::2]
        ahead += reversed(_entry(node, "/Kids") or [])


def _attachment(specification: Any, found: Objects) -> None:
    stream = _entry(_entry(specification, "/EF"), "/UF") or _entry(_entry(specification, "/EF"), "/F")
    if not isinstance(stream, StreamObject):
        return
    name = _text(specification.get("/UF") or specification.get("/F") or "attachment") or "attachment"
    if _entry(specification, "/Desc"):
        found.document[f"@attachment.{name}"] = _text(specification["/Desc"])
    data = stream.get_data()
    if found.attachments.get(name) == data:
        return
    free, number = name, 1
    while free in found.attachments:
        number += 1
        free = f"{name}_{number}"
    found.attachments[free] = data


def _annotations(reader: PdfReader, _: Any, found: Objects, form_ids: set[int]) -> None:
    for number, page in enumerate(reader.pages, 1):
        lines: dict[str, list[str]] = {}
        for reference in _entry(page, "/Annots") or []:
            node = _resolved(reference)
            if not isinstance(node, DictionaryObject) or getattr(reference, "idnum", 0) in form_ids:
                continue
            for name, text in _annotation(node):
                if text.strip() and text not in lines.get(name, ()):
                    lines.setdefault(name, []).append(text)
            if _entry(node, "/FS") is not None:
                _attachment(_entry(node, "/FS"), found)
        if lines:
            found.pages[number] = {name: "\n".join(values) for name, values in lines.items()}


def _annotation(node: DictionaryObject) -> Iterator[tuple[str, str]]:
    for key, name in _ANNOTATION.items():
        if key in node:
            yield name, _plain(_text(node[key]))
    if "/V" in node:
        yield "form", _text(node["/V"])
    action = _entry(node, "/A")
    for key, name in (("/URI", "@link"), ("/F", "@link"), ("/JS", "@script")):
        target = _entry(action, key)
        if target is not None and not isinstance(target, DictionaryObject):
            yield name, _text(target)
