"""What is asked: identifiers in any spelling, read by the same recognizers that read the sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from recognizers import Analyzer, Key, Match
from scanner.errors import ConfigError
from scanner.finding import Form, key_tokens
from scanner.identity import NAME
from scanner.keys import Keys
from scanner.links import LINK, link_value
from scanner.ownership import CUSTOMER_ID

_ASKED_SCORE = 0.3
"""Somebody who types an identifier means it: less evidence is needed than in a source."""
_WORD = re.compile(r"[^\s,;]+")


@dataclass(frozen=True, slots=True)
class Seed:
    """One identifier that was asked for."""

    entity: str
    token: bytes
    masked: str


def seeds(analyzer: Analyzer, keys: Keys, asked: Sequence[str]) -> list[Seed]:
    """Read the identifiers of a question.

    Args:
        analyzer: The one that the sources are read with.
        keys: Of the installation.
        asked: What was typed; together one text about one person.

    Returns:
        A seed for each identifier, and for each word that no recognizer reads: a customer number, or another key.

    Raises:
        ConfigError: nothing was asked for.
    """
    text = ", ".join(part.strip() for part in asked if part.strip())
    matches = [match for match in analyzer.find({"": [text]}) if match.score >= _ASKED_SCORE]
    found = [_seed(keys, analyzer, match, text) for match in matches]
    for word in _unread(text, matches):
        found.extend(_customer(analyzer, keys, word))
    if not found:
        raise ConfigError(
            "subject: no identifier given; expected a personnummer, e-mail, phone, customer number, or name and address"
        )
    return found


def _seed(keys: Keys, analyzer: Analyzer, match: Match, text: str) -> Seed:
    tokens = {form: token for token, form in key_tokens(keys, Key(match.entity, match.value, match.others))}
    token = tokens.get(Form.PARTS, tokens[Form.VALUE]) if match.entity == NAME else tokens[Form.VALUE]
    return Seed(match.entity, token, analyzer.masked(text[match.start : match.end]))


def _unread(text: str, matches: Sequence[Match]) -> Iterator[str]:
    """Words that no recognizer reads and that hold a digit: a customer or case number."""
    for word in _WORD.finditer(text):
        inside = any(match.start < word.end() and word.start() < match.end for match in matches)
        if not inside and any(sign.isdigit() for sign in word.group()):
            yield word.group()


def _customer(analyzer: Analyzer, keys: Keys, word: str) -> Iterator[Seed]:
    masked = word[0] + "*" * (len(word) - 1)
    for match in analyzer.find({"kundnummer": [word]}):
        if match.entity == CUSTOMER_ID:
            yield Seed(CUSTOMER_ID, key_tokens(keys, Key(match.entity, match.value, match.others))[0][0], masked)
    yield Seed(LINK, keys.token(LINK, link_value(word)), masked)
