"""The SELECT of overdue rows, where the databases of companies write their days otherwise than as ISO has it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.scanner.conftest import insyn

pytestmark = pytest.mark.slow

CONFIG = """\
policy: omnipoint
store: sqlite:///insyn.db
key: file:insyn.key
sources:
  crm:
    type: database
    url: sqlite:///crm.db
    purposes: [service_provision]
    tables:
      kunder: {relationship_end: slutdat}
"""
PEOPLE = (
    ("101", "19780412-2385", "Anna Ekdahl"), ("102", "19510903-2390", "Sven Lundmark"),
    ("103", "19900118-9811", "Mira Haddad"), ("104", "19650505-9821", "Eva Norling"),
    ("105", "19830212-9815", "Olof Brask"), ("106", "19920723-9824", "Omar Ali"),
)  # fmt: skip


def overdue(folder: Path, ends: tuple[str, ...]) -> tuple[list[str], set[str]]:
    """The customers whom each SELECT finds, and the verdicts on their numbers."""
    (folder / "insyn.yaml").write_text(CONFIG, encoding="utf-8")
    with closing(sqlite3.connect(folder / "crm.db")) as crm:
        crm.execute("CREATE TABLE kunder (kundnr TEXT PRIMARY KEY, personnummer TEXT, namn TEXT, slutdat TEXT)")
        crm.executemany(
            "INSERT INTO kunder VALUES (?, ?, ?, ?)", [(*one, end) for one, end in zip(PEOPLE, ends, strict=True)]
        )
        crm.commit()
        assert insyn("key", "new", cwd=folder).code == 0
        assert insyn("scan", cwd=folder).code == 0
        report = json.loads(insyn("retention", "--on", "2026-11-01", "--format", "json", cwd=folder).out)
        items = [one for one in report["items"] if one["verdict"] == "overdue" and one["entity"] == "SE_PERSONNUMMER"]
        found = [row[0] for one in items if one["select"] for row in crm.execute(one["select"])]
        return sorted(found), {(one["verdict"], one["count"]) for one in items}


@pytest.mark.parametrize(
    ("ends", "selected"),
    [
        (("2015-03-31", "2026-05-31", "", "2014-01-01", "2026-12-31", ""), ["101", "104"]),
        (("20150331", "20260531", "0", "20140101", "20261231", ""), ["101", "104"]),
        (("31/3/2015", "31/5/2026", "", "1/1/2014", "31/12/2026", ""), []),
    ],
)
def test_rows_are_selected_where_days_sort_as_they_are_written(
    tmp_path: Path, ends: tuple[str, ...], selected: list[str]
) -> None:
    found, told = overdue(tmp_path, ends)
    assert found == selected
    assert told == {("overdue", 2)}
