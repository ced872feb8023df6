"""Each scan that changes something is remembered; the next says what is new, gone, changed, or cannot be told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from scanner import config as configuration
from scanner.keys import new_key
from scanner.reporting import snapshots
from scanner.store import schema
from scanner.workflow import opened
from tests.scanner.forking import insyn

pytestmark = pytest.mark.slow
ANNA, BO, EVA = "anna.ek@example.se", "bo.ahl@example.se", "eva.alm@example.se"


@pytest.fixture
def estate(tmp_path: Path) -> Path:
    new_key(tmp_path / "insyn.key")
    for folder in ("sale", "old", "arkiv"):
        (tmp_path / "share" / folder).mkdir(parents=True)
        (tmp_path / "share" / folder / "lista.csv").write_text(f"epost;ort\n{ANNA};Sala\n{BO};Mora\n")
    (tmp_path / "insyn.yaml").write_text("sources:\n  share: {type: files, path: share}\n")
    scan(tmp_path)
    return tmp_path


def scan(directory: Path, code: int = 0) -> None:
    run = insyn("scan", cwd=directory)
    assert run.code == code, run.err


def compared(directory: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(insyn("inventory", "--format", "json", cwd=directory).out)["trend"]
    return found


def mails(trend: dict[str, Any]) -> dict[str, tuple[str, int, int]]:
    rows = [row for row in trend["changes"] if row["entity"] == "EMAIL_ADDRESS"]
    return {row["unit"]: (row["state"], row["then"], row["now"]) for row in rows}


def test_new_gone_changed_and_what_cannot_be_said(estate: Path) -> None:
    assert compared(estate) is None
    share = estate / "share"
    (share / "sale" / "lista.csv").write_text(f"epost;ort\n{ANNA};Sala\n{BO};Mora\n{EVA};Kiruna\n")
    (share / "old" / "lista.csv").unlink()
    (share / "ny").mkdir()
    (share / "ny" / "lista.csv").write_text(f"epost;ort\n{EVA};Kiruna\n")
    (share / "arkiv" / "lista.csv").unlink()
    (share / "arkiv" / "trasig.zip").write_bytes(b"PK\x03\x04 broken")
    scan(estate, 3)
    assert mails(compared(estate)) == {
        "ny": ("new", 0, 1),
        "old": ("gone", 2, 0),
        "sale": ("changed", 2, 3),
        "arkiv": ("not_comparable", 2, 0),
    }


def told(directory: Path, number: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(insyn("scans", str(number), "--format", "json", cwd=directory).out)
    return found


def test_a_scan_is_told_of_after_later_ones(estate: Path) -> None:
    share = estate / "share"
    (share / "arkiv" / "trasig.zip").write_bytes(b"PK\x03\x04 broken")
    (share / "old" / "lista.csv").unlink()
    scan(estate, 3)
    second = told(estate, 2)
    (part,) = second["parts"]
    assert part["units"] == {"unchanged": 2, "unreadable": 1}
    assert [(source, one["unit"], one["reason"]) for source, one in second["unread"]] == [
        ("share", "arkiv/trasig.zip", "corrupt")
    ]
    (shift,) = second["shifts"]
    assert (shift["gone"], shift["new"], shift["then"] - shift["now"]) == (1, 0, 2)
    assert told(estate, 1)["shifts"] is None
    scan(estate, 3)
    assert (told(estate, 2)["unread"], told(estate, 2)["later"]) == ([], 1)
    assert told(estate, 3)["shifts"] == []
    assert [line.split()[0] for line in insyn("scans", cwd=estate).out.splitlines()] == ["3", "2", "1"]
    assert "there is no scan 9" in insyn("scans", "9", cwd=estate).err


def test_a_scan_that_changes_nothing_is_not_remembered(estate: Path) -> None:
    scan(estate)
    config = configuration.load(estate / "insyn.yaml")
    with opened(config) as store, store.reading() as connection:
        assert len(connection.execute(select(schema.snapshot.c.id)).all()) == 1


def test_what_is_read_again_in_vain_is_no_change(estate: Path) -> None:
    (estate / "share" / "arkiv" / "trasig.zip").write_bytes(b"PK\x03\x04 broken")
    scan(estate, 3)
    scan(estate, 3)
    config = configuration.load(estate / "insyn.yaml")
    with opened(config) as store, store.reading() as connection:
        assert len(connection.execute(select(schema.snapshot.c.id)).all()) == 2


def test_what_is_left_out_is_not_said_to_be_gone(estate: Path) -> None:
    (estate / "insyn.yaml").write_text('sources:\n  share: {type: files, path: share, exclude: ["old/*"]}\n')
    scan(estate)
    assert compared(estate)["totals"]["gone"] == 0
    assert mails(compared(estate))["old"] == ("not_comparable", 2, 0)


def test_a_decision_is_no_change(estate: Path) -> None:
    (estate / "share" / "sale" / "lista.csv").write_text(f"epost;ort\n{ANNA};Sala\n")
    scan(estate)
    assert insyn("review", "dismiss", "share", "sale", "epost", "--reason", "test", cwd=estate).code == 0
    assert "sale" not in mails(compared(estate))


def test_snapshots_hold_no_name_in_clear_and_old_ones_only_sums(estate: Path) -> None:
    config = configuration.load(estate / "insyn.yaml")
    with opened(config) as store:
        for number in range(snapshots.KEPT + 3):
            (estate / "share" / f"extra{number}.csv").write_text(f"epost\n{BO}\n")
        with store.transaction() as connection:
            row = connection.execute(select(schema.snapshot)).mappings().one()
            for _ in range(snapshots.KEPT + 3):
                connection.execute(schema.snapshot.insert().values(**{k: v for k, v in row.items() if k != "id"}))
        scan(estate)
        with store.reading() as connection:
            kept = list(connection.scalars(select(schema.snapshot.c.content).order_by(schema.snapshot.c.id)))
    assert len(kept) == snapshots.KEPT + 5
    assert sum(content is not None for content in kept) == snapshots.KEPT
    assert b"lista" not in (estate / "insyn.db").read_bytes()


@pytest.mark.parametrize("format", ["text", "html", "xlsx", "csv"])
def test_it_stands_in_the_inventory(estate: Path, format: str) -> None:
    (estate / "share" / "old" / "lista.csv").unlink()
    scan(estate)
    run = insyn("inventory", "--format", format, "-o", f"out.{format}", cwd=estate)
    assert run.code == 0, run.err
    if format in ("text", "html"):
        assert "borta" in (estate / f"out.{format}").read_text("utf-8")


def test_in_postgresql_too(tmp_path: Path, postgres_db: str) -> None:
    new_key(tmp_path / "insyn.key")
    (tmp_path / "share").mkdir()
    (tmp_path / "share" / "lista.csv").write_text(f"epost;ort\n{ANNA};Sala\n")
    (tmp_path / "insyn.yaml").write_text(f"store: {postgres_db}\nsources:\n  share: {{type: files, path: share}}\n")
    scan(tmp_path)
    (tmp_path / "share" / "ny.csv").write_text(f"epost;ort\n{BO};Mora\n")
    scan(tmp_path)
    assert mails(compared(tmp_path)) == {"": ("changed", 1, 2)}
