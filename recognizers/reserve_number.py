"""Reserve and interim numbers with letters: what stands in for a personnummer in care, schools and the tax system.

Forms: interim numbers of Skatteverket's kind (`20200131-T001`; a letter of TRSUWXJKLMN or P begins the last four) and
SCB's of students (`-TF01`); those of regions (Inera, "Reservnummer"): Västra Götaland (a letter K, M or X for sex,
weighed 5, 7, 8 in the Luhn sum), Värmland (`S` and a letter), Skåne (any letters in the last four: by label or field
only); the national NRID (century + 3, + 6 …, or 00 and no date; two letters; Luhn, a letter counting as its ASCII
code).
Example: `20200131-T001`, `19810829M071`; near-misses: `20200231-T001` (no such day), `20240512-A123` without a label,
`20200131-T0011`.
"""

from __future__ import annotations

import re
from typing import ClassVar

from recognizers import personnummer
from recognizers.base import Candidate, Proof, Recognizer, Shape
from recognizers.context import NUMBERS
from recognizers.labels import labelled
from recognizers.luhn import luhn
from recognizers.personnummer import NOT_FIELDS, birth_date, mask_serial

LEFT = r"[0-9](?<![0-9A-Za-z+.,\-][0-9])"
END = r"(?![0-9A-Za-z])(?![.\-][0-9A-Za-z])"
_CENTURY = r"(?:(?<=1)[89]|(?<=2)0)"
_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_LETTERS = r"(?:TF[0-9]{2}|[TPRSUWXJKLMN][0-9]{3}|S[FUXPL][0-9][0-9A-UW-Z])"
_ANY_LETTERS = r"(?=[0-9]{0,3}[A-Z])[0-9A-Z]{4}"
_NRID = r"(?:(?<=2)[235689]|(?<=[3-9])[0-9]|(?<=0)0)[0-9]{6}-?[A-HJ-NPR-UX-Z]{2}[0-9A-Z][0-9]"
_LABELS = (r"reserv(?:nummer|numret|nr)", r"personnummer", r"pnr", r"personnr", r"interimsnummer", r"t-?nummer", r"id")
_SEX = {"K": "5", "M": "7", "X": "8"}
_SIGNS = re.compile("[- ]")
CONTEXT = (
    *("reservnummer", "reservnr", "reserv", "interim", "tillfälligt", "t-nummer", "tf-nummer"),
    *personnummer.CONTEXT,
)
FIELDS = re.compile(rf"{personnummer.FIELDS.pattern}|reserv_?(nr|nummer|id)|interim")


class ReserveNumberRecognizer(Recognizer):
    """Finds numbers with letters that stand in for a personnummer: SE_PERSONNUMMER, kind `reserve`."""

    version: ClassVar[str] = "2"
    entity: ClassVar[str] = "SE_PERSONNUMMER"
    needs: ClassVar[str] = "letter"
    shapes: ClassVar[tuple[Shape, ...]] = (
        Shape(
            "letter", re.compile(rf"{LEFT}{_CENTURY}[0-9]{{2}}{_DAY}-?{_LETTERS}{END}"), 0.7, re.compile("0{8}-?x?0")
        ),
        Shape("short", re.compile(rf"{LEFT}[0-9]{_DAY}-{_LETTERS}{END}"), 0.5, re.compile("0{6}-x?0")),
        Shape("nrid", re.compile(rf"{LEFT}{_NRID}{END}"), 0.35, re.compile("0{8}-?x{0,2}0")),
        Shape(
            "any",
            labelled(_LABELS, rf"(?:19|20)[0-9]{{2}}{_DAY}-?{_ANY_LETTERS}{END}"),
            0.6,
            re.compile("0{8}"),
        ),
        Shape("any", re.compile(rf"{LEFT}{_CENTURY}[0-9]{{2}}{_DAY}-?{_ANY_LETTERS}{END}"), 0.35, named=True),
    )
    context: ClassVar[tuple[str, ...]] = CONTEXT
    against: ClassVar[tuple[str, ...]] = NUMBERS
    fields: ClassVar[re.Pattern[str] | None] = FIELDS
    not_fields: ClassVar[re.Pattern[str] | None] = NOT_FIELDS
    rank: ClassVar[int] = 12

    def prove(self, candidate: Candidate) -> Proof | None:
        """Check the date where there is one, and the check digit where the issuer sets one."""
        text, shape = _SIGNS.sub("", candidate.text), candidate.shape
        form = "separator" if "-" in candidate.text else "bare"
        if shape.name == "nrid":
            return _nrid(text, shape, form)
        born, last = text[:-4], text[-4:]
        if not birth_date(born):
            return None
        sex = _SEX.get(last[0])
        if sex and last[1:].isdigit() and luhn(born[-6:] + sex + last[1:]):
            return Proof(text, 0.9, "reserve", why=("checksum", "date", form))
        return Proof(text, shape.score, "reserve", why=("date", form))

    def mask(self, value: str) -> str:
        """Keep all but the last four characters."""
        return mask_serial(value)


def _nrid(text: str, shape: Shape, form: str) -> Proof | None:
    """Judge a national number by its date and check digit; mistyped ones need other evidence."""
    if not _nrid_date(text):
        return None
    if _nrid_digit(text[:-1]) == int(text[-1]):
        return Proof(text, 0.9, "reserve", why=("checksum", "date", form))
    return Proof(text, shape.score, "reserve", why=("date", form))


def _nrid_date(text: str) -> bool:
    """Whether the date is a day of the calendar, or lies in the ranges of an unknown one."""
    century, month, day = int(text[:2]), int(text[4:6]), int(text[6:8])
    if not century:
        return month >= 20 and 40 <= day <= 59
    series, add = divmod(century - 19, 3)
    return series > 0 and add < 2 and birth_date(f"{19 + add}{text[2:8]}") is not None


def _nrid_digit(text: str) -> int:
    """The check digit of eleven characters: Luhn's, in which a letter counts as its ASCII code."""
    values = [int(c) if c.isdigit() else ord(c) for c in reversed(text)]
    digits = "".join(str(value * (2 - at % 2)) for at, value in enumerate(values))
    return -sum(map(int, digits)) % 10
