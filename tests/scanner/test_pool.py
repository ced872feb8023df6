"""What passes between a pool and its workers."""

from __future__ import annotations

import pickle
from multiprocessing import Pipe, get_context

from connectors import Unit
from scanner.engine.job import Job
from scanner.engine.pool import Given, _Worker

TABLES = tuple(f"schema.table_{number}" for number in range(10_000))


def job(key: str, tables: tuple[str, ...]) -> Job:
    return Job(1, 1, 1, "crm", 1, Unit(key, "1", "table"), "x", tables)


def test_names_of_tables_are_sent_once_and_again_where_they_are_others() -> None:
    ours, theirs = Pipe()
    worker, given = _Worker(get_context("spawn").Process(), ours), Given(theirs)
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
    ours.close()
    theirs.close()


def test_a_worker_keeps_the_names_for_the_jobs_that_follow() -> None:
    ours, theirs = Pipe()
    worker, given = _Worker(get_context("spawn").Process(), ours), Given(theirs)
    for key in ("a", "b"):
        worker.give([job(key, TABLES[:50])])
        assert given.next() == [job(key, TABLES[:50])]
    ours.close()
    theirs.close()
