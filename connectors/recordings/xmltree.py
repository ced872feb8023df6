"""XML as a nested value: attributes as `@name`, repeated elements as lists, an element's own text under ""."""

from __future__ import annotations

import re

from lxml import etree

from connectors.extract.limits import LimitReachedError
from connectors.extract.tree import Tree

_DECLARATION = re.compile(r"\s*<\?xml\s[^>]*\?>")
_DEEPEST = 200


class XmlError(ValueError):
    """The bytes are no well-formed XML. The message holds nothing of them."""


def xml_tree(text: str) -> Tree:
    """Read an XML document; the root's own name is left out, name spaces too.

    Nothing outside the document is loaded. The encoding that is declared does not count: the text is decoded.

    Raises:
        XmlError: not well-formed, or it declares entities.
        LimitReachedError: nested deeper than 200.
    """
    parser = etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(_DECLARATION.sub("", text, count=1).encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        raise XmlError("not well-formed XML") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise XmlError("document type declaration")
    return _tree(root, 0)


def _tree(element: etree._Element, depth: int) -> Tree:
    if depth > _DEEPEST:
        raise LimitReachedError("depth")
    node: dict[str, Tree] = {f"@{etree.QName(name).localname}": value for name, value in element.attrib.items()}
    texts = [element.text]
    for child in element:
        name = etree.QName(child).localname if isinstance(child.tag, str) else "@comment"
        _add(node, name, _tree(child, depth + 1) if isinstance(child.tag, str) else child.text)
        texts.append(child.tail)
    text = " ".join(text.strip() for text in texts if text and text.strip())
    if not node:
        return text
    return {"": text, **node} if text else node


def _add(node: dict[str, Tree], name: str, value: Tree) -> None:
    known = node.get(name)
    if name not in node:
        node[name] = value
    elif isinstance(known, list):
        known.append(value)
    else:
        node[name] = [known, value]
