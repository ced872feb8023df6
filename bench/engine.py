"""The bare multi-pattern engine: the same shapes over the same cells, and nothing else.

Engine and mode: RE2 (`google-re2`), `re2.Set` unanchored, one `Match` a cell, which tells the shapes that occur in it.
It proves nothing, weighs nothing, and gives no places. RE2 has no look-around and no back-reference: what must not
stand beside a shape is left out, and it hits more. Where `hyperscan` is installed it is measured too: block mode over
each column joined by NUL, one callback a match (its ends, no starts).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

import re2

from bench.registers import Table
from recognizers import Recognizer

_BACK = re.compile(r"\\[1-9]")
_CODE_POINT = re.compile(r"\\u([0-9a-f]{4})")
_ESCAPE_OR_GROUP = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]])*\]|\(\?<?[=!]|\(|\)", re.DOTALL)


def shapes(recognizers: Iterable[Recognizer]) -> list[str]:
    """The patterns of some recognizers' shapes, each once, without look-around."""
    patterns = [shape.pattern for recognizer in recognizers for shape in recognizer.shapes]
    return list(dict.fromkeys(_flagged(pattern) for pattern in patterns))


def _flagged(pattern: re.Pattern[str]) -> str:
    text = _CODE_POINT.sub(r"\\x{\1}", _BACK.sub(".", without_look_around(pattern.pattern)))
    return f"(?i:{text})" if pattern.flags & re.IGNORECASE else text


def without_look_around(pattern: str) -> str:
    """A pattern without its look-aheads and look-behinds.

    >>> without_look_around(r"(?<![0-9])[(a]{2}(?!b(?:c|d))e")
    '[(a]{2}e'
    """
    kept, depth, at = [], 0, 0  # depth within a look-around
    for token in _ESCAPE_OR_GROUP.finditer(pattern):
        text = token.group()
        if not depth:
            kept.append(pattern[at : token.start()])
        if depth or text.startswith(("(?=", "(?!", "(?<=", "(?<!")):
            depth += text.startswith("(") - (text == ")")
        else:
            kept.append(text)
        at = token.end()
    kept.append(pattern[at:])
    return "".join(kept)


def by_re2(patterns: Sequence[str], columns: Sequence[Table]) -> Callable[[], int]:
    """What matches all cells with `re2.Set`, one by one, and counts those with a hit."""
    options = re2.Options()
    options.log_errors = False
    matcher = re2.Set.SearchSet(options)
    for pattern in patterns:
        matcher.Add(pattern)
    matcher.Compile()
    cells = [[value.encode() for value in values if value] for table in columns for values in table.values()]

    def run() -> int:
        return sum(bool(matcher.Match(cell)) for column in cells for cell in column)

    return run


def by_hyperscan(patterns: Sequence[str], columns: Sequence[Table]) -> Callable[[], int] | None:
    """What matches all columns with Hyperscan's block mode, and counts its callbacks; None: it is not installed."""
    try:
        import hyperscan
    except ImportError:
        return None
    database = hyperscan.Database()
    database.compile(
        expressions=[pattern.encode() for pattern in patterns],
        ids=list(range(len(patterns))),
        flags=[hyperscan.HS_FLAG_UTF8] * len(patterns),
    )
    texts = ["\0".join(value for value in values if value).encode() for table in columns for values in table.values()]

    def run() -> int:
        ends: list[int] = []
        for text in texts:
            database.scan(text, match_event_handler=lambda _id, _start, end, _flags, _context: ends.append(end))
        return len(ends)

    return run
