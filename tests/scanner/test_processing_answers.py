"""What the company says about its processings: kept sealed, logged, by the command line and by the page alike."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from reports.article30_stated import Statement
from reports.policy import load
from scanner import config as configuration
from scanner.audit import log as audit_log
from scanner.decisions import processing_answers
from scanner.errors import ConfigError
from scanner.keys import Keys
from scanner.store import Store
from scanner.store.policy_schema import processing_answer
from tests.scanner.conftest import Demo, insyn

CONFIG = "sources: {crm: {type: declared, owner: Kundtjänst}}\n"
WORDS = "Nås bara av Anna Ek"


@pytest.fixture
def config(tmp_path: Path) -> configuration.Config:
    (tmp_path / "insyn.yaml").write_text(CONFIG, "utf-8")
    return configuration.load(tmp_path / "insyn.yaml")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.open(f"sqlite:///{tmp_path}/insyn.db", Keys(b"k" * 32))
    yield made
    made.close()


def test_what_is_said_is_sealed_and_logged(config: configuration.Config, store: Store) -> None:
    before = processing_answers.stamp(store)
    said = Statement("crm", "", "security", f" {WORDS} ", "anna", "")
    processing_answers.fill(config, store, load("omnipoint"), said)
    (kept,) = processing_answers.statements(store)
    assert (kept.source, kept.purpose, kept.column, kept.text, kept.by) == ("crm", "", "security", WORDS, "anna")
    assert processing_answers.stamp(store) != before
    row = audit_log.rows(store, 1)[0]
    assert (row.action, row.actor) == ("article30 fill", "anna")
    with store.reading() as connection:
        words = connection.scalars(select(processing_answer.c.words)).one()
    assert b"Anna" not in words


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (("hr", "", "security"), "no source hr"),
        (("crm", "fun", "security"), "no purpose fun"),
        (("crm", "", "purpose"), "purpose is no column"),
        (("crm", "", "reviewed"), "reviewed is no column"),
    ],
)
def test_what_there_is_not_cannot_be_filled_in(
    said: tuple[str, str, str], told: str, config: configuration.Config, store: Store
) -> None:
    with pytest.raises(ConfigError, match=told):
        processing_answers.fill(config, store, load("omnipoint"), Statement(*said, "x", "anna", ""))
    assert processing_answers.statements(store) == []


@pytest.mark.slow
def test_the_command_line_fills_approves_and_shows(demo: Demo, tmp_path: Path) -> None:
    shutil.copytree(demo.directory, tmp_path / "estate")
    here = tmp_path / "estate"
    assert insyn("article30", "fill", "security", "Kryptering", "--source", "crm", cwd=here).code == 0
    assert "approved" in insyn("article30", "approve", "crm", cwd=here).err
    assert insyn("article30", "approve", "hr", cwd=here).code == 2
    assert "Kryptering" in insyn("article30", "stated", cwd=here).out
    told = json.loads(insyn("article30", "--format", "json", cwd=here).out)
    cells = [one["entries"] for one in told["processings"] if one["source"] == "crm"]
    assert {one["security"]["text"] for one in cells} == {"Kryptering"}
    assert all(one["reviewed"]["origin"] == "stated" for one in cells)
    assert all("sedan dess" not in one["reviewed"]["text"] for one in cells)
