"""Schools, churches, firms, kings and works that bear a person's name, told by words that are no trade's.

`Sofia kyrka`, `Lindens förskola`, `hos Elon Bergströms i Kalix`, `Nilsson & Ek`, `Karl XII`, `Calle Schewens vals`,
`boken om Pippi`. Near-misses: `Annas förskola`, `Anna & Erik`, `typ Anna 2 år`.
"""

from __future__ import annotations

import re

from recognizers.name_words import judge
from recognizers.sentences import NORDIC

_HOUSE = (
    r"(?:för|grund|fri|hög|musik)?skola|kyrka|församling|kapell|sjukhus|museum|gymnasieskola"
    r"|hovrätt|tingsrätt|livgarde"
)
_AFTER = re.compile(rf" (?:{_HOUSE})(?![^\W\d_])| (?=[IVX]{{2}})X{{0,2}}(?:I[VX]|V?I{{0,3}})(?::s)?(?![\w.:])")
_WORK = r"[a-zåäö]{0,12}(?:marsch|vals|polska|visa|visor|schottis|saga|stiftelse|fond)(?![^\W\d_])"
_OF_HERS = re.compile(rf"s (?:(?:{_HOUSE})(?![^\W\d_])|i [A-ZÅÄÖ]|{_WORK})")
"""What follows a genitive: whose it is, is a house or a firm, or the person in a song."""
_OF_THEIRS = re.compile(rf" {_WORK}")
_SECOND = re.compile(r" & ([A-ZÅÄÖ][^\W\d_]+)(?![^\W\d_])")
_FIRST = re.compile(r"([A-ZÅÄÖ][^\W\d_]+) & \Z")
_ABOUT = re.compile(
    r"(?<![^\W\d_])(?:balladen|visan|sagan|sången|legenden|filmen|boken|musikalen|pjäsen|operan) om (?:herr |fru )?\Z",
    re.IGNORECASE,
)
_SERIAL = re.compile(r" [0-9]{1,4}(?![\w.:-])(?! (?:år|mån|vec))")
_WINDOW = 32


def names_a_house(text: str, start: int, end: int) -> bool:
    """Whether the name at `text[start:end]` is that of a house, a firm or a work."""
    name, joint = text[start:end], text[end : end + 1]
    single = " " not in name
    if joint == "s" and _OF_HERS.match(text, end):
        return not single or not judge(name).given
    if joint == " " and not single and name.endswith("s") and _OF_THEIRS.match(text, end):
        return True  # `Gösta Berlings saga`, a name that no list has without its s
    if joint == " " and (_AFTER.match(text, end) or (single and _is_joined(text, name, end))):
        return True
    before = text[max(0, start - _WINDOW) : start]
    if before.endswith(("om ", "rr ", "ru ")):
        return _ABOUT.search(before) is not None
    if before.endswith("& "):
        first = _FIRST.search(before)
        return single and first is not None and not (judge(name).given or judge(first[1]).given)
    return single and before.endswith((" typ ", " modell ")) and _SERIAL.match(text, end) is not None


def _is_joined(text: str, name: str, end: int) -> bool:
    """Whether another surname is joined to this one, as in names of firms: `Nilsson & Ek`; not `Anna & Erik`."""
    second = _SECOND.match(text, end)
    if second is None or judge(second[1]).given:
        return False
    return judge(name).given < NORDIC or judge(second[1]).surname > 0
