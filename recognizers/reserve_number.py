"""Reserve and interim numbers: what stands in for a personnummer in care, schools and the tax system.

Forms: interim numbers of Skatteverket's kind (`20200131-T001`; a letter of TRSUWXJKLMN or P begins the last four) and
SCB's of students (`-TF01`); those of the regions: Stockholm (`99` + year + a Luhn number), Västra Götaland (a letter K,
M or X for sex, weighed 5, 7, 8 in the Luhn sum), Värmland (`S` and a letter), Inera (day 32-59, Luhn), Skåne (any
letters in the last four: by label only); the national NRID (century + 3, two letters).
Example: `991981000010`, `19810829-M071`; near-misses: `991981000011` (check digit), `19810832-0014` without a label,
`20200231-T001` (no such day), `20240512ABCD`.
"""

from __future__ import annotations

import re
from typing import ClassVar

from recognizers.base import Candidate, Proof, Recognizer, Shape
from recognizers.context import NUMBERS
from recognizers.luhn import luhn
from recognizers.personnummer import CONTEXT, FIELDS, NOT_FIELDS, birth_date, mask_serial

_LEFT = r"[0-9](?<![0-9A-Za-z+.,\-][0-9])"
_END = r"(?![0-9A-Za-z])(?![.\-][0-9A-Za-z])"
_CENTURY = r"(?:(?<=1)[89]|(?<=2)0)"
_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_LETTERS = r"(?:TF[0-9]{2}|[TPRSUWXJKLMN][0-9]{3}|S[FUXPL][0-9][0-9A-UW-Z])"
_BORN = re.compile("0{6}-?0")
_SEX = {"K": "5", "M": "7", "X": "8"}
_SIGNS = re.compile("[- ]")


class ReserveNumberRecognizer(Recognizer):
    """Finds numbers that stand in for a personnummer: SE_PERSONNUMMER, kind `reserve`."""

    entity: ClassVar[str] = "SE_PERSONNUMMER"
    needs: ClassVar[str] = "digit"
    shapes: ClassVar[tuple[Shape, ...]] = (
        Shape("letter", re.compile(rf"{_LEFT}{_CENTURY}[0-9]{{2}}{_DAY}-?{_LETTERS}{_END}"), 0.7, _BORN),
        Shape("short", re.compile(rf"{_LEFT}[0-9]{_DAY}-{_LETTERS}{_END}"), 0.5, _BORN),
        Shape(
            "nrid",
            re.compile(rf"{_LEFT}(?:(?<=2)[235689]|(?<=0)0)[0-9]{{6}}-?[A-HJ-NPR-UX-Z]{{2}}[0-9A-Z][0-9]{_END}"),
            0.55,
            re.compile("0{8}-?0"),
        ),
        Shape(
            "stockholm",
            re.compile(rf"{_LEFT}(?<=9)9(?:19[89]|20[0-9])[0-9]{{7}}{_END}"),
            0.4,
            re.compile("0{12}"),
        ),
        Shape(
            "inera",
            re.compile(rf"{_LEFT}{_CENTURY}[0-9]{{2}}(?:0[1-9]|1[0-2])(?:3[2-9]|[45][0-9])-?[0-9]{{4}}{_END}"),
            0.4,
            re.compile("0{8}-?0000"),
        ),
        Shape(
            "skane",
            re.compile(rf"{_LEFT}{_CENTURY}[0-9]{{2}}{_DAY}-?(?=[0-9]{{0,3}}[A-Z])[0-9A-Z]{{4}}{_END}"),
            0.3,
            re.compile("0{8}"),
        ),
    )
    context: ClassVar[tuple[str, ...]] = (
        "reservnummer",
        "reservnr",
        "reserv",
        "interim",
        "tillfälligt",
        "t-nummer",
        "tf-nummer",
        *CONTEXT,
    )
    against: ClassVar[tuple[str, ...]] = NUMBERS
    fields: ClassVar[re.Pattern[str] | None] = re.compile(rf"{FIELDS.pattern}|reserv_?(nr|nummer|id)|interim")
    not_fields: ClassVar[re.Pattern[str] | None] = NOT_FIELDS
    rank: ClassVar[int] = 12

    def prove(self, candidate: Candidate) -> Proof | None:
        """Check the date where there is one, and the check digit where the issuer sets one."""
        text, shape = _SIGNS.sub("", candidate.text), candidate.shape
        form = "separator" if "-" in candidate.text else "bare"
        match shape.name:
            case "stockholm":
                return _checked(text, text[4:], shape.score, form)
            case "inera":
                return _checked(text, text[2:], shape.score, form)
            case "nrid":
                return Proof(text, shape.score, "reserve", why=(form,)) if _nrid_date(text) else None
            case _:
                return _dated(text, shape, form)

    def mask(self, value: str) -> str:
        """Keep all but the last four characters."""
        return mask_serial(value)


def _checked(text: str, digits: str, score: float, form: str) -> Proof | None:
    return Proof(text, score, "reserve", why=("checksum", form)) if luhn(digits) else None


def _dated(text: str, shape: Shape, form: str) -> Proof | None:
    born, last = text[:-4], text[-4:]
    if not birth_date(born):
        return None
    sex = _SEX.get(last[0])
    if sex and last[1:].isdigit() and luhn(born[-6:] + sex + last[1:]):
        return Proof(text, 0.9, "reserve", why=("checksum", "date", form))
    return Proof(text, shape.score, "reserve", why=("date", form))


def _nrid_date(text: str) -> bool:
    """Whether the date is a day of the calendar, or lies in the ranges of an unknown one."""
    month, day = int(text[4:6]), int(text[6:8])
    if text.startswith("00"):
        return month >= 20 and 40 <= day <= 59
    return 1 <= month <= 12 and 1 <= day <= 31
