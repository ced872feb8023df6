"""Slots for near-misses: what only looks like somebody's datum. None is labelled."""

from __future__ import annotations

from collections.abc import Callable

from bench.accuracy.slots import Filler, Slot, luhn_digit

Make = Callable[[Filler, str], str]


def _shapes(*shapes: str) -> Make:
    return lambda filler, _: filler.shaped(filler.digits(30), *shapes)


def _ean(filler: Filler, _: str) -> str:
    stem = "73" + filler.digits(10)
    return stem + luhn13(stem)


def luhn13(twelve: str) -> str:
    """Give the check digit of an EAN-13 (GS1: weights 1 and 3)."""
    return str(-sum(int(one) * (3 if at % 2 else 1) for at, one in enumerate(twelve)) % 10)


def _day(filler: Filler, _: str) -> str:
    year, month, day = filler.rng.randrange(2015, 2027), filler.rng.randrange(1, 13), filler.rng.randrange(1, 29)
    return filler.rng.choice([f"{year}-{month:02}-{day:02}", f"{day}/{month} {year}", f"{year}{month:02}{day:02}"])


def _stamp(filler: Filler, _: str) -> str:
    day = f"{filler.rng.randrange(2015, 2027)}{filler.rng.randrange(1, 13):02}{filler.rng.randrange(1, 29):02}"
    clock = f"{filler.rng.randrange(24):02}{filler.rng.randrange(60):02}"
    return filler.rng.choice([day + clock, f"{day}{clock}{filler.rng.randrange(60):02}"])


def _iso(filler: Filler, _: str) -> str:
    minute = filler.digits(2, "12345")
    return f"2026-0{filler.digits(1)}-1{filler.digits(1)}T0{filler.digits(1)}:{minute}:17Z"


def _amount(filler: Filler, _: str) -> str:
    thousands = f"{filler.digits(2)} {filler.digits(3, '0123456789')}"
    return filler.rng.choice(
        [f"{filler.digits(3)},00", f"{thousands} kr", f"{thousands},50", f"{filler.digits(4)} SEK"]
    )


def _valid_ten(filler: Filler, _: str) -> str:
    """An order number that happens to pass Luhn, in a month that is none."""
    stem = filler.digits(2) + filler.digits(2, "2345678")[:2] + filler.digits(5, "0123456789")
    return stem + luhn_digit(stem)


def _epoch(filler: Filler, _: str) -> str:
    return str(filler.rng.randrange(1_600_000_000, 1_800_000_000) * filler.rng.choice([1, 1000]))


def _hex(filler: Filler, _: str) -> str:
    return "".join(filler.rng.choices("0123456789abcdef", k=filler.rng.choice([32, 40])))


def _guid(filler: Filler, _: str) -> str:
    signs = "".join(filler.rng.choices("0123456789abcdef", k=32))
    return "-".join((signs[:8], signs[8:12], signs[12:16], signs[16:20], signs[20:]))


SLOTS = {
    "order": Slot(
        "CUSTOMER_ID", _shapes("##########", "########", "ORD-######", "2026-#####", "#######"), optional=True
    ),
    "case": Slot("CUSTOMER_ID", _shapes("######", "INC#######", "#####", "2026-####"), optional=True),
    "invoice": Slot("", _shapes("######", "########", "F-######")),
    "ten": Slot("", _shapes("##########")),
    "valid_ten": Slot("", _valid_ten),
    "ean": Slot("", _ean),
    "day": Slot("", _day),
    "stamp": Slot("", _stamp),
    "iso": Slot("", _iso),
    "amount": Slot("", _amount),
    "epoch": Slot("", _epoch),
    "hex": Slot("", _hex),
    "guid": Slot("", _guid),
    "serial": Slot("", _shapes("SN########", "####-####-####", "######-#####", "A#######", "0000######")),
    "version": Slot("", _shapes("#.#.#", "v#.##.#", "#.#.##.####")),
    "parcel": Slot("", _shapes("SE#########SE", "373#############", "00##################")),
    "num": Slot("", _shapes("#", "##", "###")),
    "num4": Slot("", _shapes("####")),
    "num6": Slot("", _shapes("######")),
    "hours": Slot("", lambda f, _: f.rng.choice(["08.00-17.00", "9-18", "07:30–16:30", "kl. 10-15", "10.00 - 19.00"])),
    "word": Slot("", lambda f, _: f.one("words")),
    "product": Slot("", lambda f, _: f.one("products")),
    "company": Slot("", lambda f, _: f.one("companies")),
}
