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
from collections.abc import Iterator, Sequence
from typing import ClassVar

from recognizers.base import Candidate, Proof, Recognizer, Shape
from recognizers.context import NUMBERS
from recognizers.digit_runs import Run
from recognizers.fieldnames import NUMBERS as NUMBER_FIELDS
from recognizers.luhn import luhn_all
from recognizers.personnummer import (
    DATED,
    END,
    LAST,
    NO_HASH,
    NUMBER,
    SEPARATED,
    SPACED,
    TEN,
    TEST_SERIALS,
    birth_date,
    digits_of,
    mask_serial,
    other_forms,
)

_GROUPS = re.compile("0{6}[ -]?0000")
_VAT = Shape("vat", re.compile(r"S(?<![0-9A-Za-z]S)E[ -]?[0-9]{6}[ -]?[0-9]{4}[ -]?01(?![0-9A-Za-z])"), 0.95, _GROUPS)
_LABEL = r"[oO](?<![^\W_][oO])(?i:rg)(?i:anisations)?[. -]{0,2}(?i:nummer|nr|num)[\"'.]?[ :=]{0,3}[\"']?"
_OWNED = Shape("label", re.compile(rf"{_LABEL}(?P<value>[0-9]{{6}}[ -]?[0-9]{{4}}){END}"), 0.8, _GROUPS, begins=b"org")
_OWNED_FIELD = Shape("field", re.compile(r"[0-9](?<![^\0][0-9])[0-9]{5}[ -]?[0-9]{4}(?![^\0])"), 0.6, named=True)
_AGAINST = tuple(word for word in NUMBERS if word not in {"faktura", "invoice", "ref", "referens", "belopp"})
"""Invoices go to companies, and companies have references: `faktura till 556047-3521`."""
_CALLED = {"label", "field"}
_GROUP = "[0-9][2-9][0-9]{3}"
"""The second to sixth digit."""
_THIRD = "23456789"
_PARTED = Run(DATED, signs=((LAST, _THIRD),))


class OrganisationsnummerRecognizer(Recognizer):
    """Finds organisationsnummer and Swedish VAT numbers."""

    entity: ClassVar[str] = "SE_ORGANISATIONSNUMMER"
    version: ClassVar[str] = "5"
    also: ClassVar[tuple[str, ...]] = ("SE_PERSONNUMMER",)
    needs: ClassVar[str] = "digit"
    shapes: ClassVar[tuple[Shape, ...]] = (
        Shape(
            "separator",
            re.compile(rf"{NUMBER}(?:(?<=1)6[1-35-9]|(?<=[1-35-9])){_GROUP}\s?-\s?[0-9]{{4}}{END}"),
            0.75,
            SEPARATED,
            _PARTED,
        ),
        Shape(
            "space",
            re.compile(rf"{NUMBER}(?<![0-9] [0-9])(?<=[1-35-9]){_GROUP} [0-9]{{4}}{END}(?! [0-9]{{4}})"),
            0.3,
            SPACED,
            _PARTED._replace(after=" "),
        ),
        Shape(
            "twelve",
            re.compile(rf"{NUMBER}{NO_HASH}(?<=1)6[1-35-9]{_GROUP}[0-9]{{4}}{END}"),
            0.45,
            TEN,
            Run(((12,),), "16", ((LAST - 4, _THIRD),)),
        ),
        Shape(
            "bare",
            re.compile(rf"{NUMBER}{NO_HASH}(?<=[1-35-9]){_GROUP}[0-9]{{4}}{END}"),
            0.25,
            TEN,
            Run(((10,),), signs=((LAST - 4, _THIRD),)),
        ),
        _VAT,
        _OWNED,
        _OWNED_FIELD,
    )
    context: ClassVar[tuple[str, ...]] = (
        *("organisationsnummer", "organisationsnr", "orgnr", "org.nr", "org nr", "org.nummer", "org-nr", "orgnummer"),
        *(
            "momsreg",
            "momsnr",
            "vat",
            "f-skatt",
            "företagsnummer",
            "registration number",
            "company number",
            "ab (",
            "hb (",
            "kb (",
        ),
    )
    against: ClassVar[tuple[str, ...]] = (
        *_AGAINST,
        "fakturanr",
        "fakturanummer",
    )
    fields: ClassVar[re.Pattern[str] | None] = re.compile(
        r"(^|_)(org|vat|moms|organisations?|organization|foretags|company|bolags)(_?reg)?"
        r"_?(nr|nummer|no|number|num|id)(_|$)|(^|_)(vat|juridisk_?(person_?)?(id|nr|nummer))(_|$)|(^|_)org$"
    )
    not_fields: ClassVar[re.Pattern[str] | None] = re.compile(rf"{NUMBER_FIELDS}|(^|_)(tel|telefon|mobil|phone)(_|$)")
    # Nine first digits of ten without 4, without 0: 0.8; third digit at least 2: 0.8; a tenth pass Luhn.
    chance: ClassVar[float] = 0.064
    rank: ClassVar[int] = 15

    def prove(self, candidate: Candidate) -> Proof | None:
        """Check form, group and check digit; a personnummer called an organisationsnummer is a sole trader's."""
        return next(self.prove_all([candidate]))

    def prove_all(self, candidates: Sequence[Candidate]) -> Iterator[Proof | None]:
        """Check many: of most, the check digit tells."""
        numbers = [(candidate.shape, digits_of(candidate.text)) for candidate in candidates]
        tens = [digits[:10] if shape is _VAT else digits[-10:] for shape, digits in numbers]
        for (shape, _), ten, passes in zip(numbers, tens, luhn_all(tens), strict=True):
            yield self._proof(shape, ten) if passes else None

    def _proof(self, shape: Shape, ten: str) -> Proof | None:
        company = ten[2] >= "2" and ten[0] not in "04"
        if company and shape.name in _CALLED:
            return None
        if not company:
            return _sole_trader(ten, shape.score)
        form = "separator" if shape.name in {"separator", "vat"} else "bare"
        return Proof(ten, shape.score, "vat" if shape is _VAT else "", why=("checksum", form))

    def mask(self, value: str) -> str:
        """Keep the first six digits: `556047-****`, `SE556047****01`."""
        return mask_serial(value)


def _sole_trader(ten: str, score: float) -> Proof | None:
    """Take a valid personnummer or samordningsnummer."""
    coordinated = 60 <= int(ten[4:6]) <= 91 and int(ten[2:4]) <= 12
    if ten[6:9] == "000" or not (coordinated or birth_date(ten[:6])):
        return None
    why = ("checksum", "date", "label")
    test = ten[6:9] in TEST_SERIALS
    return Proof(ten, score, "sole_trader", other_forms(ten), why, test, entity="SE_PERSONNUMMER")
