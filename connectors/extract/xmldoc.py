"""XML data. Nothing outside the document is ever fetched; a document that declares entities is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from connectors.base import Batch, State, Unread
from connectors.extract.limits import LimitReachedError
from connectors.extract.part import Part, Row, row_batches, whole
from connectors.extract.text import swept
from connectors.extract.tree import Tree, flatten

_LIKE_XML = re.compile(r"\s*(?:<\?xml\s|<!--|<!DOCTYPE\s|<([A-Za-z_][\w.:-]*)(?:\s+[\w.:-]+\s*=\s*[\"']|\s*/?>))")
_DECLARATION = re.compile(r"\s*<\?xml\s[^>]*\?>")
_DTD = re.compile(r"(?>(?:\s+|<\?.*?\?>|<!--.*?-->)*)<!DOCTYPE", re.DOTALL)


def is_xml(text: str) -> bool:
    """Tell whether the text begins like an XML document."""
    return _LIKE_XML.match(text) is not None


def read_xml(part: Part, text: str, notes: list[str]) -> Iterator[Batch | Unread]:
    """Give the children of the root as records if they are alike and several, else the document as one record.

    Fields are paths of elements below the record, attributes `@name`, comments `@comment`. Inside mixed content the
    text is kept together, under the outermost element that mixes text and elements.
    """
    if _DTD.match(text):
        yield Unread(part.unit, State.REFUSED, "dtd")
        return
    try:
        root = _parse(text)
        yield from _document(part, root, notes)
    except LimitReachedError:
        yield from swept(part, text, notes, "limit:xml_depth")
    except etree.XMLSyntaxError as error:
        yield from swept(part, text, notes, _reason(error.msg or ""))


def _reason(message: str) -> str:
    """Tell a limit of the parser from broken XML by the message, which is not kept: it may quote the document."""
    if "depth" in message:
        return "limit:xml_depth"
    return "limit:xml_text" if "limit exceeded" in message else "corrupt xml"


def _parse(text: str) -> Any:
    """Parse text whose declared encoding no longer counts, for it is decoded."""
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_blank_text=False,
    )
    return etree.fromstring(_DECLARATION.sub("", text, count=1).encode("utf-8", "replace"), parser)


def _document(part: Part, root: Any, notes: list[str]) -> Iterator[Batch]:
    children = [child for child in root if isinstance(child.tag, str)]
    alike = len(children) > 1 and len({child.tag for child in children}) == 1 and not _is_mixed(root)
    depth = part.limits.xml_depth
    around: dict[str, Tree] = {"@comment": _comments(root)}
    if not alike:
        yield whole(part.unit, flatten({**around, _name(root): _tree(root)}, 2 * depth), notes)
        return
    around |= _own(root)
    fields = flatten(around, 2 * depth)
    if fields:
        yield whole(part.unit, fields, notes)
    rows: Iterator[Row] = (({"row": n}, flatten(_tree(child), 2 * depth)) for n, child in enumerate(children, 1))
    yield from row_batches(part, rows, notes)


def _comments(root: Any) -> Tree:
    """Give the comments outside the root; those inside stand with their elements."""
    siblings = (*root.itersiblings(preceding=True), *root.itersiblings())
    return [node.text or "" for node in siblings if not isinstance(node.tag, str)] or None


def _own(element: Any) -> dict[str, Tree]:
    """Give the attributes of an element, and the comments and processing instructions right in it."""
    own: dict[str, Tree] = {f"@{_local(name)}": value for name, value in element.attrib.items()}
    notes = [node.text or "" for node in element if not isinstance(node.tag, str)]
    if notes:
        own["@comment"] = notes[0] if len(notes) == 1 else list(notes)
    return own


def _tree(element: Any, within_mixed: bool = False) -> Tree:
    """Turn an element into objects, arrays and text, which `flatten` names."""
    mixed = within_mixed or _is_mixed(element)
    node = _own(element)
    if mixed and not within_mixed:
        node[""] = "".join(element.itertext(etree.Element))
    elif not mixed and (element.text or "").strip():
        node[""] = element.text
    groups: dict[str, list[Tree]] = {}
    for child in element:
        if isinstance(child.tag, str):
            groups.setdefault(_name(child), []).append(_tree(child, mixed))
    for name, values in groups.items():
        node[name] = values[0] if len(values) == 1 else values
    return node


def _is_mixed(element: Any) -> bool:
    """Tell whether an element has text between elements."""
    if not any(isinstance(child.tag, str) for child in element):
        return any((child.tail or "").strip() for child in element)
    return bool((element.text or "").strip()) or any((child.tail or "").strip() for child in element)


def _name(element: Any) -> str:
    return _local(element.tag)


def _local(name: str) -> str:
    return name.rpartition("}")[2]
