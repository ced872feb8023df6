"""A name that is misspelt, in a policy, the configuration or a command, is told: it would silently do nothing."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from reports.policy_new import skeleton
from scanner.keys import new_key
from tests.scanner.forking import insyn

pytestmark = pytest.mark.slow

CONFIG = """\
policy: policy.yaml
sources:
  crm:
    type: database
    url: sqlite:///crm.db
    owner: Kundtjänst
"""


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("typos")
    new_key(directory / "insyn.key")
    (directory / "share" / "kunder").mkdir(parents=True)
    (directory / "share" / "kunder" / "brev.txt").write_text("hej@example.se")
    with sqlite3.connect(directory / "crm.db") as connection:
        connection.execute("CREATE TABLE kunder (id INTEGER PRIMARY KEY, epost TEXT)")
        connection.execute("INSERT INTO kunder VALUES (1, 'anna.ek@example.se')")
    connection.close()
    (directory / "policy.yaml").write_text(skeleton("acme", "Acme AB"), encoding="utf-8")
    (directory / "insyn.yaml").write_text(f"{CONFIG}  share: {{type: files, path: share, owner: IT}}\n")
    assert insyn("scan", cwd=directory).code == 0
    return directory


def written(directory: Path, name: str, text: str) -> str:
    (directory / name).write_text(text, encoding="utf-8")
    return name


def test_a_policy_with_an_unknown_entity_is_valid_with_a_warning(scanned: Path) -> None:
    text = skeleton("acme", "Acme AB").replace("home: [PHONE_NUMBER]", "home: [PHONE_NUMER]")
    name = written(scanned, "phone.yaml", text)
    run = insyn("policy", "check", name, cwd=scanned)
    assert run.code == 0
    assert ": categories.phone.detect.home: no installed recognizer gives PHONE_NUMER; did you mean" in run.out
    told = json.loads(insyn("policy", "check", name, "--format", "json", cwd=scanned).out)
    assert (told["valid"], [one["key"] for one in told["warnings"]]) == (True, ["categories.phone.detect.home"])


@pytest.mark.parametrize("command", ["policy check", "check", "inventory", "findings", "article30"])
def test_a_mistake_in_the_policy_ends_2_wherever_it_is_met(scanned: Path, command: str) -> None:
    name = written(scanned, "home.yaml", skeleton("acme", "Acme AB").replace("home: [PERSON]", "hom: [PERSON]"))
    config = written(scanned, "wrong.yaml", CONFIG.replace("policy.yaml", name))
    run = insyn(*command.split(), "-c", config, cwd=scanned)
    assert run.code == 2
    assert "categories.name.detect.hom: no such key; there are home, where_named" in run.out + run.err
    if command == "policy check":
        assert run.out.endswith("\n1 mistake\n")


WRONG = """\
    purposes: [service_provison]
    schedule: "61 2 * * *"
    tables:
      kunder: {purposes: [marketing]}
      kundr: {relationship_end: avslutad}
  share:
    type: files
    path: share
    owner: IT
    tables: {kunder: {received: skapad}, kundr: {received: skapad}}
"""


def test_check_tells_what_does_not_fit(scanned: Path) -> None:
    config = written(scanned, "fit.yaml", CONFIG + WRONG)
    run = insyn("check", "-c", config, cwd=scanned)
    assert run.code == 2
    told = [line.strip() for line in run.out.splitlines()]
    unknown = "is no purpose of the policy; there are service_provision"
    assert f"wrong: purposes: service_provison {unknown}; did you mean service_provision?" in told
    assert f"wrong: tables.kunder.purposes: marketing {unknown}" in told
    assert 'wrong: schedule: 61 2 * * * is no cron expression; expected such as "0 2 * * 1-5"' in told
    assert told.count("warning: tables.kundr: there is no such table, file or folder; did you mean kunder?") == 2
    assert not any("tables.kunder:" in line for line in told)
    scan = insyn("scan", "crm", "-c", config, cwd=scanned)
    assert scan.code == 0
    assert f"fit.yaml: sources.crm.purposes: service_provison {unknown}; did you mean" in scan.err
    assert len(scan.err.splitlines()) == 2


def test_check_of_what_fits_ends_0(scanned: Path) -> None:
    fits = '    purposes: [service_provision]\n    schedule: "0 2 * * 1-5"\n    tables: {kunder: {since: epost}}\n'
    run = insyn("check", "-c", written(scanned, "fits.yaml", CONFIG + fits), cwd=scanned)
    assert run.code == 0, run.out
    assert "wrong" not in run.out
    assert "tables" not in run.out


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--source", "crn"], "--source: crn is not possible here; there are crm, share; did you mean crm?"),
        (["--entity", "PHONE_NUMER"], "SE_PROPERTY_DESIGNATION, UNION_MENTION, USERNAME; did you mean PHONE_NUMBER?"),
        (["--category", "emial"], "; did you mean email?"),
    ],
)
def test_findings_of_what_there_is_not_end_2(scanned: Path, arguments: list[str], expected: str) -> None:
    run = insyn("findings", *arguments, cwd=scanned)
    assert run.code == 2
    assert expected in run.line
    assert run.out == ""


def test_findings_say_that_a_unit_is_not_there(scanned: Path) -> None:
    run = insyn("findings", "--format", "jsonl", "--source", "crm", "--unit", "kundr", cwd=scanned)
    assert (run.code, run.out) == (0, "")
    assert run.line == "insyn: --unit: nothing is there: no scan has listed a unit of crm that kundr matches"
    for known in (["--unit", "kunder"], ["--entity", "SECRET", "--unit", "kund*"]):
        assert insyn("findings", "--source", "crm", *known, cwd=scanned).err == ""


def test_a_decision_about_a_place_that_no_scan_has_listed_is_refused(scanned: Path) -> None:
    for source, unit in (("crm", "kundr"), ("share", "kundr"), ("share", "kundr*")):
        run = insyn("review", "dismiss", source, unit, "--reason", "x", cwd=scanned)
        assert run.code == 2
        assert f"no scan has listed a table or folder of {source} that is called {unit}; did you mean" in run.line
    assert json.loads(insyn("review", "list", "--format", "json", cwd=scanned).out) == []
    assert insyn("review", "dismiss", "crm", "kund*", "epost", "--reason", "x", cwd=scanned).code == 0


def test_what_is_sound_is_said_to_be(scanned: Path) -> None:
    assert insyn("store", "check", cwd=scanned).line == "insyn: the store is sound"
    assert "insyn: the log is whole" in insyn("audit", "verify", cwd=scanned).line


def test_help_lists_the_formats_of_each_command(scanned: Path) -> None:
    for command, formats in (("check", "text or json."), ("findings", "jsonl or csv."), ("subject", "json or html.")):
        assert formats in " ".join(insyn(command, "--help", cwd=scanned).out.split())
