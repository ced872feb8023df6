"""Codes in a list below or after the word for them: `Koder: Anna 4711, Bengt 6612`, `Portkoder`, then a line a door.

Of each at least two, with what they open or whose they are before or after, or nothing. Near-misses: `Felkoder: pump
4711, ventil 6612`, `Koder: moms 2610, lön 7010`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from recognizers.code_labels import AFTER_KIND, THINGS
from recognizers.code_talk import DIGITS
from recognizers.late import late

_YEAR = re.compile("(?:19|20)[0-9]{2}")
_HEAD = late(
    rf"(?:[kK](?=[oO][dD])(?i:(?:{AFTER_KIND})od(?:er|erna|en)?|(?<![^\W_]k)od(?:er|erna))|[cC](?=odes|ODES)(?i:odes))"
    r"(?![^\W\d_])[^\n\0:;]{0,40}?(?=[:\n]| (?:är|gäller|are) | [*#]?(?!(?:19|20)[0-9]{2}(?![0-9]))[0-9]{4})"
    r"(?: (?:är|gäller|are)|[:\n])?"
)
_NAMED = re.compile(r"[kcplKCPL](?<![^\n\0 ].)(?i:(?<=k)od|(?<=c)ode|(?<=p)in|(?<=[lp])(?:arm|ort)kod)(?=[ \n])")
_COLUMNS = re.compile(r"[^\n\0:;0-9]{4,60}")
_RULER = re.compile(r"\n(?:[-=+ ]+\n)?")
_LABEL = r"(?:[^\n\0:;,|=0-9]|[0-9]{1,3}(?![0-9])){0,40}?"
_ITEM = re.compile(
    rf"(?P<before>(?:[0-9]{{1,2}}[.)] )?(?:[^\W\d_]{_LABEL}(?: ?[:=–—-] ?| |\t| ?\.{{2,}} ?))?)(?P<code>{DIGITS})"
    r"(?P<after>(?: \([^()\n\0]{1,30}\)| [^\W\d_][^\n\0,;:0-9]{0,30}(?=\n|\0|\Z))?)"
    r"(?= ?[,;.\n\0)/]|\Z| (?:och|o|samt|and) )"
)
_JOINT = re.compile(r"(?:[ \t]*(?:[,;./]|och(?= )|samt(?= )|and(?= )|o(?= )|\r?\n))*[ \t]*(?:[-•*–] ?)?")
_OTHERS = re.compile(
    r"(?<![^\W\d_])(?:fel|händelse|panelen|larmtyp|konto|konter|moms|skatt|land|valuta|rabatt|kampanj|artik|vara|varor|produkt"
    r"|kurs|diagnos|sni|sia|post|zon|sektion|färg|status|order|faktura|pris|lön|hyra|tel|mobil|anknytning|ring|rum"
    r"|brand|inbrott|överfall|sabotage|error|event|zone|discount|product|country|postal|kr|kl)(?![^\W\d_]{7})",
    re.IGNORECASE,
)
_OPENED = re.compile(
    rf"(?<![^\W\d_])(?:{THINGS}|namn|name|användare|anv|brukare|user|adress|objekt|plats|kund|boende|hyresgäst|door|gate|trappa|hus)",
    re.IGNORECASE,
)
_LEAST = 2
_MOST = 100


def codes(text: str) -> Iterator[tuple[int, int]]:
    """Places of the codes in the lists of a text, or of a column's values joined by NUL."""
    if "od" not in text and "OD" not in text:
        return
    for head in _HEAD.finditer(text):
        first = max(text.rfind("\0", 0, head.start()) + 1, head.start() - _BEFORE)
        if not _OTHERS.search(text, first, head.end()):
            yield from _items(text, head.end())
    for name in _NAMED.finditer(text) if "\n" in text else ():
        yield from _below(text, name)


def _below(text: str, name: re.Match[str]) -> list[tuple[int, int]]:
    """The codes below a line of names of columns with blanks between, of which the first or the last is the codes'."""
    first = max(text.rfind("\n", 0, name.start()), text.rfind("\0", 0, name.start())) + 1
    line = _COLUMNS.match(text, first)
    ruler = _RULER.match(text, line.end()) if line else None
    if line is None or ruler is None or (name.start() != first and name.end() != line.end()):
        return []
    named = _OPENED.search(text, first, line.end()) and not _OTHERS.search(text, first, line.end())
    return _items(text, ruler.end()) if named else []


_BEFORE = 12
"""Characters before the word that may say of what the codes are."""


def _items(text: str, at: int) -> list[tuple[int, int]]:
    """The codes of a list that begins at a place; none if it is no list of them."""
    found: list[tuple[int, int]] = []
    while len(found) < _MOST and (item := _ITEM.match(text, _JOINT.match(text, at).end())):  # type: ignore[union-attr]
        if _OTHERS.search(item["before"]) or _OTHERS.search(item["after"]):
            return []
        found.append(item.span("code"))
        at = item.end()
    are_years = all(_YEAR.fullmatch(text, *place) for place in found)
    return found if len(found) >= _LEAST and not are_years else []
