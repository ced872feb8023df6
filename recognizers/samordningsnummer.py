"""Samordningsnummer: the identity number of people who are not registered in Sweden but known to its authorities.

Issued by Skatteverket (lag 2022:1697 om samordningsnummer): a personnummer with 60 added to the day. Where the birth
date is not established the month may be 00 and the day 60, and the date need not be in the calendar (such numbers are
among Skatteverket's official test numbers).
Example: `900178-9800`, `900060-9819`; near-misses: `900192-9801` (day 92), `901361-9801` (month 13).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import ClassVar

from recognizers.base import Candidate, Proof, Recognizer, Shape
from recognizers.context import NUMBERS
from recognizers.luhn import luhn_all
from recognizers.personnummer import CONTEXT, FIELDS, NOT_FIELDS, dated_shapes, digits_of, judge, mask_serial


def _year(digits: str, this_year: int) -> int:
    """Year of birth; of ten digits the newest that is not in the future."""
    if len(digits) == 12:
        return int(digits[:4])
    year = 2000 + int(digits[:2])
    return year - 100 if year > this_year else year


class SamordningsnummerRecognizer(Recognizer):
    """Finds samordningsnummer; they are personnummer of another kind."""

    version: ClassVar[str] = "4"
    entity: ClassVar[str] = "SE_PERSONNUMMER"
    needs: ClassVar[str] = "digit"
    shapes: ClassVar[tuple[Shape, ...]] = dated_shapes("(?:0[0-9]|1[0-2])", "(?:[6-8][0-9]|9[01])", "6789")
    context: ClassVar[tuple[str, ...]] = CONTEXT
    against: ClassVar[tuple[str, ...]] = (*NUMBERS, "organisationsnummer", "orgnr", "org.nr", "org nr")
    fields: ClassVar[re.Pattern[str] | None] = FIELDS
    not_fields: ClassVar[re.Pattern[str] | None] = NOT_FIELDS
    # 13 months x 32 days of 10,000 endings MMDD, a tenth of which pass Luhn.
    chance: ClassVar[float] = 0.0042
    rank: ClassVar[int] = 11

    def prove(self, candidate: Candidate) -> Proof | None:
        """Check the year, the serial and the check digit."""
        return next(self.prove_all([candidate]))

    def prove_all(self, candidates: Sequence[Candidate]) -> Iterator[Proof | None]:
        """Check many."""
        this_year = datetime.now(tz=UTC).year
        numbers = [digits_of(candidate.text) for candidate in candidates]
        passing = luhn_all([number[-10:] for number in numbers])
        for candidate, digits, passes in zip(candidates, numbers, passing, strict=True):
            year = _year(digits, this_year)
            told = judge(digits, candidate.shape, (year, passes), "samordningsnummer") if year <= this_year else None
            yield told

    def mask(self, value: str) -> str:
        """Keep the date: `811278-****`."""
        return mask_serial(value)
