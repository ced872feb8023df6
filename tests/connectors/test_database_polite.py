"""S19: what a scan costs the server: few connections, and rest between its pages."""

import gc
import time

import pytest
import sqlalchemy as sa

from connectors.base import Batch, ConnectorError
from connectors.database import DatabaseConnector, pace, paging


class Clock:
    """Time that passes when somebody sleeps or works."""

    def __init__(self):
        self.now, self.slept = 100.0, []

    def monotonic(self):
        return self.now

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock(monkeypatch):
    found = Clock()
    monkeypatch.setattr(pace, "time", found)
    return found


def work(clock, kept, seconds):
    with kept.working():
        clock.now += seconds
    return kept.worked


def test_s19_the_server_rests_as_long_as_it_is_told(clock):
    kept = pace.Pace(2.0)
    assert work(clock, kept, 0.5) == 0.5
    work(clock, kept, 0.25)
    clock.now += 0.375  # the analysis of what was read is rest, too
    work(clock, kept, 0.0)
    assert clock.slept == [1.0, 0.125]


@pytest.mark.parametrize(("pause", "rests"), [(0.0, []), (3.0, [pace.LONGEST_REST])])
def test_no_rest_and_the_longest(clock, pause, rests):
    kept = pace.Pace(pause)
    work(clock, kept, 30.0)
    work(clock, kept, 0.0)
    assert clock.slept == rests


def test_s19_a_slow_page_is_followed_by_a_shorter_one_but_not_by_a_row():
    walked, limits = paging.Paging(), []
    for seconds in (0.1, 0.3, 0.3, 0.3, 0.3, 0.1, 0.1, 0.1, 0.1):
        walked.fit(seconds)
        limits.append(walked.limit)
    assert limits == [2000, 1000, 500, 250, 250, 500, 1000, 2000, 2000]


@pytest.mark.parametrize("pause", [-1, 101, True, "2"])
def test_a_wrong_pause_is_told(pause):
    with pytest.raises(ConnectorError, match="`pause` should be a number from 0 to 100"):
        DatabaseConnector(url="sqlite:///a.db", pause=pause)


@pytest.fixture(params=["postgres_db", "mariadb_db"], ids=["postgresql", "mariadb"])
def tables(request, execute):
    url = request.getfixturevalue(request.param)
    for name in "abcde":
        execute(
            url,
            f"CREATE TABLE {name} (id INTEGER PRIMARY KEY, v VARCHAR(40))",
            f"INSERT INTO {name} VALUES (1, '{name}')",
        )
    return url


def read(connector, unit):
    (batch,) = connector.read(unit)
    assert isinstance(batch, Batch)
    return [*batch.fields["v"]]


@pytest.mark.slow
def test_s19_one_connection_serves_all_units_and_one_that_dies_is_replaced(tables, execute):
    with DatabaseConnector(url=tables) as connector:
        opened = []
        sa.event.listen(connector._session.engine, "connect", lambda *_: opened.append(1))
        first, *others = connector.units()
        values = [read(connector, unit) for unit in (first, *others[:2])]
        assert len(opened) == 1
        kill_all(tables, execute)
        values += [read(connector, unit) for unit in others[2:]]
    assert values == [["a"], ["b"], ["c"], ["d"], ["e"]]
    assert len(opened) == 2


def kill_all(url, execute):
    """End the server's side of what waits."""
    if url.startswith("postgresql"):
        execute(url, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'insyn'")
        return
    with sa.create_engine(url, poolclass=sa.NullPool).connect() as connection:
        asked = "SELECT id FROM information_schema.processlist WHERE id <> CONNECTION_ID() AND command = 'Sleep'"
        for (number,) in list(connection.exec_driver_sql(asked)):
            connection.exec_driver_sql(f"KILL {number}")


@pytest.mark.slow
def test_nothing_of_ours_stays_at_the_server_when_a_source_is_closed(postgres_db, execute):
    execute(postgres_db, "CREATE TABLE t (id INTEGER PRIMARY KEY, v text)", "INSERT INTO t VALUES (1, 'a')")
    with DatabaseConnector(url=postgres_db) as connector:
        (unit,) = connector.units()
        assert read(connector, unit) == ["a"]
    left = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'insyn' AND datname = current_database()"
    engine, end = sa.create_engine(postgres_db, poolclass=sa.NullPool), time.monotonic() + 5
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while connection.exec_driver_sql(left).scalar() and time.monotonic() < end:
            time.sleep(0.02)  # a server's process needs a moment to end
        assert connection.exec_driver_sql(left).scalar() == 0


@pytest.mark.slow
def test_a_process_that_opens_a_source_again_and_again_does_not_grow(postgres_db, execute):
    execute(postgres_db, "CREATE TABLE t (id INTEGER PRIMARY KEY, v text)", "INSERT INTO t VALUES (1, 'a')")
    held = []
    for _ in range(8):
        with DatabaseConnector(url=postgres_db) as connector:
            assert len([*connector.units()]) == 1
        gc.collect()
        held.append(len(gc.get_objects()))
    assert held[-1] - held[3] < 400, held  # one engine's statements alone are 2,000 objects
