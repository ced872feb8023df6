"""A name that is misspelt, in a policy, the configuration or a command, is told: it would silently do nothing."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from reports.policy_new import skeleton
from scanner.keys import new_key
from tests.scanner.forking import insyn

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
