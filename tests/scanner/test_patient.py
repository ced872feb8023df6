"""A pool joins a scan only where there is work enough for it."""

from __future__ import annotations

from connectors import Unit
from scanner.engine.executors import Patient
from scanner.engine.job import Job, Outcome


class Noted:
    """Does jobs, and notes which."""

    capacity = 5

    def __init__(self) -> None:
        self.started = False
        self.done: list[int] = []
        self._jobs: list[Job] = []

    def start(self) -> None:
        self.started = True

    def submit(self, job: Job) -> None:
        self._jobs.append(job)

    def next(self) -> tuple[Job, Outcome]:
        job = self._jobs.pop(0)
        self.done.append(job.task_id)
        return job, Outcome()

    def close(self) -> None:
        self._jobs.clear()


def run(worked: float, kind: str = "table") -> tuple[Noted, Noted]:
    here, pool = Noted(), Noted()
    executor = Patient(here, pool, worked=worked)
    executor.start()
    for number in range(5):
        executor.submit(Job(number, 0, 0, "crm", 0, Unit(str(number), "", kind, 10), ""))
    assert sorted(executor.next()[0].task_id for _ in range(5)) == [0, 1, 2, 3, 4]
    executor.close()
    return here, pool


def test_little_work_is_done_here() -> None:
    here, pool = run(worked=60)
    assert (len(here.done), pool.started, pool.done) == (5, False, [])


def test_what_remains_after_a_while_goes_to_the_pool() -> None:
    here, pool = run(worked=0)
    assert (here.done, pool.started, len(pool.done)) == ([], True, 5)


def test_small_files_are_handed_out_together() -> None:
    assert len(run(worked=60, kind="file")[0].done) == 5
