"""Field names that occur twice are told apart: a second `namn` is `namn_2`."""

from __future__ import annotations


class Names:
    """Names that are taken."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def take(self, name: str) -> str:
        """Return `name` the first time, later the first of `name_2`, `name_3` … that is free."""
        if name not in self._numbers:
            self._numbers[name] = 1
            return name
        free, number = name, self._numbers[name]
        while free in self._numbers:
            number += 1
            free = f"{name}_{number}"
        self._numbers[name], self._numbers[free] = number, 1
        return free
