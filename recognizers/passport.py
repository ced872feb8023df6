"""Passports and national identity cards: their numbers.

Issued by Polismyndigheten: eight digits before 2022, since then two letters and seven digits or another nine letters
and digits. Eight digits can be anything: only a label, a field or the machine-readable zone (ICAO Doc 9303, check
digit with the weights 7, 3, 1) tells one.
Example: `Passnr: 12345678`, `pass AA1234567`; near-misses: `arbetspass 20240512`, `passerade 12345678`.
"""

from __future__ import annotations

import re
from typing import ClassVar

from recognizers.base import Candidate, Proof, Recognizer, Shape
from recognizers.labels import labelled, whole

_SORT = "(?:nummer|numret|nr|no|number)"
_LABELS = (
    rf"pass(?:et)?,?[ -]?{_SORT}?",
    rf"passport(?:[ -]?{_SORT})?",
    rf"id-?kort(?:et)?(?:s?[ -]?{_SORT})?",
    rf"id-?handling(?:[ -]?{_SORT})?",
    rf"legitimation(?:s?[ -]?{_SORT})?",
    rf"nationellt id-?kort(?:[ -]?{_SORT})?",
)
_NUMBER = r"(?:[0-9]{8}|[A-Za-z]{2}[0-9]{7}|(?=[0-9]*[A-Z])[A-Z0-9]{9})(?![0-9A-Za-z])(?!-[0-9])"
_MRZ = Shape(
    "mrz",
    re.compile(r"[A-Z0-9](?<![A-Z0-9<].)[A-Z0-9<]{8}[0-9]SWE(?=[0-9]{7}[MFX<][0-9]{7})"),
    0.95,
    re.compile("0{8}[x<]?0{7}"),
)
_MRZ_CARD = Shape("mrz", re.compile(r"I[A-Z<]SWE(?P<value>[A-Z0-9]{9}[0-9])(?=[0-9<])"), 0.9, re.compile("0[0<]"))
_DATE = re.compile(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")


class PassportRecognizer(Recognizer):
    """Finds numbers of passports and identity cards that a label, a field or the machine-readable zone tells."""

    entity: ClassVar[str] = "SE_PASSPORT"
    needs: ClassVar[str] = "digit"
    shapes: ClassVar[tuple[Shape, ...]] = (
        Shape("label", labelled(_LABELS, _NUMBER), 0.75, re.compile("0(?:x{0,5}0){3}")),
        _MRZ,
        _MRZ_CARD,
        Shape(
            "field",
            whole(r"[0-9A-Za-z](?:(?<=[0-9])[0-9]{7}|(?<=[A-Za-z])[A-Za-z][0-9]{7}|[A-Z0-9]{8})"),
            0.5,
            named=True,
        ),
    )
    fields: ClassVar[re.Pattern[str] | None] = re.compile(
        r"(^|_)pass_?(nr|nummer|no)(_|$)|passport|(^|_)(id_?kort|id_?handling|legitimation)(s?_?(nr|nummer|no))?(_|$)"
    )
    by_column: ClassVar[bool] = False
    rank: ClassVar[int] = 45

    def prove(self, candidate: Candidate) -> Proof | None:
        """Check the digit of the machine-readable zone; elsewhere refuse dates and words."""
        text, shape = candidate.text.upper(), candidate.shape
        if shape is _MRZ or shape is _MRZ_CARD:
            number, rest = text[:9], len(text) - 9
            passes = _check(number) == int(text[9])
            found = number.rstrip("<")
            trim = (0, rest + len(number) - len(found))
            return Proof(found, shape.score, why=("checksum",), trim=trim) if passes else None
        if sum(c.isdigit() for c in text) < 4 or _DATE.fullmatch(text):
            return None
        return Proof(text, shape.score, why=(shape.name,))

    def mask(self, value: str) -> str:
        """Keep the first two characters."""
        return value[:2] + "*" * (len(value) - 2)


def _check(number: str) -> int:
    """Check digit of a field of the machine-readable zone: A = 10 … Z = 35, `<` = 0."""
    values = (0 if c == "<" else int(c, 36) for c in number)
    return sum(value * (7, 3, 1)[at % 3] for at, value in enumerate(values)) % 10
