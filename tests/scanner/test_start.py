"""What a command does not need it does not import: `insyn --help` answers at once, a scan is not kept waiting."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

HEAVY = ("presidio_analyzer", "spacy", "thinc", "pandas", "boto3", "botocore", "faker", "mimesis", "lxml", "jinja2")
_PROGRAM = """
import sys
sys.argv[0] = "insyn"
from scanner.cli import main
try:
    main()
finally:
    sys.stderr.write("imported: " + " ".join(name for name in {heavy!r} if name in sys.modules))
"""
_ROWS = [(f"9001189{number}11", "Ring Xhevrije om larmet i morgon, hon är ledig.") for number in range(8)]


def imported(folder: Path, *arguments: str, also: tuple[str, ...] = ()) -> str:
    """What of the heavy packages the command has imported."""
    program = _PROGRAM.format(heavy=(*HEAVY, *also))
    command = [sys.executable, "-c", program, *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return done.stderr.rpartition("imported: ")[2].strip()


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    assert imported(tmp_path, "--help", also=("sqlalchemy", "numpy", "recognizers", "rich")) == ""


def test_a_scan_of_a_table_with_notes_imports_nothing_that_it_does_not_need(tmp_path: Path) -> None:
    assert imported(tmp_path, "init") == ""
    with sqlite3.connect(tmp_path / "crm.db") as connection:
        connection.execute("CREATE TABLE kunder (pnr TEXT, anteckning TEXT)")
        connection.executemany("INSERT INTO kunder VALUES (?, ?)", _ROWS)
    (tmp_path / "insyn.yaml").write_text(
        "policy: omnipoint\nstore: sqlite:///insyn.db\nkey: file:insyn.key\n"
        'sources:\n  crm: {type: database, url: "sqlite:///crm.db"}\n',
        encoding="utf-8",
    )
    assert imported(tmp_path, "scan", also=("rich",)) == ""
