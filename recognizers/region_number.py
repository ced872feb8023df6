"""Reserve numbers made of digits only: those of Region Stockholm and of Inera.

Forms (Inera, "Reservnummer"): Stockholm `99` + year (from 1980) + seven digits, Luhn over the last eight; Inera year,
month, a day from 32 to 59, three digits, Luhn over all but the century.
Example: `991981000010`, `198108320014`; near-misses: `991981000011` (check digit), `19810860-0014` (day 60).
A tenth of all numbers of these forms pass: bare, those of Inera are doubtful; Stockholm's are rarer (one of 30,000
numbers of twelve digits).
"""

from __future__ import annotations

import re
from typing import ClassVar

from recognizers.base import Candidate, Proof, Recognizer, Shape
from recognizers.context import NUMBERS
from recognizers.luhn import luhn
from recognizers.personnummer import NOT_FIELDS, mask_serial
from recognizers.reserve_number import CONTEXT, END, FIELDS, LEFT


class RegionNumberRecognizer(Recognizer):
    """Finds reserve numbers of digits: SE_PERSONNUMMER, kind `reserve`."""

    entity: ClassVar[str] = "SE_PERSONNUMMER"
    version: ClassVar[str] = "2"
    needs: ClassVar[str] = "digit"
    shapes: ClassVar[tuple[Shape, ...]] = (
        Shape("stockholm", re.compile(rf"{LEFT}(?<=9)9(?:19[89]|20[0-9])[0-9]{{7}}{END}"), 0.6, re.compile("0{12}")),
        Shape(
            "inera",
            re.compile(rf"{LEFT}(?:(?<=1)9|(?<=2)0)[0-9]{{2}}(?:0[1-9]|1[0-2])(?:3[2-9]|[45][0-9])-?[0-9]{{4}}{END}"),
            0.4,
            re.compile("0{8}-?0000"),
        ),
    )
    context: ClassVar[tuple[str, ...]] = CONTEXT
    against: ClassVar[tuple[str, ...]] = NUMBERS
    fields: ClassVar[re.Pattern[str] | None] = FIELDS
    not_fields: ClassVar[re.Pattern[str] | None] = NOT_FIELDS
    # One century of a hundred, 12 months x 28 days of 10,000, a tenth of which pass Luhn; Stockholm's are rarer.
    chance: ClassVar[float] = 0.0001
    rank: ClassVar[int] = 13

    def prove(self, candidate: Candidate) -> Proof | None:
        """Check the check digit."""
        text, shape = candidate.text.replace("-", ""), candidate.shape
        if not luhn(text[4:] if shape.name == "stockholm" else text[2:]):
            return None
        form = "separator" if "-" in candidate.text else "bare"
        return Proof(text, shape.score, "reserve", why=("checksum", form))

    def mask(self, value: str) -> str:
        """Keep all but the last four digits."""
        return mask_serial(value)
