import pytest

from connectors.dates import dates_of, form_of
from connectors.day_forms import Form


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
    [
        ("namn", "2026-01-02 kom"),
        ("datum", "2 januari"),
        ("datum", ""),
        ("datum", "2026-02-30"),
        ("tid", "2026-01-021"),
    ],
)
def test_other_columns_and_values_are_no_dates(name: str, value: str) -> None:
    assert dates_of({name: [value]}) == {}


@pytest.mark.parametrize(
    "name", ["AVLDAT", "TOMDAT", "fran", "giltig_till", "Inflyttningsdatum", "slut", "to", "fr_o_m", "t_o_m"]
)
def test_a_column_of_numbers_that_are_days_tells_them(name: str) -> None:
    values = ["20240131", "0", None, "99991231", " 20240229 "]
    assert dates_of({name: values}) == {name: ["2024-01-31", None, None, None, "2024-02-29"]}


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("ordernr", ["20240131", "20240229"]),
        ("slut", ["20240131", "20240231"]),
        ("FODDAT", ["19850709"]),
        ("data", ["20240131"]),
        ("tillagt_av", ["20240131"]),
        ("TOMDAT", ["0", "99991231"]),
    ],
)
def test_other_numbers_are_no_days(name: str, values: list[str]) -> None:
    assert dates_of({name: values}) == {}


def test_numbers_that_are_days_with_the_time_tell_the_days() -> None:
    values = ["202401310815", "20240229235959", "0"]
    assert dates_of({"skapad_ts": values}) == {"skapad_ts": ["2024-01-31", "2024-02-29", None]}
    for other in ("202401312415", "202401310860", "2024013108155", "202413010815"):
        assert dates_of({"skapad_ts": [other]}) == {}


@pytest.mark.parametrize(
    ("values", "days"),
    [
        (["20240131 0815", "", "20240229T10:00:59"], ["2024-01-31", None, "2024-02-29"]),
        (["31/1/2024", "01.02.2024 10:00", None], ["2024-01-31", "2024-02-01", None]),
        (["2/1/2024", "1/31/2024"], ["2024-02-01", "2024-01-31"]),
        (["2024/1/31 08:15", "2024/12/01"], ["2024-01-31", "2024-12-01"]),
        (["240131", "0", "851201", "000000"], ["2024-01-31", None, "1985-12-01", None]),
    ],
)
def test_other_ways_to_write_days_tell_them_in_columns_of_nothing_else(
    values: list[str | None], days: list[str | None]
) -> None:
    assert dates_of({"BEGDT": values}) == {"BEGDT": days}
    assert form_of("BEGDT", values) is Form.OTHER
    assert dates_of({"BEGDT": [*values, "okänt"]}) == {}
    assert dates_of({"belopp": values}, any_name=True) == {}


@pytest.mark.parametrize("name", ["tid", "from", "summa", "data", "FODDT"])
def test_six_digits_are_days_only_where_the_name_says_so(name: str) -> None:
    assert dates_of({name: ["081230", "101112"]}, any_name=True) == {}


def test_days_with_their_time_tell_them_whatever_their_column_is_called() -> None:
    days = [f"2024-{month:02}-15" for month in range(1, 9)]
    for form in ("{}T08:15:00Z", "{} 08:15"):
        times = [form.format(day) for day in days]
        assert dates_of({"passage": times}) == {"passage": days}
        assert dates_of({"passage": [*times, "2024-01-15"]}) == {}
        assert dates_of({"passage": times[1:]}) == {}
        assert dates_of({"passage": [*times, form.format("1985-12-01")]}) == {}
    assert dates_of({"passage": [f"{day.replace('-', '')} 0815" for day in days]}) == {"passage": days}


def test_how_a_column_writes_its_dates_is_told() -> None:
    assert form_of("tid", ["", "20240131", "202402290815"]) is Form.DIGITS
    assert form_of("tid", ["2024-01-31", "2024-02-29 08:15"]) is Form.ISO
    assert form_of("tid", [None]) is Form.ISO


def test_some_numbers_that_are_all_days_tell_them_whatever_their_column_is_called() -> None:
    days = [f"2024{month:02}15" for month in range(1, 9)]
    assert dates_of({"uttag": days}, any_name=True) == {"uttag": [f"2024-{month:02}-15" for month in range(1, 9)]}
    assert dates_of({"uttag": days[1:]}, any_name=True) == {}
    assert dates_of({"uttag": [*days, "20241315"]}, any_name=True) == {}
    assert dates_of({"pnr": [*days, "19780412"]}, any_name=True) == {}


def test_a_column_of_nothing_but_dates_tells_them_whatever_it_is_called() -> None:
    columns = {"a": ["2024-01-31", "", "2024-02-01 10:00"], "b": ["2024-01-31", "ingen"]}
    assert dates_of(columns, any_name=True) == {"a": ["2024-01-31", None, "2024-02-01"]}
    assert dates_of(columns) == {}


def test_a_date_that_never_comes_is_none() -> None:
    assert dates_of({"giltig_till": ["2024-01-31", "9999-12-31"]}) == {"giltig_till": ["2024-01-31", None]}


SIX = ["160430", "240316", "130624", "241027", "191213", "150205"]


@pytest.mark.parametrize("name", ["fom", "tom", "fda", "skapad"])
def test_some_different_numbers_of_six_digits_are_days_in_a_column_called_as_one(name: str) -> None:
    days = [f"20{value[:2]}-{value[2:4]}-{value[4:]}" for value in SIX]
    assert dates_of({name: [*SIX, "", None]}) == {name: [*days, None, None]}
    assert form_of(name, SIX) is Form.OTHER
    assert dates_of({name: [*SIX, "160431"]}) == {}
    assert dates_of({name: SIX[:4]}) == {}
    assert dates_of({"ocr": SIX}, any_name=True) == {}


@pytest.mark.parametrize("unit", ["", "000", ".125"])
def test_seconds_since_1970_are_days_in_a_column_called_as_one(unit: str) -> None:
    seconds = [f"{1_706_688_900 + 86_400 * at}{unit}" for at in range(5)]
    days = ["2024-01-31", "2024-02-01", "2024-02-02", "2024-02-03", "2024-02-04"]
    assert dates_of({"ts": [*seconds, None, "0"]}) == {"ts": [*days, None, None]}
    assert form_of("created", seconds) is Form.OTHER
    assert dates_of({"ts": [*seconds, "5550103000"]}) == {}
    assert dates_of({"ts": seconds[:3]}) == {}
    assert dates_of({"referens": seconds}, any_name=True) == {}


@pytest.mark.parametrize("name", ["occurred_at_ms", "sent_at", "signed_on"])
def test_a_name_that_says_at_or_on_is_that_of_a_time(name: str) -> None:
    milliseconds = [f"{1_706_688_900_000 + 86_400_000 * at}" for at in range(5)]
    days = ["2024-01-31", "2024-02-01", "2024-02-02", "2024-02-03", "2024-02-04"]
    assert dates_of({name: milliseconds}) == {name: days}
    assert dates_of({"format": milliseconds, "station": milliseconds}) == {}


@pytest.mark.parametrize("name", ["eff_dt", "EFF_DT", "dt"])
def test_dt_is_a_date_also_as_a_word_of_its_own(name: str) -> None:
    assert dates_of({name: ["20240131", "20240229"]}) == {name: ["2024-01-31", "2024-02-29"]}
    assert dates_of({"width": ["20240131", "20240229"]}) == {}
