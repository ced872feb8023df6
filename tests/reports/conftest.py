# ruff: noqa: E501 -- a table is read across
"""A small estate of an alarm company, made by hand: what the reports are tried on."""

from datetime import date

import pytest

from reports.facts import Coverage, Estate, FieldFacts, Hit, HitField, Identifier, Source, SubjectAnswer
from reports.inventory import Inventory, build
from reports.policy import Policy, load

SOURCES = (
    Source(
        "crm",
        "database",
        owner="Kundtjänst",
        purposes=("service_provision", "direct_marketing"),
        unit_purposes={"offerter": ("quote_requests",)},
    ),
    Source("share", "files", owner="IT"),
    Source("samtal", "recordings", owner="Kundtjänst", purposes=("direct_marketing",)),
    Source("larmcentral", "declared", owner="Larmcentralen AB"),
)


def fact(source: str, unit: str, field: str, entity: str | None, values: int = 0, total: int = 0, **more) -> FieldFacts:
    kind = {"crm": "table", "share": "file", "samtal": "call"}[source]
    return FieldFacts(source, unit, more.pop("unit_kind", kind), field, entity, values=values, total=total, **more)


FACTS = (
    fact("crm", "kunder", "namn", "PERSON", 1180, 1204, distinct=1120, records=1180, persons=1204, confidence=0.91,
         oldest=date(2014, 3, 1), newest=date(2026, 11, 20)),
    fact("crm", "kunder", "personnummer", "SE_PERSONNUMMER", 1190, 1204, kind="personnummer", distinct=1188,
         records=1190, persons=1188, confidence=0.98, readers="owner"),
    fact("crm", "kunder", "personnummer", "SE_PERSONNUMMER", 14, 1204, kind="samordningsnummer", distinct=14,
         records=14, persons=14, confidence=0.95),
    fact("crm", "kunder", "epost", "EMAIL_ADDRESS", 1100, 1100, distinct=1090, records=1100, persons=1090, confidence=1.0),
    fact("crm", "kunder", "adress", "ADDRESS", 1150, 1204, distinct=1010, records=1150, persons=1140, confidence=0.88),
    fact("crm", "kunder", "orgnr", "SE_ORGANISATIONSNUMMER", 41, 41, distinct=41, records=41, confidence=0.9),
    fact("crm", "kunder", "skapad", None, 1204, 1204, records=1204),
    fact("crm", "kunder", "sekretessmarkering", None, 3, 1204, records=3),
    fact("crm", "larmkontakter", "namn", "PERSON", 640, 655, distinct=600, records=640, persons=310, confidence=0.86),
    fact("crm", "larmkontakter", "telefon", "PHONE_NUMBER", 655, 655, distinct=640, records=655, persons=310, confidence=0.97),
    fact("crm", "larmkontakter", "larmkod", "ALARM_CODE", 640, 655, distinct=580, records=640, persons=310, confidence=0.7),
    fact("crm", "kunder", "anteckning", "PERSON", 88, 300, distinct=70, records=88, persons=80, confidence=0.72),
    fact("crm", "offerter", "ip", "IP_ADDRESS", 88, 90, distinct=70, records=88, persons=80, confidence=0.95, sampled=True),
    fact("crm", "cookies", "epost", "EMAIL_ADDRESS", 12, 400, distinct=12, records=12, persons=12, confidence=0.99),
    fact("share", "avtal/2024", "", "SE_PERSONNUMMER", 31, 220, units=18, distinct=18, records=31, persons=18,
         confidence=0.96, oldest=date(2024, 1, 9), newest=date(2024, 12, 30), extensions=("docx", "pdf"), readers="everyone"),
    fact("share", "avtal/2024", "", "HEALTH_MENTION", 2, 220, units=2, distinct=2, records=2, confidence=0.6, readers="group"),
    fact("share", "kundlistor", "regnr", "SE_LICENSE_PLATE", 4, 60, distinct=4, records=4, confidence=0.55),
    fact("share", "kundlistor", "referens", "SE_PASSWORD_HINT", 1, 60, distinct=1, records=1, confidence=0.5),
    fact("share", "larmbilder", "", None, 240, 240, units=240, records=240, extensions=("jpg",), readers="public"),
    fact("share", "loggar", "", "IP_ADDRESS", 5210, 12480, units=3, distinct=233, records=5210, confidence=0.93,
         extensions=("log",)),
    fact("samtal", "2026", "", None, 512, 512, units=512, records=512, extensions=("wav",)),
    fact("samtal", "2026", "cdr.caller", "PHONE_NUMBER", 512, 512, units=512, distinct=401, records=512, persons=0,
         confidence=0.97, oldest=date(2026, 1, 2), newest=date(2026, 11, 21)),
)  # fmt: skip

COVERAGE = (
    Coverage("crm", "scanned", 7),
    Coverage("share", "scanned", 262),
    Coverage("share", "partial", 2, {"truncated": 2}),
    Coverage("share", "unreadable", 3, {"permission": 2, "corrupt (bad magic)": 1}),
    Coverage("share", "unsupported", 4, {"dwg": 4}),
    Coverage("samtal", "scanned", 300),
    Coverage("samtal", "unchanged", 212),
)

ESTATE = Estate(SOURCES, FACTS, COVERAGE, scanned_at="2026-11-22T23:10:00+01:00")

ANSWER = SubjectAnswer(
    case="2026-041",
    asked=[Identifier("SE_PERSONNUMMER", "811218-••••", "asked")],
    identifiers=[
        Identifier("SE_PERSONNUMMER", "811218-••••", "asked"),
        Identifier("EMAIL_ADDRESS", "a•••@example.com", "crm kunder id 42"),
        Identifier("PERSON", "A••• E••", "crm kunder id 42", "probable"),
    ],
    hits=[
        Hit("crm", "kunder", {"id": 42}, "certain", ("personnummer",),
            (HitField("namn", "PERSON", "name"), HitField("personnummer", "SE_PERSONNUMMER", "personal_identity_number"),
             HitField("epost", "EMAIL_ADDRESS", "email")), 0),
        Hit("crm", "larmkontakter", {"id": 7, "kund": 42}, "certain", ("personnummer", "crm kunder id 42", "kundnummer"),
            (HitField("namn", "PERSON", "alarm_contacts"), HitField("telefon", "PHONE_NUMBER", "alarm_contacts")), 2),
        Hit("samtal", "2026/in_20260312.wav", None, "probable", ("personnummer", "crm kunder id 42", "telefonnummer"),
            (HitField("cdr.caller", "PHONE_NUMBER", "phone"),), 1),
        Hit("share", "brev/klagomål.docx", {"page": 2}, "possible", ("namn",), (HitField("", "PERSON", "name"),), 0),
    ],
    coverage=COVERAGE,
    generated="2026-11-22T23:40:00+01:00",
)  # fmt: skip


@pytest.fixture(scope="session")
def policy() -> Policy:
    return load("omnipoint")


@pytest.fixture
def estate() -> Estate:
    return ESTATE


@pytest.fixture
def inventory(policy: Policy) -> Inventory:
    return build(ESTATE, policy)


@pytest.fixture
def answer() -> SubjectAnswer:
    return ANSWER
