"""Copies of texts as they are also written: other people, small letters, capitals."""

from __future__ import annotations

from random import Random

from recognizers.sentences import cut
from recognizers.training.examples import Example, join, parts
from recognizers.training.people import alike


def swapped(random: Random, example: Example) -> Example:
    """The text with other people's names."""
    return join((alike(random, text) if is_name else text, is_name) for text, is_name in parts(example))


def lowered(example: Example) -> Example:
    """The text in small letters, as in chats."""
    return join((text.lower(), is_name) for text, is_name in parts(example))


def capitals(example: Example) -> Example:
    """The text in capitals, as in old systems."""
    return join((text.upper(), is_name) for text, is_name in parts(example))


def in_sentences(example: Example) -> list[Example]:
    """The sentences of a text as the model will be given them; a name that a cut parts is left out."""
    return [_within(example, start, end) for start, end in cut(example.text, 0, len(example.text))]


def _within(example: Example, start: int, end: int) -> Example:
    inside = ((a - start, b - start) for a, b in example.spans if start <= a and b <= end)
    return Example(example.text[start:end], tuple(inside))
