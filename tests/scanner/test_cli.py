"""Commands end with the right exit code, and bad input with one line that names what and where; never a traceback."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from scanner.keys import new_key
from tests.scanner.conftest import insyn as fresh
from tests.scanner.forking import insyn

pytestmark = pytest.mark.slow

LOG = "2026-03-01T10:00:00 inloggad från 192.0.2.17\n"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A configuration with one share of two readable files."""
    new_key(tmp_path / "insyn.key")
    (tmp_path / "share").mkdir()
    (tmp_path / "share" / "app.log").write_text(LOG)
    (tmp_path / "share" / "brev.txt").write_text("Ring Anna Ek på 070-174 06 05.\n")
    configure(tmp_path, "share: {type: files, path: share}")
    return tmp_path


def configure(directory: Path, *sources: str) -> None:
    lines = "".join(f"  {source}\n" for source in sources)
    (directory / "insyn.yaml").write_text(f"sources:\n{lines}")


def test_scan_ends_complete_and_tells_what_it_read(small: Path) -> None:
    run = insyn("scan", "--format", "json", cwd=small)
    assert run.code == 0, run.err
    told = json.loads(run.out)
    assert told["status"] == "complete"
    (source,) = told["sources"]
    assert source["units"] == {"enumerated": 2, "scanned": 2}
    assert source["unread"] == []
    again = json.loads(insyn("scan", "--format", "json", cwd=small).out)
    assert again["sources"][0]["units"] == {"enumerated": 2, "unchanged": 2}
    assert again["scan"] == told["scan"] + 1


EXTRAS = {
    "typst": ("inventory --format pdf", "insyn[pdf]"),
    "fastapi": ("serve", "insyn[web]"),
    "apscheduler": ("schedule --once", "insyn[schedule]"),
    "prometheus_client": ("scan", "insyn[metrics]"),
    "pyzipper": ("case package A-1", "insyn[encrypted]"),
}


@pytest.mark.parametrize("module", EXTRAS)
def test_an_extra_that_is_lacking_is_a_matter_of_set_up(small: Path, module: str) -> None:
    """Whichever it is: 2, and what to install."""
    (small / "prom").mkdir()
    schedule = 'share: {type: files, path: share, schedule: "0 2 * * *"}\n'
    (small / "insyn.yaml").write_text(f"metrics: prom\nsources:\n  {schedule}")
    assert insyn("scan", cwd=small).code == 0
    assert insyn("case", "new", "070-174 06 05", "--number", "A-1", cwd=small).code == 0
    lacking = small / "lacking"
    lacking.mkdir()
    hidden = f"raise ModuleNotFoundError('No module named {module}', name='{module}')\n"
    (lacking / f"{module}.py").write_text(hidden)
    command, extra = EXTRAS[module]
    run = fresh(*command.split(), cwd=small, env=os.environ | {"PYTHONPATH": str(lacking)})
    assert (run.code, extra in run.line) == (2, True), run.err


def test_units_that_cannot_be_read_are_listed_and_end_3(small: Path) -> None:
    (small / "share" / "trasig.zip").write_bytes(b"PK\x03\x04 this is no archive")
    run = insyn("scan", cwd=small)
    assert run.code == 3
    assert "not read: trasig.zip: unreadable (corrupt" in run.out
    told = insyn("inventory", "--format", "json", cwd=small)
    assert told.code == 0
    states = {row["state"]: row["count"] for row in json.loads(told.out)["coverage"]}
    assert states == {"scanned": 2, "unreadable": 1}


def test_what_could_not_be_read_is_named_by_every_scan(small: Path) -> None:
    (small / "share" / "kamera.bin").write_bytes(bytes(range(256)) * 8)
    for expected in ("3 units (2 scanned, 1 unsupported)", "3 units (1 unsupported, 2 unchanged)"):
        run = insyn("scan", cwd=small)
        assert run.code == 3
        assert expected in run.out
        assert "not read: kamera.bin: unsupported (binary)" in run.out


@pytest.mark.parametrize(
    ("source", "code", "expected"),
    [
        ("a: {type: files, path: nowhere}", 1, "source a: "),
        ("a: {type: database, url: 'sqlite:///nowhere.db'}", 1, "source a: "),
        ("a: {type: database, url: 'sqlte:///x.db'}", 1, "source a: "),
        ("a: {type: database, url: 'postgresql+psycopg://u:hemligt123@127.0.0.1:1/x'}", 1, "source a: "),
        ("a: {type: recordings, path: nowhere}", 1, "source a: "),
        ("a: {type: files, path: '${INSYN_NOT_SET}'}", 2, "the environment variable INSYN_NOT_SET is not set"),
        ("a: {type: files, pth: x}", 2, "sources.a.pth: no such option"),
        ("a: {type: files, path: share, include: 5}", 2, "sources.a.include: Input should be"),
        ("a: {type: database, url: 'sqlite:///x.db', rows: many}", 2, "sources.a.rows: must be a whole number"),
    ],
)
def test_bad_sources_are_one_line(tmp_path: Path, source: str, code: int, expected: str) -> None:
    new_key(tmp_path / "insyn.key")
    configure(tmp_path, source)
    run = insyn("scan", cwd=tmp_path)
    assert run.code == code
    assert expected in run.line
    assert "hemligt123" not in run.err + run.out
    assert "Traceback" not in run.err


def test_no_sources(tmp_path: Path) -> None:
    (tmp_path / "insyn.yaml").write_text("sources: {}\n")
    run = insyn("scan", cwd=tmp_path)
    assert (run.code, run.line) == (2, "insyn: insyn.yaml: sources: at least one source is needed")


def test_an_empty_source_is_complete(small: Path) -> None:
    (small / "tom").mkdir()
    configure(small, "tom: {type: files, path: tom}")
    run = insyn("scan", cwd=small)
    assert run.code == 0
    assert run.out.startswith("tom: 0 units (none)")


def test_a_source_that_fails_does_not_stop_the_others(small: Path) -> None:
    configure(small, "borta: {type: files, path: nowhere}", "share: {type: files, path: share}")
    run = insyn("scan", cwd=small)
    assert run.code == 1
    assert "share: 2 units (2 scanned)" in run.out


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["scan", "nowhere"], "there is no source nowhere; there are share"),
        (["inventory", "--format", "docx"], "--format: docx is not possible here; there are text, json"),
        (["inventory", "--lang", "no"], "--lang: no is not possible here; there are sv, en"),
        (["subject", "anna@example.se", "--case", " "], "--case is empty"),
        (["findings", "--masked"], "say for which case with --case"),
        (["subject", "anna@example.se"], "insyn: subject: --case is missing: the case that gives the right to look"),
        (["subject", "--case", "4"], "insyn: subject: IDENT... is missing: personnummer, e-mail, phone, "),
        (["case", "show"], "insyn: case show: NR is missing (`insyn case show --help` tells more)"),
        (["scan", "--ful"], "insyn: scan: No such option: --ful"),
        (["scan", "--workers", "x"], "insyn: scan: Invalid value for '--workers'"),
        (["scna"], "insyn: No such command 'scna'"),
    ],
)
def test_wrong_options_end_2(small: Path, arguments: list[str], expected: str) -> None:
    run = insyn(*arguments, cwd=small)
    assert run.code == 2
    assert expected in run.line


@pytest.mark.parametrize("arguments", [("900118-9811",), ("case", "show", "4", "900118-9811"), ("anna@example.se",)])
def test_what_was_typed_in_a_wrong_place_is_not_repeated(small: Path, arguments: tuple[str, ...]) -> None:
    run = insyn(*arguments, cwd=small)
    assert run.code == 2
    assert arguments[-1] not in run.line


def test_what_cannot_be_read_again_is_said_with_its_source(small: Path) -> None:
    with sqlite3.connect(small / "crm.db") as connection:
        connection.execute("CREATE TABLE kunder (id INTEGER PRIMARY KEY, epost TEXT)")
        connection.execute("INSERT INTO kunder VALUES (1, 'anna@example.se'), (2, 'bo@example.se')")
    connection.close()
    configure(small, "share: {type: files, path: share}", "crm: {type: database, url: 'sqlite:///crm.db'}")
    assert insyn("scan", cwd=small).code == 0
    masked = ("findings", "--masked", "--case", "4", "--min-score", "0.6")
    subject = ("subject", "anna@example.se", "--values", "--case", "4")
    assert insyn(*masked, cwd=small).err == ""
    read = insyn(*subject, cwd=small)
    assert "    epost: anna@example.se\n" in read.out
    assert read.err == ""
    (small / "crm.db").unlink()
    (small / "share" / "app.log").write_text("")
    lines = insyn(*masked, cwd=small).err.splitlines()
    assert lines[0].startswith("insyn: source crm: 2 values could not be read again: database ")
    assert lines[1:] == [
        "insyn: source share: 1 value could not be read again: not there any more, or not as the scan found it"
    ]
    line = insyn(*subject, cwd=small).line
    assert line.startswith("insyn: source crm: 1 record could not be read again: database ")
    assert "anna" not in line


def test_no_arguments_are_help(tmp_path: Path) -> None:
    run = insyn("case", cwd=tmp_path)
    assert (run.code, run.err.startswith("Usage: insyn case ")) == (2, True)


def test_reports_without_a_scan_say_what_to_do(small: Path) -> None:
    run = insyn("inventory", cwd=small)
    assert (run.code, "`insyn scan` makes it" in run.line) == (1, True)


def test_init_makes_what_check_can_use(tmp_path: Path) -> None:
    made = insyn("init", "new", cwd=tmp_path)
    assert made.code == 0
    assert "new/policy.yaml is Omnipoint AB's, as an example. Your own: " in made.err
    config = tmp_path / "new" / "insyn.yaml"
    config.write_text(config.read_text().replace("/srv/share", "../share"))
    (tmp_path / "share").mkdir()
    run = insyn("check", cwd=tmp_path / "new")
    assert run.code == 0, run.err
    assert "share (files): ok, 0 units" in run.out
    assert (tmp_path / "new" / "insyn.key").stat().st_mode & 0o777 == 0o600
    again = insyn("init", "new", cwd=tmp_path)
    assert (again.code, "insyn.yaml: exists already" in again.line) == (2, True)


def test_init_begins_the_policy_of_a_company(tmp_path: Path) -> None:
    made = insyn("init", "new", "--company", "Exempel Cykel AB", cwd=tmp_path)
    assert made.code == 0
    assert "new/policy.yaml is begun for Exempel Cykel AB: fill in" in made.err
    assert insyn("policy", "check", cwd=tmp_path / "new").out.startswith(
        "Integritetspolicy of Exempel Cykel AB: valid\n"
    )
    assert "Omnipoint" not in (tmp_path / "new" / "policy.yaml").read_text(encoding="utf-8")


def test_help_does_not_import_the_heavy_parts() -> None:
    heavy = ("spacy", "presidio_analyzer", "sqlalchemy", "pandas")
    program = f"import sys, scanner.cli; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_plugins_lists_what_is_installed(tmp_path: Path) -> None:
    listed = insyn("plugins", cwd=tmp_path).out
    assert "connectors.database:DatabaseConnector" in listed
    assert "recognizers.personnummer:PersonnummerRecognizer" in listed
