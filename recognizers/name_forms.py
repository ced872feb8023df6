"""The one spelling of a name, given name first, and the forms by which its other spellings meet.

Registers write the surname first, many without a comma: `FALK HANNA`, `Karlssom Anna`. Where both words may be either,
the first is the surname if it is more one than a given name, and the second at least as much a given name. In a column
whose sure names have the surname first, so have the doubtful ones: `HOLM JOHN`, `ALI MOHAMED`.
Source: the name lists (`recognizers.name_words`). Near-misses: `Anders Lind`, `Vera Björn`, `Hanna Holm`, `John Holm`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from recognizers.evidence import FEW
from recognizers.name_orders import NICKNAME
from recognizers.name_words import judge
from recognizers.phonetic import folded, surname_key

_MOST = 0.8
"""Share of the names whose order is sure from which on a column has the surname first."""


def forms(text: str, *, among_turned: bool = False) -> tuple[str, tuple[str, ...]]:
    """Give the canonical form of a name and its further forms; "" if nothing is left of it.

    Args:
        text: The name as it is written.
        among_turned: It stands in a column whose names have the surname first (`are_turned`).
    """
    parts = _ordered(_parts(text), among_turned=among_turned) if "," not in text else _parts(text)
    if len(parts) < 2:
        return "".join(parts), tuple(form for part in parts for form in (f"part:{folded(part)}", given(part)))
    words = " ".join(map(folded, parts)).replace("-", " ").split()  # `Anna Karin` and `Anna-Karin` are one
    return " ".join(parts), (f"parts:{' '.join(sorted(words))}", given(parts[0]))


def given(name: str) -> str:
    """The form by which misspelt and married names meet: how the given name sounds (`Kristina`, `Christina`)."""
    return f"given:{surname_key(name.partition('-')[0])}"


def are_turned(texts: Iterable[str]) -> bool:
    """Tell whether names of a column have the surname first: most of those whose order their own words tell."""
    whole = [parts for text in texts if "," not in text and len(parts := _parts(text)) > 1]
    if len(whole) < FEW:
        return False
    turned = sum(map(_is_turned, whole))
    straight = sum(map(_is_straight, whole))
    return turned >= FEW and turned >= _MOST * (turned + straight)


def _parts(text: str) -> list[str]:
    """The parts of a name, casefolded, particles left in; given name first where a comma tells."""
    surname, comma, first = NICKNAME.sub(" ", unicodedata.normalize("NFC", text)).partition(",")
    ordered = f"{first} {surname}" if comma else surname
    return [part.strip(".'’") for part in ordered.casefold().split() if part.strip(".'’")]


def _ordered(parts: list[str], *, among_turned: bool) -> list[str]:
    """The parts with the given name first."""
    if len(parts) < 2 or not (_is_turned(parts) or (among_turned and _may_be_turned(parts))):
        return parts
    return parts[1:] + parts[:1]


def _is_turned(parts: Sequence[str]) -> bool:
    """Tell whether a name by itself has the surname first, be it spelt wrong: `Karlssom Anna`, `Lind Vera`."""
    first, second = judge(parts[0]), judge(parts[1])
    if not first.given and second.given > 0 and not second.surname:
        return True
    return first.surname > first.given and second.given > 0 and second.given >= second.surname


def _is_straight(parts: Sequence[str]) -> bool:
    """Tell whether a name by itself has the given name first: `Anna Ek`, `Anders Lind`."""
    first, last = judge(parts[0]), judge(parts[-1])
    return first.given > first.surname and not last.given >= max(last.surname, 1)


def _may_be_turned(parts: Sequence[str]) -> bool:
    """Tell whether a name may have the surname first: `Holm John`, `Eriksson Xhevrije`; not `Anna Ek`."""
    first, second = judge(parts[0]), judge(parts[1])
    return bool((first.surname or first.unknown) and (second.given or second.unknown)) and not _is_straight(parts)
