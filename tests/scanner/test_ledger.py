"""Scanners that die, freeze, or work side by side: nothing is lost, nothing doubled, no unit without a state."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event, insert, select

from connectors import State, Unit, Unread
from recognizers import Analyzer
from recognizers.ip import IpRecognizer
from scanner.engine import Scanner
from scanner.engine.holders import Holder, Watch, host, started
from scanner.engine.job import Job, Outcome
from scanner.engine.pool import Pool
from scanner.engine.tasks import Tasks
from scanner.engine.writing import write
from scanner.errors import InsynError
from scanner.store import Store, schema
from tests.scanner import dying, waiting
from tests.scanner.conftest import insyn
from tests.scanner.dying import KEYS
from tests.scanner.fakes import MemoryConnector

ROOT = Path(__file__).parents[2]
LONG = os.environ.get("INSYN_LONG") == "1"
"""The long form of the crash tests: every write, and more than 200 kills."""


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    opened = Store.open(store_url, KEYS)
    yield opened
    opened.close()


def units(store: Store) -> dict[str, tuple[str, str]]:
    with store.reading() as connection:
        rows = connection.execute(select(schema.unit)).all()
    return {KEYS.unseal(row.key): (row.state, row.reason) for row in rows}


def entered(store: Store, holder: int, lease: float) -> Tasks:
    tasks = Tasks(store, store.source_id("crm"), holder, store.start_scan(), Watch(store, lease))
    with store.transaction() as connection:
        tasks.enter(connection, [Unit(key, "1", "table") for key in ("a", "b", "c")])
    return tasks


def job(store: Store, holder: int, task: tuple[int, Unit]) -> Job:
    return Job(task[0], holder, 1, "crm", store.source_id("crm"), task[1], "v")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("how", "number"),
    [("writes", 1 if LONG else 41), ("times", 220 if LONG else 12)],
    ids=["at writes", "at random times"],
)
def test_killed_scans_find_the_same(tmp_path: Path, how: str, number: int) -> None:
    """T01, T02, T11: killed at the n-th write or at any time, also while recovering."""
    command = [sys.executable, "-m", "tests.scanner.crashing", str(tmp_path), how, str(number)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=3000 if LONG else 280)
    told = json.loads(done.stdout)
    assert told["kills"] >= (200 if LONG else 10)
    assert told["undisturbed"]["findings"] == 741
    assert told["undisturbed"]["tasks"] == 0
    assert told["undisturbed"]["sound"] == "ok"
    assert told["different"] == []


def test_two_scanners_take_different_tasks(store: Store) -> None:
    """T06."""
    with Holder(store) as one, Holder(store) as other:
        first = entered(store, one.id, 60).take(2)
        second = entered(store, other.id, 60).take(9)
    assert [unit.key for _, unit in first] == ["a", "b"]
    assert [unit.key for _, unit in second] == ["c"]


def test_a_frozen_scanner_that_wakes_writes_nothing(store: Store) -> None:
    """T07: its count of heartbeats stood still for longer than the lease, and another took its task over."""
    frozen = Holder(store)  # entered, and never beats
    task = entered(store, frozen.id, 60).take(1)[0]
    with Holder(store) as awake:
        tasks = entered(store, awake.id, 0.05)
        assert len(tasks.take(9)) == 2
        time.sleep(0.06)
        (taken,) = tasks.take(9)
        assert taken == task
        lost = write(store, job(store, frozen.id, task), [Unread("a", State.UNREADABLE, "late")])
        assert lost.lost
        assert units(store) == {}
        assert not write(store, job(store, awake.id, taken), []).lost
        assert units(store) == {"a": (State.SCANNED, "")}


def test_tasks_of_a_process_that_is_gone_are_free_at_once(store: Store) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        row = {"host": host(), "pid": process.pid, "started": started(process.pid), "beat": 0}
        with store.transaction() as connection:
            (dead,) = connection.execute(insert(schema.holder).values(**row)).inserted_primary_key
        assert len(entered(store, dead, 60).take(9)) == 3
        with Holder(store) as living:
            assert entered(store, living.id, 60).take(9) == []
            process.kill()
            process.wait()
            assert len(entered(store, living.id, 60).take(9)) == 3


def test_a_unit_that_kills_its_worker_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    """T03: tried once more, then `unreadable (crash)`."""
    store = Store.open(f"sqlite:///{tmp_path}/insyn.db", KEYS)
    pool = Pool(2, dying.serve, (tmp_path / "died",), store)
    (result,) = Scanner(store, Analyzer([IpRecognizer()]), executor=pool).scan({"crm": MemoryConnector(dying.TABLES)})
    assert result.units == {State.SCANNED: 3, State.UNREADABLE: 1}
    assert result.unread == [Unread("poison", State.UNREADABLE, "crash")]
    assert result.findings == 3
    store.close()


@pytest.mark.slow
def test_a_unit_whose_worker_was_killed_is_read_by_another(tmp_path: Path) -> None:
    """T03: somebody else's kill is not the unit's fault."""
    store = Store.open(f"sqlite:///{tmp_path}/insyn.db", KEYS)
    pool = Pool(2, dying.serve, (tmp_path / "died",), store)
    (result,) = Scanner(store, Analyzer([IpRecognizer()]), executor=pool).scan({"crm": MemoryConnector(dying.ONCE)})
    assert (tmp_path / "died").exists()
    assert (result.status, result.units) == ("complete", {State.SCANNED: 3})
    assert result.findings == 3
    store.close()


@pytest.mark.slow
def test_a_worker_sends_on_while_a_large_unit_of_another_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scanner.engine.pool.HELD_BYTES", 2)
    store = Store.open(f"sqlite:///{tmp_path}/insyn.db", KEYS)
    pool = Pool(2, waiting.serve, (tmp_path,), store)
    source = MemoryConnector(waiting.TABLES)
    (result,) = Scanner(store, Analyzer([IpRecognizer()]), executor=pool).scan({"crm": source})
    assert result.status == "complete"
    assert units(store) == {"long": ("scanned", ""), "much": ("scanned", "x" * 200)}
    store.close()


def test_a_full_disk_stops_the_scan_and_it_goes_on_later(tmp_path: Path) -> None:
    """T12: SQLite's own limit on pages gives the same answer as a full disk."""
    store = Store.open(f"sqlite:///{tmp_path}/insyn.db", KEYS)
    rows = [{"id": str(at), "ip": f"192.0.2.{at % 250}"} for at in range(3000)]
    source = MemoryConnector({"a": rows[:1], "b": rows})
    with store.engine.begin() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    limit = f"PRAGMA max_page_count = {pages + 12}"
    store.engine.dispose()
    event.listen(store.engine, "connect", full := lambda made, _: made.execute(limit).close())
    with pytest.raises(InsynError, match="database or disk is full"):
        Scanner(store, Analyzer([IpRecognizer()])).scan({"crm": source})
    event.remove(store.engine, "connect", full)
    store.engine.dispose()
    with store.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    (result,) = Scanner(store, Analyzer([IpRecognizer()])).scan({"crm": source})
    assert result.units.total() == 2
    assert set(units(store).values()) == {(State.SCANNED, "")}
    store.close()


@pytest.mark.slow
def test_any_number_of_workers_finds_the_same(demo: object, tmp_path: Path) -> None:
    """T10, T63: the findings are the same, byte for byte, for one, two and eight workers."""
    directory = demo.directory  # type: ignore[attr-defined]
    expected = insyn("findings", "--format", "jsonl", "--min-score", "0", cwd=directory).out
    config = (directory / "insyn.yaml").read_text()
    for workers in (2, 8):
        (directory / "other.yaml").write_text(f"store: sqlite:///{tmp_path}/{workers}.db\n{config}")
        assert insyn("scan", "-c", "other.yaml", "--workers", workers, cwd=directory).code == 3
        told = insyn("findings", "-c", "other.yaml", "--format", "jsonl", "--min-score", "0", cwd=directory)
        assert told.out == expected
    (directory / "other.yaml").unlink()


@pytest.mark.parametrize("option", ["", "-1a2b3c4d"])
def test_other_options_of_a_source_make_its_units_stale(store: Store, option: str) -> None:
    """T08: what is read anew is only what the change touches."""
    source = MemoryConnector({"a": [{"id": "1", "ip": "192.0.2.1"}]})
    analyzer = Analyzer([IpRecognizer()])
    for options in ({}, {"crm": option, "other": "-ffffffff"}):
        source.reads.clear()
        Scanner(store, analyzer, options=options).scan({"crm": source})
    assert source.reads == (["a"] if option else [])


def test_a_store_that_may_not_be_written_is_one_line(tmp_path: Path) -> None:
    """T13: no unit of the source is read."""
    store = Store.open(f"sqlite:///{tmp_path}/insyn.db", KEYS)
    store.engine.dispose()
    event.listen(store.engine, "connect", lambda made, _: made.execute("PRAGMA query_only = ON").close())
    source = MemoryConnector({"a": [{"id": "1", "ip": "192.0.2.1"}]})
    with pytest.raises(InsynError, match=r"insyn\.db failed \(attempt to write a readonly database\)"):
        Scanner(store, Analyzer([IpRecognizer()])).scan({"crm": source})
    assert source.reads == []
    store.close()


def test_pages_that_never_reached_the_disk_are_as_if_never_written(tmp_path: Path) -> None:
    """T05: the end of the log is garbled, as a power cut leaves it; what was committed before is there."""
    path = tmp_path / "insyn.db"
    store = Store.open(f"sqlite:///{path}", KEYS)
    analyzer = Analyzer([IpRecognizer()])
    rows = [{"id": str(at), "ip": f"192.0.2.{at % 250}"} for at in range(500)]
    Scanner(store, analyzer).scan({"crm": MemoryConnector({"a": rows[:1]})})
    with store.engine.connect() as held:  # keeps the log from being moved into the file
        held.exec_driver_sql("SELECT count(*) FROM unit").scalar()
        Scanner(store, analyzer).scan({"crm": MemoryConnector({"a": rows[:1], "b": rows})})
        for name in ("insyn.db", "insyn.db-wal"):
            (tmp_path / "cut").mkdir(exist_ok=True)
            (tmp_path / "cut" / name).write_bytes((tmp_path / name).read_bytes())
    store.close()
    log = tmp_path / "cut" / "insyn.db-wal"
    log.write_bytes(log.read_bytes()[:-9000] + os.urandom(5000))
    cut = Store.open(f"sqlite:///{tmp_path}/cut/insyn.db", KEYS)
    with cut.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    assert units(cut)["a"] == (State.SCANNED, "")
    (result,) = Scanner(cut, analyzer).scan({"crm": MemoryConnector({"a": rows[:1], "b": rows})})
    assert result.units.total() == 2
    cut.close()


def test_clocks_do_not_matter_to_leases(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """T56: the wall clock jumps to 1970 and a day ahead; a lease counts heartbeats and monotonic seconds only."""
    with Holder(store) as one, Holder(store) as other:
        assert len(entered(store, one.id, 60).take(9)) == 3
        tasks = entered(store, other.id, 60)
        for jump in (0.0, time.time() + 86400, time.time() - 3600):
            monkeypatch.setattr(time, "time", lambda jump=jump: jump)
            assert tasks.take(9) == []


@pytest.mark.slow
def test_few_file_handles_are_enough_or_are_told(demo: object) -> None:
    """T16: with 40 handles the ledger is complete, or the command says what lacks."""
    directory = demo.directory  # type: ignore[attr-defined]
    limit = f"ulimit -n 40; exec {sys.executable} -m scanner scan share --full --workers 1 --format json"
    done = subprocess.run(["bash", "-c", limit], cwd=directory, capture_output=True, text=True, check=False)
    if done.returncode in (0, 3):
        (source,) = json.loads(done.stdout)["sources"]
        counts = source["units"]
        assert counts.pop("enumerated") == sum(counts.values())
    else:
        assert done.returncode == 1
        assert done.stderr.startswith("insyn: ")


@pytest.mark.slow
def test_a_second_scan_of_the_same_gives_the_same(demo: object) -> None:
    """T62: read again in full, nothing in the findings or the inventory is different."""
    directory = demo.directory  # type: ignore[attr-defined]
    commands = (("findings", "--format", "jsonl", "--min-score", "0"), ("inventory", "--format", "csv"))
    before = [insyn(*command, cwd=directory).out for command in commands]
    assert insyn("scan", "--full", "--workers", 2, cwd=directory).code == 3
    assert [insyn(*command, cwd=directory).out for command in commands] == before


class Refusing:
    """An executor that takes no job."""

    capacity = 1

    def start(self) -> None: ...

    def submit(self, job: Job) -> None:
        raise AssertionError(job.source)

    def next(self) -> tuple[Job, Outcome]:
        raise AssertionError

    def close(self) -> None: ...


def test_what_one_connector_alone_sees_is_read_by_it(store: Store) -> None:
    source = MemoryConnector(dying.TABLES)
    source.alone = True
    (result,) = Scanner(store, Analyzer([IpRecognizer()]), executor=Refusing()).scan({"crm": source})
    assert result.units["scanned"] == len(dying.TABLES)
