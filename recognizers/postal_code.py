"""Swedish postal codes: `123 45`, `SE-123 45`, `12345`.

Issued by PostNord: five digits, the first 1-9; the prefixes 32, 48 and 49 are not in use. The town after it is the
evidence; five digits alone are a postal code only where the field says so. Example: `111 22 Stockholm`.
Near-misses: `150 00 kr`, `174 06 05` (the tail of a phone number), `12345 st`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from recognizers.base import Candidate, Proof, Recognizer, Shape
from recognizers.places import town_words

_GAP = "[ \u00a0]"
_CODE = re.compile(rf"(?<![\w.,:/+=#%-])(?:(SE?[- ]?)(?=\d))?[1-9]\d\d({_GAP}?)\d\d(?![\w%]|[.,:/-]\d|{_GAP}\d)")
_AFTER = re.compile(rf"(?:,?{_GAP}{{1,2}}|,?[ ]?\r?\n)((?:[^\W\d_][^\W\d_]+[ -]?){{1,3}})")
_LABEL = re.compile(
    r"(?<![^\W_])(?:postnr|postnummer|postort|post ?kod|zip(?:[ _-]?code)?|postal[ _-]?code)"
    r"[\"'.]?[ ]?(?:är|:|=)?[ ]?[\"']?\Z",
    re.I,
)
_DIGITS_BEFORE = re.compile(rf"\d{_GAP}\Z")
_AMOUNT = re.compile(
    r"\s?(?:(?:kr|sek|kronor|st|styck|eur|euro|usd|procent|personer|timmar|meter|m2|kvm|kwh)(?!\w)|:-|€|\$)", re.I
)

_TOWN = Shape("town", _CODE, 0.85)
_LABELLED = Shape("label", _CODE, 0.85)
_COUNTRY = Shape("country", _CODE, 0.75)
_CAPITAL = Shape("capital", _CODE, 0.45)
_GROUPED = Shape("grouped", _CODE, 0.2)
_BARE = Shape("bare", re.compile(r"(?<![^\0])[1-9]\d{4}(?![^\0])"), 0.3, named=True)


class PostalCodeRecognizer(Recognizer):
    """POSTAL_CODE. Value: five digits."""

    entity = "POSTAL_CODE"
    version = "6"
    needs = "digit"
    shapes = (_TOWN, _LABELLED, _COUNTRY, _CAPITAL, _GROUPED, _BARE)
    context = ("postnr", "postnummer", "postadress", "adress", "zip")
    against = ("belopp", "summa", "pris", "order", "faktura", "ocr", "artikel", "kundnr", "kundnummer", "ärende")
    fields = re.compile(
        r"post_?n(?:r|um)|post_?kod|postal|zip|post_?code|(?:^|_)pnr(?:_ort|$)|post_?adress|postleitzahl|(?:^|_)(?:plz|pstlz)(?:_|$)"
    )
    # `pnr` is short for personnummer too, which has other digits.
    not_fields = re.compile(
        r"belopp|pris|summa|amount|price|antal|order|faktura|art|(?:^|_)id$|kund_?n|person|(?<!post)(?<!post_)kod$"
    )
    name_decides = True
    rank = 60

    def candidates(self, text: str) -> Iterator[Candidate]:
        """Five digits in the two spellings, with what stands after them as their shape."""
        for match in _CODE.finditer(text):
            start, end = match.span()
            shape = _shape(text, match)
            if shape is None:
                continue
            in_a_group = _DIGITS_BEFORE.search(text, max(0, start - 2), start) is not None
            if not _AMOUNT.match(text, end, end + 12) and (shape is _TOWN or not in_a_group):
                yield Candidate(start, end, match.group(), shape)

    def prove(self, candidate: Candidate) -> Proof | None:
        """Five digits whose prefix is in use."""
        digits = "".join(c for c in candidate.text if c.isdecimal())
        if digits[:2] in ("32", "48", "49"):
            return None
        return Proof(digits, candidate.shape.score, why=(f"shape:{candidate.shape.name}",))

    def mask(self, value: str) -> str:
        """`123 45` -> `1** **`: the first digit is a part of the country."""
        first = next((i for i, c in enumerate(value) if c.isdecimal()), 0)
        return value[: first + 1] + "".join("*" if c.isdecimal() else c for c in value[first + 1 :])


def _shape(text: str, match: re.Match[str]) -> Shape | None:
    """The strongest shape that the surroundings of a code allow; None: five digits and nothing more."""
    after = _AFTER.match(text, match.end(), match.end() + 50)
    words = after.group(1).split(" ") if after else []
    if words and town_words(words):
        return _TOWN
    if _LABEL.search(text, max(0, match.start() - 20), match.start()):
        return _LABELLED
    if match.group(1):
        return _COUNTRY
    if not match.group(2):
        return None
    return _CAPITAL if words and words[0][0].isupper() else _GROUPED
