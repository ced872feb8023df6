"""A sole trader's package: the surname alone is the person's own though the register knows just the firm's name."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

from reports.language import translator
from scanner import config as configuration
from scanner import workflow
from scanner.cases.desk import Desk
from scanner.cases.model import NewCase
from scanner.cases.package_entries import Entries
from scanner.engine.results import Silent
from scanner.keys import new_key
from tests.scanner.case_estate import ANALYZER, MIRA

_CONFIG = """\
policy: omnipoint
store: sqlite:///insyn.db
key: file:insyn.key
sources:
  crm: {type: database, url: "sqlite:///crm.db"}
  share: {type: files, path: share}
"""
_LETTER = "Hej Mira! Kundnummer 104103, personnummer 19900118-9811. Fru Haddad ringde, och Sven Lundmark har nyckel."


def test_the_words_of_ones_own_name_stay_in_names_of_files_and_in_texts(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "crm.db") as connection:
        connection.execute("CREATE TABLE kunder (kundnr INTEGER PRIMARY KEY, namn TEXT, personnummer TEXT)")
        connection.execute("INSERT INTO kunder VALUES (104103, 'Firma Mira Haddad', ?)", (MIRA,))
        connection.execute("INSERT INTO kunder VALUES (104104, 'Sven Lundmark', '19510903-2390')")
    folder = tmp_path / "share" / "kunder" / "104103 Mira_Haddad"
    folder.mkdir(parents=True)
    (folder / "brev_Haddad.txt").write_text(_LETTER, encoding="utf-8")
    (tmp_path / "insyn.yaml").write_text(_CONFIG, encoding="utf-8")
    new_key(tmp_path / "insyn.key")
    config = configuration.load(tmp_path / "insyn.yaml")
    workflow.scan(config, [], Silent())
    with workflow.opened(config) as store:
        desk = Desk(store, config, workflow.policy(config), ANALYZER, actor="erik")
        case = desk.register.open(NewCase(date(2026, 11, 2), identifiers=(MIRA,)))
        with desk.searched(case, "case package") as found:
            entries = list(Entries(desk, found, {}, translator("sv")))
    (letter,) = [one for one in entries if one.source == "share"]
    given = {datum.label: datum.value for datum in letter.data}
    assert letter.place == given["path"] == "kunder/104103 Mira_Haddad/brev_Haddad.txt"
    (text,) = [value for label, value in given.items() if label != "path"]
    assert text.startswith("Hej Mira!")
    assert "Fru Haddad ringde" in text
    assert "Lundmark" not in text
