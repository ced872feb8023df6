"""Phone numbers: Swedish ones by the numbering plan, foreign ones in international form.

Issued by PTS (the Swedish numbering plan; ITU E.164 abroad). Source of the rules: the metadata of libphonenumber, which
`phonenumbers` carries; of the fictional numbers: PTS, "Telefonnummer till böcker och filmer".
Example: `070-174 06 05` = `+46 (0)70 174 06 05` = `0046701740605`. Near-misses: `020818-2386` (a personnummer's shape),
`08.00-17.00` (opening hours), `08-05-2026` (a date), `112`, `1177` (services, nobody's number).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

import phonenumbers

from recognizers.base import LOOSE, Candidate, Proof, Recognizer, Shape
from recognizers.digit_runs import Run
from recognizers.labels import labelled
from recognizers.luhn import luhn

_GAP = r"(?:[ \u00a0]?[-–\u2011./][ \u00a0]?|[ \u00a0])?"
_DIGIT = rf"(?:{_GAP}\d)"
# Patterns begin with a character, not with a look-behind: they are swept five times faster.
# Letters end a number, "_" does not: recordings and files are called `in_0701740605_20261122.wav`.
_ALONE = r"(?<![^\W_].)(?<!\d[.:,–].)(?<![+=%#].)"
_ZERO = r"(?:(?<=0)|(?<=\()0)"
_STOP = r"(?![^\W_])"
# A further group of digits: no phone number, unless it is the next number, hours ("08-465 00 400 8-17") or a date.
_DATE = r"(?:19|20)\d\d-?[01]\d-?[0-3]\d(?!\d)"
_NO_GROUP = rf"(?![ \u00a0\-–.:/](?!0\d)(?!{_DATE})\d(?!\d?[-–:.]\d))"
# After digits and a blank only a clear area code, or ten digits in one, start a number: "0980-319 200 08-465 00 400",
# "20251103 1015 0846500400", not "5 0812 3456".
_CLEAR = r"(?:(?<!\d[- ].)|(?<=\()|(?=\d{1,3}[-–/])(?<!\d-.)|(?=\d{9}(?!\d))(?<!\d-.))"
_NATIONAL = rf"(?:\(0\){_GAP})?0?(?:7{_DIGIT}{{8}}|[1-9]{_DIGIT}{{6,8}}|\([1-9]\d{{0,2}}\){_DIGIT}{{6,7}}){_STOP}"

# Of outlines: seven digits, ten; those that are not Latin are question marks there.
_SEVEN = re.compile(r"[0?](?:[^0?\0]{0,5}[0?]){6}")
_TEN = re.compile(r"[0?](?:[ \u00a0\-./()]{0,5}[0?]){9}")

_INTERNATIONAL = Shape(
    "international",
    re.compile(rf"\+(?<![\w+]\+)(?!46)(?!0)\d(?:{_GAP}\(?\d\)?){{6,13}}{_STOP}"),
    0.8,
    re.compile(r"\+"),
)
_PLUS_46 = Shape("+46", re.compile(rf"\+(?<![\w+]\+){_GAP}46{_GAP}{_NATIONAL}"), 0.9, re.compile(r"\+"))
_ZERO_46 = Shape(
    "0046", re.compile(rf"0{_ALONE}0{_GAP}46{_GAP}{_NATIONAL}"), 0.85, _TEN, Run((), "00", ((2, "4-./? \u00a0"),))
)
_ZERO_ZERO = Shape(
    "00",
    re.compile(rf"0{_ALONE}(?<!\d[- ]0)0[ \u00a0]?(?!46)[1-9]\d?{_DIGIT}{{7,12}}{_STOP}{_NO_GROUP}"),
    0.45,
    _TEN,
    Run((), "00", ((2, "123456789 \u00a0"),)),
)
_AMERICAN = Shape(
    "american",
    re.compile(rf"\((?<![\w+)]\()[2-9]\d\d\) ?[2-9]\d\d-\d{{4}}{_STOP}"),
    0.6,
    re.compile(r"\(000\) ?000-0000"),
)
"""`(202) 555-0143`: North Americans write their numbers without a country."""
_MOBILE = Shape(
    "mobile",
    re.compile(rf"[(0]{_ALONE}{_ZERO}7{_GAP}[02369]\)?{_DIGIT}{{7}}{_STOP}(?!-\d{{4}}\b)"),
    0.85,
    _TEN,
    Run(begins="07", bracket=True),
)
_FIXED = Shape(
    "fixed",
    re.compile(rf"[(0]{_ALONE}{_CLEAR}{_ZERO}(?:[1-689]|7[457])(?:\)?{_GAP}\d){{5,8}}{_STOP}{_NO_GROUP}"),
    0.7,
    _SEVEN,
    Run(begins="0", bracket=True),
)
_BARE_46 = Shape(
    "46",
    re.compile(rf"46(?<![^\W_]..)(?<!\d[- .:/,]..)(?<!\+..)(?:7[02369]\d{{7}}|[1-9]\d{{7,8}}){_STOP}"),
    0.3,
    re.compile("[0?]{10}"),
    Run(begins="46"),
)
_ENCODED = Shape("46", re.compile(rf"%2B(?P<value>46[1-9]\d{{7,8}}){_STOP}"), 0.85, re.compile("%0{10}"))
_KEYS = tuple(
    rf"{key}(?:_?(?:id|nr|no|number|phone))?"
    for key in (
        *("tel(?:efon)?", "phone", "mobile?", "msisdn", "from", "to", "src", "dst", "cli", "ani", "dnis"),
        *("call(?:er|ee|ed|ing)", "sender", "recipient"),
    )
)
_PARAMETER = Shape(
    "46",
    labelled(_KEYS, rf"(?:46|0)[1-9]\d{{7,8}}{_STOP}", "=[\"']?"),
    0.8,
    re.compile("=[\"']?0{9}"),
)
"""In the URLs of web logs, and in the logs of exchanges: `from=0701740605`."""
# Spreadsheets eat the leading zero.
_LOST_ZERO = Shape(
    "lost zero", re.compile(rf"7(?<![^\W_].)(?<!\d[- .:/,].)[02369]\d{{7}}{_STOP}(?![-.,:]\d)"), 0.2, named=True
)

_LOOSE = (_FIXED, _MOBILE, _BARE_46)
"""Without separators one of 200 random ten-digit numbers is a mobile's: such digits alone are nobody's."""
_UNKNOWN = 0.55
"""A number written as an international one that the plan of its country does not have."""

_NOT_A_PHONE = re.compile(
    r"\d{6}[ ]?[-–\u2011+][ ]?\d{4}"  # personnummer
    r"|\d\d[.:]\d\d[ ]?[-–][ ]?\d\d[.:]\d\d"  # hours
    r"|0[1-9][-–./ ][01]\d[-–./ ](?:19|20)\d\d"  # day, month, year
    r"|0(?!7[02369])\d\d?\.\d{1,3}\.\d{1,3}\.\d{1,3}"  # addresses of computers
    r"|0\d{3,4}[-–]\d{4}(?!\d)"  # a time span without colons, a bankgiro, an American ZIP code
)
_FICTIONAL = re.compile(r"\+46(?:701740(?:60[5-9]|6[1-9]\d)|8465004\d\d|3139006\d\d|4062804\d\d|9803192\d\d)")
_NOT_DIGIT = re.compile(r"\D")
_AREA = re.compile(r"\W*(\d{2,4})\D")
_MIN_BARE_FIXED = 9  # digits of an unseparated fixed number that may stand without context
_SURE_BARE_FIXED = 10
_BIRTH = re.compile(r"\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]|[6-8]\d|9[01])\d{4}")


@cache
def _plan() -> tuple[re.Pattern[str], tuple[str, ...]]:
    """The Swedish numbering plan: a pattern of the national significant number, a group a kind, and the kinds."""
    region = phonenumbers.PhoneMetadata.metadata_for_region("SE")
    parts = ("mobile", "fixed_line", "toll_free", "premium_rate", "shared_cost", "personal_number", "pager", "uan")
    kinds = {"mobile": "mobile", "fixed_line": "fixed"}
    pattern = "|".join(f"({getattr(region, part).national_number_pattern})" for part in parts)
    return re.compile(pattern), tuple(kinds.get(part, "other") for part in parts)


def _swedish(digits: str) -> tuple[str, str] | None:
    """E.164 form and kind of a Swedish national significant number (without 0 and 46), or None."""
    pattern, kinds = _plan()
    match = pattern.fullmatch(digits)
    return (f"+46{digits}", kinds[(match.lastindex or 1) - 1]) if match else None


@lru_cache(maxsize=4096)
def _foreign(digits: str) -> tuple[str, str] | None:
    """E.164 form and kind of the digits of an international number, or None."""
    try:
        number = phonenumbers.parse(f"+{digits}")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    mobile = phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.MOBILE
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164), "mobile" if mobile else "other"


@lru_cache(maxsize=4096)
def _possible(digits: str) -> tuple[str, str] | None:
    """The same of a number that only its length makes possible: plans change, and countries keep some for fiction."""
    try:
        number = phonenumbers.parse(f"+{digits}")
    except phonenumbers.NumberParseException:
        return None
    return (f"+{digits}", "other") if phonenumbers.is_possible_number(number) else None


def _canonical(text: str, shape: str) -> tuple[str, str] | None:
    """E.164 form and kind of a candidate's text, or None if the numbering plan has no such number."""
    plain = text.replace("(0)", "").replace(" ", "").replace("-", "")
    digits = plain if plain.isdecimal() else _NOT_DIGIT.sub("", plain)
    if shape == "international":
        return _foreign(digits)
    if shape == "american":
        return _foreign(f"1{digits}") or _possible(f"1{digits}")
    if shape == "00":
        return _foreign(digits[2:])
    if shape in ("+46", "0046", "46"):
        digits = digits.removeprefix("00").removeprefix("46")
    return _swedish(digits.removeprefix("0"))


def _score(text: str, shape: Shape, kind: str) -> float:
    """Digits without any separator are less telling, least so those that a personnummer could be."""
    if shape is _BARE_46 and kind == "mobile":
        return 0.55
    if shape is _ZERO_ZERO and not text.isdecimal():
        return 0.6 if text[2].isdecimal() else shape.score
    if shape.name not in ("mobile", "fixed") or not text.isdecimal():
        return shape.score
    if shape.name == "mobile":
        return 0.75
    if len(text) == _SURE_BARE_FIXED and not (_BIRTH.fullmatch(text) and luhn(text)):
        return 0.52
    return 0.45 if len(text) >= _MIN_BARE_FIXED else 0.3


class PhoneRecognizer(Recognizer):
    """PHONE_NUMBER. Value: E.164 (`+46701740605`). Kinds: `mobile`, `fixed`, `other`."""

    entity = "PHONE_NUMBER"
    version = "10"
    needs = "digit"
    shapes = (
        _PLUS_46, _ZERO_46, _MOBILE, _FIXED, _INTERNATIONAL, _ZERO_ZERO, _AMERICAN, _BARE_46, _ENCODED, _PARAMETER,
        _LOST_ZERO,
    )  # fmt: skip
    context = (
        "telefon", "tel", "tel.", "tel:", "tfn", "mobil", "ring", "nås på", "sms", "nummer till", "numret är",
        "nummer:", "svar på", "växel", "phone", "swish", "samtal", "jour", "msisdn", "caller", "callee",
    )  # fmt: skip
    against = (
        "ordernr", "ordernummer", "fakturanr", "fakturanummer", "ocr", "bankgiro", "plusgiro", "orgnr", "org.nr",
        "personnummer", "artikel", "serienr", "serienummer", "kundnr", "kundnummer", "ärendenr", "ärendenummer",
        "clearing", "kontonr", "kontonummer", "bankkonto", "konto ", "konto:", "kontot", "version", "firmware",
    )  # fmt: skip
    fields = re.compile(
        r"tele|tel(?:_|\d|$)|tfn|phone|mobil|(?:^|_)(?:cell|msisdn|sms|nummer_?a|nummer_?b|a_num|b_num|caller|callee|src|dst|clid|uppring(?:d|t|are|ande)|ringer|swish)"
    )
    not_fields = re.compile(
        r"person_?n|pnr|org_?n|order|faktura|invoice|ocr|bankgiro|plusgiro|serie|artikel|(?:^|_)imei|(?:^|_)id$|datum|date|belopp|konto"
    )
    rank = 40

    def prove(self, candidate: Candidate) -> Proof | None:
        """A number that the numbering plan (or libphonenumber, abroad) knows; no date, hours or personnummer."""
        text, shape = candidate.text, candidate.shape
        if shape.name != "international" and _NOT_A_PHONE.match(text):
            return None
        found = _canonical(text, shape.name)
        known = found is not None
        if found is None and shape is _INTERNATIONAL:
            found = _possible("".join(filter(str.isdecimal, text)))
        if found is None:
            return None
        value, kind = found
        loose = (LOOSE,) if shape in _LOOSE and text.isdecimal() else ()
        bracket = 1 if text[0] == "(" and ")" not in text else 0
        return Proof(
            value,
            _score(text[bracket:], shape, kind) if known else _UNKNOWN,
            kind=kind,
            why=(*(("numbering_plan",) if known else ()), f"shape:{shape.name}", *loose),
            test=_FICTIONAL.fullmatch(value) is not None,
            trim=(bracket, 0),
        )

    def mask(self, value: str) -> str:
        """`070-174 06 05` -> `070-*** ** 05`."""
        places = [i for i, c in enumerate(value) if c.isdecimal()]
        area = _AREA.match(value)
        head = len(area.group(1)) if area else 3
        hidden = set(places[head:-2])
        return "".join("*" if i in hidden else c for i, c in enumerate(value))
