"""Huge cells in bounded memory (T29), measured in a process of its own."""

import json
import subprocess
import sys

import pytest

from connectors.base import State

MIB = 1 << 20
READ = """
import json, sys
from connectors.base import Unit
from connectors.database import DatabaseConnector
told = []
with DatabaseConnector(url=sys.argv[1]) as connector:
    units = list(connector.units())
    for unit in units:
        for item in connector.read(unit):
            fields = getattr(item, "fields", None)
            told.append({n: len(v[0] or "") for n, v in fields.items()} if fields else [item.state, item.reason])
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
peak = int(status["VmHWM"].split()[0])  # ru_maxrss begins with the size of who started the process
print(json.dumps({"units": len(units), "told": told, "mib": peak / 1024}))
"""


def read_apart(url):
    done = subprocess.run([sys.executable, "-c", READ, url], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.mark.slow
def test_t29_a_huge_cell_takes_little_memory(postgres_db, execute):
    execute(
        postgres_db,
        "CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT, fil BYTEA)",
        "INSERT INTO t VALUES (1, repeat('x', 134217728), decode(repeat('6f726420', 8388608), 'hex'))",
    )
    found = read_apart(postgres_db)
    sizes, unread = found["told"]
    assert sizes["text"] == MIB + 64 * 1024
    assert 8 * MIB <= sizes["fil"] < 8 * MIB + 10  # blocks are joined by newlines
    assert unread == [State.PARTIAL, "cell, 1 document limit:cell"]
    assert found["mib"] < 300
