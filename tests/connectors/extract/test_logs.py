"""Lines of logs: a record each, with its day and what it names; nothing of a line is given twice."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors.base import Batch
from connectors.extract import Limits, extract
from connectors.extract.answers import pieces, read, written
from connectors.files import FilesConnector
from connectors.testing import assert_contract

ACCESS = '192.0.2.1 - - [{}/2024:10:00:00 +0100] "GET /?kund=K{} HTTP/1.1" 200 1\n'


def batches(text: str, limits: Limits | None = None) -> list[Batch]:
    return [one for one in extract("a.log", text.encode(), limits) if isinstance(one, Batch)]


def named(*lines: str) -> dict[str, list[str | None]]:
    (batch,) = batches("".join(f"2024-05-01T10:00:0{at} {line}\n" for at, line in enumerate(lines)))
    return {name: list(values) for name, values in batch.named.items()}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("INFO view policy=60205240 device=web", {"policy": ["60205240"], "device": ["web"]}),
        ("portal: INFO: kund: 912: ok", {"kund": ["912"]}),
        ("OBJ=70401, st: 4", {"OBJ": ["70401"], "st": ["4"]}),
        ('evt {"policy": 60206275, "ägare":"Anna Ek"}', {"policy": ["60206275"], "ägare": ["Anna Ek"]}),
        ("cam1 plate='ABC 12D' conf=0.73.", {"plate": ["ABC 12D"], "conf": ["0.73"]}),
        ("GET https://example.se:443/v?kund=K12&sida=2", {"kund": ["K12"], "sida": ["2"]}),
        ("flytt kund=K12 till kund=K13 sak=9", {"sak": ["9"]}),
        ("req_id=7f3a trace=99 pid=4711 kund=K12", {"kund": ["K12"]}),
        (f"kund={'K' * 61} sak=9", {"sak": ["9"]}),
        (f"{'x' * 3_965} kund=K12345678 sak=9", {}),
        ("started in 12:00:03 at C:\\temp", {}),
    ],
)
def test_what_a_line_names(line: str, expected: dict[str, list[str]]) -> None:
    assert {name: values for name, values in named(line).items() if name != "example.se"} == expected


def test_each_line_has_what_it_names_itself() -> None:
    assert named("view policy=1", "batch antal=7", "view policy=2") == {
        "policy": ["1", None, "2"],
        "antal": [None, "7", None],
    }


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        (["2024-05-01T10:00:03 a", "[2024-05-02 10:00] b", "c"], ["2024-05-01", "2024-05-02", None]),
        (["20240501 100003 a", "20240502-1000 b", "20241399 1000 c"], ["2024-05-01", "2024-05-02", None]),
        (["13/05/2024 10:00 a", "01/06/2024 10:00 b"], ["2024-05-13", "2024-06-01"]),
        (["05/13/2024 10:00 a", "06/01/2024 10:00 b"], ["2024-05-13", "2024-06-01"]),
        ([ACCESS.format("02/Jan", 1), ACCESS.format("03/Dec", 2)], ["2024-01-02", "2024-12-03"]),
    ],
    ids=["ISO", "compact", "day first", "month first", "web servers"],
)
def test_the_day_of_a_line(lines: list[str], days: list[str | None]) -> None:
    (batch,) = batches("\n".join(line.rstrip("\n") for line in lines))
    assert batch.dates == {"time": days}


@pytest.mark.parametrize(
    "lines",
    [["Jan  2 10:00:00 host a", "Jan  3 10:00:00 host b"], ["03/04/2024 10:00 a", "05/06/2024 10:00 b"], ["a", "b"]],
)
def test_a_day_that_a_line_does_not_tell_for_certain_is_none(lines: list[str]) -> None:
    (batch,) = batches("\n".join(lines))
    assert batch.dates == {}


def test_of_very_many_names_few_are_kept_and_those_in_all_batches() -> None:
    lines = "".join(f"2024-05-01 10:00:00 a{at}=1 b{at}=2 kund=K{at} och mer\n" for at in range(2_000))
    found = batches(lines, Limits(batch_records=200))
    assert len(found) == 10
    assert all("kund" in batch.named for batch in found)
    assert len({name for batch in found for name in batch.named}) == 1


def test_of_a_line_that_comes_in_parts_none_names_anything() -> None:
    limits = Limits(line_chars=1 << 20, held_bytes=1 << 20)
    data = io.BytesIO(
        ("2024-05-01 10:00:00 kund=K1\n" * 3 + f"2024-05-01 10:00:00 kund=K2 {'x ' * 2_000_000}\n").encode()
    )
    (batch,) = (one for one in extract("a.log", data, limits) if isinstance(one, Batch))
    parts = [record for record in batch.records if record and "part" in record]
    assert batch.named == {"kund": ["K1"] * 3 + [None] * len(parts)}
    assert len(parts) > 1


def test_what_lines_name_comes_over_from_the_child_in_pieces() -> None:
    lines = "".join(f"2024-05-01 10:00:0{at} kund=K{at}{' mer' * 1_200_000}\n" for at in range(2))
    (batch,) = batches(lines, Limits(text_block=1 << 30))
    cut = [*pieces(batch)]
    assert len(cut) == 2
    back = [read(written(one), "a.log") for one in cut]
    assert [one.named["kund"] for one in back if isinstance(one, Batch)] == [["K0"], ["K1"]]


@pytest.fixture
def share(tmp_path: Path) -> Iterator[FilesConnector]:
    (tmp_path / "a.log").write_text("2024-05-01 10:00:00 kund=K1\n\n2024-05-02 10:00:00 kund=K2 Anna\n")
    with FilesConnector(path=str(tmp_path)) as connector:
        yield connector


def test_a_line_is_fetched_as_the_one_text_that_it_is(share: FilesConnector) -> None:
    assert [*share.fetch("a.log", [{"row": 3}])] == [({"row": 3}, {"": "2024-05-02 10:00:00 kund=K2 Anna"})]
    unit = next(iter(share.units()))
    batch = [one for one in share.read(unit) if isinstance(one, Batch)][-1]  # type: ignore[arg-type]
    assert list(batch.fields) == [""]
    assert batch.named == {"kund": ["K1", "K2"]}
    assert set(batch.dates) == {"time", "modified"}


def test_logs_keep_to_the_contract(tmp_path: Path) -> None:
    (tmp_path / "a.log").write_text("2024-05-01 10:00:00 kund=K1\n2024-05-02 10:00:00 kund=K2 Anna\n")
    assert_contract(lambda: FilesConnector(path=str(tmp_path), sandbox=False))
