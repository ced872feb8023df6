"""A declared source is in the coverage of every answer, and nothing of it is read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scanner.keys import new_key
from tests.scanner.forking import insyn

pytestmark = pytest.mark.slow


def test_it_is_in_the_coverage(tmp_path: Path) -> None:
    new_key(tmp_path / "insyn.key")
    (tmp_path / "share").mkdir()
    (tmp_path / "insyn.yaml").write_text(
        "sources:\n"
        "  share: {type: files, path: share}\n"
        "  larmcentral: {type: declared, owner: Larmcentralen AB, categories: [alarm_contacts, images_video]}\n"
    )
    assert insyn("scan", cwd=tmp_path).code == 0
    told = json.loads(insyn("subject", "anna@example.se", "--case", "1", "--format", "json", cwd=tmp_path).out)
    coverage = {row["source"]: (row["state"], row["count"], row["reasons"]) for row in told["coverage"]}
    assert coverage == {"share": ("scanned", 0, {}), "larmcentral": ("skipped", 1, {"declared": 1})}
