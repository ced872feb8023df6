"""A scan that is killed at any time goes on, and finds the same as one that was left alone (fault test T01, short)."""

from __future__ import annotations

import hashlib
import random
import signal
import subprocess
import time
from pathlib import Path

import pytest

from scanner.demo.estate import make
from scanner.keys import new_key
from tests.scanner.conftest import INSYN, insyn

KILLS = 8


def digest(directory: Path) -> str:
    listed = insyn("findings", "--format", "jsonl", "--min-score", "0", cwd=directory)
    assert listed.code == 0, listed.err
    return hashlib.sha256(listed.out.encode()).hexdigest()


def started(directory: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([INSYN, "scan"], cwd=directory, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.mark.slow
def test_killed_and_resumed_is_the_same(tmp_path: Path) -> None:
    """T01."""
    make(tmp_path / "estate")
    directory = tmp_path / "estate"
    new_key(directory / "insyn.key")
    began = time.monotonic()
    assert started(directory).wait() == 3
    whole = time.monotonic() - began
    undisturbed = digest(directory)
    for path in directory.glob("insyn.db*"):
        path.unlink()
    chance = random.Random(42)
    killed = 0
    while killed < KILLS:
        scan = started(directory)
        try:
            scan.wait(timeout=chance.uniform(0.2, 0.9) * whole)
        except subprocess.TimeoutExpired:
            scan.send_signal(signal.SIGKILL)
            scan.wait()
        killed += 1
    assert insyn("scan", cwd=directory).code == 3
    assert digest(directory) == undisturbed


@pytest.mark.slow
@pytest.mark.parametrize("signalled", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_stops_soon_and_says_how_to_go_on(tmp_path: Path, signalled: signal.Signals) -> None:
    """T04: by Ctrl-C, or by whoever manages services."""
    make(tmp_path / "estate")
    directory = tmp_path / "estate"
    new_key(directory / "insyn.key")
    command = ["env", "--default-signal=INT", INSYN, "scan"]  # whoever runs the tests in the background ignores it
    with subprocess.Popen(command, cwd=directory, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as scan:
        while not (directory / "insyn.db").exists() and scan.poll() is None:
            time.sleep(0.01)
        scan.send_signal(signalled)
        asked = time.monotonic()
        _, told = scan.communicate(timeout=20)
    assert time.monotonic() - asked < 5
    assert scan.returncode == 130
    assert told.decode().startswith("insyn: interrupted; what was finished is kept")
