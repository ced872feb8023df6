"""Placing findings in categories, finding purposes, and refusing policies that are wrong."""

from pathlib import Path

import pytest

from reports.categorise import normalise
from reports.facts import Source
from reports.policy import NOT_PERSONAL, Policy, PolicyError, bundled, load
from reports.words import ENTITIES

FOUND = [
    # entity, kind, field, unit -> category
    ("SE_ORGANISATIONSNUMMER", "", "orgnr", "kunder", NOT_PERSONAL),
    ("SE_ORGANISATIONSNUMMER", "sole_trader", "orgnr", "kunder", "personal_identity_number"),
    ("SE_PASSPORT", "", "", "kunder", "passport"),
    ("SOMETHING_ELSE", "", "namn", "kunder", None),
    ("PERSON", "", "namn", "kunder", "name"),
    ("PERSON", "", "kontaktinfo", "kunder", "name"),
    ("PERSON", "", "namn", "larmkontakter", "alarm_contacts"),
    ("PERSON", "", "namn", "dbo.LarmKontakter", "alarm_contacts"),
    ("PERSON", "", "kontaktperson_2", "anlaggning", "alarm_contacts"),
    ("PERSON", "", "agent_name", "cdr", "employee_data"),
    ("PERSON", "", "", "personal/löner/2026", "employee_data"),
    ("PHONE_NUMBER", "", "telefon", "kunder", "phone"),
    ("PHONE_NUMBER", "", "telefon", "nyckelinnehavare", "alarm_contacts"),
    ("SE_PERSONNUMMER", "personnummer", "pnr", "larmkontakter", "personal_identity_number"),
    ("SE_PERSONNUMMER", "minor", "pnr", "kunder", "child_data"),
    ("EMAIL_ADDRESS", "", "", "brev", "email"),
    ("IP_ADDRESS", "", "", "loggar", "ip_address"),
    ("POSTAL_CODE", "", "postnr", "kunder", "postal_address"),
    ("SE_BANK_ACCOUNT", "", "konto", "kunder", "payment_info"),
    ("OCR_REFERENCE", "", "ocr", "betalningar", "billing_data"),
    ("OCR_REFERENCE", "", "referens", "kunder", "payment_info"),
    ("IBAN_CODE", "", "", "brev", "payment_info"),
    ("CUSTOMER_ID", "", "", "brev", "contract_info"),
    ("LOCATION_COORDINATES", "", "", "bilar", "location_gps"),
    ("HEALTH_MENTION", "", "anteckning", "kunder", "special_category"),
    ("CRIME_MENTION", "", "anteckning", "kunder", "criminal_data"),
    ("SE_LICENSE_PLATE", "", "", "kunder", "vehicle"),
    ("PROTECTED_IDENTITY", "", "", "kunder", "protected_identity"),
]
NAMED = [
    # field, unit, extensions -> category, where nothing was found
    ("skapad", "kunder", (), None),
    ("filnamn", "bilagor", (), None),
    ("file_name", "bilagor", (), None),
    ("produktnamn", "artiklar", (), None),
    ("giltig_efter", "priser", (), None),
    ("namn", "produkter", (), None),
    ("Namn", "dbo.Artiklar", (), None),
    ("kod", "valuta", (), None),
    ("koder", "felkoder", (), None),
    ("konto", "kontoplan", (), None),
    ("bolagsregnr", "leverantorer", (), None),
    ("is_personal", "priser", (), None),
    ("email_template", "utskick", (), None),
    ("user_agent", "web_session", (), "usage_logs"),
    ("lon", "personal", (), "employee_data"),
    ("lon", "insyn_2.personal", (), "employee_data"),
    ("titel", "hr.personal", (), "employee_data"),
    ("payload.namn", "inkomna", (), "name"),
    ("kod_panel", "anlaggning", (), "alarm_cancel_codes"),
    ("portkod", "anlaggning", (), "alarm_cancel_codes"),
    ("facklig", "personal", (), "special_category"),
    ("sjukdagar", "personal", (), "employee_data"),
    ("ansokan_id", "kredit", (), "credit_data"),
    ("relation", "kontaktkort", (), "alarm_contacts"),
    ("hemtelefon", "part", (), "phone"),
    ("utm_source", "besok", (), "cookie_data"),
    ("bortrest_till", "part", (), "housing_life_situation"),
    ("kundNamn", "kunder", (), "name"),
    ("Förnamn", "kunder", (), "name"),
    ("user_name", "kunder", (), "user_account"),
    ("ip_adress", "kunder", (), "ip_address"),
    ("epostadress", "kunder", (), "email"),
    ("fakturaadress", "kunder", (), "postal_address"),
    ("fakturanr", "kunder", (), "billing_data"),
    ("lon", "bilar", (), "location_gps"),
    ("lön", "personal", (), "employee_data"),
    ("Lo\u0308n", "personal", (), "employee_data"),
    ("lönelista", "personal", (), "employee_data"),
    ("larmkod", "anlaggning", (), "alarm_cancel_codes"),
    ("skyddad_identitet", "kunder", (), "protected_identity"),
    ("id", "larmlogg", (), "usage_logs"),
    ("", "2026/03", ("wav",), "call_recordings"),
    ("", "diverse", ("jpg", "txt"), "images_video"),
    ("", "diverse", ("txt",), None),
    ("", "server1", ("log",), "usage_logs"),
    ("", "planritningar", ("dwg",), "housing_life_situation"),
]


@pytest.mark.parametrize(("entity", "kind", "field", "unit", "category"), FOUND)
def test_category_of_a_finding(
    policy: Policy, entity: str, kind: str, field: str, unit: str, category: str | None
) -> None:
    assert policy.category_of(entity, kind, field, unit) == category


@pytest.mark.parametrize(("field", "unit", "extensions", "category"), NAMED)
def test_category_by_name(
    policy: Policy, field: str, unit: str, extensions: tuple[str, ...], category: str | None
) -> None:
    assert policy.category_of(None, "", field, unit, extensions) == category


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("kundNamn", "kund_namn"),
        ("XMLFile", "xml_file"),
        ("Före-/efternamn", "fore_efternamn"),
        ("a\u030alder", "alder"),  # a + combining ring
        ("café", "cafe"),
        ("__ID__", "id"),
        ("", ""),
    ],
)
def test_normalise(name: str, plain: str) -> None:
    assert normalise(name) == plain


@pytest.mark.parametrize(
    ("category", "tags", "unit", "purposes"),
    [
        ("images_video", (), "bilder", ["service_provision"]),
        ("images_video", ("direct_marketing",), "bilder", []),
        ("call_recordings", ("quote_requests",), "samtal", ["quote_requests"]),
        ("phone", ("legal_compliance",), "kunder", ["legal_compliance"]),
        ("billing_data", (), "kunder", ["legal_compliance"]),
        ("vehicle", (), "kunder", []),
        ("credit_data", ("legal_compliance",), "kunder", []),
    ],
)
def test_purposes_of(policy: Policy, category: str, tags: tuple[str, ...], unit: str, purposes: list[str]) -> None:
    assert policy.purposes_of(category, Source("s", "database", purposes=tags), unit) == purposes


def test_law_is_a_purpose_only_for_what_lies_in_the_accounts(policy: Policy) -> None:
    untagged = Source("s", "database")
    assert "legal_compliance" not in policy.purposes_of("name", untagged, "kunder")
    assert "legal_compliance" in policy.purposes_of("name", untagged, "ekonomi.fakturor")


def test_a_table_has_its_own_purposes_with_and_without_schema(policy: Policy) -> None:
    source = Source("s", "database", purposes=("service_provision",), unit_purposes={"offerter": ("quote_requests",)})
    assert policy.purposes_of("name", source, "offerter") == ["quote_requests"]
    assert policy.purposes_of("name", source, "public.offerter") == ["quote_requests"]
    assert policy.purposes_of("name", source, "kunder") == ["service_provision"]


def test_retentions_and_bases(policy: Policy) -> None:
    assert policy.retentions(["quote_requests", "security_misuse"], "name") == [
        "6 månader",
        "Så länge det finns en kundrelation med oss och 12 månader därefter",
    ]
    assert policy.retentions([], "cookie_data") == []
    assert policy.legal_bases(["service_provision", "security_misuse"]) == [
        "Fullgörande av ingångna avtal (art. 6(1)(b))"
    ]


def test_every_category_has_a_label_and_a_purpose_or_rule(policy: Policy) -> None:
    for id, category in policy.categories.items():
        assert category.sv
        assert category.en
        assert policy.purposes_with(id) or policy.rules_of(id), id


def test_every_entity_has_a_home_and_every_home_is_for_a_known_entity(policy: Policy) -> None:
    parts = [*policy.categories.values(), *policy.not_in_policy.values()]
    homes = {entity.partition(":")[0] for part in parts for entity in part.detect.home}
    named = set(ENTITIES) - {"link"}  # a key between records: asked for, but no finding
    assert homes | set(policy.document.not_personal) == named
    assert {entity for part in parts for entity in part.detect.where_named} <= set(ENTITIES)


def test_bundled() -> None:
    assert bundled() == ["omnipoint"]


WRONG = [
    ("schema: 1", "schema: 2", "schema: Input should be 1"),
    ("    sensitivity: protected", "    sensitivity: secret", "categories.personal_identity_number.sensitivity: "),
    (
        "    retention: R_QUOTE_6M",
        "    retention: R_QUOTE",
        "purposes.quote_requests.retention: 'R_QUOTE' is not known",
    ),
    ("    retention: R_QUOTE_6M", "    retention: R_QUOTE_6M\n    retentoin: x", "purposes.quote_requests.retentoin: "),
    ("home: [COOKIE_ID]", "home: [EMAIL_ADDRESS]", "EMAIL_ADDRESS has its home in categories.email already"),
    ("home: [COOKIE_ID]", "home: [cookie]", "categories.cookie_data.detect.home.0: "),
    ("'(^|_)[fe]_?namn(_|$)'", "'(^|_[fe]_?namn(_|$)'", "categories.name.detect.name_hints.4: no regular expression"),
    ("\n  cookie_data:\n    sv:", "\n  email:\n    sv:", "'email' is given twice"),
    (
        "    after: cookie_set",
        "    after: cookie_baked",
        "retention_rules.R_COOKIES.after: 'cookie_baked' is not known",
    ),
    ("schema: 1", "schema: [", "line "),
]


@pytest.mark.parametrize(("right", "wrong", "says"), WRONG)
def test_a_wrong_policy_is_refused_in_one_line(tmp_path: Path, right: str, wrong: str, says: str) -> None:
    text = (Path(__file__).parents[2] / "reports/policies/omnipoint.yaml").read_text("utf-8")
    path = tmp_path / "egen.yaml"
    path.write_text(text.replace(right, wrong, 1), "utf-8")
    with pytest.raises(PolicyError) as error:
        load(str(path))
    message = str(error.value)
    assert message.startswith(f"{path}: ")
    assert says in message
    assert "\n" not in message


@pytest.mark.parametrize("content", ["", "- a\n", "\x00"])
def test_a_file_that_is_no_policy(tmp_path: Path, content: str) -> None:
    path = tmp_path / "egen.yaml"
    path.write_text(content)
    with pytest.raises(PolicyError, match=r"no policy: the file has no keys$|no YAML$"):
        load(str(path))


def test_a_missing_file_names_what_there_is() -> None:
    with pytest.raises(PolicyError, match=r"omnipiont: No such file or directory; .* omnipoint$"):
        load("omnipiont")
