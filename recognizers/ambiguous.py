"""Names of fields that say two things: their values, and the fields beside them, tell which.

`FDAT` is a day of birth (födelsedatum), or an invoice's (faktura-, förfallodatum). `fran` and `till` are the two ends
of a call, a mail or a time. `ref` and `external_ref` of an account are what another system calls the customer by.
Source: columns of Swedish systems for customers, accounts and telephony. Example: `FDAT` of `231001`, `231101` beside
`FNR`, `OCR`; `fran` of `0701740605`; `ref` of `41202` in `accounts` beside `email`. Near-misses: `fdat` of `850709`
beside `namn`; `fran` of `2024-01-01`; `ref` of `41202` in `payments`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from recognizers.date_of_birth import GROWN, read

_BIRTH_OR_BILL = re.compile(r"(?:^|_)f_?dat(?:um)?$")
_DAY = re.compile(r"[0-9]{6}|[0-9]{8}|[0-9]{4}[-./ ][0-9]{2}[-./ ][0-9]{2}|[0-9]{2}[-./][0-9]{2}[-./][0-9]{4}")
_WHOSE = re.compile(
    r"(?:^|_)(?:(?:for|efter|till?tals|kund|barn|elev|medlem|full|first|last|sur|given|[efl])s?_?)?(?:namn|names?)(?:_?\d)?$"
    r"|pnr|person_?n|(?:^|_)(?:barn|child|elev|patient|kon|gender|sex)(?:_|$)"
)
"""Fields of people: what is beside them may well be when they were born."""
_BILLS = re.compile(r"faktur|invoice|forfall|(?:^|_)(?:ocr|ff_?dat(?:um)?|due|bel(?:opp)?|amount|moms|fakt\w*)(?:_|$)")
"""Fields of invoices."""
_BILLED = "faktura_datum"

_NUMBER = "(?:nr|no|num|number|nummer|tel(?:efon)?|phone|party|part|msisdn)"
_ENDS_OF_CALLS = re.compile(
    rf"(?:fran|till|from|to|avs(?:andare)?|mott(?:agare)?|sender|recipient|source|destination|dest|orig(?:in)?|target"
    rf"|motpart|ringde|ringer|call(?:er|ee|ing|ed)|uppring(?:are|ande|d|t))(?:_?{_NUMBER})?|[ab]_?{_NUMBER}|ani|dnis|cli"
)
_TELEPHONE = re.compile(
    r"\+[0-9][0-9 ()/-]{6,18}|0(?:0[1-9]|[1-9])[0-9 ()/-]{5,17}[0-9]|46[1-9][0-9]{7,8}|7[02369][0-9]{7}"
)
_NO_TELEPHONE = re.compile(
    r"[0-9*#]{0,6}|[^\W\d_][^\W\d_ ]{0,20}"  # extensions, `anonymous`: they say nothing of what the others are
)
_BACKWARDS = re.compile(r"0[1-9][-./ ]?[01][0-9][-./ ]?(?:19|20)[0-9]{2}")
"""Day, month and year."""
_CALLED = "telefonnummer"

_REFERENCE = re.compile(
    r"(?:(?:accounts?|customers?|konto|kund(?:er)?)_)?"
    r"(?:ref|referens|(?:ext|extern(?:al|t|a)?|legacy|erp|crm|billing)_?(?:ref|referens|id|nr|no|number|nummer|key))"
)
_ACCOUNTS = re.compile(
    r"(?:^|_)(?:accounts?|customers?|clients?|kund(?:er|reg|register)?|medlem(?:mar)?|members?)(?:_|$)"
)
"""Tables, files and lists of customers, and what a list in a document is called by."""
_REACHED = re.compile(r"mail|e_?post|phone|tele|mobil|(?:^|_)tel(?:_|\d|$)|pnr|person_?n|national_?id")
"""Beside a way to reach its holder an account is a customer's, not one of the ledger."""
_KEY = re.compile(r"[A-Za-z]{0,4}[-_]?[0-9]{3,9}")
_CUSTOMER_NUMBER = "kundnr"
_MOSTLY = 0.6
"""Share of the distinct values from which on a field is what these look like."""


def is_ambiguous(name: str) -> bool:
    """Tell whether a normalised field name says two things."""
    return any(pattern.fullmatch(name) for pattern in (_ENDS_OF_CALLS, _REFERENCE)) or _is_birth_or_bill(name)


def meant(name: str, values: Sequence[str | None], beside: Iterable[str], unit: str) -> str:
    """Give the name of a field by which it says one thing: itself where nothing tells that it is the other.

    Args:
        name: The field's, normalised.
        values: Its values.
        beside: The normalised names of the table's fields, and of the table.
        unit: The normalised name of the table.
    """
    if _is_birth_or_bill(name):
        return _BILLED if _are_bills(values, set(beside) - {name, ""}) else name
    if _ENDS_OF_CALLS.fullmatch(name):
        return _CALLED if _are_telephones(values) else name
    if _REFERENCE.fullmatch(name) and _is_of_accounts(name, set(beside), unit):
        return _CUSTOMER_NUMBER if _mostly(_KEY, _distinct(values)) else name
    return name


def _is_birth_or_bill(name: str) -> bool:
    return _BIRTH_OR_BILL.search(name) is not None


def _distinct(values: Iterable[str | None]) -> set[str]:
    return {value.strip() for value in values if value and value.strip()}


def _mostly(pattern: re.Pattern[str], values: Iterable[str]) -> bool:
    """Tell whether most of some values are of a form; not of none."""
    told = [pattern.fullmatch(value) is not None for value in values]
    return sum(told) > _MOSTLY * len(told)


def _are_bills(values: Iterable[str | None], beside: set[str]) -> bool:
    """Tell whether days are of invoices: nobody's name stands beside, or invoices do, and nobody grown is that young.

    A field by itself is left as it is called: where only one value is looked at, what is hidden stays hidden.
    """
    if not beside:
        return False
    of_people, of_bills = (any(map(pattern.search, beside)) for pattern in (_WHOSE, _BILLS))
    if of_people and not of_bills:
        return False
    return (of_bills and not of_people) or _are_late(_distinct(values))


def _are_late(values: set[str]) -> bool:
    """Tell whether most days lie within the last years, or ahead."""
    last = datetime.now(tz=UTC).year - GROWN
    days = [value for value in values if _DAY.fullmatch(value)]
    early = sum((day := read(value)) is not None and day.year <= last for value in days)
    return len(days) - early > _MOSTLY * len(days)


def _are_telephones(values: Iterable[str | None]) -> bool:
    """Tell whether most values that are more than an extension look like telephone numbers, and not like days."""
    long = [value for value in _distinct(values) if not _NO_TELEPHONE.fullmatch(value)]
    return _mostly(_TELEPHONE, ["" if _BACKWARDS.fullmatch(value) else value for value in long])


def _is_of_accounts(name: str, beside: set[str], unit: str) -> bool:
    """Tell whether a reference is one of a customer: its table's, or its own name says so."""
    return any(map(_ACCOUNTS.search, (unit, name))) and any(map(_REACHED.search, beside))
