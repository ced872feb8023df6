"""Field names, brought to one spelling so that patterns can judge them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_CAMEL = re.compile(r"(?<=[a-zåäöé0-9])(?=[A-ZÅÄÖ])|(?<=[A-ZÅÄÖ])(?=[A-ZÅÄÖ][a-zåäö])")
_OTHER = re.compile(r"[^a-z0-9]+")
_INDEX = re.compile(r"\[\d*\]")


@lru_cache(maxsize=4096)  # fields come again with every batch
def normalise(name: str) -> str:
    """Bring a field name to lower-case ASCII words joined by `_`; of a path, its last two parts.

    Of a call's fields (`cdr.caller`) only the last: the first says where the field stood.

    >>> normalise("Kundens Personnummer"), normalise("payload.kund[0].telefonNr"), normalise("cdr.caller")
    ('kundens_personnummer', 'kund_telefon_nr', 'caller')
    """
    parts = [part for part in re.split(r"[./]", _INDEX.sub("", name)) if part]
    if len(parts) == 2 and parts[0] in {"cdr", "sidecar", "tag"}:
        parts = parts[1:]
    text = _CAMEL.sub("_", unicodedata.normalize("NFKC", "_".join(parts[-2:])))
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    return _OTHER.sub("_", bare).strip("_")


NUMBERS = (
    r"(^|_)(order|ocr|ean|gtin|sku|isbn|artikel|art|faktura|invoice|belopp|amount|summa|saldo|pris|price|kolli|sandning|tracking"
    r"|serie|serial|imei|imsi|iccid|diarie|dnr|arende|ticket|time|timestamp|ts|tid|tidpunkt|epoch|hash|checksum|version)"
    r"(_?(nr|nummer|no|num|number|id|kod|code|ref|stampel))?(_|$)"
)
"""Names of fields whose numbers are nobody's identifier, and may look like one."""
