"""Which columns of a table say from when to when something was."""

from __future__ import annotations

import pytest

from scanner.linking.times import OPEN, Times, dated

FROM, TO = 1, 2
NO_TIME = """\
opened_at/closed_at created_at/updated_at created_at/expires_at created_at/last_updated
registered/last_login first_seen/last_seen ordered_at/cancelled_at order_created/order_cancelled
fakturadatum/förfallodatum FDAT/FFDAT purchase_date/warranty_end köpdatum/garanti_tom
order_date/ship_date skapad/ändrad REGD/ANDRD tid/tidpunkt reg_tid/start_tid inbet_dat/utbet_dat
född/avliden station/region
"""
OTHER_WORDS = """\
STARTD/SLUTD validfrom/validto contractstartdate/contractenddate startedat/endedat
effective_date/termination_date activated_at/cancelled_at avtalstart/uppsagd tecknad/uppsagd
SignedDate/TerminatedDate joined_at/left_at created_at/canceled_at InstDate/RemDate INSTD/DEMD
mont_dat/demont_dat deployed_at/decommissioned_at köpt_datum/sålt_datum purchased_at/sold_at
granted_on/expires_on issued/expired utfärdad/återtagen assigned_at/released_at aktiv_från/inaktiv_från
REGD/AVSLD inkopplad/urkopplad inkopplad_dat/bortkopplad_dat in_dat/ut_dat inskriven/utskriven
date_in/date_out första_dag/sista_dag börjar/slutar starts_at/ends_at ANSTD/SLUTD DtFrom/DtTo
"""


def told(*names: str, last: int = 400) -> Times | None:
    """What one or two columns of days tell, the second so many days after the first."""
    columns = (FROM, TO)[: len(names)]
    days = [{column: start + last * (column == TO) for column in columns} for start in range(15_000, 15_010)]
    return dated(dict(zip(columns, names, strict=True)), days).times


@pytest.mark.parametrize(
    "names",
    [
        ("installed_at", "removed_at"),
        ("installation_date", "uninstalled_on"),
        ("monterad", "nedmonterad"),
        ("aktiverad_dat", "avaktiverad_dat"),
        ("insatt", "uttagen"),
        ("InstallDate", "UsageEndDate"),
        ("bound_at", "unbound_at"),
        ("panel_kopplad", "panel_frånkopplad"),
    ],
)
def test_when_something_was_put_and_taken_away_tell_how_long_it_was_there(names: tuple[str, str]) -> None:
    assert told(*names) == Times(FROM, TO)


@pytest.mark.parametrize("name", ["installed_at", "monterad", "activated_at"])
def test_when_something_was_put_tells_by_itself_nothing(name: str) -> None:
    assert told(name) is None
    assert told(name, "checked_at") is None


def test_what_is_taken_away_before_it_is_put_was_nowhere() -> None:
    assert told("installed_at", "removed_at", last=-400) is None


@pytest.mark.parametrize(
    ("rows", "wrong", "times"),
    [(3, 1, Times(FROM, TO)), (3, 2, None), (2, 1, None), (20, 2, Times(FROM, TO)), (20, 3, None)],
)
def test_one_of_a_few_and_one_of_ten_may_be_a_mistake(rows: int, wrong: int, times: Times | None) -> None:
    days = [{FROM: 15_000, TO: 15_400 - 800 * (at < wrong)} for at in range(rows)]
    assert dated({FROM: "installed_at", TO: "removed_at"}, days).times == times


@pytest.mark.parametrize("last", ["warranty_until", "garanti_till", "battery_expires"])
def test_a_thing_that_is_no_longer_under_warranty_is_still_there(last: str) -> None:
    assert told("installed_at", last) is None


@pytest.mark.parametrize("name", ["plan_start", "booklet_from"])
def test_a_plan_that_somebody_has_begins(name: str) -> None:
    assert told(name) == Times(FROM, None)


def test_when_something_began_tells_by_itself_that_it_lasts_until_the_next() -> None:
    assert told("fr_o_m") == Times(FROM, None)


@pytest.mark.parametrize("name", ["scheduled_start", "planerad_start", "bokad_fr_o_m", "besök_start"])
def test_when_somebody_is_to_come_tells_of_no_time_that_lasts(name: str) -> None:
    assert told(name) is None


def lasts(*names: str) -> tuple[int, int] | None:
    """From when to when a row of a thing lasts, by one or two columns of days, the second 400 days after the first."""
    columns = (FROM, TO)[: len(names)]
    days = [{column: start + 400 * (column == TO) for column in columns} for start in range(15_000, 15_010)]
    return dated(dict(zip(columns, names, strict=True)), days).lasts(days[0])


@pytest.mark.parametrize("name", ["installed_at", "monterad", "activated_at"])
def test_a_thing_that_was_put_somewhere_stays_there_if_no_other_day_is_told(name: str) -> None:
    assert lasts(name) == (15_000, OPEN)
    assert lasts(name, "checked_at") is None


def test_a_thing_that_was_taken_away_stayed_till_then() -> None:
    assert lasts("installed_at", "removed_at") == (15_000, 15_400)


@pytest.mark.parametrize("name", ["created_at", "fr_o_m"])
def test_of_other_days_none_tells_alone_that_a_thing_stays(name: str) -> None:
    assert lasts(name) is None


def test_a_thing_of_which_no_day_is_told_stays_nowhere() -> None:
    assert dated({FROM: "installed_at"}, [{FROM: 15_000}]).lasts({}) is None


@pytest.mark.parametrize(
    "names",
    [
        ("start_date", "out_of_service_date"),
        ("started_at", "ended_at"),
        ("startad_dat", "slut_dat"),
        ("started_on", "ended_on"),
    ],
)
def test_when_something_started_and_ended_tell_from_when_to_when(names: tuple[str, str]) -> None:
    assert told(*names) == Times(FROM, TO)


@pytest.mark.parametrize("names", OTHER_WORDS.split())
def test_other_words_for_a_beginning_and_an_end_tell_so_as_well(names: str) -> None:
    assert told(*names.split("/")) == Times(FROM, TO)


@pytest.mark.parametrize("names", NO_TIME.split())
def test_days_that_only_follow_each_other_tell_no_time(names: str) -> None:
    got = told(*names.split("/"))
    assert got is None or got.last is None


def test_of_in_and_out_the_days_tell_which_comes_first() -> None:
    assert told("in_dat", "ut_dat", last=-400) == Times(TO, FROM)


@pytest.mark.parametrize("name", ["signed_at", "köpdatum", "created_at", "cancelled_at", "effective_date"])
def test_a_day_on_which_something_was_agreed_tells_by_itself_of_no_time(name: str) -> None:
    assert told(name) is None
