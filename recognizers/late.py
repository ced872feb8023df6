"""Patterns that are compiled when they are first asked for.

The labels of codes, numbers and mentions make a thousand patterns, of which most commands use few: to compile them all
takes longer than to find a person. What a text cannot hold (gates, literals, opening words) is known without them.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _Late:
    """Stands for a pattern; whatever is asked of it is kept, so that it is as fast as the pattern from then on."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # of copying and the like; a pattern that is asked for its methods has none of these
            raise AttributeError(name)
        value = getattr(re.compile(self.pattern), name)
        setattr(self, name, value)
        return value

    def __repr__(self) -> str:
        return f"late({self.pattern!r})"


def late(pattern: str) -> re.Pattern[str]:
    """Make a pattern that is compiled at its first use; a wrong one is an error only then (a test compiles all).

    >>> late("a+").findall("aa ba")
    ['aa', 'a']
    """
    return cast("re.Pattern[str]", _Late(pattern))
