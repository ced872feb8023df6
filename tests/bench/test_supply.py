"""What is shipped along: the lock fits the project and names no place, its licences go with ours, the bill agrees."""

from __future__ import annotations

import json
import os
import tomllib
from importlib.metadata import distributions

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packaging.markers import Marker, default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bench.trust.collect import ROOT
from bench.trust.supply import LOCK, READ, SBOM, bill, goes_with_mit, pinned

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LINES = list(pinned())


def required(extra: str = "") -> list[Requirement]:
    """What the core or an extra asks for, extras of our own resolved."""
    project = PROJECT["project"]
    found = []
    for text in project["optional-dependencies"][extra] if extra else project["dependencies"]:
        requirement = Requirement(text)
        own = requirement.name == project["name"]
        found += [one for name in requirement.extras for one in required(name)] if own else [requirement]
    return found


def test_the_lock_fits_what_the_project_asks_for() -> None:
    """S21: a requirement that is raised and not locked anew is seen."""
    asked = [*required(), *required("all"), *map(Requirement, PROJECT["build-system"]["requires"])]
    assert len(asked) > 30
    for requirement in asked:
        versions = [one.version for one in LINES if one.name == canonicalize_name(requirement.name)]
        assert versions, f"{requirement.name} is not locked: run packaging/lock"
        assert all(requirement.specifier.contains(one) for one in versions), f"{requirement}: run packaging/lock"


def test_the_lock_is_closed() -> None:
    """S21: what the locked distributions themselves ask for is locked, too, as far as they are installed here."""
    names = {one.name for one in LINES}
    installed = {canonicalize_name(one.name): one for one in distributions()}
    here = [
        installed[one.name] for one in LINES if one.name in installed and installed[one.name].version == one.version
    ]
    wanted = [(one.name, Requirement(text)) for one in here for text in one.requires or ()]
    environment = {**default_environment(), "extra": ""}
    missing = [
        f"{name} needs {one.name}"
        for name, one in wanted
        if (one.marker is None or one.marker.evaluate(environment)) and canonicalize_name(one.name) not in names
    ]
    assert len(here) > 50
    assert missing == []


def test_nothing_is_locked_that_nobody_asks_for() -> None:
    """S21: what was asked for once and is no more goes with the next `packaging/lock`."""
    installed = {canonicalize_name(one.name): one for one in distributions()}
    asked = [*required(), *required("all"), *map(Requirement, PROJECT["build-system"]["requires"])]
    waiting, met = [canonicalize_name(one.name) for one in asked], set[str]()
    while waiting:
        name = waiting.pop()
        if name not in met:
            met.add(name)
            own = installed[name].requires if name in installed else None
            waiting += [canonicalize_name(Requirement(text).name) for text in own or ()]
    here = {one.name for one in LINES if one.name in installed}
    assert len(here) > 50
    assert here - met == set(), "run packaging/lock, then python -m bench.trust.supply --write"


@pytest.mark.skipif(not os.environ.get("INSYN_REQUIRE_SERVERS"), reason="an environment of one's own may be newer")
def test_the_tests_run_what_is_locked() -> None:
    """S21: `./run test` installs the locked versions."""
    marked = [one for one in LINES if not one.marker or Marker(one.marker).evaluate()]
    installed = {canonicalize_name(one.name): one.version for one in distributions()}
    others = [
        f"{one.name} {installed[one.name]}" for one in marked if installed.get(one.name, one.version) != one.version
    ]
    assert others == []


def test_each_line_has_hashes_and_none_names_a_place() -> None:
    """S21."""
    text = LOCK.read_text(encoding="utf-8")
    assert sum("==" in line for line in text.splitlines()) == len(LINES) > 100
    assert all(one.hashes for one in LINES)
    assert "://" not in text
    assert not any(
        line.lstrip().startswith(("--index", "--extra-index", "--find", "-f", "#")) for line in text.splitlines()
    )


@pytest.mark.parametrize("line", LINES, ids=lambda one: f"{one.name} {one.version}")
def test_its_licence_goes_with_ours(line: object) -> None:
    """S21."""
    assert goes_with_mit(line.licence), f"{line.name}: {line.licence or 'no licence is stated'}"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("licence", "good"),
    [
        ("MIT AND Zlib", True), ("Apache-2.0 OR GPL-3.0-only", True), ("GPL-3.0-only", False),
        ("MIT AND AGPL-3.0-only", False), ("", False),
    ],
)  # fmt: skip
def test_licences_are_judged(licence: str, good: bool) -> None:
    """S21."""
    assert goes_with_mit(licence) == good


def test_what_was_read_by_hand_is_locked() -> None:
    assert set(READ) <= {one.name for one in LINES}


def test_the_bill_of_materials_is_valid_and_of_this_lock() -> None:
    """S21."""
    text = SBOM.read_text(encoding="utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    listed = {(one["name"], one["version"]) for one in json.loads(text)["components"]}
    assert listed == {(one.name, one.version) for one in LINES}, "run python -m bench.trust.supply --write"
    assert bill() == bill()
