"""The demo's customer register gives the same findings from SQLite, PostgreSQL and MariaDB, field by field."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from scanner.demo.estate import make
from scanner.keys import new_key
from tests.scanner.conftest import insyn


def findings(directory: Path, url: str | None) -> list[tuple[Any, ...]]:
    """Make the estate with its register in a database, scan that, and list what was found without what may differ."""
    make(directory, crm_url=url)
    new_key(directory / "insyn.key")
    env = {**os.environ, "CRM_URL": url or ""}
    assert insyn("scan", "crm", cwd=directory, env=env).code == 0
    listed = insyn("findings", "--format", "jsonl", "--min-score", "0.3", cwd=directory, env=env).out.splitlines()
    rows = map(json.loads, listed)
    keys = ("record", "field", "entity", "kind", "test", "category", "score", "start", "end", "why")
    return [(row["unit"].rpartition(".")[2], *(json.dumps(row[key]) for key in keys)) for row in rows]


@pytest.mark.parametrize("server", ["postgres_db", "mariadb_db"])
def test_the_same_findings(server: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    expected = findings(tmp_path / "sqlite", None)
    assert len(expected) > 10_000
    assert sorted(findings(tmp_path / "server", request.getfixturevalue(server))) == sorted(expected)
