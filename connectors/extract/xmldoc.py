"""XML data. Nothing outside the document is ever fetched; a document that declares entities is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html.entities import html5
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from connectors.base import Batch, State, Unread
from connectors.extract.limits import LimitReachedError
from connectors.extract.part import Part, Row, row_batches, whole
from connectors.extract.text import swept
from connectors.extract.tree import Tree, flatten

_LIKE_XML = re.compile(r"\s*(?:<\?xml\s|<!--|<!DOCTYPE\s|<([A-Za-z_][\w.:-]*)(?:\s+[\w.:-]+\s*=\s*[\"']|\s*/?>))")
DECLARATION = re.compile(r"\s*<\?xml\s[^>]*\?>")
PARSING: dict[str, Any] = {
    "encoding": "utf-8",
    "resolve_entities": False,
    "no_network": True,
    "huge_tree": False,
    "load_dtd": False,
    "remove_blank_text": False,
}
"""How an untrusted document is parsed whose text is decoded: what it declares of its encoding does not count."""
_DTD = re.compile(r"(?>(?:\s+|<\?.*?\?>|<!--.*?-->)*)<!DOCTYPE", re.DOTALL)
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)(\w+);")
_NAME_ONLY = re.compile(r"""(?>(?:[^>\["']|"[^"]*"|'[^']*')*)>""")
"""What may follow: the name of a kind of document, and where its definitions are; they are not fetched."""


def is_xml(text: str) -> bool:
    """Tell whether the text begins like an XML document."""
    return _LIKE_XML.match(text) is not None


def read_xml(part: Part, text: str, notes: list[str]) -> Iterator[Batch | Unread]:
    """Give the children of the root as records if they are alike and several, else the document as one record.

    Fields are paths of elements below the record, attributes `@name`, comments `@comment`. Inside mixed content the
    text is kept together, under the outermost element that mixes text and elements.
    """
    if has_dtd(text):
        yield Unread(part.unit, State.REFUSED, "dtd")
        return
    try:
        root = _parse(text)
        yield from _document(part, root, notes)
    except (LimitReachedError, etree.XMLSyntaxError) as error:
        yield from swept(part, text, notes, reason_of(error))


def has_dtd(text: str) -> bool:
    """Tell whether a document begins with definitions, which may make much of little."""
    begun = _DTD.match(text)
    return begun is not None and _NAME_ONLY.match(text, begun.end()) is None


def without_entities(text: str) -> str:
    """Put characters in the place of entities that XML does not know but HTML does; others stay as they are written."""
    return _ENTITY.sub(lambda match: escape(html5.get(f"{match[1]};", match[0])), text)


def reason_of(error: Exception) -> str:
    """Tell a limit from broken XML by the parser's message, which is not kept: it may quote the document."""
    message = "depth" if isinstance(error, LimitReachedError) else getattr(error, "msg", None) or ""
    if "depth" in message:
        return "limit:xml_depth"
    return "limit:xml_text" if "limit exceeded" in message else "corrupt xml"


def _parse(text: str) -> Any:
    parser = etree.XMLParser(**PARSING)
    text = without_entities(text)
    return etree.fromstring(DECLARATION.sub("", text, count=1).encode("utf-8", "replace"), parser)


def _document(part: Part, root: Any, notes: list[str]) -> Iterator[Batch]:
    children = [child for child in root if isinstance(child.tag, str)]
    alike = len(children) > 1 and len({child.tag for child in children}) == 1 and not _is_mixed(root)
    depth = part.limits.xml_depth
    around: dict[str, Tree] = {"@comment": [*comments_beside(root)] or None}
    if not alike:
        yield whole(part.unit, flatten({**around, name_of(root): tree_of(root)}, 2 * depth), notes)
        return
    fields = flatten({**own(root), "@comment": together(comments_beside(root), _comments_in(root))}, 2 * depth)
    if fields:
        yield whole(part.unit, fields, notes)
    rows: Iterator[Row] = (({"row": n}, flatten(tree_of(child), 2 * depth)) for n, child in enumerate(children, 1))
    yield from row_batches(part, rows, notes)


def comments_beside(root: Any) -> list[str]:
    """Give the comments outside the root; those inside stand with their elements."""
    siblings = (*root.itersiblings(preceding=True), *root.itersiblings())
    return [node.text or "" for node in siblings if not isinstance(node.tag, str)]


def together(beside: Sequence[str], inside: Sequence[str]) -> Tree:
    """Give the comments that stand around records; one in the root has no number."""
    return inside[0] if len(inside) == 1 and not beside else [*beside, *inside] or None


def own(element: Any) -> dict[str, Tree]:
    """Give the attributes of an element, and the comments and processing instructions right in it."""
    carried: dict[str, Tree] = {f"@{_local(name)}": value for name, value in element.attrib.items()}
    comments = together((), _comments_in(element))
    return carried | {"@comment": comments} if comments else carried


def _comments_in(element: Any) -> list[str]:
    return [node.text or "" for node in element if not isinstance(node.tag, str)]


def tree_of(element: Any, within_mixed: bool = False) -> Tree:
    """Turn an element into objects, arrays and text, which `flatten` names."""
    if not within_mixed and not len(element) and not element.attrib:  # most are: it saves half of the time
        return element.text if (element.text or "").strip() else None
    mixed = within_mixed or _is_mixed(element)
    node = own(element)
    if mixed and not within_mixed:
        node[""] = "".join(element.itertext(etree.Element))
    elif not mixed and (element.text or "").strip():
        node[""] = element.text
    groups: dict[str, list[Tree]] = {}
    for child in element:
        if isinstance(child.tag, str):
            groups.setdefault(name_of(child), []).append(tree_of(child, mixed))
    for name, values in groups.items():
        node[name] = values[0] if len(values) == 1 else values
    return node


def _is_mixed(element: Any) -> bool:
    """Tell whether an element has text between elements."""
    if not any(isinstance(child.tag, str) for child in element):
        return any((child.tail or "").strip() for child in element)
    return bool((element.text or "").strip()) or any((child.tail or "").strip() for child in element)


def name_of(element: Any) -> str:
    return _local(element.tag)


def _local(name: str) -> str:
    return name.rpartition("}")[2]
