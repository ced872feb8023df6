import pytest

from connectors.extract.dates import dates_of


@pytest.mark.parametrize("name", ["datum", "skapad", "created_at", "updateDate", "Tid", "timestamp", "Avtalsdatum"])
def test_iso_dates_under_a_date_name_tell_the_age(name: str) -> None:
    assert dates_of({name: ["2026-01-02", "2026-01-03T10:00:00Z", "", None, "okänt"]}) == {
        name: ["2026-01-02", "2026-01-03", None, None, None]
    }


@pytest.mark.parametrize(
    "name", ["födelsedatum", "birthDate", "fodelsedatum", "dob_date", "date_of_birth", "födddatum"]
)
def test_a_date_of_birth_is_no_age(name: str) -> None:
    assert dates_of({name: ["1990-01-18"]}) == {}


@pytest.mark.parametrize(
    ("name", "value"),
    [("namn", "2026-01-02"), ("datum", "2 januari"), ("datum", ""), ("datum", "2026-02-30"), ("tid", "2026-01-021")],
)
def test_other_columns_and_values_are_no_dates(name: str, value: str) -> None:
    assert dates_of({name: [value]}) == {}
