"""The documentation is built with its links checked, needs no network, and every command in it runs."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from scanner.keys import new_key
from tests.scanner import forking
from tests.scanner.conftest import Demo, insyn

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs").rglob("*.md"))
RUN = [page for page in PAGES if page.parent.name != "en" and "```sh\n" in page.read_text(encoding="utf-8")]
"""The English guides have the Swedish ones' commands."""
LOADED = re.compile(r"<(?:script|img|iframe)[^>]+src=\"?(https?://[^\" >]+)|<link[^>]+href=\"?(https?://[^\" >]+)")


def commands(page: Path) -> list[tuple[str, str]]:
    """Who runs it, a second person where the block says so, and the command."""
    blocks = re.findall(r"```sh( second)?\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    return [(who, line) for who, block in blocks for line in block.splitlines()]


@pytest.mark.slow
@pytest.mark.parametrize("page", RUN, ids=lambda page: str(page.relative_to(ROOT / "docs")))
def test_every_command_runs(page: Path, demo: Demo, tmp_path: Path) -> None:
    shutil.copytree(demo.directory, tmp_path / "insyn-demo")
    for who, line in commands(page):
        program, *arguments = shlex.split(line)
        assert program == "insyn"
        if arguments == ["demo"]:
            continue
        run = forking.insyn(*arguments, cwd=tmp_path, account="second" if who else "")
        assert run.code in ({0, 3} if arguments[0] == "scan" else {0}), f"{line}\n{run.err}"


@pytest.mark.slow
def test_the_site_is_built_with_its_links_checked_and_loads_nothing(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    command = [str(Path(sys.executable).with_name("zensical")), "build", "--strict"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    built = {path: path.read_text(encoding="utf-8") for path in (tmp_path / "site").rglob("*.html")}
    assert len(built) >= len(PAGES)
    assert [found for text in built.values() for found in LOADED.findall(text)] == []


@pytest.mark.slow
def test_a_connector_and_a_recognizer_are_added_by_following_the_page(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "extending.md").read_text(encoding="utf-8")
    for name, code in re.findall(r'```\w+ title="(\w+\.\w+)"\n(.*?)```', text, re.DOTALL):
        (tmp_path / name).write_text(code, encoding="utf-8")
    points = tomllib.loads((tmp_path / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]
    lines = [f"[{group}]\n" + "\n".join(f"{k} = {v}" for k, v in own.items()) for group, own in points.items()]
    info = tmp_path / "insyn_own-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: insyn-own\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("\n".join(lines))
    (example,) = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    (tmp_path / "insyn.yaml").write_text(example, encoding="utf-8")
    new_key(tmp_path / "insyn.key")
    env = {**os.environ, "PYTHONPATH": str(tmp_path)}
    listed = insyn("plugins", cwd=tmp_path, env=env).out
    assert "insyn_notes:Notes" in listed
    assert "insyn_staff:StaffRecognizer" in listed
    wrong = insyn("check", cwd=tmp_path, env=env)
    assert (wrong.code, "no such folder; is path right?" in wrong.out) == (1, True)
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.note").write_text("Medarbetare AN-12340, inte AN-12343")
    elsewhere = insyn("scan", "-c", tmp_path / "insyn.yaml", cwd=tmp_path / "notes", env=env)
    assert elsewhere.code == 0, elsewhere.err
    tested = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_own.py"]
    done = subprocess.run(tested, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "2 passed" in done.stdout
    found = insyn("findings", "--format", "jsonl", "--entity", "EMPLOYEE_NUMBER", cwd=tmp_path, env=env).out
    assert found.count('"start"') == 1
    gaps = insyn("inventory", "--format", "json", cwd=tmp_path, env=env).out
    assert "EMPLOYEE_NUMBER" in gaps


def test_every_page_is_in_the_navigation() -> None:
    navigation = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert [page for page in PAGES if str(page.relative_to(ROOT / "docs")) not in navigation] == []


def test_guides_are_in_both_languages_and_show_the_same() -> None:
    for page in (ROOT / "docs" / "sv").glob("*.md"):
        swedish, english = (
            [
                (who, re.sub(r" --lang en| -o \S+|\"[^\"]*\"", "", line))
                for who, line in commands(ROOT / "docs" / lang / page.name)
            ]
            for lang in ("sv", "en")
        )
        assert swedish == english, page.name
