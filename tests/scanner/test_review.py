"""Decisions are kept, survive a new scan, need a second person where they are wide, and never hold a value."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from reports.policy import load
from reports.review import Decision
from scanner import config as configuration
from scanner.decisions import review
from scanner.errors import ConfigError
from scanner.keys import new_key
from scanner.reporting.listing import Filter, findings
from scanner.workflow import opened
from tests.scanner.forking import insyn

pytestmark = pytest.mark.slow

MAIL = "anna.ek@example.se"
OMNIPOINT = load("omnipoint")
MAILS = Filter(entity="EMAIL_ADDRESS")
GIVEN = Decision(0, "dismiss", "share", "", "epost", "", "", "test", "", "")


@pytest.fixture(scope="module")
def estate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("review")
    new_key(directory / "insyn.key")
    (directory / "share").mkdir()
    (directory / "share" / "lista.csv").write_text(f"epost;ort\n{MAIL};Sala\nbo@example.se;Mora\n")
    (directory / "insyn.yaml").write_text("sources:\n  share: {type: files, path: share}\n")
    assert insyn("scan", cwd=directory).code == 0
    return directory


def found(directory: Path) -> list[tuple[str, int, str | None]]:
    rows = json.loads(insyn("inventory", "--format", "json", cwd=directory).out)["rows"]
    return [(row["field"], row["distinct"], row["review"]) for row in rows if row["entity"] == "EMAIL_ADDRESS"]


def test_a_dismissed_value_is_not_counted_and_not_stored(estate: Path) -> None:
    run = insyn("review", "dismiss", "--value", MAIL, "--reason", "our own", cwd=estate)
    assert run.code == 0, run.err
    assert [row[:2] for row in found(estate)] == [("epost", 1)]
    assert MAIL.encode() not in (estate / "insyn.db").read_bytes()
    assert insyn("review", "undo", "1", cwd=estate).code == 0
    assert [row[:2] for row in found(estate)] == [("epost", 2)]


def test_a_confirmation_survives_a_full_scan(estate: Path) -> None:
    assert insyn("review", "confirm", "share", "", "epost", cwd=estate).code == 0
    assert insyn("scan", "--full", cwd=estate).code == 0
    ((_, _, said),) = found(estate)
    assert said is not None
    assert said.startswith("confirm #")


def test_findings_say_what_was_decided(estate: Path) -> None:
    config = configuration.load(estate / "insyn.yaml")

    def listed() -> set[tuple[str, str | None]]:
        with opened(config) as store:
            return {(row["category"], row["review"] and row["review"][:7]) for row in findings(store, OMNIPOINT, MAILS)}

    with opened(config) as store:
        token = store.keys.token("EMAIL_ADDRESS", MAIL)
        value = review.decide(store, replace(GIVEN, source="", field="", token=token), by="anna")
    assert {said for _, said in listed()} > {"dismiss"}
    with opened(config) as store:
        review.undo(store, value.id)
        moved = review.decide(store, replace(GIVEN, kind="reclassify", category="name"), by="anna")
    assert listed() == {("name", "reclass")}
    with opened(config) as store:
        review.undo(store, moved.id)
    assert "dismiss" not in {said for _, said in listed()}


def test_a_wide_decision_waits_for_a_second_person(estate: Path) -> None:
    """S20."""
    config = configuration.load(estate / "insyn.yaml")
    with opened(config) as store:
        made = review.decide(store, replace(GIVEN, field="*"), by="anna")
        with pytest.raises(ConfigError, match="was made by anna; another person must approve it"):
            review.approve(store, made.id, by="anna")
    assert found(estate), "it does not count yet"
    with opened(config) as store:
        assert review.approve(store, made.id, by="bo").approved_by == "bo"
    assert found(estate) == [], "now it does"
    with opened(config) as store:
        review.undo(store, made.id, by="bo")
        narrow = review.decide(store, GIVEN, by="anna")
        with pytest.raises(ConfigError, match="is about one field; it counts already"):
            review.approve(store, narrow.id, by="bo")
        review.undo(store, narrow.id)


def test_the_list_names_all(estate: Path) -> None:
    listed = json.loads(insyn("review", "list", "--format", "json", cwd=estate).out)
    assert {one["state"] for one in listed} >= {"active", "undone"}
    assert insyn("audit", "verify", cwd=estate).code == 0


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["dismiss", "share", "x", "y"], "say why with --reason"),
        (["dismiss", "--reason", "x"], "say where: SOURCE and UNIT"),
        (["dismiss", "crm", "x", "--reason", "x"], "there is no source crm; there are share"),
        (["dismiss", "--value", "hej", "--reason", "x"], "--value is read as nothing"),
        (["reclassify", "share", "x", "--to", "cars", "--reason", "x"], "cars is no category of the policy omnipoint"),
        (["undo", "99"], "there is no decision 99"),
        (["hold", "share", "x", "--reason", "r", "--until", "snart"], "--until: snart is no date"),
    ],
)
def test_wrong_decisions_end_2(estate: Path, arguments: list[str], expected: str) -> None:
    run = insyn("review", *arguments, cwd=estate)
    assert run.code == 2
    assert expected in run.line
