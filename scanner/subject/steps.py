"""Reasons about units: the steps of a chain, with the source and the unit that they name."""

from __future__ import annotations

from scanner.linking.ownership import Ownership
from scanner.subject.outcome import Step


class Steps:
    """Makes them.

    Args:
        ownership: Tells what units are called.
    """

    def __init__(self, ownership: Ownership) -> None:
        self._ownership = ownership

    def of(self, code: str, unit: int, entity: str = "") -> Step:
        """A step about a unit, and about an entity if one is told."""
        info = self._ownership.unit(unit)
        return Step(code, entity, info.source, info.key)

    def below(self, unit: int, declared: bool, lasts: bool = False) -> Step:
        """A row belongs, by a key, to one of a unit, which lasts: somebody else may have had it before."""
        return self.of("lasting_key" if lasts else "declared_key" if declared else "discovered_key", unit)

    def above(self, unit: int, declared: bool, lasts: bool = False) -> Step:
        """A row of a unit refers, by a key, to it, which lasts: somebody else may have had it before."""
        return self.of("lasting_from" if lasts else "declared_from" if declared else "discovered_from", unit)
