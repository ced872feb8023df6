"""Whom rows are about whose own number stands elsewhere: below them, or with their name and day of birth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from scanner.linking.identity import View
from scanner.linking.ownership import Ownership
from scanner.linking.unit_findings import UnitFindings
from scanner.subject.numbers_below import NumbersBelow
from scanner.subject.numbers_by_birth import NumbersByBirth

if TYPE_CHECKING:
    from scanner.subject.records import Records


class NumbersElsewhere:
    """Looks them up; remembered for one search.

    Args:
        records: Of the search.
        ownership: Tells whose what stands in a column is.
        findings: Tells what stands in which columns.
    """

    def __init__(self, records: Records, ownership: Ownership, findings: UnitFindings) -> None:
        self._below = NumbersBelow(records, ownership, findings)
        self._by_birth = NumbersByBirth(records)

    def of(self, views: Sequence[View]) -> frozenset[bytes]:
        """The one personnummer of whom these rows are about; nothing if several are told."""
        return self._below.of(views) or self._by_birth.of(views)
