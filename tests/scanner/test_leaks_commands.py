"""Every command is run, in every format, and what it prints is searched for every value of the estate.

Commands and formats are asked of the command line itself: a new one must be put in here, or said to be tried elsewhere.
"""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from reports.document import Column, Document, Table
from reports.formats import render_document
from scanner.cli import app
from scanner.cli.usage import USAGE
from tests.scanner.conftest import Demo
from tests.scanner.test_leaks import held, values
from tests.scanner.unpacked import unpacked

NUMBER, CASE, ERASURE = "19780412-2385", "L-1", "L-2"
FOLDER = "kunder/105017 Lena_Nilsson"
"""A place that bears a name."""
COMMANDS = [
    "check", "scan --full --workers 1 --format text", "scan crm --format json", "scan --dry-run", "inventory",
    "retention", "scans", "scans 1", "scans 1 --format json", "relations",
    "retention --rows --format csv",
    "retention --rows --format jsonl", "article30 --format json", "article30 fill security Lås",
    "article30 approve crm", "article30 stated", "incident crm", "sample", "plugins", "export --format openlineage",
    "policy check", "policy schema", "review confirm crm kunder", "review hold crm kunder --reason tvist",
    f"review hold share '{FOLDER}' --reason tvist", f"review dismiss share '{FOLDER}*' --reason fel",
    f"review confirm share '{FOLDER} {NUMBER}'", "review handle crm kunder --reason raderat",
    "review reclassify crm kunder --to name", "review accept unmapped crm kunder --until 2030-01-01",
    "review approve 1", "review undo 1", "review dismiss", "review list", "review sample --draw 5",
    "review mark 1 clean", "retention --owner IT", "evidence", "policy answer C21 assumed", "policy answers",
    "policy versions", "audit unusual",
    f"case new {NUMBER} --number {CASE} --name Anna", "case list", "case calendar",
    f"case search {CASE}", f"case show {CASE}",
    f"case decide {CASE} mask 1 --dry-run",
    f"case decide {CASE} release 1", f"case identify {CASE} contact",
    f"case represent {CASE} guardian --name Anna --checked --reason beslut", f"case person {CASE} --name Anna",
    f"case letter {CASE} received",
    f"case extend {CASE} complexity", f"case task {CASE} 1 --note nej", f"case worklist {CASE} --format json",
    f"case package {CASE}", f"case package {CASE} --because skadad", f"case preview {CASE} --file none",
    f"case release {CASE}", f"case deliver {CASE} portal", "case tidy", f"case close {CASE} answered",
    f"case new {NUMBER} --number {ERASURE} --right erasure", f"case search {ERASURE}", f"case worklist {ERASURE}",
    "audit verify", "store check", "store vacuum", "store backup copy.db", "store upgrade", "user add eva --role agent",
    "user list", "user invite eva", "user change eva --close", "attest ask crm", "attest list --format json",
    "policy new other.yaml", "init other", "schedule --once", "schedule --list", "key new", "key rotate file:new.key",
]  # fmt: skip
PLAIN = {
    "scan --dry-run": "names units and statements as they are, for who checks the configuration",
    "retention --rows": "names each record that its owner is to erase",
}
"""What must print locators plain to be of use; nothing else of the estate."""
OURS = {"113 31", "113 31 Stockholm"}
"""The controller's own address, from the policy."""
REFUSED = {f"case worklist {CASE} --format json": "which is of no access case"}
"""Whose format is not reached."""
ELSEWHERE = {
    "demo": "test_leaks.py: all that it writes and prints",
    "findings": "prints locators plain: without them nothing can be fetched (keys of records may be personal)",
    "subject": "as findings; test_audit.py and test_subject.py",
    "serve": "tests/scanner/web: pages, headers, addresses",
}


def every(group: Any = None, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """All commands by name."""
    group = typer.main.get_command(app) if group is None else group
    commands = getattr(group, "commands", {})
    if not commands or group.invoke_without_command:
        yield " ".join(path), group
    for name, command in commands.items():
        yield from every(command, (*path, name))


def lines() -> Iterator[str]:
    """All that is run: where a line names no format, once more in each of its command (but those of --against)."""
    known = sorted(every(), key=lambda pair: -len(pair[0]))
    for line in COMMANDS:
        yield line
        command = next(one for name, one in known if f"{line} ".startswith(f"{name} "))
        told = next((str(one.help) for one in command.params if one.name == "format"), "")
        names = re.findall(r"\w+", told.partition(";")[0].replace(" or ", ", "))
        yield from () if "--format" in line else (f"{line} --format {name}" for name in names)


def test_every_command_is_tried_or_said_to_be_tried_elsewhere() -> None:
    """T60."""
    names = {name for name, _ in every()}
    tried = {name for name in names if any(f"{line} ".startswith(f"{name} ") for line in COMMANDS)}
    assert names - tried == set(ELSEWHERE)
    assert {f"inventory --format {one}" for one in ("json", "jsonl", "csv", "xlsx", "html", "pdf")} <= set(lines())


def test_what_is_packed_is_searched(tmp_path: Path) -> None:
    table = Table("t", "Titel", "", [Column("Namn")], [["Kanarina Ekströmsson"], ["<&>"]])
    document = Document("t", "Titel", "Bolaget", [], [], [table])
    for format in ("xlsx", "pdf", "html"):
        made = render_document(document, format, "sv")
        assert held(unpacked(made), {"Kanarina Ekströmsson"}), format
    assert not held(render_document(document, "xlsx", "sv"), {"Kanarina Ekströmsson"}), "else it need not be unpacked"


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_no_command_prints_a_value(demo: Demo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """T60: one after the other, whether they end well or are refused; nor does what they leave, but for packages."""
    estate = tmp_path / "estate"
    shutil.copytree(demo.directory, estate)
    monkeypatch.chdir(estate)
    before, searched = set(estate.rglob("*")), (values(demo) - OURS) | {NUMBER}
    told, ended = {}, {}
    for line in lines():
        run = CliRunner().invoke(app, shlex.split(line))
        assert run.exception is None or isinstance(run.exception, SystemExit), (line, run.exception)
        assert "internal error" not in run.stderr, (line, run.stderr)
        told[line], ended[line] = held(unpacked(run.stdout_bytes) + run.stderr_bytes, searched), run.exit_code
    leaking = {line: found[:5] for line, found in told.items() if found and line.partition(" --format")[0] not in PLAIN}
    assert leaking == {}
    refused = {line for line, code in ended.items() if code == USAGE and "--format" in line}
    assert refused == set(REFUSED), "which shows nothing"
    left = {path for path in estate.rglob("*") if path.is_file()} - before - set((estate / "packages").rglob("*"))
    written = {path.name: held(unpacked(path.read_bytes()), searched) for path in (*left, *estate.glob("insyn.db*"))}
    assert {name: found for name, found in written.items() if found} == {}
