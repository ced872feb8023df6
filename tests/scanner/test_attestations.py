"""Owners say, by a link and without an account, whether what was found in their system is right."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import update

from scanner import config as configuration
from scanner.config import Config
from scanner.decisions import attestations
from scanner.errors import ConfigError
from scanner.keys import Keys, new_key
from scanner.rotation import rotate
from scanner.store import Store
from scanner.store.attestation_schema import attestation
from scanner.users.roles import Role
from scanner.web import app
from scanner.web.site import Site
from scanner.workflow import opened, policy
from tests.scanner.forking import insyn
from tests.scanner.web.conftest import PASSWORD, Browser, serving

pytestmark = pytest.mark.slow

CONFIG = """
sources:
  delad: {type: files, path: delad, owner: IT}
  annan: {type: files, path: delad}
"""


@pytest.fixture
def config(tmp_path: Path) -> Config:
    (tmp_path / "delad").mkdir()
    (tmp_path / "delad" / "a.txt").write_text("Ring Anna Ek på 070-174 06 05", "utf-8")
    new_key(tmp_path / "insyn.key")
    (tmp_path / "insyn.yaml").write_text(CONFIG, "utf-8")
    return configuration.load(tmp_path / "insyn.yaml")


@pytest.fixture
def store(config: Config) -> Iterator[Store]:
    with opened(config, create=True) as made:
        yield made


def test_an_answer_counts_for_a_year_and_uses_up_its_link(config: Config, store: Store) -> None:
    code = attestations.ask(config, store, "delad", "dpo")
    assert attestations.unattested(config, store) == ["delad", "annan"]
    assert attestations.answer(store, code, "right", "") is not None
    assert attestations.answer(store, code, "right", "") is None
    assert attestations.unattested(config, store) == ["annan"]
    with store.transaction() as connection:
        connection.execute(update(attestation).values(answered_at="2025-01-01T00:00:00Z"))
    assert attestations.unattested(config, store) == ["delad", "annan"]


def test_a_new_link_voids_the_old_and_an_old_one_does_not_work(config: Config, store: Store) -> None:
    first = attestations.ask(config, store, "delad", "dpo")
    second = attestations.ask(config, store, "delad", "dpo")
    assert attestations.asked(store, first) is None
    assert attestations.asked(store, second) is not None
    with store.transaction() as connection:
        connection.execute(update(attestation).values(expires=int(time.time()) - 1))
    assert attestations.asked(store, second) is None
    assert attestations.asked(store, "nobody's") is None


def test_what_is_wrong_must_be_said_and_is_kept_sealed(config: Config, store: Store, tmp_path: Path) -> None:
    code = attestations.ask(config, store, "delad", "dpo")
    with pytest.raises(ConfigError, match="say what is wrong"):
        attestations.answer(store, code, "wrong", " ")
    attestations.answer(store, code, "wrong", "Lönelistor saknas")
    assert attestations.latest(store)["delad"].note == "Lönelistor saknas"
    rotate(store, Keys(b"n" * 32))
    assert attestations.latest(store)["delad"].note == "Lönelistor saknas"
    store.close()
    assert "Lönelistor".encode() not in b"".join(path.read_bytes() for path in tmp_path.glob("insyn.db*"))


def test_only_a_source_with_an_owner_can_be_asked_about(config: Config, store: Store) -> None:
    with pytest.raises(ConfigError, match="annan has no owner"):
        attestations.ask(config, store, "annan", "dpo")
    with pytest.raises(ConfigError, match="there is no source nej"):
        attestations.ask(config, store, "nej", "dpo")


def test_an_owner_answers_on_a_page_without_signing_in(config: Config, store: Store) -> None:
    assert insyn("scan", "-c", config.path, cwd=config.directory).code == 0
    site = Site(config, store, policy(config))
    site.warm()
    site.users.accept(site.users.add("dpo", [Role.DPO], "test"), PASSWORD)
    with serving(app.create(site, {"127.0.0.1"})) as base:
        with httpx2.Client(base_url=base, follow_redirects=True) as client:
            asking = Browser(client)
            asking.post("/signin", "/signin", name="dpo", password=PASSWORD)
            assert "system att intyga" in asking.get("/today")
            link = asking.post("/owners/delad", "/owners").partition(base)[2].partition("</code>")[0]
            assert "har inte svarat" in asking.get("/owners")
        with httpx2.Client(base_url=base, follow_redirects=True) as client:
            owner = Browser(client)
            page = owner.get(link)
            assert "Telefonnummer" in page
            assert "070-174" not in page
            assert "Säg vad som inte stämmer" in owner.post(link, link, status=422, said="wrong")
            assert "Tack" in owner.post(link, link, said="wrong", note="Arkivet saknas")
            owner.get(link, status=404)
            assert owner.client.get("/owners").url.path == "/signin"
    listed = json.loads(insyn("attest", "list", "--format", "json", "-c", config.path, cwd=config.directory).out)
    assert [(one["source"], one["answer"], one["note"]) for one in listed] == [("delad", "wrong", "Arkivet saknas")]


def test_a_link_by_command(config: Config, store: Store) -> None:
    run = insyn("attest", "ask", "delad", "-c", config.path, cwd=config.directory)
    code = run.out.strip().rpartition("/attest/")[2]
    found = attestations.asked(store, code)
    assert found is not None
    assert found.source == "delad"
