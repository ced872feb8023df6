"""Which encoding a text has. General detectors fail on Swedish: few look for å, ä and ö where DOS or a Mac had them."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from itertools import islice

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF8, "utf-8"),
)
_SAMPLE = 1 << 16
_WIDE = {"-zzz": "utf-32-le", "zzz-": "utf-32-be", "-z-z": "utf-16-le", "z-z-": "utf-16-be"}
_EIGHT_BIT = ("cp1252", "cp850", "mac-roman")
_HIGH = re.compile(rb"(?s)(?:\A|.)(?=([\x80-\xff]))")
_SWEDISH = {**dict.fromkeys("åäöÅÄÖ", 4), **dict.fromkeys("éüáèæøÉÜÆØ", 2), **dict.fromkeys("–—’‘”“»«…•€§°½·´\xa0", 0)}
_NOT_LEADING = bytes(range(0xC2))
_LONE = re.compile("[\ud800-\udfff]")
_ESCAPED = re.compile("[\udc80-\udcff]")
_UTF7 = re.compile(rb"\+A(?:OU|OQ|PY|MU|MQ|NY|Ok)-")


Letters = Counter[tuple[bool, int]]
"""How often a byte above 127 stands, after a small letter and elsewhere."""


def decode(data: bytes, seen: Letters | None = None) -> tuple[str, str]:
    """Decode text of an unknown encoding. Never fails, never drops a byte but a byte order mark.

    Rule: byte order mark; UTF-16/32 by where the NULs stand; strict UTF-8; UTF-8 with a few foreign bytes (cut, mixed);
    else the one of cp1252, cp850 and mac-roman that gives the most plausible Swedish letters.

    Args:
        data: The text, or a block of it that ends between two letters.
        seen: Letters of the blocks before, counted on: a block alone may have too few to tell.

    Returns:
        Text, and the Python name of the encoding (`utf-8+cp1252` if mixed).
    """
    name, begin = wide(data)
    if name:
        return data[begin:].decode(name, "replace"), name
    try:
        return _ascii_or_utf7(data[begin:].decode("utf-8"), data)
    except UnicodeDecodeError:
        return _mixed(data[begin:]) or _eight_bit(data, Counter() if seen is None else seen)


def wide(data: bytes) -> tuple[str, int]:
    """Name the encoding of several bytes a letter, if it is one, and say where the text begins."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return "" if name == "utf-8" else name, len(bom)
    return _wide(data[:_SAMPLE]) or "", 0


def clean(text: str) -> str:
    """Make text fit to be searched: compose letters (NFC: a Mac writes `å` as two), replace NULs, lone surrogates."""
    if text.isascii():
        return text.replace("\0", " ")
    return _LONE.sub("\ufffd", unicodedata.normalize("NFC", text)).replace("\0", " ")


def _wide(sample: bytes) -> str | None:
    """Name the UTF-16 or UTF-32 that the places of the NULs tell of. NULs that pad the end do not count."""
    sample = sample[: -(-len(sample.rstrip(b"\0")) // 4) * 4]
    if len(sample) < 4:
        return None
    zeros = [sample[i::4].count(0) / len(sample[i::4]) for i in range(4)]
    nul = "".join("z" if share >= 0.6 else "-" if share <= 0.1 else "?" for share in zeros)
    return _WIDE.get(nul)


def _ascii_or_utf7(text: str, data: bytes) -> tuple[str, str]:
    """Tell UTF-7 from ASCII: it has escaped Swedish letters, and nothing that reads as another script."""
    if _UTF7.search(data) is None or not data.isascii():
        return text, "utf-8"
    try:
        wide = data.decode("utf-7")
    except UnicodeDecodeError:
        return text, "utf-8"
    return (wide, "utf-7") if max(wide) < "\u2100" else (text, "utf-8")


def _mixed(data: bytes) -> tuple[str, str] | None:
    """Decode UTF-8 that has foreign bytes in it, if it is UTF-8 for the greater part."""
    text = data.decode("utf-8", "surrogateescape")
    foreign = len(_ESCAPED.findall(text))
    genuine = len(data.translate(None, _NOT_LEADING)) - foreign
    if genuine < max(1, foreign):
        return None
    return _ESCAPED.sub(lambda m: _one(ord(m[0]) - 0xDC00), text), "utf-8+cp1252"


def _one(byte: int) -> str:
    return bytes([byte]).decode("cp1252", "replace").replace("\ufffd", chr(byte))


def _eight_bit(data: bytes, seen: Letters) -> tuple[str, str]:
    """Pick the 8-bit encoding with the best score; bytes that cp1252 leaves open are read as latin-1."""
    seen.update((m[0].islower(), m[1][0]) for m in islice(_HIGH.finditer(data), 20_000))
    best = max(_EIGHT_BIT, key=lambda name: _score(seen, name))
    try:
        return data.decode(best), best
    except UnicodeDecodeError:
        return data.decode("latin-1"), "latin-1"


def _score(hits: Letters, encoding: str) -> int:
    score = 0
    for (after_lower, byte), count in hits.items():
        letter = bytes([byte]).decode(encoding, "replace")
        odd = after_lower and letter.isupper()
        score += count * (-3 if odd else _SWEDISH.get(letter, -1 if letter.isalpha() else -2))
    return score
