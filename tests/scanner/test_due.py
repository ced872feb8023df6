"""A package is deleted on its day by whatever runs then: the command, the schedule, the pages."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from sqlalchemy import insert, select, update

from reports.dates import today
from scanner import config as configuration
from scanner.cases import Register
from scanner.cases.model import NewCase
from scanner.cases.package import DIRECTORY
from scanner.cases.package_archive import password_file
from scanner.keys import new_key
from scanner.store import Store
from scanner.store.case_schema import case_package, subject_case
from scanner.web.site import Site
from scanner.web.tidy import Tidier
from scanner.workflow import opened
from tests.scanner.forking import insyn

pytestmark = pytest.mark.slow

CONFIG = "sources: {delad: {type: files, path: delad, sandbox: false, schedule: '30 2 * * *'}}\n"


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """An installation with a package that is due today and one that is due tomorrow."""
    (tmp_path / "delad").mkdir()
    new_key(tmp_path / "insyn.key")
    (tmp_path / "insyn.yaml").write_text(CONFIG)
    (tmp_path / DIRECTORY).mkdir()
    with _store(tmp_path) as store:
        number = Register(store, "erik").open(NewCase(date(2026, 5, 19))).number
        with store.transaction() as connection:
            case = connection.scalar(select(subject_case.c.id).where(subject_case.c.number == number))
            for name, days in (("today.zip", 0), ("tomorrow.zip", 1)):
                for path in (tmp_path / DIRECTORY / name, password_file(tmp_path / DIRECTORY / name)):
                    path.write_bytes(b"x")
                row = {"case_id": case, "file": name, "sha256": name, "complete": True, "built_by": "erik"}
                due = (today() + timedelta(days)).isoformat()
                connection.execute(insert(case_package).values(**row, built_at="", delete_on=due))
    return tmp_path


def _store(directory: Path) -> AbstractContextManager[Store]:
    return opened(configuration.load(directory / "insyn.yaml"), create=True)


def by_the_command(directory: Path) -> None:
    assert insyn("case", "tidy", cwd=directory).out == "1 packages deleted\n"


def by_the_schedule(directory: Path) -> None:
    run = insyn("schedule", "--once", cwd=directory)
    assert (run.code, run.err) == (0, "insyn: 1 packages deleted: their day has come\n")


def by_the_pages(directory: Path) -> None:
    with _store(directory) as store:
        config = configuration.load(directory / "insyn.yaml")
        tidier = Tidier(cast("Site", SimpleNamespace(config=config, store=store)))
        tidier.start()
        tidier.stop()


@pytest.mark.parametrize("way", [by_the_command, by_the_schedule, by_the_pages])
def test_what_is_due_goes_and_the_case_says_so(directory: Path, way: Callable[[Path], None]) -> None:
    """S22."""
    way(directory)
    assert sorted(path.name for path in (directory / DIRECTORY).iterdir() if "today" in path.name) == []
    assert (directory / DIRECTORY / "tomorrow.zip").exists()
    with _store(directory) as store:
        (case,) = Register(store, "erik").listed()
        told = [(event.what, event.detail) for event in Register(store, "erik").events(case.number)]
    assert told[-1] == ("package deleted", "today.zip")
    assert told.count(told[-1]) == 1


def test_what_cannot_be_deleted_is_told_and_the_rest_is_deleted(directory: Path) -> None:
    """The schedule goes on, and says it once."""
    blocked = directory / DIRECTORY / "today.zip"
    blocked.unlink()
    (blocked / "in").mkdir(parents=True)
    with _store(directory) as store, store.transaction() as connection:
        connection.execute(
            update(case_package).where(case_package.c.file == "tomorrow.zip").values(delete_on="2026-05-20")
        )
    line = "insyn: packages/today.zip: is due and could not be deleted (Is a directory)\n"
    run = insyn("schedule", "--once", cwd=directory)
    assert (run.code, run.err) == (0, f"insyn: 1 packages deleted: their day has come\n{line}")
    assert not (directory / DIRECTORY / "tomorrow.zip").exists()
    run = insyn("case", "tidy", cwd=directory)
    assert (run.code, run.out, run.err) == (1, "0 packages deleted\n", line)
