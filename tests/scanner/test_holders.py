"""Which scanners are at work, which tasks are free, and how far a scan is: each rule by itself."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, update

from connectors import State, Unit
from scanner.engine import tasks
from scanner.engine.holders import LEASE, Holder, Watch, host, started
from scanner.engine.job import Job
from scanner.engine.tasks import Tasks
from scanner.reporting import ledger
from scanner.store import Store, schema
from tests.scanner.dying import KEYS

HERE = host().split(" ")


def holder(store: Store, where: str, pid: int = 1, since: str = "1", beat: int = 0) -> int:
    with store.transaction() as connection:
        row = insert(schema.holder).values(host=where, pid=pid, started=since, beat=beat)
        return int(connection.execute(row).inserted_primary_key[0])


def beat(store: Store, number: int) -> None:
    with store.transaction() as connection:
        table = schema.holder
        connection.execute(update(table).where(table.c.id == number).values(beat=table.c.beat + 1))


def test_a_process_has_one_beginning_and_one_that_is_not_there_none() -> None:
    assert started(os.getpid()) == started(os.getpid()) != ""
    assert started(1 << 22) == ""
    child = os.fork()
    if child == 0:
        os._exit(0)
    time.sleep(0.1)
    assert started(child) == ""  # it has ended, and waits to be collected
    os.waitpid(child, 0)


def test_where_a_process_is_is_told_by_name_boot_and_namespace() -> None:
    assert len(HERE) == 3
    assert HERE[1] == Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    assert str(Path("/proc/self/ns/pid").readlink()) == f"pid:[{HERE[2]}]"


def test_a_process_of_this_host_is_dead_when_it_is_gone(store: Store) -> None:
    watch = Watch(store)
    mine = holder(store, host(), os.getpid(), started(os.getpid()))
    gone = holder(store, host(), 1 << 22, "77")
    again = holder(store, host(), os.getpid(), "77")  # the number was given anew
    untold = holder(store, host(), 1 << 22, "")  # where the system does not tell, only the beat counts
    assert watch.dead() == [gone, again]
    assert watch.alive() == [mine, untold]


def test_of_other_hosts_only_the_beat_is_known(store: Store) -> None:
    other = holder(store, "elsewhere boot 1")
    space = holder(store, f"{HERE[0]} {HERE[1]} other")  # a container of this machine
    older = holder(store, f"{HERE[0]} another-boot {HERE[2]}")
    watch = Watch(store, lease=0.05)
    assert watch.dead() == [older]
    time.sleep(0.06)
    beat(store, other)
    assert watch.dead() == [space, older]
    time.sleep(0.06)
    assert watch.dead() == [other, space, older]
    beat(store, other)
    assert watch.alive() == [other]
    assert LEASE >= 60


def test_a_scanner_beats_and_lets_go_of_all(store: Store) -> None:
    source = store.source_id("crm")
    with Holder(store, beat=0.02) as mine:
        ours = Tasks(store, source, mine.id, store.start_scan())
        with store.transaction() as connection:
            ours.enter(connection, [Unit("a", "1", "table", 3)])
        assert len(ours.take(9)) == 1
        other = Holder(store)
        theirs = Tasks(store, source, other.id, store.start_scan())
        assert (ours.others(), theirs.others()) == (0, 1)
        time.sleep(0.3)
        with store.reading() as connection:
            beats = connection.scalar(select(schema.holder.c.beat).where(schema.holder.c.id == mine.id))
    assert (beats or 0) >= 2
    with store.reading() as connection:
        assert connection.scalars(select(schema.holder.c.id)).all() == [other.id]
        assert connection.scalars(select(schema.task.c.holder_id)).all() == [None]
    assert theirs.others() == 1  # nobody's, or another is just taking it
    assert len(theirs.take(9)) == 1
    assert theirs.others() == 0


def test_what_waits_is_brought_up_to_date_and_what_is_gone_is_struck_out(store: Store) -> None:
    first, later = store.start_scan(), store.start_scan()
    me = Holder(store)
    early, late = (Tasks(store, store.source_id("crm"), me.id, scan) for scan in (first, later))
    other = Tasks(store, store.source_id("share"), me.id, first)
    with store.transaction() as connection:
        assert early.enter(connection, []) == []
        assert len(early.enter(connection, [Unit("a", "1", "table", 3), Unit("b", "1", "table", 4)])) == 2
        other.enter(connection, [Unit("a", "1", "file", 1)])
        late.enter(connection, [Unit("a", "2", "view", 5)])
        early.enter(connection, [Unit("a", "3", "view", 6)])  # a slower scanner; the later scan has met it all the same
        late.drop_old(connection)
    (number, unit), *rest = late.take(9)
    assert (rest, unit) == ([], Unit("a", "3", "view", 6))
    assert [one.key for _, one in other.take(9)] == ["a"]
    job = Job(number, me.id, later, "crm", store.source_id("crm"), unit, "v")
    lost = Job(number, me.id + 1, later, "crm", store.source_id("crm"), unit, "v")
    with store.transaction() as connection:
        assert (tasks.is_held(connection, job), tasks.is_held(connection, lost)) == (True, False)
        assert tasks.strike(connection, [lost]) == {}
        assert tasks.strike(connection, [job]) == {number: later}
        assert not tasks.is_held(connection, job)
        assert connection.scalar(select(func.count()).select_from(schema.task)) == 1


def test_tasks_are_taken_in_the_order_of_their_entry_and_of_no_more_than_asked(store: Store) -> None:
    mine = Tasks(store, store.source_id("crm"), Holder(store).id, store.start_scan())
    with store.transaction() as connection:
        mine.enter(connection, [Unit(key, "1", "table", 1) for key in "cab"])
    assert [unit.key for _, unit in mine.take(2)] == ["c", "a"]
    assert [unit.key for _, unit in mine.take(2)] == ["b"]
    assert mine.take(2) == []


def test_tasks_of_a_scanner_that_is_unknown_are_free(store: Store) -> None:
    source, scan = store.source_id("crm"), store.start_scan()
    gone = Tasks(store, source, 99, scan)
    with store.transaction() as connection:
        gone.enter(connection, [Unit("a", "1", "table", 1)])
    assert len(gone.take(9)) == 1
    assert len(Tasks(store, source, Holder(store).id, scan).take(9)) == 1


def unit(store: Store, scan: int, key: str, state: State, reason: str = "") -> None:
    with store.transaction() as connection:
        connection.execute(
            insert(schema.unit).values(
                source_id=1, key=KEYS.seal(key), place=b"", kind="table", version="1", analyzer="v", state=state,
                reason=reason, size=7, records=10, scan_id=scan,
            )
        )  # fmt: skip


def test_what_was_not_read_is_told_by_state_and_name(store: Store) -> None:
    store.source_id("crm")
    scan = store.start_scan()
    for key, state in (("d", State.UNREADABLE), ("b", State.PARTIAL), ("a", State.PARTIAL), ("c", State.SCANNED)):
        unit(store, scan, key, state, "corrupt")
    unit(store, scan, "e", State.UNCHANGED)
    told = [(one.unit, one.state, one.reason, one.size) for one in ledger.unread(store, "crm", 9)]
    assert told == [("a", "partial", "corrupt", 7), ("b", "partial", "corrupt", 7), ("d", "unreadable", "corrupt", 7)]
    assert len(ledger.unread(store, "crm", 1)) == 1
    assert ledger.unread(store, "share", 9) == []


def test_how_far_the_last_scan_is(store: Store) -> None:
    assert ledger.progress(store) is None
    assert not ledger.is_scanning(store)
    store.source_id("crm")
    first = store.start_scan()
    store.end_scan(first, "complete")
    last = store.start_scan()
    assert [one.number for one in ledger.scans(store)] == [last, first]
    assert [one.number for one in ledger.scans(store, 1)] == [last]
    assert (ledger.scans(store)[1].status, ledger.scans(store)[0].finished) == ("complete", "")
    empty = ledger.progress(store)
    assert empty is not None
    assert (empty.units, empty.records, empty.left, empty.bytes_left) == (0, 0, 0, 0)
    unit(store, first, "a", State.SCANNED)
    unit(store, last, "b", State.SCANNED)
    with store.transaction() as connection:
        Tasks(store, 1, 1, last).enter(connection, [Unit("c", "1", "table", 3), Unit("d", "1", "table", 4)])
    told = ledger.progress(store)
    assert told is not None
    assert (told.units, told.records, told.left, told.bytes_left) == (1, 10, 2, 7)
    assert not ledger.is_scanning(store)  # a scan that nobody is at: it was killed
    Holder(store)
    assert ledger.is_scanning(store)
    store.end_scan(last, "complete")
    assert not ledger.is_scanning(store)


@pytest.mark.parametrize(
    ("reason", "begins"),
    [
        ("permission", "Give the account"),
        ("Corrupt xlsx", "The file is damaged"),
        ("limit:members", "Larger"),
        ("x", ""),
    ],
)
def test_what_can_be_done_about_a_reason(reason: str, begins: str) -> None:
    said = ledger.hint(reason)
    assert said.startswith(begins)
    assert bool(said) == bool(begins)


def test_two_pieces_of_a_table_are_written_at_once(postgres_db: str) -> None:
    """Whether the task is still held is asked by both, and neither waits for the other."""
    store = Store.open(postgres_db, KEYS)
    me, source, scan = Holder(store), store.source_id("crm"), store.start_scan()
    mine, unit = Tasks(store, source, me.id, scan), Unit("a", "1", "table", 1)
    with store.transaction() as connection:
        (number,) = mine.enter(connection, [unit])
    mine.take(1)
    job = Job(number, me.id, scan, "crm", source, unit, "v")
    with store.engine.connect() as one, store.engine.connect() as other, one.begin(), other.begin():
        other.exec_driver_sql("SET LOCAL lock_timeout = '2s'")
        assert (tasks.is_held(one, job), tasks.is_held(other, job)) == (True, True)
    store.close()
