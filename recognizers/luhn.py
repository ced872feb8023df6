"""The Luhn check (ISO/IEC 7812-1 annex B) of personnummer, organisationsnummer, giro and card numbers."""

from __future__ import annotations

_DOUBLED = bytes.maketrans(b"0123456789", b"0246813579")
_ZERO = ord("0")


def luhn(digits: str) -> bool:
    """Tell whether the last of `digits` (ASCII digits only) is the check digit of the others.

    >>> luhn("9001189811"), luhn("9001189812")
    (True, False)
    """
    raw = digits.encode("ascii")
    return (sum(raw[-1::-2]) + sum(raw[-2::-2].translate(_DOUBLED)) - _ZERO * len(raw)) % 10 == 0
