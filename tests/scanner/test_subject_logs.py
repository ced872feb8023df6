"""Lines of logs that name nobody, but the key of something: a policy, a flat, a car that changes hands."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from connectors import Connector
from connectors.files import FilesConnector
from recognizers import Analyzer
from scanner.engine import Scanner
from scanner.store import Store
from scanner.subject.outcome import Grade
from tests.scanner.fakes import MemoryConnector, Rows
from tests.scanner.test_subject_crossing import ANNA, SVEN, customers, found

pytestmark = pytest.mark.slow


def share(folder: Path, **logs: Sequence[str]) -> FilesConnector:
    (folder / "logg").mkdir()
    for name, lines in logs.items():
        (folder / "logg" / f"{name}.log").write_text("\n".join(lines), encoding="utf-8")
    return FilesConnector(path=str(folder / "logg"), sandbox=False)


def lines_of(hits: dict[tuple[str, str], Grade]) -> dict[str, Grade]:
    return {row: grade for (unit, row), grade in hits.items() if unit.endswith(".log")}


def leases() -> dict[str, Rows]:
    numbers = [f"60{205_117 + 331 * at}" for at in range(6)]
    rows: Rows = [{"id": f"h{at}", "kontraktsnr": number, "kund": f"K{at}"} for at, number in enumerate(numbers)]
    return {"kunder": customers(), "kontrakt": rows}


@pytest.mark.parametrize(
    "line",
    [
        "2024-05-0{day}T10:00:03 INFO view kontrakt=60{number} app=web",
        "2024-05-0{day} 10:00:03 portal: KONTRAKT: 60{number}, ok",
        '2024-05-0{day} 10:00:03 {{"kontraktsnr":"60{number}","ms":12}}',
        '192.0.2.{day} - - [0{day}/May/2024:10:00:03 +0200] "GET /se?kontrakt=60{number} HTTP/1.1" 200 {number}',
    ],
)
def test_a_line_that_names_a_key_is_of_whose_that_is(store: Store, tmp_path: Path, line: str) -> None:
    lines = [line.format(day=at % 6 + 1, number=205_117 + 331 * (at % 6)) for at in range(12)]
    sources: dict[str, Connector] = {"hyra": MemoryConnector(leases()), "logg": share(tmp_path, portal=lines)}
    assert lines_of(found(store, sources, ANNA)) == dict.fromkeys(("1", "7"), Grade.PROBABLE)


def test_what_a_line_counts_or_what_is_but_a_number_of_a_program_leads_nowhere(store: Store, tmp_path: Path) -> None:
    numbers = [f"60{205_117 + 331 * (at % 6)}" for at in range(12)]
    lines = [f"2024-05-01T10:00:03 pid={one} trace_id={one} request={one} n={at}" for at, one in enumerate(numbers)]
    sources: dict[str, Connector] = {"hyra": MemoryConnector(leases()), "logg": share(tmp_path, portal=lines)}
    assert lines_of(found(store, sources, ANNA)) == {}


def test_nothing_of_a_line_is_found_twice(store: Store, tmp_path: Path) -> None:
    lines = [f"2024-05-01 10:00:0{at} login epost=anna{at}@example.se personnr={ANNA}" for at in range(6)]
    Scanner(store, Analyzer()).scan({"logg": share(tmp_path, portal=lines)})
    with store.reading() as connection:
        count = "SELECT count(*), count(DISTINCT record_id || ':' || start) FROM finding WHERE score >= 0.5"
        every, apart = connection.exec_driver_sql(count).one()
    assert every == apart == 12


_LETTERS = ["LAM", "MES", "OND", "SUR", "UFO", "ZOG", "WAM", "ETT", "JUD", "KLO", "PAX", "TOR"]
PLATES = [f"{letters}{207 + 61 * at}" for at, letters in enumerate(_LETTERS)]
DAYS = ("2019-02-01", "2020-02-01", "2021-02-01", "2022-02-01")


def garage() -> dict[str, Rows]:
    """Twelve cars of six customers; the first was Sven's until the end of 2020, Anna's from then on."""
    had = [(plate, f"K{at % 6}", "2018-01-01", "") for at, plate in enumerate(PLATES)]
    had[0:1] = [(PLATES[0], "K1", "2018-01-01", "2020-12-31"), (PLATES[0], "K0", "2021-01-01", "")]
    return {
        "kunder": customers(),
        "bilar": [{"id": plate, "marke": "Volvo"} for plate in PLATES],
        "agande": [
            {"id": f"a{at}", "bil_id": plate, "kund_id": who, "fran": start, "till": end or None}
            for at, (plate, who, start, end) in enumerate(had)
        ],
    }


def gate(strangers: int = 0) -> list[str]:
    """A line a car and year, and of cars that nobody knows."""
    seen = [(day, plate) for day in DAYS for plate in PLATES]
    seen += [(DAYS[0], f"GYM{100 + at}") for at in range(strangers)]
    return [f"{day}T12:00:03 cam1 plate={plate} conf=0.{at % 9}7" for at, (day, plate) in enumerate(seen)]


@pytest.mark.parametrize(("strangers", "told"), [(0, True), (4, True), (5, False)])
def test_what_a_camera_sees_is_of_who_had_the_car_that_day(
    store: Store, tmp_path: Path, strangers: int, told: bool
) -> None:
    sources: dict[str, Connector] = {
        "verkstad": MemoryConnector(garage()),
        "port": share(tmp_path, kamera=gate(strangers)),
    }
    anna, sven = (lines_of(found(store, sources, who)) for who in (ANNA, SVEN))
    own = [str(12 * year + 7) for year in range(4)]  # the other car of Anna's, and below of Sven's
    hers, his = {"25", "37", *own}, {"1", "13", *(str(12 * year + at) for year in range(4) for at in (2, 8))}
    assert anna == (dict.fromkeys(hers, Grade.PROBABLE) if told else {})
    assert sven == (dict.fromkeys(his, Grade.PROBABLE) if told else {})


def test_numbers_that_two_tables_have_lead_to_neither_from_a_line_of_another_name(store: Store, tmp_path: Path) -> None:
    tables = garage()
    tables["hyrbilar"] = [{"id": plate, "farg": "röd"} for plate in (*PLATES[:5], "GYM200", "GYM201")]
    sources: dict[str, Connector] = {"verkstad": MemoryConnector(tables), "port": share(tmp_path, kamera=gate(2))}
    assert lines_of(found(store, sources, ANNA)) == {}


def test_running_numbers_lead_nowhere_where_a_table_has_but_most_of_them(store: Store, tmp_path: Path) -> None:
    rows: Rows = [{"id": str(4000 + at), "kund": f"K{at % 6}"} for at in range(12)]
    lines = [f"2024-05-01T10:00:03 station={4000 + at % 14} n={at}" for at in range(28)]
    sources: dict[str, Connector] = {
        "crm": MemoryConnector({"kunder": customers(), "anmalningar": rows}), "logg": share(tmp_path, st=lines)
    }  # fmt: skip
    assert lines_of(found(store, sources, ANNA)) == {}
