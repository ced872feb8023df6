"""One other library over texts, in the Python that has it: `python peer_worker.py NAME`, JSON in, JSON out.

In: a list of texts. Out: for each a list of [entity, start, end]. Needs nothing but the library. The two validators
are given what looks like a number: they do not search.
"""

from __future__ import annotations

import importlib
import json
import re
import sys
from collections.abc import Callable, Iterator

Finding = tuple[str, int, int]
NUMBER = re.compile(r"(?<!\d)(?:\d\d)?\d{6}[-+ ]?\d{4}(?!\d)")
EUREDACT = {
    "NATIONAL_ID": "SE_PERSONNUMMER", "SSN": "SE_PERSONNUMMER", "PERSON_NAME": "PERSON", "PHONE": "PHONE_NUMBER",
    "EMAIL": "EMAIL_ADDRESS", "ADDRESS": "ADDRESS", "POSTAL_CODE": "POSTAL_CODE", "BANK_ACCOUNT": "IBAN_CODE",
    "CREDIT_CARD": "CREDIT_CARD", "IP_ADDRESS": "IP_ADDRESS", "IPV6_ADDRESS": "IP_ADDRESS",
    "VAT": "SE_ORGANISATIONSNUMMER", "TAX_ID": "SE_ORGANISATIONSNUMMER",
    "CHAMBER_OF_COMMERCE": "SE_ORGANISATIONSNUMMER",
    "LICENSE_PLATE": "SE_LICENSE_PLATE", "GPS_COORDINATES": "LOCATION_COORDINATES",
}  # fmt: skip
DATAFOG = {"EMAIL": "EMAIL_ADDRESS", "PHONE": "PHONE_NUMBER", "SSN": "SE_PERSONNUMMER", "CREDIT_CARD": "CREDIT_CARD",
           "IP_ADDRESS": "IP_ADDRESS", "ZIP_CODE": "POSTAL_CODE"}  # fmt: skip


def _validated(valid: Callable[[str], bool]) -> Callable[[str], Iterator[Finding]]:
    def read(text: str) -> Iterator[Finding]:
        for match in NUMBER.finditer(text):
            if valid(match.group()):
                yield "SE_PERSONNUMMER", match.start(), match.end()

    return read


def personnummer() -> Callable[[str], Iterator[Finding]]:
    """Load the package `personnummer`."""
    return _validated(importlib.import_module("personnummer.personnummer").valid)


def stdnum() -> Callable[[str], Iterator[Finding]]:
    """Load `python-stdnum`."""
    return _validated(importlib.import_module("stdnum.se.personnummer").is_valid)


def euredact() -> Callable[[str], Iterator[Finding]]:
    """Load `euredact`, told that the texts are Swedish."""
    redact = importlib.import_module("euredact").redact

    def read(text: str) -> Iterator[Finding]:
        for one in redact(text, countries=["SE"], cache=False).detections:
            if one.entity_type.value in EUREDACT:
                yield EUREDACT[one.entity_type.value], one.start, one.end

    return read


def datafog() -> Callable[[str], Iterator[Finding]]:
    """Load `datafog` with its regular expressions: its models are not Swedish."""
    scan = importlib.import_module("datafog").scan

    def read(text: str) -> Iterator[Finding]:
        for one in scan(text).entities:
            if one.type in DATAFOG:
                yield DATAFOG[one.type], one.start, one.end

    return read


if __name__ == "__main__":
    reader = {"personnummer": personnummer, "stdnum": stdnum, "euredact": euredact, "datafog": datafog}[sys.argv[1]]()
    json.dump([list(reader(text)) for text in json.load(sys.stdin)], sys.stdout)
