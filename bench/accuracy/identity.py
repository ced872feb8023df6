"""Slots for personnummer, samordningsnummer and organisationsnummer: official test serials only.

Skatteverket gives the serials 238, 239 and 980-999 to nobody. Mistyped numbers have a wrong check digit.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from bench.accuracy.slots import Filler, Slot, luhn_digit

ORGANISATIONS = ("5560473521", "2021005448", "5560360793")
"""Of a company in EU documents, of Skatteverket, of a company in public documentation."""
SERIALS = ("238", "239", *map(str, range(980, 1000)))


def born(filler: Filler, first: int = 1927, last: int = 2012) -> str:
    """Make a date of birth as YYYYMMDD."""
    days = (date(last, 12, 31) - date(first, 1, 1)).days
    return f"{date(first, 1, 1) + timedelta(days=filler.rng.randrange(days)):%Y%m%d}"


def number(filler: Filler, *, added: int = 0, first: int = 1927, last: int = 2012) -> str:
    """Make a valid number of 12 digits; `added` is 60 for samordningsnummer."""
    day = born(filler, first, last)
    nine = f"{day[2:6]}{int(day[6:]) + added:02}{filler.rng.choice(SERIALS)}"
    return day[:2] + nine + luhn_digit(nine)


def mistyped(filler: Filler, *, added: int = 0) -> str:
    """Make a number of 12 digits whose check digit is wrong, as people do."""
    right = number(filler, added=added)
    return right[:-1] + filler.rng.choice([one for one in "0123456789" if one != right[-1]])


def undated(filler: Filler) -> str:
    """Make a samordningsnummer with month 00 or day 60: issued when the birth date is not known."""
    day = born(filler)
    month, of_month = filler.rng.choice([("00", f"{int(day[6:]) + 60}"), (day[4:6], "60")])
    nine = f"{day[2:4]}{month}{of_month}{filler.rng.choice(SERIALS)}"
    return day[:2] + nine + luhn_digit(nine)


def spelled(make: Callable[[Filler], str], *shapes: str) -> Callable[[Filler, str], str]:
    """Give a slot's maker: twelve or, where the shape has ten places, the last ten digits."""

    def value(filler: Filler, _: str) -> str:
        shape = filler.rng.choice(shapes)
        digits = make(filler)
        return filler.shaped(digits[-shape.count("#") :], shape)

    return value


def _coordination(filler: Filler) -> str:
    return number(filler, added=60)


def _centenarian(filler: Filler) -> str:
    return number(filler, first=1899, last=1925)


def _organisation(filler: Filler) -> str:
    return filler.rng.choice(ORGANISATIONS)


def _no_organisation(filler: Filler, _: str) -> str:
    nine = "55" + filler.digits(1, "456789") + filler.digits(6, "0123456789")
    wrong = str((int(luhn_digit(nine)) + 1 + filler.rng.randrange(9)) % 10)
    return f"{nine[:6]}-{nine[6:]}{wrong}"


PNR = "SE_PERSONNUMMER"
ORG = "SE_ORGANISATIONSNUMMER"
SLOTS = {
    "pnr": Slot(PNR, spelled(number, "######-####")),
    "pnr_any": Slot(PNR, spelled(number, "######-####", "########-####", "############", "###### ####", "######–####")),
    "pnr10": Slot(PNR, spelled(number, "##########")),
    "pnr12": Slot(PNR, spelled(number, "############")),
    "pnr12h": Slot(PNR, spelled(number, "########-####")),
    "pnr_space": Slot(PNR, spelled(number, "###### ####", "######\u00a0####", "######  ####")),
    "pnr_space12": Slot(PNR, spelled(number, "######## ####", "#### ## ## ####")),
    "pnr_dash": Slot(PNR, spelled(number, "######–####", "######‑####", "###### - ####", "## ## ##-####")),
    "pnr_break": Slot(PNR, spelled(number, "######-\n####")),
    "pnr_plus": Slot(PNR, spelled(_centenarian, "######+####"), tier="plus"),
    "pnr_masked": Slot(PNR, lambda f, _: number(f)[2:8] + f.rng.choice(["-XXXX", "-****", "-xxxx"]), tier="masked"),
    "pnr_wrong": Slot(PNR, spelled(mistyped, "######-####", "########-####"), tier="mistyped"),
    "pnr_wrong_space": Slot(PNR, spelled(mistyped, "###### ####"), tier="mistyped"),
    "pnr_wrong10": Slot(PNR, spelled(mistyped, "##########"), tier="mistyped"),
    "samord": Slot(PNR, spelled(_coordination, "######-####", "########-####"), tier="samordningsnummer"),
    "samord12": Slot(PNR, spelled(_coordination, "############"), tier="samordningsnummer"),
    "samord_undated": Slot(PNR, spelled(undated, "######-####", "########-####"), tier="samordningsnummer"),
    "orgnr": Slot(ORG, spelled(_organisation, "######-####")),
    "orgnr10": Slot(ORG, spelled(_organisation, "##########")),
    "orgnr16": Slot(ORG, lambda f, _: f.shaped("16" + _organisation(f), "############", "########-####")),
    "vat": Slot(ORG, lambda f, _: f"SE{_organisation(f)}01"),
    "no_orgnr": Slot("", _no_organisation),
}
