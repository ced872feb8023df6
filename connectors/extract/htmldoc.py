"""HTML: what a reader sees, and what a page carries unseen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any
from urllib.parse import unquote

from lxml import etree

from connectors.base import Batch, Unread
from connectors.extract.part import Part, whole
from connectors.extract.text import swept

_LIKE_HTML = re.compile(
    r"\s*(?>(?:<\?xml[^>]*>\s*|<!--.{0,4000}?-->\s*)*)<(?:!doctype\s+html|html)\b"
    r"|\s*(?>(?:<!--.{0,4000}?-->\s*)*)<(?:head|body|meta|title|table|div|p|br|ul|ol|h[1-6]|span)\b",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "em", "font", "i", "img", "input", "kbd", "label",
    "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "wbr",
))  # fmt: skip
AS_WRITTEN = frozenset(("pre", "textarea"))
UNSEEN = frozenset(("script", "style", "template", "noscript"))
_TELLING = frozenset((
    "content", "value", "alt", "title", "placeholder", "summary", "label", "cite", "srcdoc",
))  # fmt: skip
SPACES = re.compile(r"[ \t\r\f\v]*\n[ \t\r\n\f\v]*")


def is_html(text: str) -> bool:
    """Tell whether the text begins like a page or a fragment of one."""
    return _LIKE_HTML.match(text) is not None


def declared_charset(data: bytes) -> str | None:
    """Find the encoding that a page declares in its first kilobytes."""
    match = _CHARSET.search(data[:4096])
    return match[1].decode("ascii") if match else None


def read_html(part: Part, text: str, notes: list[str]) -> Iterator[Batch | Unread]:
    """Give the page as one record: its text in field "", what is not seen in fields `@…`, the title in `title`."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        root = None
    if root is None or text.rfind("<") > text.rfind(">"):
        yield from swept(part, text, notes, "corrupt html")
        return
    if _is_cut(parser):
        yield from swept(part, text, notes, "limit:html_depth")
        return
    roots = [*reversed([*root.itersiblings(preceding=True)]), root, *root.itersiblings()]  # also what follows `</html>`
    fields = {name: "\n".join(values) for name, values in _unseen(roots).items()}
    text = "".join(chain.from_iterable(_visible(one) for one in roots if isinstance(one.tag, str)))
    yield whole(part.unit, {"": SPACES.sub("\n", text).strip(), **fields}, notes)


def _is_cut(parser: Any) -> bool:
    """Tell whether the parser gave up at one of its limits."""
    return any(entry.level_name == "FATAL" for entry in parser.error_log)


def _visible(root: Any) -> Iterator[str]:
    """Walk the tree in document order; the border of a block is a line end, of a cell a tab."""
    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event == "start":
            if node.tag not in INLINE:
                yield "\n"
            if node.tag not in UNSEEN and node.tag != "title":
                yield (node.text or "") if node.tag in AS_WRITTEN else (node.text or "").replace("\n", " ")
        else:
            if event == "end" and node.tag not in INLINE:
                yield "\n"
            yield (node.tail or "").replace("\n", " ")


def _unseen(roots: list[Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for node in chain.from_iterable(root.iter() for root in roots):
        for name, value in _carried(node):
            if value and value.strip():
                found.setdefault(name, []).append(value)
    return found


def _carried(node: Any) -> Iterator[tuple[str, str | None]]:
    """Give what one node carries beside text."""
    if not isinstance(node.tag, str):
        yield "@comment", node.text
        return
    if node.tag == "title":
        yield "title", node.text
    if node.tag in UNSEEN:
        yield f"@{node.tag}", node.text
    yield from attribute_fields(node.attrib)


def attribute_fields(attributes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Give the attributes that may hold what somebody wrote: `@value`, `@href` …"""
    for name, value in attributes.items():
        if name in _TELLING or name.startswith("data-"):
            yield f"@{name}", value
        elif name in ("href", "src", "action"):
            yield f"@{name}", unquote(value)
