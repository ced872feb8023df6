"""What is asked: identifiers in any spelling, read by the same recognizers that read the sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from recognizers import Analyzer, Key, Match
from scanner.errors import ConfigError
from scanner.finding import key_tokens
from scanner.keys import Keys
from scanner.linking.identity import ADDRESS, BORN, NAME, PERSONNUMMER, PHONE, PLATE
from scanner.linking.key_values import link_value
from scanner.linking.links import LINK
from scanner.linking.names import name_key
from scanner.linking.ownership import CUSTOMER_ID
from scanner.subject.outcome import Grade, Owned, Step

MISTYPED = "insyn: a personnummer asked for has a wrong check digit; whoever has the other digits is possible only"
"""What to say to whoever asks for one."""
_CHECKSUM = "checksum"
_ASKED_SCORE = 0.3
"""Somebody who types an identifier means it: less evidence is needed than in a source."""
_PART = re.compile(r"(?<![^,;\n])[ ]*([^\W\d_][^\W\d_'’.-]*(?:[ -][^\W\d_][^\W\d_'’.-]*){1,4})[ ]*(?![^,;\n])")
_WORD = re.compile(r"\b[A-Za-z]{3} [0-9]{2}[A-Za-z0-9]\b|[^\s,;]+")
"""A word, or a plate with its space."""
_BARE = re.compile(r"(?<![\w+-])0[0-9]{7,9}(?![\w-])")
_STREET = re.compile(r"(?<![^,;\n ])[^\W\d_][^,;\n]*(?:,[ ]*[0-9]{3} ?[0-9]{2}[^,;\n]*)?")
"""A street or farm with its number, and the postal code behind it."""
_KEYED = (PLATE, "INVOICE_NUMBER", "OCR_REFERENCE", "DEVICE_ID")
"""Entities whose values are keys of tables, too."""
_LABELS = {"kundnummer": CUSTOMER_ID, "registreringsnummer": PLATE, "fodelsedatum": BORN}
"""Field name -> the entity that a bare word can be by it."""


@dataclass(frozen=True, slots=True)
class Seed:
    """One identifier that was asked for."""

    entity: str
    token: bytes
    masked: str
    given: bytes | None = None
    """Of a name: the token of how the given name sounds."""
    unsure: bool = False
    """It may be meant as something else: what stands nowhere tells nobody apart."""
    weak: bool = False
    """It leads to what is probable only: a personnummer without its check digit, which may be mistyped in a source."""
    mistyped: bool = False
    """Asked for with a check digit that is not its own: whoever has all the other digits is possible only."""


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
    found = identified(analyzer, keys, asked)
    if not found:
        raise ConfigError(
            "subject: no identifier given; expected a personnummer, e-mail, phone, customer number, or name and address"
        )
    return found


def identified(analyzer: Analyzer, keys: Keys, asked: Sequence[str]) -> list[Seed]:
    """What `seeds` reads; nothing where nothing is said that identifies anybody."""
    text = ", ".join(part.strip() for part in asked if part.strip())
    matches = [match for match in analyzer.find({"": [text]}) if match.score >= _ASKED_SCORE]
    names = list(_names(text, matches))
    found = [_of_name(keys, key, masked) for key, masked in names]
    for match in matches:
        if not (names and match.entity == NAME):
            found.extend(_seeds(keys, analyzer, match, text))
    found.extend(seed for seed in _streets(analyzer, keys, text, matches) if seed not in found)
    found.extend(_as_key(analyzer, keys, match, text) for match in matches if match.entity in _KEYED)
    for word in _unread(text, matches):
        found.extend(_labelled(analyzer, keys, word))
    return list(_either(analyzer, keys, text, found))


def _either(analyzer: Analyzer, keys: Keys, text: str, found: Sequence[Seed]) -> Iterator[Seed]:
    """A telephone can look like a personnummer: both are searched for, and the one that stands nowhere is let go."""
    phones = [seed for word in _BARE.findall(text) for seed in _as(analyzer, keys, word, ("telefon", PHONE))]
    new = [seed for seed in phones if seed not in found]
    yield from (replace(seed, unsure=True) if new and seed.entity == PERSONNUMMER else seed for seed in found)
    yield from new


def _names(text: str, matches: Sequence[Match]) -> Iterator[tuple[Key, str]]:
    """Parts of the question that can only be a name: two to four words of letters in which nothing else was read."""
    for part in _PART.finditer(text):
        inside = [match for match in matches if match.start < part.end() and part.start() < match.end]
        key = name_key(part.group(1)) if all(match.entity == NAME for match in inside) else None
        if key:
            yield key, " ".join(f"{word[0]}***" for word in part.group(1).split())


def _of_name(keys: Keys, key: Key, masked: str) -> Seed:
    tokens = key_tokens(keys, key)
    return Seed(NAME, tokens.variant or tokens.value, masked, given=tokens.further)


def _seeds(keys: Keys, analyzer: Analyzer, match: Match, text: str) -> Iterator[Seed]:
    key = Key(match.entity, match.value, match.others)
    masked = analyzer.mask(match.entity, text[match.start : match.end])
    if match.entity == NAME:
        yield _of_name(keys, key, masked)
        return
    tokens = key_tokens(keys, key)
    mistyped = match.entity == PERSONNUMMER and match.kind != "short" and _CHECKSUM not in match.why
    yield Seed(match.entity, tokens.value, masked, mistyped=mistyped)
    if tokens.variant:
        yield Seed(match.entity, tokens.variant, masked, weak=True, mistyped=mistyped)
    if match.entity == BORN and tokens.further:
        yield Seed(BORN, tokens.further, masked)


def _streets(analyzer: Analyzer, keys: Keys, text: str, matches: Sequence[Match]) -> Iterator[Seed]:
    """Addresses as a register's column holds them: running text does not tell where the name of a farm begins."""
    starts = {match.start: match.end for match in matches if match.entity == ADDRESS}
    for part in _STREET.finditer(text):
        if any(part.start() < start < part.end() for start in starts):
            yield from (replace(seed, unsure=True) for seed in _as(analyzer, keys, part.group(), ("adress", ADDRESS)))


def _unread(text: str, matches: Sequence[Match]) -> Iterator[str]:
    """What no recognizer reads and holds a digit or `_`: a plate, a date, a customer or case number, `cus_mDNiCJx`."""
    for word in _WORD.finditer(text):
        inside = any(match.start < word.end() and word.start() < match.end for match in matches)
        if not inside and any(sign.isdigit() or sign == "_" for sign in word.group()):
            yield word.group()


def _as(analyzer: Analyzer, keys: Keys, word: str, label: tuple[str, str]) -> Iterator[Seed]:
    """What a word is in a field of this name, if it is of this entity."""
    for match in analyzer.find({label[0]: [word]}):
        if match.entity == label[1]:
            yield from _seeds(keys, analyzer, match, word)


def _as_key(analyzer: Analyzer, keys: Keys, match: Match, text: str) -> Seed:
    """What a table's rows may be kept by, though no recognizer sees there what it is: `kennz` of cars."""
    value = text[match.start : match.end]
    token = keys.token(LINK, link_value("".join(value.split())))
    return Seed(LINK, token, analyzer.mask(match.entity, value))


def _labelled(analyzer: Analyzer, keys: Keys, word: str) -> Iterator[Seed]:
    """What a word is where a field's name says so: each kind that it can be is searched for."""
    masked = word[0] + "*" * (len(word) - 1)
    for label in _LABELS.items():
        yield from (replace(seed, unsure=True) for seed in _as(analyzer, keys, word, label))
    yield Seed(LINK, keys.token(LINK, link_value("".join(word.split()))), masked)


def asked(seed: Seed) -> Owned:
    """A seed as an identifier of the person: how sure it is that it is the one meant."""
    if seed.weak and seed.mistyped:
        return Owned(seed.entity, Grade.POSSIBLE, (Step("asked_mistyped", seed.entity),))
    return Owned(seed.entity, Grade.PROBABLE if seed.weak else Grade.CERTAIN, (Step("asked", seed.entity),))
