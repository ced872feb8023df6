"""Another key: all that people wrote can be read under it, nothing under the old one, and at no time neither."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import LargeBinary, event, func, insert, select, update

from recognizers import Analyzer
from recognizers.ip import IpRecognizer
from scanner import audit, rotation, upkeep
from scanner.cases.model import NewCase
from scanner.engine import Scanner
from scanner.engine.holders import Holder
from scanner.errors import ConfigError, InsynError, LockedError
from scanner.keys import Keys, new_key
from scanner.store import Store, review_schema, schema, user_schema
from tests.scanner.case_estate import ANNA, make_office
from tests.scanner.dying import KEYS
from tests.scanner.fakes import MemoryConnector
from tests.scanner.forking import insyn

pytestmark = pytest.mark.slow

NEW = Keys(b"n" * 32)
ROWS = [{"id": str(at), "ip": f"192.0.2.{at}"} for at in range(20)]
REASON = "Ring Anna Ekdahl"


def filled(url: str) -> Store:
    """A store with a scan, a decision about a value and one about a field, and a log of two rows."""
    store = Store.open(url, KEYS)
    scanned(store)
    given = {"kind": "dismiss", "source": "crm", "entity": "", "category": "", "by": "eva", "at": "2026-01-01"}
    sealed = {name: KEYS.seal(REASON) for name in ("unit", "field", "reason")}
    with store.transaction() as connection:
        schema.metadata.create_all(connection)
        rows = [{**given, **sealed, "token": KEYS.token("IP_ADDRESS", "192.0.2.1")}, {**given, **sealed, "token": None}]
        connection.execute(insert(review_schema.review_decision), rows)
    audit.record(store, "subject", "1")
    audit.record(store, "subject", "2")
    return store


def scanned(store: Store) -> int:
    (result,) = Scanner(store, Analyzer([IpRecognizer()])).scan({"crm": MemoryConnector({"a": ROWS})})
    return result.findings


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    opened = filled(store_url)
    yield opened
    opened.close()


def test_every_column_of_bytes_is_accounted_for() -> None:
    digests = {user_schema.invitation, user_schema.api_token, schema.audit}
    for table in schema.metadata.sorted_tables:
        if any(isinstance(column.type, LargeBinary) for column in table.c):
            assert table in rotation.SCANNED | rotation.SEALED | digests, f"{table.name}: what of it under another key?"


def test_all_is_there_under_the_new_key_and_nothing_under_the_old(store: Store, store_url: str) -> None:
    """T71."""
    head = str(audit.verify(store).head)
    assert rotation.rotate(store, NEW) == rotation.Rotated(sealed=6, units=1, undone=1)
    with pytest.raises(InsynError, match="made with another key"):
        Store.open(store_url, KEYS)
    again = Store.open(store_url, NEW)
    table = review_schema.review_decision
    with again.reading() as connection:
        assert {NEW.unseal(reason) for reason in connection.scalars(select(table.c.reason))} == {REASON}
        assert sorted(connection.scalars(select(table.c.undone_by))) == ["", "insyn key rotate"]
        assert connection.scalar(select(func.count()).select_from(schema.finding)) == 0
    assert audit.verify(again, head).whole
    assert audit.verify(again).head.rows == 3
    assert scanned(again) == 20
    assert upkeep.faults(again) == []
    again.close()


def test_the_log_is_still_guarded_and_can_be_handed_over_again(store: Store) -> None:
    """S17."""
    rotation.rotate(store, NEW)
    audit.record(store, "subject", "3")
    rotation.rotate(store, KEYS)
    assert audit.verify(store).whole
    with store.transaction() as connection:
        connection.execute(update(schema.audit).where(schema.audit.c.id == 2).values(actor="nobody"))
    assert audit.verify(store).broken == 2
    with pytest.raises(InsynError, match="the log is not whole"):
        rotation.rotate(store, NEW)


def test_whoever_opened_it_before_writes_nothing_after(store: Store, store_url: str) -> None:
    """T71: no look-up with old tokens, which would find nobody."""
    before = Store.open(store_url, KEYS)
    rotation.rotate(store, NEW)
    with pytest.raises(InsynError, match="was rotated meanwhile"):
        audit.record(before, "subject", "1")
    before.close()


def test_what_cannot_be_done_changes_nothing(store: Store, store_url: str) -> None:
    with pytest.raises(ConfigError, match="this is the key that the store has"):
        rotation.rotate(store, KEYS)
    with Holder(store), pytest.raises(LockedError, match="a scan is going on"):
        rotation.rotate(store, NEW)
    with store.transaction() as connection:
        connection.execute(update(review_schema.review_decision).values(reason=NEW.seal(REASON)))
    with pytest.raises(InsynError, match="cannot open"):
        rotation.rotate(store, NEW)
    Store.open(store_url, KEYS).close()


def die_at(url: str, number: int) -> None:
    """Rotate in this process, which ends like a killed one at the n-th statement that writes."""
    store, count = Store.open(url, KEYS), 0

    def counted(*arguments: object) -> None:
        nonlocal count
        count += str(arguments[2]).split(" ", 1)[0] in ("INSERT", "UPDATE", "DELETE")
        if count == number:
            os._exit(9)

    event.listen(store.engine, "after_cursor_execute", counted)
    rotation.rotate(store, NEW)


def test_killed_at_any_write_it_opens_with_the_old_key_as_if_nothing_had_been(tmp_path: Path) -> None:
    """T02: and once it is through, with the new one."""
    url = f"sqlite:///{tmp_path}/insyn.db"
    filled(url).close()
    for number in (1, 3, 8, 15, 19, 22):
        program = f"from tests.scanner.test_rotation import die_at; die_at({url!r}, {number})"
        assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 9, number
        store = Store.open(url, KEYS)
        assert (upkeep.size(store).findings, upkeep.faults(store), audit.verify(store).whole) == (20, [], True)
        store.close()


def test_the_command_on_a_register_with_cases(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    with office.desk() as desk:
        new = NewCase(date(2026, 8, 31), identifiers=(ANNA,), name="Anna Ekdahl")
        number = desk.register.open(new).number
    run = insyn("key", "rotate", "file:new.key", cwd=tmp_path)
    assert run.code == 0, run.err
    assert "key: file:new.key" in run.err
    refused = insyn("inventory", cwd=tmp_path)
    assert (refused.code, "made with another key" in refused.line) == (1, True)
    config = tmp_path / "insyn.yaml"
    config.write_text(config.read_text().replace("key: file:insyn.key", "") + "\nkey: file:new.key\n")
    early = insyn("inventory", cwd=tmp_path)
    assert "Täckning: Allt är inte genomsökt." in early.out
    assert "aldrig genomsökt" in early.out
    assert insyn("scan", cwd=tmp_path).code in (0, 3)
    with office.desk() as desk:
        assert desk.register.get(number).name == "Anna Ekdahl"
    assert "kunder" in insyn("subject", ANNA, "--case", number, cwd=tmp_path).out
    assert insyn("audit", "verify", cwd=tmp_path).code == 0


def test_a_wrong_new_key_is_one_line_and_changes_nothing(tmp_path: Path) -> None:
    new_key(tmp_path / "insyn.key")
    (tmp_path / "share").mkdir()
    (tmp_path / "insyn.yaml").write_text("sources:\n  share: {type: files, path: share}\n")
    assert insyn("scan", cwd=tmp_path).code == 0
    run = insyn("key", "rotate", "env:NO_SUCH_KEY", cwd=tmp_path)
    assert (run.code, run.line) == (2, "insyn: key: the environment variable NO_SUCH_KEY is not set")
    assert insyn("inventory", cwd=tmp_path).code == 0
