"""S03: a package is released as it was seen, byte for byte, by who saw it, and only while the case has not changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import pyzipper

from scanner import audit
from scanner.cases import delivery as case_delivery
from scanner.cases import hits as case_hits
from scanner.cases import package as case_package
from scanner.cases import preview as case_preview
from scanner.cases import tasks as case_tasks
from scanner.cases.desk import Desk, SpecialHandlingError
from scanner.cases.model import Decision, Identity, NewCase, State
from scanner.cases.package_archive import password_file
from scanner.errors import ConfigError
from tests.scanner.case_estate import ANNA, MIRA, Office, make_office

pytestmark = pytest.mark.slow

NOTED = "case preview"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return make_office(tmp_path_factory.mktemp("office"))


@pytest.fixture
def erik(office: Office) -> Iterator[Desk]:
    with office.desk("erik") as desk:
        yield desk


@pytest.fixture
def maria(office: Office) -> Iterator[Desk]:
    with office.desk("maria") as desk:
        yield desk


@pytest.fixture
def built(erik: Desk) -> case_package.Built:
    case = erik.register.open(NewCase(date(2026, 11, 2), identifiers=(ANNA,), name="Anna Ekdahl"))
    case_hits.search(erik, case.number)
    for task in case_tasks.listed(erik, case.number):
        case_tasks.answer(erik, case.number, task.id, "Inget fanns.")
    erik.register.identify(case.number, Identity.STRONG)
    return case_package.build(erik, case.number)


@pytest.fixture
def number(erik: Desk, built: case_package.Built) -> str:
    return erik.register.listed()[-1].number


def seen(desk: Desk, number: str, name: str = case_preview.PAGE) -> bytes:
    return b"".join(case_preview.preview(desk, number, name)[1])


def test_what_is_seen_is_what_is_handed_out(maria: Desk, built: case_package.Built, number: str) -> None:
    with pyzipper.AESZipFile(built.path) as archive:
        archive.setpassword(built.password.encode())
        for name in (case_preview.PAGE, "brev.pdf", "uppgifter.json"):
            assert seen(maria, number, name) == archive.read(name)
    assert case_delivery.release(maria, number).state is State.RELEASED


def test_who_has_not_seen_it_to_the_end_does_not_release_it(maria: Desk, number: str) -> None:
    with pytest.raises(ConfigError, match="look through the package first"):
        case_delivery.release(maria, number)
    seen(maria, number, "brev.pdf")
    next(case_preview.preview(maria, number)[1])
    with pytest.raises(ConfigError, match="look through the package first"):
        case_delivery.release(maria, number)


def test_what_another_has_seen_counts_for_nobody_else(erik: Desk, maria: Desk, number: str) -> None:
    seen(erik, number)
    with pytest.raises(ConfigError, match="look through the package first"):
        case_delivery.release(maria, number)


def test_a_package_that_is_built_again_is_seen_again(erik: Desk, maria: Desk, number: str) -> None:
    seen(maria, number)
    case_package.build(erik, number)
    with pytest.raises(ConfigError, match="look through the package first"):
        case_delivery.release(maria, number)


def test_a_decision_after_the_building_needs_a_new_package(erik: Desk, maria: Desk, number: str) -> None:
    seen(maria, number)
    case_hits.decide(erik, number, [case_hits.kept(erik, number)[0].id], Decision.WITHHOLD, "fel person")
    with pytest.raises(ConfigError, match="decided withhold after the package was built"):
        case_delivery.release(maria, number)


def test_an_archive_that_was_changed_is_neither_seen_nor_released(
    maria: Desk, built: case_package.Built, number: str
) -> None:
    seen(maria, number)
    built.path.write_bytes(built.path.read_bytes() + b"\n")
    with pytest.raises(ConfigError, match="was changed after it was built"):
        case_delivery.release(maria, number)
    with pytest.raises(ConfigError, match="was changed after it was built"):
        seen(maria, number)


def test_after_the_release_only_the_password_opens_it(maria: Desk, built: case_package.Built, number: str) -> None:
    sealed = password_file(built.path)
    assert sealed.stat().st_mode & 0o777 == 0o600
    assert built.password.encode() not in sealed.read_bytes()
    seen(maria, number)
    case_delivery.release(maria, number)
    assert not sealed.exists()
    with pytest.raises(ConfigError, match="what opens the package is gone"):
        seen(maria, number)


def test_the_log_has_the_package_before_it_is_seen_and_released(
    maria: Desk, built: case_package.Built, number: str
) -> None:
    _, pieces = case_preview.preview(maria, number)
    fingerprint = case_preview.fingerprint(built.package)
    assert [look.action for look in audit.looks(maria.store, [fingerprint], "")] == [NOTED]
    assert b"".join(pieces)
    case_delivery.release(maria, number)
    assert [look.action for look in audit.looks(maria.store, [fingerprint], "")] == [NOTED, "case release"]


def test_a_file_that_the_package_does_not_have_is_said(maria: Desk, number: str) -> None:
    with pytest.raises(ConfigError, match=r"it has brev\.pdf, uppgifter\.html"):
        case_preview.preview(maria, number, "none")


def test_a_person_of_protected_identity_is_seen_only_by_those_with_that_task(office: Office, maria: Desk) -> None:
    with office.desk("eva", special=True) as eva:
        case = eva.register.open(NewCase(date(2026, 11, 2), identifiers=(MIRA,)))
        case_hits.search(eva, case.number)
        case_package.build(eva, case.number, because="provas")
        assert b"Haddad" in seen(eva, case.number)
    with pytest.raises(SpecialHandlingError):
        case_preview.preview(maria, case.number)
