"""What fills the slots of a hand-written text: `{full}` becomes a name, `{order}` a near-miss."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bench.accuracy.halves import of_half

DATA = Path(__file__).parent / "data"
VALUES: dict[str, list[str]] = {}
for _table in tomllib.loads((DATA / "values.toml").read_text(encoding="utf-8")).values():
    VALUES |= _table


@dataclass(frozen=True)
class Slot:
    """A kind of slot."""

    entity: str
    """What the filled value is labelled as; empty for near-misses."""
    make: Callable[[Filler, str], str]
    """From the filler and the persona's letter to the value."""
    optional: bool = False
    """Finding it is neither right nor wrong: an order number leads to a customer, but is none of his own."""
    tier: str = ""
    """Cases that are counted on their own, such as `mistyped`."""


@dataclass
class Filler:
    """Values of one half, drawn with a fixed seed; a persona (`@a`) keeps name and e-mail together."""

    rng: random.Random
    part: str
    names: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    """Persona -> given name, surname, origin."""
    origin: str = ""
    """Of the name that was filled in last."""
    town: str = ""
    """Of the postal code that was filled in alone: the town after it is its own."""

    def one(self, pool: str) -> str:
        """Draw a value of a pool of `values.toml`, from this half."""
        return self.rng.choice(of_half(VALUES[pool], self.part) or VALUES[pool])

    def name(self, persona: str = "") -> tuple[str, str]:
        """Give a given name and a surname, mostly of one origin; the same again for the same persona."""
        if persona not in self.names:
            origin = self.rng.choice(SWEDISH if self.rng.random() < SWEDISH_SHARE else ABROAD)
            other = origin if self.rng.random() < 0.85 else self.rng.choice(ORIGINS)
            name = self.one(f"{origin}_first"), self.one(f"{other}_last"), origin
            if not persona:
                self.origin = origin
                return name[:2]
            self.names[persona] = name
        self.origin = self.names[persona][2]
        return self.names[persona][:2]

    def digits(self, count: int, first: str = "123456789") -> str:
        """Make digits by chance."""
        return self.rng.choice(first) + "".join(self.rng.choices("0123456789", k=count - 1))

    def shaped(self, digits: str, *shapes: str) -> str:
        """Put digits into one of the shapes, `#` for each."""
        rest = iter(digits)
        return "".join(next(rest) if sign == "#" else sign for sign in self.rng.choice(shapes))


ORIGINS = sorted({name.removesuffix("_first") for name in VALUES if name.endswith("_first")})
"""Groups of names in `values.toml`."""
SWEDISH = [origin for origin in ORIGINS if origin.startswith("sv")]
ABROAD = [origin for origin in ORIGINS if origin not in SWEDISH]
SWEDISH_SHARE = 0.5
"""Of the names; the rest is from everywhere in equal shares. It is more than in the population: the harder half."""


def luhn_digit(digits: str) -> str:
    """Give the check digit (ISO/IEC 7812-1 annex B) that follows `digits`."""
    doubled = [int(one) * (2 - at % 2) for at, one in enumerate(reversed(digits))]
    return str(-sum(one // 10 + one % 10 for one in doubled) % 10)
