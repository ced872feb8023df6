"""The archive for an authority is the same twice; an incident's first figures; fields to look through."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest

from reports.elusion import bound
from scanner.keys import new_key
from tests.scanner.conftest import Run, insyn

pytestmark = pytest.mark.slow

LIST = "epost;ort;larmkod\nanna.ek@example.se;Sala;2590#\nbo@example.se;Mora;7719#\n"


@pytest.fixture(scope="module")
def estate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("evidence")
    new_key(directory / "insyn.key")
    (directory / "share" / "kunder").mkdir(parents=True)
    (directory / "share" / "kunder" / "lista.csv").write_text(LIST)
    (directory / "share" / "varor.csv").write_text("artikel;antal\nsiren;4\nkabel;9\n")
    (directory / "insyn.yaml").write_text("sources:\n  share: {type: files, path: share, owner: IT}\n")
    assert insyn("scan", cwd=directory).code == 0
    return directory


def made(estate: Path, *arguments: object) -> Run:
    run = insyn(*arguments, cwd=estate)
    assert run.code == 0, run.err
    return run


def test_the_archive_is_the_same_byte_for_byte(estate: Path) -> None:
    for name in ("one.zip", "two.zip"):
        made(estate, "evidence", "-o", name)
    one, two = ((estate / name).read_bytes() for name in ("one.zip", "two.zip"))
    assert one == two


def test_the_manifest_has_the_digest_of_every_file(estate: Path) -> None:
    made(estate, "evidence", "-o", "evidence.zip")
    with zipfile.ZipFile(estate / "evidence.zip") as archive:
        manifest = json.loads(archive.read("manifest.json"))
        names = set(archive.namelist()) - {"manifest.json"}
        assert manifest["files"] == {name: hashlib.sha256(archive.read(name)).hexdigest() for name in sorted(names)}
        assert hashlib.sha256(archive.read("policy.yaml")).hexdigest() == manifest["policy_sha256"]
    assert {"inventory.html", "inventory.xlsx", "retention.json", "article30.json", "ledger.json"} <= names
    assert manifest["configuration_sha256"] == hashlib.sha256((estate / "insyn.yaml").read_bytes()).hexdigest()
    assert manifest["versions"]["insyn"]


def test_nothing_is_made_before_the_first_scan(tmp_path: Path) -> None:
    new_key(tmp_path / "insyn.key")
    (tmp_path / "insyn.yaml").write_text("sources:\n  share: {type: files, path: .}\n")
    run = insyn("evidence", cwd=tmp_path)
    assert run.code == 1
    assert "`insyn scan`" in run.line


def test_an_incident_counts_what_lay_there(estate: Path) -> None:
    listed = made(estate, "incident", "share", "kunder", "--format", "csv").out
    rows = {row["Kategori"]: row for row in csv.DictReader(io.StringIO(listed.removeprefix("\ufeff")), delimiter=";")}
    assert rows["E-postadress"]["Poster"] == "2"
    assert rows["Individuella koder för att återkalla larm"]["Känslighet"] == "Kritisk"
    assert "72 timmar" in made(estate, "incident", "share").out
    assert "Inga personuppgifter hittades där." in made(estate, "incident", "share", "nowhere").out
    run = insyn("incident", "crm", cwd=estate)
    assert (run.code, "there is no source crm; there are share" in run.line) == (2, True)


def test_the_sample_is_of_fields_without_findings_and_the_same_again(estate: Path) -> None:
    listed = made(estate, "sample", "--format", "csv").out
    assert listed == made(estate, "sample", "--format", "csv").out
    fields = {row["Fält"] for row in csv.DictReader(io.StringIO(listed.removeprefix("\ufeff")), delimiter=";")}
    assert {"artikel", "antal"} <= fields
    assert not {"epost", "larmkod"} & fields
    assert "missat som mest" in made(estate, "sample", "--missed", "0").out
    run = insyn("sample", "--missed", "999", cwd=estate)
    assert (run.code, "--missed: 999 is not possible" in run.line) == (2, True)


@pytest.mark.parametrize(("missed", "size", "low", "high"), [(0, 60, 0.04, 0.07), (3, 60, 0.1, 0.15), (0, 0, 1.0, 1.0)])
def test_what_a_sample_bounds(missed: int, size: int, low: float, high: float) -> None:
    assert low <= bound(missed, size) <= high
