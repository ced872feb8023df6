"""MAC addresses: the hardware addresses of network devices, so of a household.

Standard IEEE 802 (EUI-48): six octets in hexadecimal, with `:` or `-` between them or in three groups with dots. An
address for many receivers (lowest bit of the first octet), all zeros and all ones are nobody's.
Example: `00:1A:2B:3C:4D:5E`, `001a.2b3c.4d5e`; near-misses: `01:00:5e:00:00:fb` (many receivers), seven octets, a
fingerprint of a key.
"""

from __future__ import annotations

import re
from typing import ClassVar

from recognizers.base import Candidate, Proof, Recognizer, Shape
from recognizers.labels import GATE, labelled, whole

_HEX = "[0-9A-Fa-f]"
_LEFT = r"(?<![0-9A-Za-z:.\-].)"
_LABELS = (r"mac(?:[ -]?(?:adress|address|addr|id))?", r"macadress(?:en)?", r"hårdvaruadress")
_NOT_HEX = re.compile("[^0-9a-f]")


class MacRecognizer(Recognizer):
    """Finds hardware addresses of single devices."""

    entity: ClassVar[str] = "MAC_ADDRESS"
    needs: ClassVar[str] = "digit"
    shapes: ClassVar[tuple[Shape, ...]] = (
        Shape(
            "separator",
            re.compile(
                rf"{_HEX}{_LEFT}{_HEX}([:-])(?:{_HEX}{{2}}\1){{4}}{_HEX}{{2}}(?![0-9A-Za-z])(?![:\-.][0-9A-Za-z])"
            ),
            0.85,
            re.compile("[:-](?:(?<=:)0{0,2}(?::0{0,2}){3}:|0{0,2}(?:-0{0,2}){3}-)"),
        ),
        Shape(
            "groups",
            re.compile(rf"{_HEX}{_LEFT}{_HEX}{{3}}\.{_HEX}{{4}}\.{_HEX}{{4}}(?![0-9A-Za-z.])"),
            0.6,
            re.compile(r"(?<![.0])0{0,4}\.0{0,4}\.0{0,4}(?![.0])"),
        ),
        Shape("label", labelled(_LABELS, rf"{_HEX}{{12}}(?![0-9A-Za-z])"), 0.8, GATE),
        Shape("field", whole(rf"{_HEX}{_HEX}{{11}}"), 0.6, named=True),
    )
    context: ClassVar[tuple[str, ...]] = ("mac", "hårdvaruadress", "ethernet", "wifi", "wlan", "bssid", "bluetooth")
    fields: ClassVar[re.Pattern[str] | None] = re.compile(
        r"(^|_)(mac|macadress|mac_?addr(ess)?|mac_?adress|bssid|hw_?addr)(_|$)"
    )
    rank: ClassVar[int] = 21

    def prove(self, candidate: Candidate) -> Proof | None:
        """Refuse addresses of many receivers, all zeros, and groups of plain digits, which are figures."""
        octets = _NOT_HEX.sub("", candidate.text.lower())
        if not octets.strip("0") or int(octets[:2], 16) & 1:
            return None
        if candidate.shape.name == "groups" and octets.isdigit():
            return None
        return Proof(octets, candidate.shape.score, why=(f"shape:{candidate.shape.name}",))

    def mask(self, value: str) -> str:
        """Keep the maker's half: `00:1A:2B:**:**:**`."""
        half = len(value) // 2 + len(value) % 2
        return value[:half] + "".join("*" if c.isalnum() else c for c in value[half:])
