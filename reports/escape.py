"""Making text from a source harmless on paper, on a terminal and in a spreadsheet: strangers choose file names."""

from __future__ import annotations

import re

_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f"  # control characters: ESC sequences, line breaks
    "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"  # bidi overrides, the invisible
    "\u2028\u2029\ud800-\udfff\U000e0000-\U000e007f]"  # line separators, bytes that are no UTF-8, tags
)
_FORMULA = "=+-@\t\r\n＝＋－＠"


def visible(text: str) -> str:
    r"""Write control, bidi and invisible characters as escapes: `a\x1b[31m`, `fdp.\u202eexe`."""
    return _UNSAFE.sub(_escape, text)


def cell(text: str) -> str:
    """Make a text safe in a spreadsheet: what starts like a formula gets a `'` before it (OWASP, CSV injection)."""
    return ("'" if text[:1] and text[0] in _FORMULA else "") + visible(text)


def _escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    short = {9: r"\t", 10: r"\n", 13: r"\r"}.get(code)
    if short:
        return short
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
