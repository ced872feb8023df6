"""Every command is run, and what it prints is searched for every value of the estate; a new one must be put in here."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from scanner.cli import app
from tests.scanner.conftest import Demo
from tests.scanner.test_leaks import held, values

NUMBER, CASE = "19780412-2385", "L-1"
COMMANDS = [
    "check", "scan --full --workers 1", "scan --dry-run", "inventory", "retention",
    "scans", "scans 1", "scans 1 --format json",
    "retention --rows --format csv", "article30 --format json", "article30 fill security Lås", "article30 approve crm",
    "article30 stated", "evidence", "incident crm", "sample", "plugins",
    "export --format dcat", "policy check", "policy schema", "review list", "review confirm crm kunder",
    "review hold crm kunder --reason tvist", "review handle crm kunder --reason raderat",
    "review reclassify crm kunder --to name",
    "review accept unmapped crm kunder --until 2030-01-01", "review approve 1", "review undo 1", "review dismiss",
    "review sample --draw 5", "review mark 1 clean", "policy answer C21 assumed", "policy answers",
    "policy versions", "audit unusual",
    f"case new {NUMBER} --number {CASE} --name Anna", "case list", "case calendar",
    f"case search {CASE}", f"case show {CASE}",
    f"case decide {CASE} release 1", f"case identify {CASE} contact", f"case letter {CASE} received",
    f"case extend {CASE} complexity", f"case task {CASE} 1 --note nej", f"case worklist {CASE}",
    f"case package {CASE}", f"case preview {CASE} --file none",
    f"case release {CASE}", f"case deliver {CASE} portal", "case tidy",
    f"case close {CASE} answered", "audit verify", "store check", "store vacuum", "store backup copy.db",
    "store upgrade", "user add eva --role agent", "user list", "user invite eva", "user change eva --close",
    "attest ask crm", "attest list --format json", "policy new other.yaml", "init other", "schedule --once",
    "schedule --list", "key new", "key rotate file:new.key",
]  # fmt: skip
PLAIN = {
    "scan --dry-run": "names units and statements as they are, for who checks the configuration",
    "retention --rows --format csv": "names each record that its owner is to erase",
}
"""What must print locators plain to be of use; nothing else of the estate."""
OURS = {"113 31", "113 31 Stockholm"}
"""The controller's own address, from the policy."""
ELSEWHERE = {
    "demo": "test_leaks.py: all that it writes and prints",
    "findings": "prints locators plain: without them nothing can be fetched (keys of records may be personal)",
    "subject": "as findings; test_audit.py and test_subject.py",
    "serve": "tests/scanner/web: pages, headers, addresses",
}


def named(group: object, path: tuple[str, ...] = ()) -> Iterator[str]:
    """All commands by name."""
    commands = getattr(group, "commands", None)
    if commands is None:
        yield " ".join(path)
        return
    for name, command in commands.items():
        yield from named(command, (*path, name))


def test_every_command_is_tried_or_said_to_be_tried_elsewhere() -> None:
    """T60."""
    every = set(named(typer.main.get_command(app)))
    tried = {name for name in every if any(f"{line} ".startswith(f"{name} ") for line in COMMANDS)}
    assert every - tried == set(ELSEWHERE)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_no_command_prints_a_value(demo: Demo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """T60: one after the other, whether they end well or are refused; nor does what they leave, but for packages."""
    estate = tmp_path / "estate"
    shutil.copytree(demo.directory, estate)
    monkeypatch.chdir(estate)
    before, searched, told = set(estate.rglob("*")), (values(demo) - OURS) | {NUMBER}, {}
    for line in COMMANDS:
        run = CliRunner().invoke(app, line.split())
        assert run.exception is None or isinstance(run.exception, SystemExit), (line, run.exception)
        assert "internal error" not in run.stderr, (line, run.stderr)
        told[line] = held((run.stdout + run.stderr).encode(), searched)
    assert {line: found for line, found in told.items() if found and line not in PLAIN} == {}
    left = {path for path in estate.rglob("*") if path.is_file()} - before - set((estate / "packages").rglob("*"))
    written = {path.name: held(path.read_bytes(), searched) for path in (*left, *estate.glob("insyn.db*"))}
    assert {name: found for name, found in written.items() if found} == {}
