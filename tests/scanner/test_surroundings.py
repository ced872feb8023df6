"""What a command writes does not hang on the locale, the hash seed, the time zone or the encoding of the system."""

from __future__ import annotations

from pathlib import Path

import pytest

from scanner.keys import new_key
from tests.scanner.conftest import insyn

CONFIG = """policy: omnipoint
store: sqlite:///insyn.db
key: file:insyn.key
sources:
  share: {type: files, path: share, owner: Kundtjänst, purposes: [service_provision]}
"""
NAMES = ("åäö.txt", "Ängel.txt", "zebra.txt", "a.txt")
SURROUNDINGS = (
    {"LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"},
    {"LC_ALL": "C", "PYTHONHASHSEED": "1", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"LC_ALL": "sv_SE.UTF-8", "PYTHONHASHSEED": "2", "TZ": "America/New_York"},
)
COMMANDS = (("findings", "--format", "jsonl", "--min-score", "0"), ("inventory", "--format", "csv"))


def written(directory: Path, environment: dict[str, str]) -> list[str]:
    """What the commands write after a scan of the directory into a new store."""
    for path in directory.glob("insyn.db*"):
        path.unlink()
    env = {"PATH": "/usr/bin:/bin", "HOME": str(directory), **environment}
    scan = insyn("scan", cwd=directory, env=env)
    assert scan.code == 0, scan.err
    return [insyn(*command, cwd=directory, env=env).out for command in COMMANDS]


@pytest.mark.slow
def test_the_surroundings_change_nothing(tmp_path: Path) -> None:
    """T61."""
    (tmp_path / "insyn.yaml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "share").mkdir()
    for name in NAMES:
        (tmp_path / "share" / name).write_text(
            "Märta Åkesson-Öberg, 19811218-9876, Storgatan 5, 211 42 Malmö, 070-174 06 05\n", encoding="utf-8"
        )
    new_key(tmp_path / "insyn.key")
    first, *others = [written(tmp_path, environment) for environment in SURROUNDINGS]
    assert "åäö.txt" in first[0]
    assert others == [first, first]
