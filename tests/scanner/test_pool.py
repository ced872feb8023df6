"""What passes between a pool and its workers."""

from __future__ import annotations

import pickle
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import Pipe, get_context
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Condition, Thread

import pytest

from connectors import Batch, Chunk, State, Unit, Unread
from recognizers import Analyzer
from recognizers.ip import IpRecognizer
from scanner.engine.inbox import Inbox
from scanner.engine.job import Job
from scanner.engine.page import Preparer
from scanner.engine.pool import HELD_BYTES, Given, Pool, _Worker
from scanner.engine.worker import serve
from scanner.store import Store
from tests.scanner.dying import KEYS

TABLES = tuple(f"schema.table_{number}" for number in range(10_000))


def job(key: str, tables: tuple[str, ...]) -> Job:
    return Job(1, 1, 1, "crm", 1, Unit(key, "1", "table"), "x", tables)


def test_names_of_tables_are_sent_once_and_again_where_they_are_others() -> None:
    ours, theirs = Pipe()
    worker, given = _Worker(get_context("spawn").Process(), ours, Inbox(ours, 1, Condition())), Given(theirs)
    for key, tables in (("a", TABLES[:5]), ("b", ()), ("c", ("x",))):
        worker.give([job(key, tables)])
        assert given.next() == [job(key, tables)]
    worker.give([job("a", TABLES)])
    read: list[bytes] = [theirs.recv_bytes()]
    worker.give([job("b", TABLES), job("c", TABLES)])
    read.append(theirs.recv_bytes())
    assert len(read[0]) > 100_000
    assert len(read[1]) < 2_000
    assert pickle.loads(read[1])[0] is None
    theirs.close()
    worker.inbox.close()  # before its pipe: the number of a file that is closed is given anew
    ours.close()


def test_a_worker_keeps_the_names_for_the_jobs_that_follow() -> None:
    ours, theirs = Pipe()
    worker, given = _Worker(get_context("spawn").Process(), ours, Inbox(ours, 1, Condition())), Given(theirs)
    for key in ("a", "b"):
        worker.give([job(key, TABLES[:50])])
        assert given.next() == [job(key, TABLES[:50])]
    theirs.close()
    worker.inbox.close()  # before its pipe: the number of a file that is closed is given anew
    ours.close()


def until(condition: Callable[[], bool]) -> bool:
    """Wait for what another thread does."""
    last = time.monotonic() + 10
    while not condition() and time.monotonic() < last:
        time.sleep(0.01)
    return condition()


def test_a_worker_sends_on_while_nobody_listens_as_far_as_there_is_room() -> None:
    ours, theirs = Pipe()
    inbox = Inbox(ours, 3_500_000, Condition())
    sent: list[int] = []

    def send() -> None:
        for number in range(9):
            theirs.send(bytes([number]) * 1_000_000)
            sent.append(number)

    sender = Thread(target=send, daemon=True)
    sender.start()
    assert until(lambda: len(sent) >= 4)  # a pipe holds 64 kB
    time.sleep(0.1)
    assert len(sent) < 7
    assert [inbox.next()[0] for _ in range(9)] == list(range(9))
    sender.join()
    theirs.close()
    inbox.close()
    ours.close()


def test_what_a_worker_sent_before_it_died_is_taken_first() -> None:
    ours, theirs = Pipe()
    told = Condition()
    inbox = Inbox(ours, 1, told)
    theirs.send("page")
    theirs.close()
    assert inbox.next() == "page"
    with pytest.raises(EOFError):
        inbox.next()
    with told:
        assert inbox.has_news()
    inbox.close()
    ours.close()


def test_an_inbox_that_is_full_ends_when_it_is_closed() -> None:
    ours, theirs = Pipe()
    inbox = Inbox(ours, 0, Condition())
    theirs.send("page")
    theirs.send("next")
    assert until(lambda: inbox._size > 0)
    inbox.close()
    assert not inbox._thread.is_alive()
    ours.close()
    theirs.close()


@contextmanager
def pooled(folder: Path, workers: int = 1, room: int = 1) -> Iterator[tuple[Pool, _Worker, Connection]]:
    """A pool of one worker that was never started, and the worker's end of its pipe."""
    ours, theirs = Pipe()
    store = Store.open(f"sqlite:///{folder}/insyn.db", KEYS)
    pool = Pool(workers, serve, (), store)
    worker = _Worker(get_context("spawn").Process(), ours, Inbox(ours, room, pool._told))
    pool._workers = [worker]
    try:
        yield pool, worker, theirs
    finally:
        theirs.close()
        worker.inbox.close()
        ours.close()
        store.close()


def test_a_worker_is_given_one_chunk_ahead_where_it_knows_the_tables(tmp_path: Path) -> None:
    """Names of other tables might not fit in its pipe while it sends pages: both would wait for good."""
    with pooled(tmp_path) as (pool, worker, _):
        known, others = TABLES[:5], TABLES[5:9]
        chunks = [replace(job(key, known), chunk=Chunk(key, "1")) for key in "abc"]
        worker.give(chunks[:1])
        worker.jobs.append(chunks[0])
        for waiting, given in (
            ([replace(chunks[1], tables=others)], 1),
            ([replace(chunks[1], chunk=None)], 1),
            (chunks[1:], 2),
        ):
            pool._waiting = deque(waiting)
            pool._hand_ahead()
            assert len(worker.jobs) == given
        assert list(pool._waiting) == chunks[2:]


def test_what_is_left_of_a_job_that_was_lost_is_not_the_next_ones(tmp_path: Path) -> None:
    """Another scanner has taken its task over: nothing of it is entered, and its pages still come.

    Workers are so many that a single page of each is too much to hold.
    """
    with pooled(tmp_path, HELD_BYTES + 1, 1 << 20) as (pool, worker, theirs):
        first, second = job("a", ()), job("b", ())
        worker.jobs.extend((first, second))
        batch = Batch("a", [{"id": "1"}], {"ip": ["192.0.2.1"]})
        page = Preparer(KEYS).page(batch, Analyzer([IpRecognizer()]).find(batch.fields, unit="a"), [])
        for message in (page, page, page, None, Unread("b", State.UNREADABLE, "corrupt"), None):
            theirs.send(message)
        for expected in (first, second):
            done, outcome = pool.next()
            assert (done, outcome.lost) == (expected, True)
        with pool._told:
            assert not worker.inbox.has_news()


def test_what_a_worker_had_when_it_died_is_given_alone(tmp_path: Path) -> None:
    """Several small units are read at once: another's fault would be laid to the first."""
    with pooled(tmp_path) as (pool, worker, _):
        pool._replaced = lambda dead: dead  # type: ignore[method-assign]
        files = [replace(job(key, ()), task_id=at) for at, key in enumerate("abcdef")]
        files = [replace(one, unit=replace(one.unit, kind="file")) for one in files]
        pool._waiting = deque(files[3:])
        worker.jobs.extend(files[:3])
        pool._hand_out = lambda: None  # type: ignore[method-assign]
        assert pool._died(worker, files[0]) is None
        assert [len(pool._bundle()) for _ in range(4)] == [3, 1, 1, 1]
