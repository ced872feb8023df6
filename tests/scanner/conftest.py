"""The demo estate, made and scanned once by the command itself, as a user would."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from scanner.store import Store
from tests.scanner.fakes import KEYS

INSYN = str(Path(sys.executable).with_name("insyn"))


@dataclass(frozen=True)
class Run:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def line(self) -> str:
        """The one line of an error."""
        assert self.err.count("\n") == 1, self.err
        return self.err.strip()


def insyn(*arguments: object, cwd: Path, env: dict[str, str] | None = None) -> Run:
    """Run the command as a user would."""
    done = subprocess.run(
        [INSYN, *map(str, arguments)], cwd=cwd, env=env, capture_output=True, check=False, timeout=250
    )
    return Run(done.returncode, done.stdout.decode(), done.stderr.decode())


@dataclass(frozen=True)
class Demo:
    """The scanned estate and what the command wrote."""

    directory: Path
    run: Run


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path}/insyn.db", KEYS)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    parent = tmp_path_factory.mktemp("demo")
    run = insyn("demo", "estate", cwd=parent)
    assert run.code == 0, run.err
    return Demo(parent / "estate", run)


@pytest.fixture(params=["sqlite", "postgres_db"], ids=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of a store that is not there yet, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/insyn.db"
    return str(request.getfixturevalue("postgres_db"))
