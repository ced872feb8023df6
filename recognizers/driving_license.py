"""Driving licences: the reference number in their field 4d.

Issued by Transportstyrelsen: nine digits (older ones eight). The number in field 5 is the holder's personnummer and is
found as such. Nine digits can be anything: only a label or a field tells one.
Example: `Körkort 4d: 123456789`; near-misses: `körkortsnummer 900118-9811` (a personnummer), `körkort B 2019`.
"""

from __future__ import annotations

import re
from typing import ClassVar

from recognizers.base import Candidate, Proof, Recognizer, Shape
from recognizers.labels import labelled, whole

_LABELS = (
    r"körkort(?:et)?(?:s?[ -]?(?:nummer|numret|nr|referens(?:nr|nummer)?|ref(?:\.?nr)?))?(?:,? ?\(?(?:fält )?4d\)?)?",
    r"körkortets referensnummer",
    r"referensnummer \(?4d\)?",
    r"driv(?:er'?s?|ing) licen[cs]e(?: (?:no|number|nr))?",
    r"4d",
    r"körkort(?:et|snummer|snr)?[ .:,]{1,2}[^\n\0;]{0,24}?(?:ref|referens)(?:\.|nr|nummer)?",
    r"id-?handling[:,]? [^\n\0;]{0,12}?körkort(?:et)?",
    r"legitim(?:ation|erad)[:,]? [^\n\0;]{0,12}?körkort(?:et)?",
)
_NUMBER = r"[0-9]{8,9}(?![0-9A-Za-z])(?! ?[-+–] ?[0-9])(?! [0-9]{4})"
_DATE = re.compile(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")


class DrivingLicenseRecognizer(Recognizer):
    """Finds reference numbers of driving licences that a label or a field names as such."""

    entity: ClassVar[str] = "SE_DRIVING_LICENSE"
    version: ClassVar[str] = "2"
    needs: ClassVar[str] = "digit"
    shapes: ClassVar[tuple[Shape, ...]] = (
        Shape("label", labelled(_LABELS, _NUMBER), 0.75, re.compile("0{8}")),
        Shape("field", whole(r"[0-9][0-9]{7,8}"), 0.45, named=True),
    )
    fields: ClassVar[re.Pattern[str] | None] = re.compile(r"korkort|driv(ing|ers?)_?licen[cs]e|(^|_)4d(_|$)")
    not_fields: ClassVar[re.Pattern[str] | None] = re.compile(r"klass|behorighet|datum|date|giltig|utfard")
    by_column: ClassVar[bool] = False
    rank: ClassVar[int] = 46

    def prove(self, candidate: Candidate) -> Proof | None:
        """Refuse dates: `körkort 20190512` is the day of the test."""
        if _DATE.fullmatch(candidate.text) or len(set(candidate.text)) < 2:
            return None
        return Proof(candidate.text, candidate.shape.score, why=(candidate.shape.name,))

    def mask(self, value: str) -> str:
        """Keep the first two digits."""
        return value[:2] + "*" * (len(value) - 2)
