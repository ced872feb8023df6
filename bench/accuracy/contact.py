"""Slots for phones, addresses, positions and network addresses: PTS's fictional numbers, documentation networks."""

from __future__ import annotations

from bench.accuracy.slots import Filler, Slot

MOBILE = (
    *("###-### ## ##", "##########", "### ### ## ##", "###-#######", "###-## ## ###"),
    *("### - ### ## ##", "#### ## ## ##", "###.###.##.##"),
)
SEVEN = ("###-### ## ##", "### ### ## ##", "###-#######", "(###) ### ## ##")
FIXED = (
    ("08", "46500", 400, ("##-### ### ##", "##-########", "(##) ### ### ##", "## ### ### ##", "##/### ### ##")),
    ("031", "3900", 600, SEVEN),
    ("040", "6280", 400, SEVEN),
    ("0980", "319", 200, ("####-## ## ##", "#### ### ###", "####-######", "####-### ###")),
)
"""Area code, start of the fictional range, its first number, spellings."""
ABROAD = ("+44 7700 900123", "+44 20 7946 0958", "+1 202 555 0143", "+1-212-555-0187", "+44 1632 960961")
"""Numbers that Ofcom and the North American plan keep for drama."""


TOWNS = (
    (59.33, 18.06, 6_580_800, 674_000),
    (57.71, 12.05, 6_400_000, 324_000),
    (55.61, 13.05, 6_164_000, 377_000),
    (63.83, 20.15, 7_087_000, 755_000),
    (63.18, 14.64, 7_006_000, 482_000),
    (67.85, 20.15, 7_537_000, 717_000),
    (56.70, 16.15, 6_284_000, 570_000),
    (59.38, 13.50, 6_583_000, 415_000),
)
"""Latitude, longitude, north and east of some towns, roughly: positions in Sweden."""


def _mobile_digits(filler: Filler) -> str:
    return f"0701740{filler.rng.randrange(605, 700)}"


def _mobile(filler: Filler, _: str) -> str:
    return filler.shaped(_mobile_digits(filler), *MOBILE)


def _mobile_abroad(filler: Filler, _: str) -> str:
    plus = ("+46 ## ### ## ##", "+46#########", "+46 (0)##-### ## ##", "+46##-#######", "+46 (0)## ### ## ##")
    return filler.shaped(_mobile_digits(filler)[1:], *plus, "0046#########", "0046 ## ### ## ##")


def _fixed(filler: Filler, _: str) -> str:
    area, subscriber, low, shapes = filler.rng.choice(FIXED)
    digits = f"{area}{subscriber}{filler.rng.randrange(low, low + 100)}"
    return filler.shaped(digits, *shapes)


def _bare(filler: Filler, _: str) -> str:
    return "46" + _mobile_digits(filler)[1:]


def _street(filler: Filler, _: str) -> str:
    number = str(filler.rng.randrange(1, 140))
    letter = filler.rng.choice(["", "", "", " A", "B", " C", "D"])
    return f"{filler.one('streets')} {number}{letter}"


def _postcode(filler: Filler) -> str:
    return filler.rng.choice(["### ##", "### ##", "#####", "SE-### ##"])


def _zip(filler: Filler, _: str) -> str:
    code, filler.town = filler.one("postal").split(" ", 1)
    return filler.shaped(code, "### ##", "#####")


def _town(filler: Filler, _: str) -> str:
    town, filler.town = filler.town or filler.one("postal").split(" ", 1)[1], ""
    return town


def _place(filler: Filler, _: str) -> str:
    code, town = filler.one("postal").split(" ", 1)
    return f"{filler.shaped(code, _postcode(filler))} {town}"


def _address(filler: Filler, persona: str) -> str:
    more = filler.rng.choice(["", "", "", " lgh 1102", ", 3 tr", " vån 2", " uppg B", " lgh 1301", ", 2 tr ög"])
    return f"{_street(filler, persona)}{more}, {_place(filler, persona)}"


def _letter_address(filler: Filler, persona: str) -> str:
    return f"{_street(filler, persona)}\n{_place(filler, persona)}"


def _rural(filler: Filler, persona: str) -> str:
    return f"{filler.one('villages')} {filler.rng.randrange(2, 480)}, {_place(filler, persona)}"


def _box(filler: Filler, persona: str) -> str:
    return f"Box {filler.rng.randrange(2, 6000)}, {_place(filler, persona)}"


def _short(filler: Filler, _: str) -> str:
    stem = filler.rng.choice(
        ["Storg.", "Kungsg.", "Drottningg.", "Kyrkv.", "Skolg.", "Stationsv.", "Ringv.", "Björkv."]
    )
    return f"{stem} {filler.rng.randrange(1, 90)}"


def _somewhere(filler: Filler) -> tuple[float, float, int, int]:
    """Give a place near a town: latitude and longitude in degrees (WGS 84), north and east in metres (SWEREF 99 TM)."""
    latitude, longitude, north, east = filler.rng.choice(TOWNS)
    aside = filler.rng.uniform(-0.1, 0.1)
    return latitude + aside, longitude + aside, north + round(aside * 100_000), east + round(aside * 50_000)


def _decimal(filler: Filler, _persona: str) -> str:
    north, east, *_ = _somewhere(filler)
    return filler.rng.choice([f"{north:.5f}, {east:.5f}", f"{north:.4f},{east:.4f}", f"N {north:.5f} E {east:.5f}",
                              f"{north:.6f} {east:.6f}", f"{north:.5f}N {east:.5f}E"])  # fmt: skip


def _degrees(filler: Filler, _persona: str) -> str:
    north, east, *_ = (int(value) for value in _somewhere(filler))
    minutes = [filler.rng.randrange(60) for _ in range(4)]
    return f"{north}°{minutes[0]:02}'{minutes[1]:02}\"N {east}°{minutes[2]:02}'{minutes[3]:02}\"E"


def _metres(filler: Filler, _persona: str) -> str:
    *_, north, east = _somewhere(filler)
    return filler.rng.choice([f"N {north}, E {east}", f"N={north} E={east}", f"{north}, {east}", f"N {north} E {east}"])


def _ip4(filler: Filler, _: str) -> str:
    last = filler.rng.randrange(1, 255)
    network = filler.rng.choice(["192.0.2", "198.51.100", "203.0.113", "192.168.1", "10.4.17", "10.0.0"])
    return f"{network}.{last}"


def _ip6(filler: Filler, _: str) -> str:
    last = filler.rng.randrange(1, 65535)
    return filler.rng.choice(
        [f"2001:db8::{last:x}", f"2001:db8:0:{last:x}::1", f"2001:0db8:0000:0000:0000:0000:0000:{last:04x}"]
    )


SLOTS = {
    "mobile": Slot("PHONE_NUMBER", _mobile),
    "mobile46": Slot("PHONE_NUMBER", _mobile_abroad),
    "fixed": Slot("PHONE_NUMBER", _fixed),
    "phone46": Slot("PHONE_NUMBER", _bare),
    "abroad": Slot("PHONE_NUMBER", lambda f, _: f.rng.choice(ABROAD)),
    "street": Slot("ADDRESS", _street),
    "address": Slot("ADDRESS", _address),
    "address2": Slot("ADDRESS", _letter_address),
    "rural": Slot("ADDRESS", _rural),
    "box": Slot("ADDRESS", _box),
    "street_short": Slot("ADDRESS", _short),
    "place": Slot("POSTAL_CODE", _place),
    "zip": Slot("POSTAL_CODE", _zip),
    "coord": Slot("LOCATION_COORDINATES", _decimal),
    "coord_dms": Slot("LOCATION_COORDINATES", _degrees),
    "sweref": Slot("LOCATION_COORDINATES", _metres),
    "ip": Slot("IP_ADDRESS", _ip4),
    "ip6": Slot("IP_ADDRESS", _ip6),
    "town": Slot("", _town),
}
