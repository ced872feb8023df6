"""Doubt dates without a right check digit where the rest of the column, or the field's name, says that they are none.

Invented and mistyped personnummer fail the check digit, so a date and a separator count without it. A column of other
numbers holds such dates too: in `205132-1310, 810173-1719, 678122-1231, 902997-1787` the second alone begins with one.
Near-misses: `kund`, `idnr` (of people), a column in which most begin with a date, one whose check digit is right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recognizers import evidence
from recognizers.columns import Column
from recognizers.sweep import Found

_NUMBERED = re.compile(r"(nr|num(mer|ber)?|(^|_)(no|id|sku|ref(erens|erence)?|key|nyckel))(_?\d)?$")
"""Names of fields that number something."""
_PEOPLE = re.compile(
    r"pers|kund|cust|client|klient|medlem|member|patient|elev|student|anst|employ|user|anvand|agare|owner|identi|legit|pnr"
    r"|^(id_?(nr|num(mer|ber)?|no)?|pid|ssn|tin|part_?id)$|kontakt|contact|gast|guest|hyresg|tenant|borgen|sokand|applicant"
    r"|forsakr|insured|skatt|tax|vat|moms|innehav|holder|barn|child|foraldr|parent|medb|citizen|betalar|payer"
)
"""Names of fields that number people, who may be numbered by their personnummer."""
_FEWEST = 3
"""Equally long numbers of which less than half begin with a date."""


def doubt(group: Sequence[Found], column: Column) -> None:
    """Lower such values of one entity, found by all its recognizers, in a column whose name does not speak for it."""
    loose = [found.whole & _without_check(found) for found in group]
    dated = [found.value[which] for found, which in zip(group, loose, strict=True)]
    if not any(map(len, dated)):
        return
    if is_numbered(column.name) and not any(len(found.passed()) for found in group):
        _lower(group, loose, evidence.LOWER_FIELD, "field:against")
    elif not column.apart and _are_few(group, column):
        _lower(group, loose, evidence.LOWER_CHANCE, evidence.Verdict.CHANCE.value)


def is_numbered(name: str) -> bool:
    """Tell whether a normalised field name is one of numbers of something that is nobody."""
    return _NUMBERED.search(name) is not None and _PEOPLE.search(name) is None


def _without_check(found: Found) -> NDArray[np.bool_]:
    signs = (bool(found.chance) and "date" in proof.why and "checksum" not in proof.why for proof in found.proofs)
    return np.fromiter(signs, bool, len(found.proofs))


def _are_few(group: Sequence[Found], column: Column) -> bool:
    """Whether less than half of the numbers as long as those found begin with a date."""
    dated = np.unique(np.concatenate([found.value[found.whole] for found in group]))
    peers = column.numbers & np.isin(column.lengths, np.unique(column.lengths[dated]))
    count = int(np.count_nonzero(peers))
    return count >= _FEWEST and 2 * len(dated) < count


def _lower(group: Sequence[Found], loose: Sequence[NDArray[np.bool_]], factor: float, code: str) -> None:
    for found, which in zip(group, loose, strict=True):
        found.score[which] *= factor
        found.why = [(*why, code) if low else why for why, low in zip(found.why, which.tolist(), strict=True)]
