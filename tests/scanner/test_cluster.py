"""A scan by a real Ray cluster finds the same as one by this process, also when one of its workers is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from scanner.demo.estate import make
from scanner.keys import new_key
from tests.scanner.conftest import INSYN, insyn

MARK = "INSYN_TEST_CLUSTER"


def workers(mark: str) -> list[int]:
    """Processes of the cluster that this test has started, which run scans."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            ours = (entry / "cmdline").read_bytes().startswith(b"ray::Actor")
            if ours and f"{MARK}={mark}".encode() in (entry / "environ").read_bytes():
                found.append(int(entry.name))
        except OSError:
            continue
    return found


@pytest.mark.slow
@pytest.mark.servers
@pytest.mark.timeout(600)
def test_a_cluster_finds_the_same_though_a_worker_is_killed(tmp_path: Path, postgres_db: str) -> None:
    pytest.importorskip("ray")
    directory = tmp_path / "estate"
    make(directory)
    new_key(directory / "insyn.key")
    assert insyn("scan", "share", "--workers", 1, cwd=directory).code == 3
    alone = insyn("findings", "--format", "jsonl", "--min-score", "0", cwd=directory)
    config = (directory / "insyn.yaml").read_text()
    assert "store: sqlite:///insyn.db" in config
    (directory / "insyn.yaml").write_text(config.replace("sqlite:///insyn.db", postgres_db))
    mark = str(os.getpid())
    env = {**os.environ, MARK: mark, "RAY_TMPDIR": "/tmp", "RAY_ADDRESS": ""}
    command = [INSYN, "scan", "share", "--engine", "ray", "--workers", "2"]
    with subprocess.Popen(command, cwd=directory, env=env, stderr=subprocess.PIPE, stdout=subprocess.PIPE) as scan:
        end = time.monotonic() + 150
        while len(workers(mark)) < 2 and time.monotonic() < end and scan.poll() is None:
            time.sleep(0.05)
        two = workers(mark)
        assert len(two) == 2, scan.poll()
        os.kill(two[0], signal.SIGKILL)
        _, told = scan.communicate(timeout=200)
    assert scan.returncode == 3, told
    together = insyn("findings", "--format", "jsonl", "--min-score", "0", cwd=directory)
    assert together.code == 0, together.err
    assert together.out == alone.out
