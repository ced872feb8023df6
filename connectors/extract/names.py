"""Field names that occur twice are told apart: a second `namn` is `namn_2`."""

from __future__ import annotations


class Names:
    """Names that are taken."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def take(self, name: str) -> str:
        """Return `name` the first time, later the first of `name_2`, `name_3` … that is free."""
        free, number = name, self._numbers.get(name, 0)
        while free in self._numbers:
            number += 1
            free = f"{name}_{number}"
        self._numbers[name] = max(number, 1)
        self._numbers.setdefault(free, 1)
        return free
