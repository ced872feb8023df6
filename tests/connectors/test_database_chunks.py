"""Large tables are read in ranges of their key, whose ends stay where they are while other rows come and go."""

import pytest

from connectors.base import Batch, Chunk
from connectors.database import DatabaseConnector

KEYS = {
    "integer": ("id INTEGER, v VARCHAR(20), PRIMARY KEY (id)", lambda number: (number,)),
    "text": ("id VARCHAR(20), v VARCHAR(20), PRIMARY KEY (id)", lambda number: (f"nr '{number}\" ö",)),
    "pair": (
        "id INTEGER, del VARCHAR(20), v VARCHAR(20), PRIMARY KEY (id, del)",
        lambda number: (number // 50, f"å{number}"),
    ),
}
ROWS = 3000


@pytest.fixture
def small_chunks(monkeypatch):
    """Ranges of some 64 rows."""
    monkeypatch.setattr("connectors.database.chunks.CHUNK_ROWS", 64)


def fill(url, execute, kind):
    columns, key = KEYS[kind]
    names = ["id", "del"][: len(key(1))]
    execute(url, f"CREATE TABLE t ({columns})")
    rows = [dict(zip(names, key(number), strict=True), v=f"v{number}") for number in range(ROWS)]
    execute(url, (f"INSERT INTO t ({', '.join(names)}, v) VALUES (:{', :'.join(names)}, :v)", rows))


def listed(url):
    with DatabaseConnector(url=url) as connector:
        (unit,) = connector.units()
        return unit, list(connector.chunks(unit))


def values(batches):
    found = []
    for batch in batches:
        assert isinstance(batch, Batch), batch
        found += batch.fields["v"]
    return found


@pytest.mark.parametrize("kind", KEYS)
def test_the_ranges_together_are_the_table(any_db, execute, small_chunks, kind):
    fill(any_db, execute, kind)
    with DatabaseConnector(url=any_db) as connector:
        (unit,) = connector.units()
        chunks = list(connector.chunks(unit))
        read = [values(connector.read_chunk(unit, chunk)) for chunk in chunks]
        assert [value for part in read for value in part] == values(connector.read(unit))
    assert unit.version == ""
    assert len(chunks) > 10
    assert [chunk.size for chunk in chunks] == [len(part) for part in read]
    assert sorted(value for part in read for value in part) == sorted(f"v{number}" for number in range(ROWS))
    assert all(chunk.version for chunk in chunks)
    assert len({chunk.key for chunk in chunks}) == len(chunks)


@pytest.mark.parametrize("kind", KEYS)
def test_a_change_concerns_its_range_alone(any_db, execute, small_chunks, kind):
    fill(any_db, execute, kind)
    _, before = listed(any_db)
    assert listed(any_db)[1] == before
    execute(any_db, "UPDATE t SET v = NULL WHERE v = 'v700'", "DELETE FROM t WHERE v = 'v1400'")
    _, after = listed(any_db)
    assert len(set(after) - set(before)) in (1, 2, 3)
    assert len(set(after) & set(before)) >= len(before) - 3


def test_what_is_added_is_in_the_last_range(any_db, execute, small_chunks):
    fill(any_db, execute, "integer")
    with DatabaseConnector(url=any_db) as connector:
        (unit,) = connector.units()
        *_, last = connector.chunks(unit)
        execute(any_db, "INSERT INTO t VALUES (1000000, 'ny')")
        assert values(connector.read_chunk(unit, last))[-1] == "ny"


def test_a_small_table_and_one_without_a_key_are_one_chunk(any_db, execute, small_chunks):
    execute(any_db, "CREATE TABLE liten (id INTEGER PRIMARY KEY)", "CREATE TABLE utan (v VARCHAR(20))")
    execute(any_db, "INSERT INTO liten VALUES (1)")
    execute(any_db, ("INSERT INTO utan VALUES (:v)", [{"v": f"v{number}"} for number in range(500)]))
    with DatabaseConnector(url=any_db) as connector:
        for unit in connector.units():
            assert list(connector.chunks(unit)) == [Chunk("", unit.version, unit.size)]


def test_a_chunk_is_read_in_another_process_and_shows_no_key(any_db, execute, small_chunks):
    fill(any_db, execute, "text")
    unit, chunks = listed(any_db)
    with DatabaseConnector(url=any_db) as other:
        assert values(other.read_chunk(unit, chunks[3]))
    assert "nr '" not in repr(chunks)


def test_a_sample_is_one_chunk(any_db, execute, small_chunks):
    fill(any_db, execute, "integer")
    with DatabaseConnector(url=any_db, rows=10) as connector:
        (unit,) = connector.units()
        assert len(list(connector.chunks(unit))) == 1
