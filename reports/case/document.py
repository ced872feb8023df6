"""A letter or a chapter of an answer before it is set as HTML or PDF: headings, paragraphs, lists and tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one heading a column."""

    headings: Sequence[str]
    rows: Sequence[Sequence[str]] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part of a document: its text, then its points, then its table."""

    heading: str
    paragraphs: Sequence[str] = ()
    points: Sequence[str] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document."""

    title: str
    sender: Sequence[str]
    """Lines of the letterhead."""
    receiver: Sequence[str] = field(repr=False)
    facts: Sequence[tuple[str, str]] = ()
    """Name and value: date, case …"""
    paragraphs: Sequence[str] = ()
    sections: Sequence[Section] = ()
    closing: Sequence[str] = ()
    """Greeting, signature, contact."""
    language: str = "sv"
