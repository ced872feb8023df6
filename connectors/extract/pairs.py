"""What lines of a log name: `policy=60206275`, `objekt: 70401`, `"plate":"ABC123"`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

_PAIR = re.compile(
    r"""(?<![\w.-])([^\W\d][\w.-]{0,39}+)["']?(?:[ ]?=[ ]?|[ ]?:[ ]?(?![^\W\d][\w.-]{0,39}["']?[ ]?[:=]))
        (?:"([^"\r\n]{1,60})" | '([^'\r\n]{1,60})' | ([^\W_][\w./:+@-]{0,59})(?![\w./:+@-]))""",
    re.VERBOSE,
)
"""No word with another pair behind it is the value of a colon: `portal: policy: 60206275`."""
_OF_A_PROGRAM = re.compile(
    r"(?:x[-_])?(?:req(?:uest)?|trace|span|parent|corr(?:elation)?|thread|p|pp|t)[-_.]?(?:id|nr|no)?", re.IGNORECASE
)
"""What tells one call of a program from others: nobody's, and another one in each line."""
_LOOKED_AT = 4_000
_OF_A_LINE = 30
_OF_A_FILE = 30
"""Names that are kept."""
_SHARE = 50
"""A name is kept that stands in one of so many lines."""


class Pairs:
    """The names that lines of one file tell values by, in batches: bounded, however many there are."""

    def __init__(self) -> None:
        self._names: set[str] = set()

    def of(self, lines: Sequence[str]) -> Mapping[str, Sequence[str | None]]:
        """Give what lines say by names that stand in many of them: name -> value or None a line."""
        told = [dict(_pairs(line)) for line in lines]
        counts = Counter(name for pairs in told for name in pairs)
        for name, count in counts.most_common():
            if count * _SHARE < len(lines) or len(self._names) >= _OF_A_FILE:
                break
            self._names.add(name)
        known = (name for name in counts if name in self._names)
        return {name: [pairs.get(name) for pairs in told] for name in known}


def _pairs(line: str) -> Iterator[tuple[str, str]]:
    """Give the names in a line with their values; a name that stands there twice tells nothing for certain."""
    seen = islice(_PAIR.finditer(line, 0, _LOOKED_AT), _OF_A_LINE)
    found = [match.groups("") for match in seen if match.end() < _LOOKED_AT]  # a value that is cut is another
    times = Counter(name for name, *_ in found)
    for name, double, single, bare in found:
        if times[name] == 1 and not _OF_A_PROGRAM.fullmatch(name):
            yield name, double or single or bare.rstrip(".:")
