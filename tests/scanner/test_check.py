"""`insyn check` and `scan --dry-run`: what a scan would meet, before one is made."""

from __future__ import annotations

import csv
import json
import sqlite3
from pathlib import Path

import pytest

from scanner.commands.check import duration, size
from scanner.keys import new_key
from tests.scanner.conftest import Demo
from tests.scanner.forking import insyn

pytestmark = pytest.mark.slow


@pytest.fixture
def estate(tmp_path: Path) -> Path:
    new_key(tmp_path / "insyn.key")
    (tmp_path / "share").mkdir()
    (tmp_path / "share" / "a.txt").write_text("hej")
    (tmp_path / "share" / "b.rar").write_bytes(b"Rar!\x1a\x07")
    with sqlite3.connect(tmp_path / "crm.db") as connection:
        connection.execute('CREATE TABLE kunder (id INTEGER PRIMARY KEY, "na\x1bmn" TEXT)')
    connection.close()
    (tmp_path / "insyn.yaml").write_text(
        "sources:\n"
        "  share: {type: files, path: share, owner: IT}\n"
        "  crm: {type: database, url: 'sqlite:///crm.db'}\n"
        "  borta: {type: files, path: finns-inte}\n"
    )
    return tmp_path


def test_check_tells_what_a_scan_would_meet(estate: Path) -> None:
    """S24: also that nobody answers for a source."""
    run = insyn("check", cwd=estate)
    assert run.code == 1
    assert "share (files): ok, 2 units, 9 bytes; a first scan takes a moment\n" in run.out
    assert "  will not be read: .rar: 1 file\n" in run.out
    assert "crm (database): ok, 1 unit, " in run.out
    assert "  warning: the account can write: the file is writable for this account\n" in run.out
    assert "  warning: no owner is named\n" in run.out
    assert "borta (files): cannot be read: " in run.out
    assert list(estate.glob("insyn.db*")) == []


def test_a_source_that_lists_nothing_is_asked_about_and_no_size_is_none(estate: Path) -> None:
    (estate / "tom").mkdir()
    (estate / "insyn.yaml").write_text(
        "sources:\n  tom: {type: files, path: tom, owner: IT}\n  arkiv: {type: declared, owner: IT}\n"
    )
    run = insyn("check", cwd=estate)
    assert run.code == 0
    assert "tom (files): ok, 0 units; a first" in run.out
    assert run.out.count("  warning: 0 units: is the path or address right") == 1
    assert "bytes" not in run.out


def test_reports_print_who_answers_for_each_source(demo: Demo) -> None:
    """S24: owners stand in the inventory and in the record of processing, the missing one as missing."""
    config = demo.directory / "owners.yaml"
    text = (demo.directory / "insyn.yaml").read_text(encoding="utf-8")
    config.write_text(text.replace("    owner: IT\n", ""), encoding="utf-8")
    rows = {}
    for report in ("inventory", "article30"):
        run = insyn(report, "--format", "csv", "-c", config.name, cwd=demo.directory)
        assert run.code == 0, run.err
        rows[report] = list(csv.DictReader(run.out.removeprefix("\ufeff").splitlines(), delimiter=";"))
    owners = {report: {row["System"].split()[0]: row["Ägare"] for row in found} for report, found in rows.items()}
    assert owners["inventory"] == {"crm": "Kundtjänst", "share": "", "samtal": "Kundtjänst"}
    assert owners["article30"] == {"crm": "Kundtjänst", "share": "saknas", "samtal": "Kundtjänst"}


def test_what_is_not_read_is_told_in_words(estate: Path) -> None:
    (estate / "share" / "länk").symlink_to("nowhere")
    deep = estate / "share" / "a" / "b"
    deep.mkdir(parents=True)
    (estate / "insyn.yaml").write_text(
        "sources:\n  share: {type: files, path: share, owner: IT, limits: {folder_depth: 1}}\n"
    )
    run = insyn("check", cwd=estate)
    assert "  1 left out: a link, not followed\n" in run.out
    assert "  warning: a/b/: folders in folders beyond the limit\n" in run.out
    (row,) = json.loads(insyn("check", "--format", "json", cwd=estate).out)
    assert "symlink: 1 skipped" in row["notes"], "for scripts as it is"


def test_check_as_json(estate: Path) -> None:
    rows = {row["source"]: row for row in json.loads(insyn("check", "--format", "json", cwd=estate).out)}
    assert rows["share"]["unreadable"] == [".rar: 1 file"]
    assert (rows["crm"]["units"], rows["crm"]["error"]) == (1, "")
    assert rows["borta"]["error"]


def test_dry_run_lists_units_and_statements(estate: Path) -> None:
    run = insyn("scan", "--dry-run", "share", "crm", cwd=estate)
    assert run.code == 0
    assert "share\ta.txt\tfile\t3\tnew\n" in run.out
    unit, statement, summary = run.out.splitlines()[-3:]
    assert unit == "crm\tkunder\ttable\t0\tnew"
    assert summary == "crm: 1 unit would be read, 0 unchanged"
    assert statement.startswith("  SELECT t.id, ")
    assert statement.endswith(" FROM kunder AS t ORDER BY t.rowid LIMIT 2000 OFFSET 0")
    assert "\x1b" not in run.out
    assert list(estate.glob("insyn.db*")) == []


def test_dry_run_lists_what_the_next_scan_reads_and_why(tmp_path: Path) -> None:
    new_key(tmp_path / "insyn.key")
    share = tmp_path / "share"
    share.mkdir()
    for name in ("a.txt", "b.txt"):
        (share / name).write_text("hej")
    (share / "trasig.zip").write_bytes(b"PK\x03\x04 this is no archive")
    config = "sources:\n  share: {type: files, path: share}\n"
    (tmp_path / "insyn.yaml").write_text(config)
    assert insyn("scan", cwd=tmp_path).code == 3
    (share / "b.txt").write_text("hej igen")
    (share / "c.txt").write_text("ny")
    listed = insyn("scan", "--dry-run", cwd=tmp_path).out.splitlines()
    assert listed == [
        "share\tb.txt\tfile\t8\tchanged",
        "share\tc.txt\tfile\t2\tnew",
        "share\ttrasig.zip\tfile\t23\tfailed before",
        "share: 3 units would be read, 1 unchanged",
    ]
    states = json.loads(insyn("scan", "--format", "json", cwd=tmp_path).out)["sources"][0]["units"]
    assert states == {"enumerated": 4, "scanned": 2, "unreadable": 1, "unchanged": 1}
    every = insyn("scan", "--dry-run", "--full", cwd=tmp_path).out.splitlines()
    assert every[0] == "share\ta.txt\tfile\t3\t--full"
    assert every[-1] == "share: 4 units would be read, 0 unchanged"
    (tmp_path / "insyn.yaml").write_text(config.replace("share}", "share, limits: {line_chars: 1000}}"))
    stale = insyn("scan", "--dry-run", cwd=tmp_path)
    assert "share\ta.txt\tfile\t3\tstale\n" in stale.out, stale.err


@pytest.mark.parametrize(
    ("bytes_", "said"), [(0, "0 bytes"), (999, "999 bytes"), (1500, "1.5 kB"), (2.5e9, "2.5 GB"), (3e15, "3000.0 TB")]
)
def test_sizes(bytes_: float, said: str) -> None:
    assert size(bytes_) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (5, "a moment"),
        (61, "about 1 minute"),
        (3000, "about 50 minutes"),
        (7200, "about 2 hours"),
        (400_000, "about 5 days"),
    ],
)
def test_durations(seconds: float, said: str) -> None:
    assert duration(seconds) == said
