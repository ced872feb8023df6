"""A scan reads what changed, forgets what is gone, keeps what was known of what failed, and its states sum up."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from connectors import Batch, Readers, State, Unit, Unread
from connectors.base import LOCATOR
from recognizers import Analyzer
from recognizers.ip import IpRecognizer
from reports.views import coverage_views
from scanner.config import Config, SourceConfig
from scanner.engine import Scanner, SourceResult
from scanner.engine.enumeration import forget_gone
from scanner.engine.holders import Holder
from scanner.engine.job import Job
from scanner.engine.tasks import Tasks
from scanner.engine.writing import write
from scanner.errors import InsynError
from scanner.keys import Keys
from scanner.reporting.overview import coverage
from scanner.store import Store, schema
from tests.scanner.fakes import KEYS, MemoryConnector, unreadable

ANALYZER = Analyzer([IpRecognizer()])


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    opened = Store.open(store_url, KEYS)
    yield opened
    opened.close()


def scanned(store: Store, source: MemoryConnector, *, full: bool = False) -> SourceResult:
    (result,) = Scanner(store, ANALYZER, full=full).scan({"crm": source})
    return result


def count(store: Store, name: str) -> int:
    with store.transaction() as connection:
        return connection.scalar(select(func.count()).select_from(schema.metadata.tables[name])) or 0


def rows(*addresses: str) -> list[dict[str, str]]:
    return [{"id": str(at), "ip": address} for at, address in enumerate(addresses)]


def test_findings_are_tokens_and_no_value_is_in_the_store(store: Store, tmp_path: Path) -> None:
    """S01."""
    result = scanned(store, MemoryConnector({"logg": rows("192.0.2.17", "192.0.2.17", "198.51.100.3")}))
    assert (result.status, result.findings, result.records) == ("complete", 3, 3)
    with store.transaction() as connection:
        assert connection.scalar(select(func.count(schema.finding.c.token.distinct()))) == 2
    if store.engine.dialect.name != "sqlite":
        return
    store.close()
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("insyn.db*"))
    assert b"192.0.2.17" not in stored
    assert b"logg" not in stored


def test_a_second_scan_reads_only_what_changed(store: Store) -> None:
    source = MemoryConnector({"a": rows("192.0.2.1"), "b": rows("192.0.2.2")})
    scanned(store, source)
    source.tables["b"] = rows("192.0.2.2", "192.0.2.3")
    source.reads.clear()
    result = scanned(store, source)
    assert source.reads == ["b"]
    assert result.units == {State.UNCHANGED: 1, State.SCANNED: 1}
    assert count(store, "finding") == 3


def test_who_may_read_a_unit_is_told_anew_though_it_is_not_read_again(store: Store) -> None:
    source = MemoryConnector({"a": rows("192.0.2.1")}, readers=Readers.GROUP)
    for readers in (Readers.GROUP, Readers.EVERYONE):
        source.readers = readers
        scanned(store, source)
        with store.reading() as connection:
            assert connection.scalar(select(schema.unit.c.readers)) == readers
    assert source.reads == ["a"]


def test_full_reads_everything_again_and_doubles_nothing(store: Store) -> None:
    source = MemoryConnector({"a": rows("192.0.2.1")})
    scanned(store, source)
    scanned(store, source, full=True)
    assert source.reads == ["a", "a"]
    assert (count(store, "finding"), count(store, "record")) == (1, 1)
    assert count(store, "lookup") == (store.engine.dialect.name == "sqlite")


def test_another_analyzer_reads_everything_again(store: Store) -> None:
    source = MemoryConnector({"a": rows("192.0.2.1")})
    scanned(store, source)
    Scanner(store, Analyzer([])).scan({"crm": source})
    assert source.reads == ["a", "a"]
    assert count(store, "finding") == 0


def test_what_is_gone_is_forgotten(store: Store) -> None:
    source = MemoryConnector({"a": rows("192.0.2.1"), "b": rows("192.0.2.2")})
    scanned(store, source)
    del source.tables["b"]
    scanned(store, source)
    assert (count(store, "unit"), count(store, "finding"), count(store, "record"), count(store, "field_fact")) == (
        1,
        1,
        1,
        2,
    )


def test_a_source_that_is_down_keeps_what_was_known(store: Store) -> None:
    source = MemoryConnector({"a": rows("192.0.2.1")})
    scanned(store, source)
    source.down = True
    result = scanned(store, source)
    assert (result.status, result.error) == ("failed", "the source is down")
    assert count(store, "finding") == 1


@pytest.mark.parametrize("known", [True, False], ids=["scanned before", "never reached"])
def test_a_source_that_is_down_is_never_said_to_be_read_whole(store: Store, known: bool) -> None:
    config = Config(Path("insyn.yaml"), "omnipoint", "", "", {"crm": SourceConfig(type="database")})
    source = MemoryConnector({"a": rows("192.0.2.1")})
    if known:
        scanned(store, source)
    source.down = True
    scanned(store, source)
    states = {one.state: one.count for one in coverage(store, config)}
    assert states == ({"scanned": 1} if known else {}) | {"unreached": 0}
    assert [view.whole for view in coverage_views(coverage(store, config), [])] == [False]
    source.down = False
    scanned(store, source)
    assert {one.state for one in coverage(store, config)} <= {"scanned", "unchanged"}


def test_a_unit_that_fails_keeps_what_was_known_and_is_tried_again(store: Store) -> None:
    source = MemoryConnector({"a": rows("192.0.2.1")})
    scanned(store, source)
    source.tables["a"], source.broken = [], {"a": [unreadable("a")]}
    result = scanned(store, source)
    assert (result.status, result.unread) == ("partial", [Unread("a", State.UNREADABLE, "corrupt")])
    assert count(store, "finding") == 1
    source.reads.clear()
    scanned(store, source)
    assert source.reads == ["a"]
    assert count(store, "finding") == 1
    source.broken = {}
    assert scanned(store, source).status == "complete"
    assert count(store, "finding") == 0


def test_a_partial_first_reading_is_kept_as_far_as_it_went(store: Store) -> None:
    source = MemoryConnector({"a": rows("192.0.2.1")}, broken={"a": [Unread("a", State.PARTIAL, "connection")]})
    assert scanned(store, source).units == {State.PARTIAL: 1}
    assert count(store, "finding") == 1


def test_a_member_that_fails_is_named_and_its_archive_is_tried_again(store: Store) -> None:
    source = MemoryConnector({"a.zip": rows("192.0.2.1")}, broken={"a.zip": [unreadable("a.zip!/b.txt")]})
    result = scanned(store, source)
    assert result.units == {State.SCANNED: 1, State.UNREADABLE: 1}
    assert result.unread == [Unread("a.zip!/b.txt", State.UNREADABLE, "corrupt")]
    source.reads.clear()
    scanned(store, source)
    assert source.reads == ["a.zip"]
    assert count(store, "unit") == 2


def test_members_are_counted_as_units_when_they_are_read_and_when_they_are_not_read_again(store: Store) -> None:
    member = Unread("a.zip!/b.bin", State.SKIPPED, "excluded")
    source = MemoryConnector({"a.zip": rows("192.0.2.1"), "c": rows("192.0.2.2")}, broken={"a.zip": [member]})
    assert scanned(store, source).units == {State.SCANNED: 2, State.SKIPPED: 1}
    assert scanned(store, source).units == {State.UNCHANGED: 3}


def test_another_key_is_refused(store: Store, store_url: str) -> None:
    """T71."""
    with pytest.raises(InsynError, match="made with another key"):
        Store.open(store_url, Keys(b"x" * 32))


def test_a_store_that_is_no_database_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "insyn.db").write_bytes(b"not a database" * 100)
    with pytest.raises(InsynError, match="cannot be opened"):
        Store.open(f"sqlite:///{tmp_path}/insyn.db", KEYS)


def test_a_reader_that_breaks_is_noted_and_the_scan_goes_on(store: Store) -> None:
    class Breaking(MemoryConnector):
        def read(self, unit: Unit) -> Iterator[Batch | Unread]:
            yield from super().read(unit)
            if unit.key == "a":
                raise RuntimeError("192.0.2.1")

    result = scanned(store, Breaking({"a": rows("192.0.2.1"), "b": rows("192.0.2.2")}))
    assert result.units == {State.PARTIAL: 1, State.SCANNED: 1}
    assert result.unread == [Unread("a", State.PARTIAL, "fault (RuntimeError)")]
    assert count(store, "finding") == 2


def test_a_unit_whose_locators_are_none_is_told_and_nothing_of_it_is_kept_until_they_are_mended(store: Store) -> None:
    misplaced = {"a"}

    class Misplaced(MemoryConnector):
        def read(self, unit: Unit) -> Iterator[Batch | Unread]:
            for item in super().read(unit):
                assert isinstance(item, Batch)
                yield replace(item, records=[7]) if unit.key in misplaced else item  # type: ignore[list-item]

    tables = {"a": rows("192.0.2.1"), "b": rows("192.0.2.2")}
    result = scanned(store, Misplaced(tables))
    assert result.units == {State.UNREADABLE: 1, State.SCANNED: 1}
    (told,) = result.unread
    assert told.reason == f"fault (Misplaced gives a locator that is of type int; {LOCATOR})"
    assert (count(store, "finding"), count(store, "record")) == (1, 1)
    misplaced.clear()
    assert scanned(store, Misplaced(tables)).units == {State.SCANNED: 1, State.UNCHANGED: 1}
    assert count(store, "finding") == 2


def test_what_a_rolled_back_unit_named_is_named_again(store: Store) -> None:
    class Broken(MemoryConnector):
        def read(self, unit: Unit) -> Iterator[Batch | Unread]:
            yield from super().read(unit)
            raise InsynError("the store is gone")

    with pytest.raises(InsynError, match="the store is gone"):
        scanned(store, Broken({"a": rows("192.0.2.1")}))
    scanned(store, MemoryConnector({"a": rows("192.0.2.1")}))
    with store.reading() as connection:
        (field,) = connection.scalars(select(schema.finding.c.field_id))
        assert KEYS.unseal(store.field_names.text(connection, field)) == "ip"


def test_what_lies_in_a_folder_that_is_closed_now_is_kept(store: Store) -> None:
    """T35."""

    class Closed(MemoryConnector):
        def units(self) -> Iterator[Unit | Unread]:
            yield Unread("b/", State.UNREADABLE, "permission")
            yield from super().units()

    tables = {"a": rows("192.0.2.1"), "b/c": rows("192.0.2.2"), "d": rows("192.0.2.3")}
    scanned(store, MemoryConnector(tables))
    scanned(store, Closed({"a": rows("192.0.2.1")}))
    with store.reading() as connection:
        keys = {KEYS.unseal(key) for key in connection.scalars(select(schema.unit.c.key))}
    assert keys == {"a", "b/", "b/c"}


def test_two_scanners_at_once_double_nothing(store: Store, store_url: str) -> None:
    tables = {f"t{at}": rows("192.0.2.1", "192.0.2.2") for at in range(20)}
    other = Store.open(store_url, KEYS)
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda one: scanned(one, MemoryConnector(dict(tables))), (store, other)))
    other.close()
    assert [result.units.total() for result in results] == [20, 20], results
    assert (count(store, "unit"), count(store, "finding")) == (20, 40)


def test_what_another_scanner_is_just_taking_is_waited_for(postgres_db: str) -> None:
    """Else a scanner that began in the same moment ends with nothing read, and says so of the source."""
    store = Store.open(postgres_db, KEYS)
    scan, source = store.start_scan(), store.source_id("crm")
    tasks = Tasks(store, source, Holder(store).id, scan)
    with store.transaction() as connection:
        tasks.enter(connection, [Unit("a", "1", "table", 1)])
    with store.transaction() as other:
        other.execute(select(schema.task).with_for_update())
        assert tasks.take(9) == []
        assert tasks.others() == 1
    assert [unit.key for _, unit in tasks.take(9)] == ["a"]
    assert tasks.others() == 0
    store.close()


def test_what_an_earlier_scan_enters_anew_is_not_forgotten_by_a_later_one(store: Store) -> None:
    """Both list at once; the later has read the unit before the earlier enters it: it would seem gone since."""
    earlier, source = store.start_scan(), store.source_id("crm")
    scanned(store, MemoryConnector({"a": rows("192.0.2.1")}))
    later, holder = store.last_number(), Holder(store).id
    with store.transaction() as connection:
        Tasks(store, source, holder, earlier).enter(connection, [Unit("a", "1", "table", 1)])
    ((task, unit),) = Tasks(store, source, holder, later).take(1)
    job = Job(task, holder, later, "crm", source, unit, "v")
    assert not write(store, job, []).lost
    forget_gone(store, job, ())
    assert count(store, "unit") == 1
