"""Which columns hold keys: they are tokenised for every row, so that rows without personal data can be reached."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

LINK = "link"
"""Token domain of key values; one for all columns, so that a key meets itself wherever it stands."""
_CAMEL = re.compile(r"(?<=[a-zåäö0-9])(?=[A-ZÅÄÖ])")
_RUNS = re.compile(r"[^a-z0-9]+")
_PLAIN = str.maketrans("åäöéüø", "aaoeuo")
_KEY_NAME = re.compile(
    r"(^|_)(kund|customer|avtal|avtals|contract|anl|anlaggning|anlaggnings|objekt|arende|case|ticket|order|faktura|invoice"
    r"|user|anvandar|medlem|prospekt|prospect|offert|person|samtal|call|central)_?(nr|nummer|id|no|number|key|ref|kod)(_|$)"
    r"|^(kund|customer|avtal|anlaggning|arende|faktura|order|offert)(_ref)?$"
)
_KEY_VALUE = re.compile(r"[\w./:+-]{1,40}")
_SOME = 20


def normal_name(name: str) -> str:
    """A field or table name in lower-case ASCII words joined by `_`: `KundNr` and `Kund nr` are `kund_nr`."""
    text = _CAMEL.sub("_", unicodedata.normalize("NFKC", name)).lower().translate(_PLAIN)
    return _RUNS.sub("_", text).strip("_")


def link_value(value: str) -> str:
    """The canonical form of a key's value: `007` and `7`, `k-12` and `K-12` are the same."""
    text = unicodedata.normalize("NFKC", value).strip().casefold()
    return text.lstrip("0") or "0" if text.isdecimal() else text


def link_fields(fields: Mapping[str, Sequence[str | None]], declared: Sequence[str]) -> list[str]:
    """The fields worth linking: declared keys, and columns that look like keys by name and values."""
    return [
        name
        for name, values in fields.items()
        if name and name != "path" and (name in declared or (_named_like_key(name) and _valued_like_key(values)))
    ]


def _named_like_key(name: str) -> bool:
    return _KEY_NAME.search(normal_name(name.rpartition(".")[2])) is not None


def _valued_like_key(values: Sequence[str | None]) -> bool:
    some = [value for value in values if value][:_SOME]
    return bool(some) and all(_KEY_VALUE.fullmatch(value.strip()) for value in some)
