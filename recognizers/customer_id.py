"""Customer numbers: what a company calls its customers by. There is no public form; only a label or a field tells one.

Example: `Kundnr: 104732`, a column `kundnummer`; near-misses: `kundnöjdhet 4`, `kundnr saknas`, `ordernr 104732`,
`kund 1250 kr`.
"""

from __future__ import annotations

import re
from typing import ClassVar

from recognizers.base import Candidate, Proof, Recognizer, Shape

_DIGIT = re.compile("[0-9]")
_NUMBER = r"[A-Za-z]{0,4}[-_]?[0-9][0-9A-Za-z\-]{1,15}"
_LABEL = (
    r"[kKcCaAmM](?<![^\W_].)(?i:(?<=k)(?:und|(?=nr(?![^\W_])))|(?<=c)(?:ustomer|lient)|(?<=a)bonnent|(?<=m)edlem(?:s)?)"
)
_SORT = r"(?i:(?:[ _]|-\n?)?(?:nummer|numret|nr|id|no|number|num)(?:et)?)"


class CustomerIdRecognizer(Recognizer):
    """Finds customer numbers by their label in text, and whole values of fields that are called so."""

    entity: ClassVar[str] = "CUSTOMER_ID"
    version: ClassVar[str] = "10"
    needs: ClassVar[str] = "digit"
    shapes: ClassVar[tuple[Shape, ...]] = (
        Shape(
            "label",
            re.compile(
                rf"{_LABEL}{_SORT}(?:[.\"']|\b)\s?(?i:är\b)?\s?[:=#]?\s{{0,2}}[\"']?(?P<value>{_NUMBER})(?![\w@])"
            ),
            0.8,
            re.compile("0"),
        ),
        Shape(
            "spoken",
            re.compile(
                r"[cCkKmM](?<![^\W_].)(?i:(?<=c)(?:ustomer|lient)"
                r"|(?:(?<=k)und|(?<=m)edlem)(?= (?:[A-Z]{1,3}-)?[0-9]{5}))"
                r" (?!(?:19|20)[0-9]{2}[01][0-9][0-3][0-9](?![0-9]))(?P<value>(?:[A-Z]{1,3}-)?[0-9]{4,10})"
                r"(?! ?(?:kr|sek|kronor|st)(?![^\W\d_]))"
                r"(?![\w@])(?![.,:\-][0-9])"
            ),
            0.55,
            re.compile("0000"),
        ),
        Shape(
            "spoken",
            re.compile(r"[aA](?<![^\W_].)(?i:bonnent)(?:en)? (?P<value>[0-9]{3,6}-[0-9]{3,8}|[0-9]{5,10})(?![\w@])"),
            0.6,
            re.compile("000"),
        ),
        Shape(
            "asked",
            re.compile(
                rf"{_LABEL}{_SORT}(?![^\W_])[^\n\0?0-9]{{0,20}}\?[ \n]"
                r"(?:\[[0-9:. ]{4,12}\] ?)?(?:[^\W\d_][^\W_]{0,11}: ?|[–-] ?)?(?:(?i:ja|jo|det är)[, ]{1,2}){0,2}"
                rf"(?P<value>{_NUMBER})(?![\w@])"
            ),
            0.7,
            re.compile(r"\?[ \n]"),
        ),
        Shape(
            "query",
            re.compile(rf"[?&](?i:kund|customer|client|cust|medlem|member|abonnent)=(?P<value>{_NUMBER})(?![\w@.])"),
            0.7,
            re.compile("[?&]="),
        ),
        Shape("field", re.compile(r"[0-9A-Za-z](?<![^\0].)[0-9A-Za-z_\-]{1,19}(?![^\0])"), 0.45, named=True),
    )
    fields: ClassVar[re.Pattern[str] | None] = re.compile(
        r"(^|_)(kund(en?|e)?|kd|customer|client|abonnent|cust|klients?|medl(?:ems?)?|member|debitor)_?((ext|extern(al|t)?|legacy)_?)?"
        r"(nr|nummer|no|number|num|id|ref|key)(_|$)|^knr$"
    )
    not_fields: ClassVar[re.Pattern[str] | None] = re.compile(
        r"_(typ|type|status|klass|class|kategori|category|count|antal)$"
    )
    rank: ClassVar[int] = 60

    def prove(self, candidate: Candidate) -> Proof | None:
        """Take what holds a digit; the canonical form has no separators and is upper case."""
        text, shape = candidate.text, candidate.shape
        value = text if text.isdigit() else text.replace("-", "").replace("_", "").upper()
        return Proof(value, shape.score, why=(shape.name,)) if _DIGIT.search(value) else None

    def mask(self, value: str) -> str:
        """Keep the first two characters."""
        return value[:2] + "*" * (len(value) - 2)
