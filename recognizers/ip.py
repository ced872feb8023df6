"""IP addresses, version 4 and 6: they single out a subscriber or a device (CJEU C-582/14, Breyer).

Source of the forms: RFC 791, RFC 4291 and RFC 5952; documentation ranges: RFC 5737, RFC 3849.
Example: `192.0.2.17`, `2001:db8::17`; near-misses: `192.0.2.256`, `1.2.3.4.5`, `version 10.0.19.1`, `10:15:30`,
`127.0.0.1`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import AddressValueError, IPv4Address, IPv6Address, IPv6Network
from typing import ClassVar

from recognizers.base import Candidate, Gate, Proof, Recognizer, Shape

_OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
_V4 = Shape(
    "v4",
    re.compile(
        rf"[0-9](?<![\w.\-][0-9])(?:(?<=1)[0-9]{{0,2}}|(?<=2)(?:5[0-5]|[0-4][0-9]|[0-9])?|(?<=[3-9])[0-9]?|(?<=0))"
        rf"(?:\.{_OCTET}){{3}}(?![0-9A-Za-z_])(?!\.[0-9])(?!-[0-9])"
    ),
    0.85,
    re.compile(r"0\.0{1,3}\.0{1,3}\.0"),
)
_V6 = Shape(
    "v6",
    re.compile(
        r"[0-9A-Fa-f:](?<![\w:.][0-9A-Fa-f:])(?:(?<=:):|(?<!:)[0-9A-Fa-f]{0,3}:)(?:[0-9A-Fa-f]{0,4}:){0,7}"
        r"(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3}|[0-9A-Fa-f]{1,4})?(?![\w:])(?!\.[0-9])"
    ),
    0.9,
    re.compile("::|:(?:[^:\\0]*:){5}"),
)
_PROGRAM = re.compile(
    r"(?:ios|android|windows|macos|os x|linux|chrom(?:e|ium)|firefox|safari|edge?|opera|version)[ /]v?$"
    r"|(?:upgrade[ds]?|uppgradera[drst]{0,2}) (?:from|to|från|till)[ ]v?$",
    re.IGNORECASE,
)
_NOBODYS = frozenset((0, 127, 255, *range(224, 240)))
"""First octets of unspecified and loopback addresses, of those of many hosts, and of net masks."""
_TEST_V4 = ("192.0.2.", "198.51.100.", "203.0.113.")
_TEST_V6 = IPv6Network("2001:db8::/32")


class IpRecognizer(Recognizer):
    """Finds addresses of hosts; the unspecified, loopback and multicast ones and net masks are nobody's."""

    entity: ClassVar[str] = "IP_ADDRESS"
    version: ClassVar[str] = "2"
    needs: ClassVar[str] = "digit"
    shapes: ClassVar[tuple[Shape, ...]] = (_V4, _V6)
    context: ClassVar[tuple[str, ...]] = (
        "ip", "ipv4", "ipv6", "ip-adress", "ipadress", "ip address", "host", "klient", "client", "remote",
    )  # fmt: skip
    against: ClassVar[tuple[str, ...]] = (
        "version", "ver", "ver.", "release", "firmware", "build", "oid", "utgåva", "kapitel", "avsnitt", "programvara",
        "fw",
    )  # fmt: skip
    fields: ClassVar[re.Pattern[str] | None] = re.compile(
        r"(^|_)(ip|ipv4|ipv6|ipadress|ipaddress|host|remote_addr|client_addr)(_|$)"
    )
    not_fields: ClassVar[re.Pattern[str] | None] = re.compile(
        r"version|firmware|build|release|netmask|(^|_)(oid|fw|sw|ver)(_|$)"
    )
    name_decides: ClassVar[bool] = True
    rank: ClassVar[int] = 20

    def sweep(self, text: str, *, named: bool = False, opens: Gate | None = None) -> Iterator[Candidate]:
        """Leave out what stands right after the name of a program: `iOS 18.1.0.4` is its version."""
        for candidate in super().sweep(text, named=named, opens=opens):
            if not _PROGRAM.search(text, max(0, candidate.start - 20), candidate.start):
                yield candidate

    def prove(self, candidate: Candidate) -> Proof | None:
        """Parse the address and refuse the ones that name no host."""
        try:
            return _v6(candidate) if candidate.shape is _V6 else _v4(IPv4Address(candidate.text), candidate.shape.score)
        except AddressValueError:
            return None

    def mask(self, value: str) -> str:
        """Keep the first half: `192.0.*.*`, `2001:db8:*`."""
        if ":" in value:
            return ":".join(value.split(":")[:2]) + ":*"
        return ".".join(value.split(".")[:2]) + ".*.*"


def _v4(address: IPv4Address, score: float) -> Proof | None:
    if address.packed[0] in _NOBODYS:  # to ask `ipaddress` for each of these takes ten times as long
        return None
    text = str(address)
    return Proof(text, score, "ipv4", why=("range",), test=text.startswith(_TEST_V4))


def _v6(candidate: Candidate) -> Proof | None:
    address = IPv6Address(candidate.text)
    if address.ipv4_mapped:
        return _v4(address.ipv4_mapped, candidate.shape.score)
    if address.is_unspecified or address.is_loopback or address.is_multicast:
        return None
    # `abc::def` is an address and a name in a program.
    score = candidate.shape.score if any(c.isdigit() for c in candidate.text) and len(candidate.text) > 5 else 0.3
    return Proof(address.compressed, score, "ipv6", why=("range",), test=address in _TEST_V6)
