"""XMP: the packet of properties that pictures and PDF documents carry (ISO 16684-1)."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from connectors.extract.encoding import clean


def xmp(packet: bytes) -> Iterator[tuple[str, str]]:
    """Give `xmp.<property>` and text for every text and attribute of a packet; what is broken is left out."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(packet, parser)
    except (etree.XMLSyntaxError, ValueError):
        return
    for node in root.iter(etree.Element) if root is not None else ():
        for key, value in node.attrib.items():
            if not key.startswith(("{http://www.w3.org", "{adobe:ns")):
                yield f"xmp.{key.rpartition('}')[2]}", clean(str(value))
        if node.text and node.text.strip():
            yield f"xmp.{_property(node)}", clean(node.text.strip())


def _property(node: etree._Element) -> str:
    """Name a text by its property: the items of a list have names of RDF."""
    while str(node.tag).startswith("{http://www.w3.org") and node.getparent() is not None:
        node = node.getparent()
    return str(node.tag).rpartition("}")[2]
