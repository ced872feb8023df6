"""Organisationsnummer: the identity number of companies, associations and authorities, and the VAT number made of it.

Issued by Bolagsverket and Skatteverket (lag 1974:174 om identitetsbeteckning för juridiska personer m.fl.): the first
digit tells the form of organisation (never 0 or 4), the third and fourth together are at least 20, the last is a Luhn
check digit. In twelve digits `16` stands before; a VAT number is `SE` + ten digits + `01`.
Example: `556047-3521`, `SE556047352101`; near-misses: `556047-3522` (check digit), `5560473521` (bare: a tenth of all
numbers pass; other evidence is needed).

A sole trader's organisationsnummer is the owner's personnummer: where a label, a field or the VAT form says that a
number is an organisationsnummer, it is given as SE_PERSONNUMMER, kind `sole_trader`.
"""

from __future__ import annotations

import re
from typing import ClassVar

from recognizers.base import Candidate, Proof, Recognizer, Shape
from recognizers.context import NUMBERS
from recognizers.fieldnames import NUMBERS as NUMBER_FIELDS
from recognizers.luhn import luhn
from recognizers.personnummer import END, NO_HASH, NUMBER, TEST_SERIALS, birth_date, mask_serial

_NOT_DIGIT = re.compile("[^0-9]")
_VAT = Shape("vat", re.compile(r"S(?<![0-9A-Za-z]S)E[ -]?[0-9]{6}[ -]?[0-9]{4}[ -]?01(?![0-9A-Za-z])"), 0.95)
_COORDINATED = 60


class OrganisationsnummerRecognizer(Recognizer):
    """Finds organisationsnummer and Swedish VAT numbers."""

    entity: ClassVar[str] = "SE_ORGANISATIONSNUMMER"
    also: ClassVar[tuple[str, ...]] = ("SE_PERSONNUMMER",)
    needs: ClassVar[str] = "digit"
    shapes: ClassVar[tuple[Shape, ...]] = (
        Shape("separator", re.compile(rf"{NUMBER}(?:(?<=1)6[0-9])?[0-9]{{5}}\s?-\s?[0-9]{{4}}{END}"), 0.75),
        Shape("space", re.compile(rf"{NUMBER}(?<![0-9] [0-9])[0-9]{{5}} [0-9]{{4}}{END}(?! [0-9]{{4}})"), 0.3),
        Shape("twelve", re.compile(rf"{NUMBER}{NO_HASH}(?<=1)6[0-9]{{10}}{END}"), 0.45),
        Shape("bare", re.compile(rf"{NUMBER}{NO_HASH}[0-9]{{9}}{END}"), 0.25),
        _VAT,
    )
    context: ClassVar[tuple[str, ...]] = (
        *("organisationsnummer", "organisationsnr", "orgnr", "org.nr", "org nr", "org.nummer", "org-nr", "orgnummer"),
        *("momsreg", "momsnr", "vat", "f-skatt", "företagsnummer", "registration number", "company number"),
    )
    against: ClassVar[tuple[str, ...]] = (*NUMBERS, "personnummer", "persnr", "pnr", "personnr")
    fields: ClassVar[re.Pattern[str] | None] = re.compile(
        r"(^|_)(org|vat|moms|organisations?|organization|foretags|company|bolags)(_?reg)?"
        r"_?(nr|nummer|no|number|num|id)(_|$)|(^|_)vat(_|$)"
    )
    not_fields: ClassVar[re.Pattern[str] | None] = re.compile(
        rf"{NUMBER_FIELDS}|(^|_)(pnr|tel|telefon|mobil|phone)(_|$)|person_?(nr|nummer)"
    )
    # Nine first digits of ten without 4, without 0: 0.8; third digit at least 2: 0.8; a tenth pass Luhn.
    chance: ClassVar[float] = 0.064
    rank: ClassVar[int] = 15

    def prove(self, candidate: Candidate) -> Proof | None:
        """Check the form digit, the group digits and the check digit; a personnummer in its place is a sole trader's."""
        digits = _NOT_DIGIT.sub("", candidate.text)
        ten = digits[:10] if candidate.shape is _VAT else digits[-10:]
        if not luhn(ten):
            return None
        form = "separator" if candidate.shape.name in {"separator", "vat"} else "bare"
        if ten[0] not in "04" and int(ten[2:4]) >= 20:
            return Proof(ten, candidate.shape.score, "vat" if candidate.shape is _VAT else "", why=("checksum", form))
        return _sole_trader(ten, candidate.shape, form)

    def mask(self, value: str) -> str:
        """Keep the first six digits: `556047-****`, `SE556047****01`."""
        return mask_serial(value)


def _sole_trader(ten: str, shape: Shape, form: str) -> Proof | None:
    """Take a valid personnummer or samordningsnummer; unlabelled it stays below what the recognizer of those gives."""
    day = int(ten[4:6])
    coordinated = day >= _COORDINATED and day < _COORDINATED + 32 and int(ten[2:4]) <= 12
    if ten[6:9] == "000" or not (coordinated or birth_date(ten[:6])):
        return None
    score = shape.score if shape is _VAT else 0.4
    why = ("checksum", "date", form)
    return Proof(ten, score, "sole_trader", why=why, test=ten[6:9] in TEST_SERIALS, entity="SE_PERSONNUMMER")
