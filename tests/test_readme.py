"""The README is executed: its first command runs, its configuration is read, its lists are those of the program."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from scanner import config
from scanner.cli import app

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


@pytest.mark.slow
def test_the_first_command_and_the_one_after_it(tmp_path: Path) -> None:
    demo, _, *_ = blocks("sh")[0].splitlines()
    environment = {**os.environ, "INSYN_VENV": str(Path(sys.executable).parents[1])}
    command = demo.split("#")[0].split()
    done = subprocess.run(
        [*command, str(tmp_path / "insyn-demo")], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "insyn-demo" / "inventory.html").stat().st_size > 10_000
    subject = next(line for line in blocks("sh")[1].splitlines() if "subject" in line).split()
    asked = subprocess.run(
        [str(ROOT / subject[0]), *subject[1:]],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert asked.returncode == 3, asked.stderr
    assert "kunder" in asked.stdout


def test_the_configuration_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRM_URL", "sqlite:///crm.db")
    (tmp_path / "insyn.yaml").write_text(blocks("yaml")[0], encoding="utf-8")
    assert set(config.load(tmp_path / "insyn.yaml").sources) == {"crm", "share", "samtal", "arkiv", "larmcentral"}


def test_the_commands_are_those_of_the_program() -> None:
    listed = set(re.findall(r"^\| `insyn (\w+)", README, re.MULTILINE))
    assert listed == set(getattr(get_command(app), "commands", {}))


@pytest.mark.parametrize("name", sorted(getattr(get_command(app), "commands", {})))
def test_every_option_named_in_the_readme_exists(name: str) -> None:
    row = next(line for line in README.splitlines() if line.startswith(f"| `insyn {name}"))
    known = {option for parameter in get_command(app).commands[name].params for option in parameter.opts}  # type: ignore[attr-defined]
    assert set(re.findall(r"--[a-z-]+", row)) <= known
