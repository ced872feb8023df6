"""Telephone numbers as keys for joining: every spelling of one number gives the same digits.

Only for joining: what a telephone number is, and whether it is somebody's, is the recognizers' to say.
"""

from __future__ import annotations

import re
import unicodedata

_ADDRESS = re.compile(r"<([^<>]*)>")  # "Anna Ek" <sip:+46701740605@198.51.100.7>
_SCHEME = re.compile(r"^(?:sips?|tel):", re.IGNORECASE)
PREFIXED = re.compile(r"(?<!\d)(?:\+\d{8,15}|00\d{8,15}|46\d{7,9}|0\d{1,3}[- ]\d{5,8}|0\d{7,9})(?!\d)")
"""A number that its prefix (+, 00, 46, 0) gives away among other text."""
_FILLING = re.compile(r"[\s\-\u2010-\u2015./()]")


def normalize(text: str) -> str:
    """Give the number in international form without plus: `+46 (0)70-174 06 05` -> `46701740605`.

    Args:
        text: A number as switchboards and file names write it, Swedish if it has no country code; or a SIP or tel URI.

    Returns:
        Country code and subscriber's digits; "" if it is no full number (an extension, `anonymous`).
    """
    digits = _FILLING.sub("", _subscriber(text))
    if digits.startswith("+"):
        return _checked(digits[1:])
    if digits.startswith("00"):
        return _checked(digits[2:])
    if digits.startswith("0"):
        return _checked("46" + digits[1:])
    if len(digits) == 9 and digits.startswith("7"):  # a spreadsheet took the leading zero of a mobile number
        return _checked("46" + digits)
    return _checked(digits) if len(digits) >= 10 else ""


def mentioned(text: str) -> frozenset[str]:
    """Find the telephone numbers in a text by their prefix, normalised."""
    return frozenset(filter(None, (normalize(found[0]) for found in PREFIXED.finditer(text))))


def _subscriber(text: str) -> str:
    inner = _ADDRESS.search(text)
    plain = unicodedata.normalize("NFKC", inner[1] if inner else text).strip()
    plain = _SCHEME.sub("", plain).partition("@")[0].partition(";")[0]
    return plain.removesuffix(".0").replace("(0)", "")


def _checked(digits: str) -> str:
    """Hold to ITU-T E.164 (at most 15 digits) and to the Swedish plan (7 to 9 digits after the country code)."""
    if not (digits.isascii() and digits.isdecimal()):
        return ""
    if digits.startswith("46"):
        subscriber = digits[2:].removeprefix("0")
        return "46" + subscriber if 7 <= len(subscriber) <= 9 and subscriber[0] != "0" else ""
    return digits if 8 <= len(digits) <= 15 and digits[0] != "0" else ""
