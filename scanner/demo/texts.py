"""Text that knows what in it is personal: the demo writes nothing else, so its truth is complete by construction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from string import Formatter

OPTIONAL = "optional"
"""Tier of what a careful reader may mark or not: a postal code inside an address, a town alone."""
MISTYPED = "mistyped"
"""Tier of a number with a wrong check digit: to be found, at a lower score."""


@dataclass(frozen=True, slots=True)
class Span:
    """A personal datum in a text: characters `start` to `end`, whose it is, and how hard the truth is meant."""

    start: int
    end: int
    entity: str
    person: str | None = None
    tier: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A text and its spans. Concatenates with texts and plain strings."""

    text: str
    spans: tuple[Span, ...] = ()

    def __add__(self, other: Text | str) -> Text:
        """Append, moving the spans of what is appended."""
        if isinstance(other, str):
            return Text(self.text + other, self.spans)
        width = len(self.text)
        moved = tuple(replace(s, start=s.start + width, end=s.end + width) for s in other.spans)
        return Text(self.text + other.text, self.spans + moved)

    def map(self, change: Callable[[str], str]) -> Text:
        """Change the letters and keep the spans; `change` must keep the length (`str.lower`, `str.upper`)."""
        changed = change(self.text)
        if len(changed) != len(self.text):
            raise ValueError("the change does not keep the length of the text")
        return Text(changed, self.spans)

    def optional(self) -> Text:
        """The same text with all spans optional."""
        return Text(self.text, tuple(replace(s, tier=OPTIONAL) for s in self.spans))


def mark(entity: str, text: str | Text, person: str | None = None, tier: str = "") -> Text:
    """A text that is, as a whole, one datum; spans inside it are kept."""
    inner = text if isinstance(text, Text) else Text(text)
    return Text(inner.text, (Span(0, len(inner.text), entity, person, tier), *inner.spans))


def compose(template: str, **parts: Text | str) -> Text:
    """Fill a template's `{name}` places; raises KeyError where a part is missing."""
    out = Text("")
    for literal, name, _, _ in Formatter().parse(template):
        out += literal
        if name is not None:
            out += parts[name]
    return out


def join(separator: str, texts: list[Text]) -> Text:
    """Join texts as `str.join` does."""
    out = Text("")
    for n, text in enumerate(texts):
        out = out + separator + text if n else out + text
    return out
