"""The Luhn check (ISO/IEC 7812-1 annex B) of personnummer, organisationsnummer, giro and card numbers."""

from __future__ import annotations

_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


def luhn(digits: str) -> bool:
    """Tell whether the last of `digits` (ASCII digits only) is the check digit of the others.

    >>> luhn("9001189811"), luhn("9001189812")
    (True, False)
    """
    plain = sum(map(int, digits[-1::-2]))
    return (plain + sum(_DOUBLED[int(digit)] for digit in digits[-2::-2])) % 10 == 0
