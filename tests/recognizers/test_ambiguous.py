"""Fields whose names say two things: days of birth or of invoices, ends of calls, references of accounts."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from recognizers import Analyzer

THIS_YEAR = datetime.now(tz=UTC).year
BILLED = [f"{(THIS_YEAR - 1 - at % 3) % 100:02}{1 + at:02}01" for at in range(12)]
BORN = [f"{60 + at}0709" for at in range(12)]
NUMBERS = [str(at) for at in range(101, 113)]
PHONES = [f"07017406{at:02}" for at in range(5, 17)]
KEYS = [str(41_202 + 13 * at) for at in range(12)]


def _found(entity: str, field: str, values: list[str], *beside: str, unit: str = "", **columns: list[str]) -> int:
    fields = {field: values} | dict.fromkeys(beside, NUMBERS[: len(values)]) | columns
    found = Analyzer().find(fields, unit=unit)
    return len({m.record for m in found if (m.entity, m.field) == (entity, field) and m.score >= 0.5})


@pytest.mark.parametrize("field", ["FDAT", "f_dat", "F_Datum", "fdatum", "fakt.f_dat"])
@pytest.mark.parametrize("beside", [("FNR", "KNR", "FFDAT", "OCR"), ("id", "status"), ("belopp",)])
def test_days_of_invoices_are_nobodys_birth(field: str, beside: tuple[str, ...]) -> None:
    assert _found("DATE_OF_BIRTH", field, BILLED, *beside) == 0


def test_old_invoices_are_none_either() -> None:
    assert _found("DATE_OF_BIRTH", "FDAT", ["080115", "080215", "080315"], "FNR", "OCR", "BEL") == 0


@pytest.mark.parametrize("beside", [("id",), ("KNR", "STATUS"), ()])
def test_days_long_ago_are_of_births(beside: tuple[str, ...]) -> None:
    assert _found("DATE_OF_BIRTH", "FDAT", BORN, *beside) == len(BORN)


@pytest.mark.parametrize("beside", ["namn", "Fornamn", "pnr", "barn", "elevnamn", "full_name"])
def test_children_beside_their_names_are_born_lately(beside: str) -> None:
    assert _found("DATE_OF_BIRTH", "fdat", BILLED, beside, "klass") == len(BILLED)


def test_invoices_beside_whom_they_are_for_go_by_their_years() -> None:
    assert _found("DATE_OF_BIRTH", "FDAT", BILLED, "NAMN", "OCR", "FFDAT") == 0
    assert _found("DATE_OF_BIRTH", "FDAT", BORN, "NAMN", "OCR", "FFDAT") == len(BORN)


def test_a_day_by_itself_is_hidden() -> None:
    assert Analyzer().spans(BILLED[0], "fdat")


ENDS = ["fran", "från", "till", "from", "to", "a_nr", "b_nr", "a-nummer", "anr", "bnr", "uppringande", "src", "dst"]
ENDS += ["callee", "caller", "from_number", "till_nr", "called", "avsändare", "ani", "cdr.fran"]


@pytest.mark.parametrize("field", ENDS)
def test_ends_of_calls_are_telephones_however_they_are_written(field: str) -> None:
    assert _found("PHONE_NUMBER", field, PHONES, "tid") == len(PHONES)
    assert _found("PHONE_NUMBER", field, [phone[1:] for phone in PHONES], "tid") == len(PHONES), "the zero is eaten"
    assert _found("PHONE_NUMBER", field, ["0846500400", "201", "anonymous"], "tid") == 1, "the office, and extensions"


@pytest.mark.parametrize("field", ["fran", "till", "from", "to", "anr", "src"])
@pytest.mark.parametrize(
    "values",
    [["2024-01-01", "2024-02-01"], ["01022024", "03042024"], ["08:00", "17:00"], ["Malmö", "Lund"], ["1", "9"]],
)
def test_other_ends_are_none(field: str, values: list[str]) -> None:
    assert _found("PHONE_NUMBER", field, values, "tid") == 0


def test_mail_goes_from_and_to_addresses() -> None:
    mails = [f"kund{at}@example.com" for at in range(9)]
    assert _found("EMAIL_ADDRESS", "from", mails, "subject") == len(mails)


@pytest.mark.parametrize("field", ["external_ref", "ref", "ext_id", "erp_nr", "legacy_id"])
@pytest.mark.parametrize("unit", ["accounts", "exports/accounts-2025-01-15.json", "kunder.csv", "crm.customers"])
def test_what_another_system_calls_a_customer_by_is_its_number(field: str, unit: str) -> None:
    assert _found("CUSTOMER_ID", field, KEYS, "display_name", "billing_email", unit=unit) == len(KEYS)


@pytest.mark.parametrize(("unit", "beside"), [("payments", "email"), ("accounts", "saldo"), ("", "email")])
def test_other_references_are_none(unit: str, beside: str) -> None:
    assert _found("CUSTOMER_ID", "external_ref", KEYS, beside, unit=unit) == 0
    assert _found("CUSTOMER_ID", "external_ref", ["Malin", "ert brev"], "email", unit="accounts") == 0


def test_a_field_may_say_itself_whose_reference_it_is() -> None:
    assert _found("CUSTOMER_ID", "sidecar.customer.external_ref", KEYS[:1]) == 1


def test_records_one_by_one_are_judged_as_alone() -> None:
    assert not Analyzer().tells_nothing(["fran", "text"])
    assert not Analyzer().tells_nothing(["fdat", "text"])
