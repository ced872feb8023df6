"""Call lists in a database, and names of recordings by a template (T55)."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from connectors import Batch, ConnectorError, State, Unit, Unread
from connectors.recordings import RecordingsConnector
from connectors.recordings.templates import template
from tests.connectors.recordings_folder import OFFICE, write

pytestmark = pytest.mark.slow

ZONE = ZoneInfo("Europe/Stockholm")


def fields(items: list[Batch | Unread]) -> list[dict[str, str]]:
    rows = []
    for item in items:
        assert isinstance(item, Batch), item
        for index in range(len(item.records)):
            rows.append({name: text for name, column in item.fields.items() if (text := column[index])})
    return rows


def test_t55_call_lists_in_a_database(any_db, execute, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    kind = "DATETIME" if "mysql" in any_db else "TIMESTAMP"
    execute(
        any_db,
        f"CREATE TABLE asterisk_cdr (uniqueid VARCHAR(20) PRIMARY KEY, calldate {kind} NULL, src VARCHAR(20),"
        f" dst VARCHAR(20), start {kind} NULL, agent VARCHAR(20))",
        "INSERT INTO asterisk_cdr VALUES ('1.1', NULL, '+46701740605', '0846500400', '2026-03-12 09:15:30', 'a1')",
        "INSERT INTO asterisk_cdr VALUES ('1.2', NULL, '0701740699', '0846500400', '2026-03-13 10:00:00', 'a2')",
        "CREATE TABLE annat (id INTEGER PRIMARY KEY)",
    )
    root = write(tmp_path / "samtal", {"20260312_091502_0701740605.wav": "", "REC-9.wav": ""})
    source = RecordingsConnector(path=str(root), company_numbers=[OFFICE], calls_url=any_db)
    units = [unit for unit in source.units() if isinstance(unit, Unit)]
    lists = [unit for unit in units if unit.kind == "cdr"]
    assert [(unit.key.rpartition(".")[2], bool(unit.version)) for unit in lists] == [("asterisk_cdr", True)]
    joined, orphan = (fields(list(source.read(unit)))[0] for unit in units if unit.kind == "call")
    assert (joined["cdr.uniqueid"], joined["cdr.agent"]) == ("1.1", "a1")
    assert orphan == {"path": "REC-9.wav"}
    (left,) = fields(list(source.read(lists[0])))
    assert left["cdr.src"] == "0701740699"
    notes = source.check().notes
    told = {"recordings: 2", "rows of call lists: 2", "recordings that nothing describes: 1"}
    assert {*told, "rows of call lists without a recording: 1"} <= set(notes)
    before = {unit.key: unit.version for unit in units}
    execute(any_db, "UPDATE asterisk_cdr SET agent = 'a3' WHERE uniqueid = '1.1'")
    after = {unit.key: unit.version for unit in source.units() if isinstance(unit, Unit)}
    assert {key for key in after if after[key] != before[key]} == {
        "20260312_091502_0701740605.wav",
        lists[0].key,
    }


WITH_ZONE = {
    "postgresql": ("TIMESTAMP WITH TIME ZONE", "'2026-03-12 04:15:02-05'"),
    "mysql": ("TIMESTAMP NULL", "FROM_UNIXTIME(1773306902)"),
    "sqlite": ("DATETIME", "'2026-03-12T09:15:02.250Z'"),
}
"""Type of a column that knows points in time, and 10:15:02 in Stockholm."""


def test_t55_times_that_know_their_zone(any_db, execute, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """A call at the same time on the wall of another zone is another call."""
    kind, there = WITH_ZONE[any_db.partition(":")[0].partition("+")[0]]
    execute(
        any_db,
        f"CREATE TABLE cdr (id INTEGER PRIMARY KEY, src VARCHAR(20), start {kind})",
        f"INSERT INTO cdr VALUES (1, '0701740605', {there})",
    )
    names = ["20260312_101502_0701740605.wav", "20260312_091502_0701740605.wav"]
    root = write(tmp_path / "samtal", dict.fromkeys(names, ""))
    source = RecordingsConnector(path=str(root), calls_url=any_db)
    calls = {unit.key: fields(list(source.read(unit)))[0] for unit in source.units() if unit.kind == "call"}
    assert [name for name in names if "cdr.id" in calls[name]] == names[:1]
    assert calls[names[0]]["cdr.start"].endswith("Z")


def test_a_database_of_calls_that_is_not_there_stops_the_source(tmp_path: Path) -> None:
    source = RecordingsConnector(path=str(tmp_path), calls_url=f"sqlite:///{tmp_path}/saknas.db")
    with pytest.raises(ConnectorError, match="there is no such file"):
        list(source.units())


def test_names_by_a_template(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "in/260312-1015 0701740605 Eva Lind.wav": "",
            "annan_20260312_101502_0701740606.wav": "",
            "cdr_1.csv": "caller;start;kund\n070-174 06 05;2026-03-12 10:15;Anna Ek\n"
            "0701740606;2026-03-12 10:15:02;Bo Alm\n",
        },
    )
    source = RecordingsConnector(path=str(tmp_path), names=["{date}-{time} {number} {agent}"])
    calls = [unit for unit in source.units() if isinstance(unit, Unit) and unit.kind == "call"]
    other, own = (fields(list(source.read(unit)))[0] for unit in calls)
    assert (own["name.agent"], own["cdr.kund"]) == ("Eva Lind", "Anna Ek")
    assert ("name.agent" in other, other["cdr.kund"]) == (False, "Bo Alm")


NAMES = [
    ("{date}_{time}_{number}", "a/20260312_101502_0701740605.wav", ("46701740605", "2026-03-12", "")),
    ("{number}-{any}-{date}", "+46701740605-x-y-2026-03-12.mp3", ("46701740605", "2026-03-12", "")),
    ("{agent}/{date}/{time}-{number}", "rot/eva/260312/1015-070 174 06 05.wav", ("46701740605", "2026-03-12", "eva")),
    ("call-{id}", "x/call-A17.wav", ("", "", "")),
]


@pytest.mark.parametrize(("text", "key", "said"), NAMES)
def test_templates(text: str, key: str, said: tuple[str, str, str]) -> None:
    found = template(text).read(key, ZONE)
    assert found is not None
    clues, agent = found
    assert ("".join(clues.numbers), clues.started.day if clues.started else "", agent) == said


@pytest.mark.parametrize("key", ["20260312_0701740605.wav", "x20260312_101502_0701740605_y.wav"])
def test_other_names_fit_no_template(key: str) -> None:
    assert template("{date}_{time}_{number}").read(key, ZONE) is None


@pytest.mark.parametrize("text", ["{datum}_{number}", "{number}_{number}", "utan", ""])
def test_templates_that_are_none(text: str) -> None:
    with pytest.raises(ConnectorError, match="`names`") as error:
        RecordingsConnector(path="x", names=[text])
    assert "\n" not in str(error.value)


def test_a_table_of_calls_that_is_closed_is_told(postgres_db, execute, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    execute(
        postgres_db,
        "CREATE TABLE cdr (id INTEGER PRIMARY KEY)",
        "ALTER TABLE cdr ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE cdr FORCE ROW LEVEL SECURITY",
        "CREATE MATERIALIZED VIEW samtal AS SELECT 1 AS id WITH NO DATA",
    )
    source = RecordingsConnector(path=str(tmp_path), calls_url=postgres_db)
    unread = [item for item in source.units() if isinstance(item, Unread)]
    assert [(item.unit, item.state) for item in unread] == [("public.samtal", State.UNREADABLE)]
