"""Slots for accounts, cards and references: published example numbers only."""

from __future__ import annotations

from bench.accuracy.identity import number
from bench.accuracy.slots import Filler, Slot, luhn_digit

IBANS = ("SE3550000000054910000003", "SE4550000000058398257466", "GB29NWBK60161331926819", "DE89370400440532013000",
         "NO9386011117947", "FI2112345600000785", "DK5000400440116243")  # fmt: skip
"""Examples of the IBAN registry."""
CARDS = ("4111111111111111", "5555555555554444", "4242424242424242", "5105105105105100", "4012888888881881")
BANKGIRO = ("5050-1055", "991-2346", "50501055", "5050 1055")
PLUSGIRO = ("28 65 43-4", "286543-4", "4-2")
ACCOUNTS = (
    "5491-0000003",
    "5491 000 00 03",
    "5491 0000003",
    "5839-8257466",
    "5839 825 74 66",
    "5839,825 74 66",
    "54910000003",
)
"""The accounts inside the registry's Swedish examples."""


def _iban(filler: Filler, _: str) -> str:
    whole = filler.rng.choice(IBANS[:2] * 4 + IBANS)
    groups = " ".join(whole[at : at + 4] for at in range(0, len(whole), 4))
    return filler.rng.choice([whole, groups])


def _card(filler: Filler, _: str) -> str:
    return filler.shaped(filler.rng.choice(CARDS), "#### #### #### ####", "################", "####-####-####-####")


def _person_account(filler: Filler, _: str) -> str:
    """Nordea's personkonto: clearing 3300 and the personnummer."""
    return filler.shaped(number(filler)[2:], "3300-##########", "3300 ######-####", "3300, ######-####")


def _ocr(filler: Filler, _: str) -> str:
    stem = filler.digits(filler.rng.choice([7, 9, 11, 14]))
    return stem + luhn_digit(stem)


def _customer(filler: Filler, _: str) -> str:
    shapes = ("K-#####", "######", "K#####", "10####", "KD-####-##", "#######")
    return filler.shaped(filler.digits(10), *shapes)


def _plate(filler: Filler, _: str) -> str:
    letters = "".join(filler.rng.choices("BCDFGHJKLMNPRST", k=3))
    end = filler.rng.choice([*"123456789", *"ABDEGK"])
    return f"{letters}{filler.rng.choice(['', ' '])}{filler.digits(2)}{end}"


def _property(filler: Filler, _: str) -> str:
    return f"{filler.one('tracts')} {filler.rng.randrange(1, 30)}:{filler.rng.randrange(1, 240)}"


SLOTS = {
    "iban": Slot("IBAN_CODE", _iban),
    "card": Slot("CREDIT_CARD", _card),
    "bankgiro": Slot("SE_BANKGIRO", lambda f, _: f.rng.choice(BANKGIRO)),
    "plusgiro": Slot("SE_PLUSGIRO", lambda f, _: f.rng.choice(PLUSGIRO)),
    "account": Slot("SE_BANK_ACCOUNT", lambda f, _: f.rng.choice(ACCOUNTS)),
    "account_person": Slot("SE_BANK_ACCOUNT", _person_account),
    "ocr": Slot("OCR_REFERENCE", _ocr),
    "customer": Slot("CUSTOMER_ID", _customer),
    "plate": Slot("SE_LICENSE_PLATE", _plate),
    "property": Slot("SE_PROPERTY_DESIGNATION", _property),
    "otp": Slot("ALARM_CODE", lambda f, _: f.digits(6), optional=True),
    "code": Slot("ALARM_CODE", lambda f, _: f.digits(f.rng.choice([4, 4, 5, 6]))),
}
