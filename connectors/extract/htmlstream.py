"""HTML too long to be held as a tree: read tag by tag, so that no more than a stretch of it is in memory."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import chain

from lxml import etree

from connectors.base import Batch, State, Unread
from connectors.extract.blocks import Block, encoding_notes
from connectors.extract.htmldoc import AS_WRITTEN, INLINE, SPACES, UNSEEN, attribute_fields
from connectors.extract.part import Part, Row, row_batches

STRETCH = 1 << 16
"""Characters after which a record ends, at the next border of a paragraph, a row, a list's item."""
_LONGEST = 16 * STRETCH
"""Without such a border a record ends here, after a blank."""
FRESH = 16 << 20
"""Bytes after which another parser takes over."""
_CLOSING = re.compile(rb"</(tr|p|div|li|table|ul|ol|h[1-6]|section|article)>", re.IGNORECASE)
_CELLS = frozenset(("td", "th"))
_CHUNK = 1 << 16
"""Bytes given to the parser at once."""


def read_long_html(part: Part, found: Iterator[Block]) -> Iterator[Batch | Unread]:
    """Give stretches of the page as records, `{"row": n}`, with the fields that `read_html` gives.

    A page that ends within a tag is PARTIAL: what the parser keeps of that tag is read as it is written.
    """
    first = next(found)
    notes = encoding_notes(first.encoding)
    target, end = _Page(), _End()
    yield from row_batches(part, _rows(target, end, chain((first,), found)), notes)
    if end.is_cut:
        yield Unread(part.unit, State.PARTIAL, "corrupt html")


def _rows(page: _Page, end: _End, found: Iterator[Block]) -> Iterator[Row]:
    parser = _Parser(page)
    for block in found:
        end.follow(block.text)
        data = block.text.encode("utf-8", "replace")
        for start in range(0, len(data), _CHUNK):
            parser.feed(data[start : start + _CHUNK])
            yield from page.taken()
    parser.close()
    if end.is_cut:
        page.data(end.text)
    page.finish()
    yield from page.taken()


class _Parser:
    """Parses what it is fed.

    libxml2 keeps all that it was ever given: now and then, between two tags, another parser takes over.
    """

    def __init__(self, page: _Page) -> None:
        self._page = page
        self._begin()

    def feed(self, data: bytes) -> None:
        """Parse on."""
        closing = [*_CLOSING.finditer(data)] if self._fed > FRESH else []
        if closing:
            end = closing[-1].end()
            self._parser.feed(data[:end])
            if self._page.is_between(closing[-1][1].decode()):
                self.close()
                self._page.leave()
                self._begin()
            data = data[end:]
        if data:
            self._parser.feed(data)
        self._fed += len(data)

    def close(self) -> None:
        """There is no more."""
        with suppress(etree.XMLSyntaxError):  # nothing but blanks and comments came, and those have been told
            self._parser.close()

    def _begin(self) -> None:
        self._fed = 0
        options = {"encoding": "utf-8", "no_network": True, "huge_tree": True, "recover": True}
        self._parser = etree.HTMLParser(target=self._page, **options)


class _End:
    """Watches whether the page ends within a tag."""

    def __init__(self) -> None:
        self.text = ""
        """From the last `<` that no `>` has followed; of a very long one its end."""

    def follow(self, text: str) -> None:
        """Take what comes next."""
        opened, closed = text.rfind("<"), text.rfind(">")
        if opened > closed:
            self.text = text[opened:]
        else:
            self.text = (self.text + text)[-_LONGEST:] if self.text and closed < 0 else ""

    @property
    def is_cut(self) -> bool:
        """Tell whether it does."""
        return bool(self.text)


class _Page:
    """Takes the events of the parser, and makes records of them."""

    def __init__(self) -> None:
        self._path: list[str] = []
        self._text: list[str] = []
        self._unseen: dict[str, list[str]] = {}
        self._size = 0
        self._number = 0
        self._rows: list[Row] = []
        self._ended = ""
        """The tag that has ended, if nothing has come since."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._ended = ""
        self._border(tag)
        self._path.append(tag)
        for name, value in attribute_fields(attributes):
            self._keep(name, value)

    def end(self, tag: str) -> None:
        if self._path[-1:] == [tag] or tag in self._path:
            while self._path.pop() != tag:
                pass
        self._border(tag)
        self._ended = tag

    def data(self, text: str) -> None:
        self._ended = ""
        inside = self._path[-1] if self._path else ""
        if inside == "title" or inside in UNSEEN:
            self._keep("title" if inside == "title" else f"@{inside}", text, goes_on=True)
            return
        self._text.append(text if inside in AS_WRITTEN else text.replace("\n", " "))
        self._grow(len(text))

    def comment(self, text: str) -> None:
        self._ended = ""
        self._keep("@comment", text)

    def pi(self, target: str, text: str | None) -> None:
        self._keep("@comment", " ".join(filter(None, (target, text))))

    def close(self) -> None:
        pass

    def is_between(self, tag: str) -> bool:
        """Tell whether a tag has just ended, and what surrounds it does not change how text is read."""
        return self._ended == tag.lower() and not (UNSEEN | AS_WRITTEN).intersection(self._path)

    def leave(self) -> None:
        """Forget the tags that are open: of what follows only their ends are seen."""
        self._path.clear()

    def taken(self) -> list[Row]:
        """Give the records that are made."""
        rows, self._rows = self._rows, []
        return rows

    def finish(self) -> None:
        """Make a record of what is left."""
        text, self._text, self._size = "".join(self._text), [], 0
        fields = {"": SPACES.sub("\n", text).strip(), **self._carried()}
        self._unseen = {}
        if any(fields.values()):
            self._number += 1
            self._rows.append(({"row": self._number}, {name: value for name, value in fields.items() if value}))

    def _carried(self) -> dict[str, str]:
        kept = {name: [value for value in values if value.strip()] for name, values in self._unseen.items()}
        return {name: "\n".join(values) for name, values in kept.items()}

    def _keep(self, name: str, value: str, *, goes_on: bool = False) -> None:
        values = self._unseen.setdefault(name, [])
        if goes_on and values:
            values.append(values.pop() + value)
        else:
            values.append(value)
        self._grow(len(value))

    def _border(self, tag: str) -> None:
        if tag in INLINE:
            return
        self._text.append("\n")
        if self._size > STRETCH and tag not in _CELLS:
            self.finish()

    def _grow(self, size: int) -> None:
        """Count what is held; text that no border ends is cut where it has a blank."""
        self._size += size
        if self._size > _LONGEST:
            text = "".join(self._text)
            cut = text.rfind(" ") + 1 or len(text)
            self._text = [text[:cut]]
            self.finish()
            self._text, self._size = [text[cut:]], len(text) - cut
