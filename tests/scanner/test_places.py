"""The inventory is counted anew only where something has changed, and what is kept is what counting all would give."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import ColumnElement

from reports.facts import FieldFacts
from reports.review import Decision
from scanner import config as configuration
from scanner.config import Config
from scanner.decisions import review
from scanner.keys import new_key
from scanner.reporting import overview, remembered
from scanner.reporting.facts import Facts
from scanner.store import Store
from scanner.workflow import opened
from tests.scanner.forking import insyn

pytestmark = pytest.mark.slow
ANNA, BO, EVA = "anna.ek@example.se", "bo.ahl@example.se", "eva.alm@example.se"
FOLDERS = {"sale", "old", "arkiv"}


@dataclass
class Estate:
    """Some folders, and which of their places were counted."""

    directory: Path
    config: Config
    store: Store
    counted: set[str]

    def write(self, name: str, *mails: str) -> None:
        path = self.directory / "share" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("epost;ort\n" + "".join(f"{mail};Sala\n" for mail in mails))
        path.chmod(0o644)

    def scan(self, *arguments: str) -> None:
        run = insyn("scan", *arguments, cwd=self.directory)
        assert run.code == 0, run.err

    def facts(self) -> list[FieldFacts]:
        """What is kept, which is what counting all gives; afterwards `counted` tells what was counted for it."""
        self.counted.clear()
        kept = remembered.estate(self.store, self.config).facts
        again = set(self.counted)
        assert sorted(map(repr, kept)) == sorted(map(repr, overview.estate(self.store, self.config).facts))
        self.counted.clear()
        self.counted |= again
        return list(kept)

    def mails(self) -> dict[str, int]:
        return {one.unit: one.distinct for one in self.facts() if one.entity == "EMAIL_ADDRESS"}


@pytest.fixture(params=["sqlite", "postgres_db"], ids=["sqlite", "postgresql"])
def estate(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Estate]:
    url = "sqlite:///insyn.db" if request.param == "sqlite" else request.getfixturevalue(request.param)
    new_key(tmp_path / "insyn.key")
    (tmp_path / "insyn.yaml").write_text(f"store: {url}\nsources:\n  share: {{type: files, path: share}}\n")
    counted: set[str] = set()
    count = Facts.whole

    def whole(self: Facts, wanted: ColumnElement[bool]) -> Iterator[FieldFacts]:
        for fact in count(self, wanted):
            counted.add(fact.unit)
            yield fact

    config = configuration.load(tmp_path / "insyn.yaml")
    with opened(config, create=True) as store:
        made = Estate(tmp_path, config, store, counted)
        for folder in FOLDERS:
            made.write(f"{folder}/lista.csv", ANNA, BO)
        made.write("sale/more.csv", ANNA)
        made.scan()
        monkeypatch.setattr(Facts, "whole", whole)
        assert made.mails() == dict.fromkeys(FOLDERS, 2)
        assert counted == FOLDERS
        yield made


def test_a_scan_that_finds_nothing_new_counts_nothing(estate: Estate) -> None:
    estate.scan()
    assert estate.mails() == dict.fromkeys(FOLDERS, 2)
    assert estate.counted == set()


def test_only_what_has_changed_is_counted(estate: Estate) -> None:
    estate.write("sale/more.csv", ANNA, EVA)
    (estate.directory / "share" / "old" / "lista.csv").unlink()
    estate.write("new/lista.csv", BO)
    estate.scan()
    assert estate.mails() == {"sale": 3, "arkiv": 2, "new": 1}
    assert estate.counted == {"sale", "new"}


def test_what_is_read_again_is_counted_again(estate: Estate) -> None:
    estate.scan("--full")
    assert estate.mails() == dict.fromkeys(FOLDERS, 2)
    assert estate.counted == FOLDERS


def test_a_dismissed_value_is_counted_out_where_it_stands(estate: Estate) -> None:
    estate.write("sale/lista.csv", BO, EVA)
    estate.scan()
    assert estate.mails()["sale"] == 3
    token = estate.store.keys.token("EMAIL_ADDRESS", EVA)
    said = Decision(0, "dismiss", "", "", "", "EMAIL_ADDRESS", "", "x", "", "", token=token)
    made = review.decide(estate.store, said)
    assert estate.mails() == {"sale": 2, "old": 2, "arkiv": 2}
    assert estate.counted == {"sale"}
    review.undo(estate.store, made.id)
    assert estate.mails()["sale"] == 3
    assert estate.counted == {"sale"}


def test_what_may_read_it_is_told_without_a_reading(estate: Estate) -> None:
    (estate.directory / "share" / "old" / "lista.csv").chmod(0o600)
    estate.scan()
    readers = {one.unit: one.readers for one in estate.facts() if one.entity == "EMAIL_ADDRESS"}
    assert (readers["old"], readers["arkiv"]) == ("owner", "everyone")


def test_another_score_is_counted_by_itself(estate: Estate) -> None:
    assert not any(one.entity for one in remembered.estate(estate.store, estate.config, 1.01).facts)
    estate.counted.clear()
    assert estate.mails() == dict.fromkeys(FOLDERS, 2)
    assert estate.counted == set()
