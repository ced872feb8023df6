"""A package of many records is written record by record: its memory hardly grows with them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
import pyzipper

from bench.large_package import FEWER, MANY, PART, Measured, make, measured, package, scan, search

RECORDS = 20_000
KIB_EACH = 1.0
"""At that rate 200,000 records take 200 MiB more than none; half of it was measured."""


def built(directory: Path, person: str) -> Measured:
    found = measured(search, directory, person)
    assert found.told == (RECORDS if person == MANY else RECORDS // PART) + 1
    return measured(package, directory, person)


def unpacked(path: Path, password: str) -> dict[str, bytes]:
    with pyzipper.AESZipFile(path) as archive:
        archive.setpassword(password.encode())
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_t67_a_package_of_many_records_is_whole_and_takes_little_memory(tmp_path: Path) -> None:
    """With 200,000 records: `python -m bench.large_package DIR`."""
    directory = tmp_path / "estate"
    make(directory, RECORDS)
    measured(scan, directory)
    fewer, many = built(directory, FEWER), built(directory, MANY)
    assert (many.peak - fewer.peak) * 1024 <= KIB_EACH * (RECORDS - RECORDS // PART)
    files = unpacked(*many.told)
    manifest = json.loads(files.pop("manifest.json"))["files"]
    assert {name: hashlib.sha256(content).hexdigest() for name, content in files.items()} == {
        name: one["sha256"] for name, one in manifest.items()
    }
    entries = json.loads(files["uppgifter.json"])["entries"]
    alarms = {datum["value"] for entry in entries for datum in entry["data"] if datum["field"] == "text"}
    assert len(alarms) == RECORDS == len(entries) - 1
    assert files["uppgifter.html"].count(b"<article>") == len(entries)
    assert files["uppgifter.csv"].count(b"larmlogg") >= RECORDS
    assert b"Lundmark" not in files["uppgifter.html"]
