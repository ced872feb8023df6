"""Addresses as others write them: the number first (`22 Baker Street`), and the streets of the neighbouring countries.

Examples: `14 Västra Hamngatan, 411 17 Gothenburg`, `27 Rue des Martyrs, 75009 Paris`, `Nørregade 14, 1165 København K`,
`Mannerheimintie 12 A 4, 00100 Helsinki`. Near-misses: `kl 14 Storgatan`, `3 Abbey Road`, `Slottsgate 2027`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from recognizers.base import Candidate, Shape

_BIG = "A-ZÀ-ÞŁŚŠŽ"
_NAME = rf"[{_BIG}][\w'’-]+"
_ENGLISH = "Street|Road|Avenue|Lane|Drive|Close|Square|Terrace|Boulevard|Way|Crescent|Gardens|Row"
_ROMANCE = "[Rr]ue|[Aa]venue|[Bb]oulevard|[Pp]lace|[Cc]hemin|[Qq]uai"
_SWEDISH = "gatan|vägen|gränd|torget|stigen|allén|esplanaden|backen|väg"
_CODE = r"(?:[A-Z]{1,2}-)?[0-9]{4,5}|[1-9][0-9]{2} [0-9]{2}"
_TOWN = rf"{_NAME}(?: {_NAME})?"
_FOLLOWS = rf",? {{1,2}}(?:{_CODE}) {_TOWN}"
_BRITISH = rf"(?:,? {_TOWN})?,? [A-Z]{{1,2}}[0-9][0-9A-Z]? ?[0-9][A-Z]{{2}}|{_FOLLOWS}"
_FIRST = r"[1-9](?<![\w.,:/-].)(?<![0-9] .)[0-9]{0,3}[A-Za-z]?,? "
_END = r"(?![\w-])"

NUMBER_FIRST = Shape(
    "number first",
    re.compile(
        rf"{_FIRST}(?:(?:{_NAME} ){{0,2}}{_NAME} (?:{_ENGLISH})(?: (?:East|West|North|South))?{_END}(?:{_BRITISH})"
        rf"|(?:{_ROMANCE})(?: (?:de|du|des|la|le|l['’]|d['’]))?(?: (?:la|l['’]))?(?: {_NAME}){{1,3}}{_FOLLOWS}"
        rf"|(?:{_NAME} ){{0,2}}(?:{_NAME}(?:{_SWEDISH})|[Vv]äg){_END}{_FOLLOWS}){_END}"
    ),
    0.7,
)
_ELSEWHERE = (
    "gate|gata|gaten|vei|veien|veg|gade|vej|allé|katu|tie|kuja|polku|straße|strasse|platz|allee|weg|straat|laan"
)
ELSEWHERE = Shape(
    "elsewhere",
    re.compile(
        rf"[{_BIG}](?<![\w-].)(?:[\w'’-]+ ){{0,2}}[\w'’-]*(?:{_ELSEWHERE}) [1-9][0-9]{{0,2}} ?[A-Za-z]?"
        rf"(?: [0-9]{{1,3}})?,? {{1,2}}(?:[A-Z]{{1,3}}-)?[0-9]{{4,5}} {_TOWN}(?: [A-Z])?{_END}"
    ),
    0.8,
)
_CODE_AFTER = re.compile(rf",? {{1,2}}(?:{_CODE}) |,? [A-Z]{{1,2}}[0-9][0-9A-Z]? ?[0-9][A-Z]{{2}}{_END}")


def abroad(text: str) -> Iterator[Candidate]:
    """The addresses in a text that are written as elsewhere."""
    for shape in (NUMBER_FIRST, ELSEWHERE):
        for match in shape.pattern.finditer(text):
            yield Candidate(match.start(), match.end(), match.group(), shape)


def spelling(text: str) -> tuple[str, str]:
    """One spelling of the street and number, and the postal code ("" for none)."""
    code = _CODE_AFTER.search(text, 4)
    street = text[: code.start()] if code else text
    found = re.sub("[^0-9A-Z]", "", code.group()) if code else ""
    return " ".join(street.casefold().replace(",", " ").split()), found
