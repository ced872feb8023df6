"""`insyn export`: how catalogues call our sources, and what the command refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reports.catalogue import Place
from scanner import config as configuration
from scanner.commands.export import places
from scanner.errors import ConfigError
from tests.scanner.conftest import Demo
from tests.scanner.forking import insyn

PLACES = {
    "{type: database, url: 'postgresql+psycopg://u:hemligt@db.example.se/kunder'}": Place(
        "postgres://db.example.se:5432", "postgres", "kunder."
    ),
    "{type: database, url: 'mysql+pymysql://u:hemligt@db.example.se:3307/kunder'}": Place(
        "mysql://db.example.se:3307", "mysql"
    ),
    "{type: database, url: 'sqlite:////srv/crm.db'}": Place("file", "sqlite", "/srv/crm.db."),
    "{type: s3, bucket: samtal}": Place("s3://samtal", "s3", root="samtal/"),
    "{type: files, path: /srv/avtal}": Place("file", "file", "/srv/avtal/"),
    "{type: files, path: 'smb://nas.example.se/kunder/avtal', username: u, password: hemligt}": Place(
        "smb://nas.example.se/kunder", "file", "avtal/", "nas.example.se/kunder/"
    ),
    "{type: recordings, path: 's3://samtal/2026'}": Place("s3://samtal", "s3", "2026/", "samtal/"),
    "{type: declared, categories: [identity]}": None,
}


@pytest.mark.parametrize(("source", "place"), PLACES.items(), ids=[str(number) for number in range(len(PLACES))])
def test_places_name_no_user_and_no_password(tmp_path: Path, source: str, place: Place | None) -> None:
    written = tmp_path / "insyn.yaml"
    written.write_text(f"key: file:k\nsources:\n  a: {source}\n", encoding="utf-8")
    assert places(configuration.load(written)).get("a") == place


@pytest.mark.parametrize("source", ["{type: database, url: hemligt}", "{type: database}", "{type: s3}"])
def test_a_source_that_does_not_say_where_it_is_is_named(tmp_path: Path, source: str) -> None:
    written = tmp_path / "insyn.yaml"
    written.write_text(f"key: file:k\nsources:\n  a: {source}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"^(?!.*hemligt).*sources\.a"):
        places(configuration.load(written))


def test_the_demo_is_written_for_both(demo: Demo, tmp_path: Path) -> None:
    lineage = insyn("export", "--format", "openlineage", cwd=demo.directory)
    assert lineage.code == 0, lineage.err
    names = {json.loads(line)["dataset"]["name"] for line in lineage.out.splitlines()}
    assert any(name.endswith("crm.db.kunder") for name in names)
    made = insyn("export", "--format", "datahub", "-o", tmp_path / "datahub.json", cwd=demo.directory)
    assert made.code == 0, made.err
    assert json.loads((tmp_path / "datahub.json").read_text(encoding="utf-8"))


def test_before_the_first_scan_it_says_so(tmp_path: Path) -> None:
    assert insyn("init", cwd=tmp_path).code == 0
    run = insyn("export", "--format", "datahub", cwd=tmp_path)
    assert run.code == 1
    assert "`insyn scan` makes it" in run.line


def test_wrong_options_end_2(tmp_path: Path) -> None:
    assert insyn("export", cwd=tmp_path).code == 2
    run = insyn("export", "--format", "csv", cwd=tmp_path)
    assert (run.code, run.line) == (2, "insyn: --format: csv is not possible here; there are openlineage, datahub")
