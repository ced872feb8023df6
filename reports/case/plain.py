"""Names of columns in plain words: whoever asks for their data has never seen a table with a `pnr_ort`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reports.case.fields import FIELDS
from reports.language import Language

_WORD = re.compile(r"[^\W\d_]+|\d+")
_CAMEL = re.compile(r"(?<=[a-zåäö0-9])(?=[A-ZÅÄÖ])")
_PLACE = re.compile(r"\[(\d+)\]")
_NUMBER = re.compile(r"\d{1,3}")
"""One of several fields, or rows: a longer one may be somebody's."""
_ASCII = str.maketrans("åäöéüø", "aaoeuo")
_WRAPPERS = frozenset({"cdr", "sidecar", "payload", "tag", "bext", "attributes", "data"})
"""Parts of a path that say in what a datum is wrapped, not what it is."""


def plain(field: str, lang: Language) -> str:
    """Say what a field holds.

    Args:
        field: Name of a column, or path in a document: `van_tel`, `KundNr`, `payload.rader[0].artikel`.
        lang: The reader's.

    Returns:
        `Telefonnummer (vän)`; "" where its last word is not known. Others that are not known are left out: they may be
        somebody's name.
    """
    words = _words(field)
    number = f" {words.pop()}" if words and _NUMBER.fullmatch(words[-1]) else ""
    at = next((at for at in range(len(words)) if _known(words[at:])), None)
    if at is None:
        return ""
    what = lang.text(_known(words[at:])) + number
    whose = " ".join(lang.text(part) for part in _parts(words[:at]) if part)
    return f"{what[:1].upper()}{what[1:]}" + (f" ({whose})" if whose else "")


def is_plain(field: str) -> bool:
    """Whether all words of a name are ones that columns are called by: it tells nothing of anybody."""
    words = _words(field)
    return bool(words) and all(_parts(words))


def _words(field: str) -> list[str]:
    """Lower-case words; places in a list count from one, as people do."""
    counted = _PLACE.sub(lambda at: f".{int(at.group(1)) + 1}.", field)
    words = (word.lower() for word in _WORD.findall(_CAMEL.sub("_", counted)))
    return [word for word in words if word not in _WRAPPERS]


def _known(words: Sequence[str]) -> str:
    """What words together are the name of, also where they are written without `å`, `ä` and `ö`; "" if unknown."""
    name = "_".join(words)
    return FIELDS.get(name) or FIELDS.get(name.translate(_ASCII)) or ""


def _parts(words: Sequence[str]) -> Iterator[str]:
    """What the longest parts that are known are the names of, and numbers; "" for a word that is not."""
    at = 0
    while at < len(words):
        end = next((end for end in range(len(words), at, -1) if _known(words[at:end])), at)
        yield _known(words[at:end]) or (words[at] if _NUMBER.fullmatch(words[at]) else "")
        at = max(end, at + 1)
