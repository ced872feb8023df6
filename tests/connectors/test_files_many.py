"""Very many small files (T41): listed as a stream, in little memory."""

import json
import subprocess
import sys

import pytest

FLAT, FOLDERS, EACH = 50_000, 500, 100
LIST = """
import json, sys
from connectors import Unit
from connectors.files import FilesConnector
def peak():
    status = dict(line.split(":", 1) for line in open("/proc/self/status"))
    return int(status["VmHWM"].split()[0]) / 1024
started, count, keys = peak(), 0, set()
with FilesConnector(path=sys.argv[1]) as connector:
    for found in connector.units():
        assert isinstance(found, Unit) and found.version
        count += 1
whole = peak()
with FilesConnector(path=sys.argv[1]) as connector:
    keys = {found.key for found in connector.units()}
print(json.dumps({"count": count, "different": len(keys), "mib": whole, "grown": whole - started}))
"""


@pytest.mark.slow
def test_t41_a_hundred_thousand_files_are_listed_in_little_memory(tmp_path):
    """Half of them lie in one folder, whose names are held for as long as it is listed."""
    (tmp_path / "flat").mkdir()
    for number in range(FLAT):
        (tmp_path / "flat" / f"{number}.txt").touch()
    for folder in range(FOLDERS):
        (tmp_path / f"{folder}").mkdir()
        for number in range(EACH):
            (tmp_path / f"{folder}" / f"{number}.txt").touch()
    done = subprocess.run([sys.executable, "-c", LIST, str(tmp_path)], capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert found["count"] == found["different"] == FLAT + FOLDERS * EACH
    assert found["mib"] < 300
    assert found["grown"] < 30
