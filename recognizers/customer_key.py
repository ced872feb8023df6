"""Customer keys: numbers in a field that only says whose they are, as one table refers to another: `kund`.

A field so called holds names, or `Ja` and `Nej`, as often. Its numbers are keys only if most of its values look like
keys: numbers of three to nine digits, with up to four letters before them, that are no dates and no telephone numbers.
Example: a column `kund` of `10047`, `10112`; near-misses: a column `kund` of names, `antal_kund`, `belopp_kund`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from recognizers.base import Candidate, Gate, Proof, Recognizer, Shape
from recognizers.customer_id import CustomerIdRecognizer
from recognizers.labels import WHOLE

_DATE = r"(?<=[12])(?:(?<=1)9|(?<=2)0)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?![^\0])"
_HEAD = rf"[0-9A-Za-z]{WHOLE}(?!{_DATE})"


def _key(fewest: int) -> re.Pattern[str]:
    """Compile a pattern of whole values with at least so many digits; one `0` before others is a telephone's."""
    ways = (
        rf"(?<=[1-9])[0-9]{{{fewest - 1},8}}",
        rf"(?<=0)0[0-9]{{{fewest - 2},7}}",
        rf"(?<=[A-Za-z])[A-Za-z]{{0,3}}[-_]?[0-9]{{{fewest},9}}",
    )
    return re.compile(rf"{_HEAD}(?:{'|'.join(ways)})(?![^\0])")


_LIKE = _key(3)
_MOST = 0.6
"""Share of the values that must look like keys; then those of two digits are keys too."""


class CustomerKeyRecognizer(Recognizer):
    """Finds customer numbers in fields called `kund`, `customer`, `medlem`: CUSTOMER_ID."""

    entity: ClassVar[str] = "CUSTOMER_ID"
    needs: ClassVar[str] = "digit"
    shapes: ClassVar[tuple[Shape, ...]] = (Shape("field", _key(2), 0.45, named=True),)
    fields: ClassVar[re.Pattern[str] | None] = re.compile(r"(^|_)(kund|customer|client|abonnent|medlem|member)$")
    not_fields: ClassVar[re.Pattern[str] | None] = re.compile(
        r"(^|_)(antal|count|number_of|num|per|belopp|amount|summa|sum|saldo|pris|price|snitt|avg|mean|intakt|revenue|ltv"
        r"|omsattning|varde|value|score|betyg|rating|alder|age|tid|time|datum|date|ar|year|andel|share)_"
    )
    by_column: ClassVar[bool] = False
    rank: ClassVar[int] = 62

    def speaks(self, name: str) -> bool:
        """Tell whether a field's name says whose its values are, and not how many or how much."""
        return super().speaks(name) and not self.forbids(name)

    def sweep(self, text: str, *, named: bool = False, opens: Gate | None = None) -> Iterator[Candidate]:
        """Propose the whole values if most of the column look like keys."""
        if named and len(_LIKE.findall(text)) >= _MOST * (text.count("\0") + 1):
            yield from super().sweep(text, named=True, opens=opens)

    def prove(self, candidate: Candidate) -> Proof | None:
        """Take it in the canonical form of customer numbers, so that the two meet."""
        return CustomerIdRecognizer().prove(candidate)

    def mask(self, value: str) -> str:
        """Keep the first two characters."""
        return CustomerIdRecognizer().mask(value)
