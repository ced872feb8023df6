"""Faults as the system makes them: a process frozen, a disk full or read-only, a clock that jumps, a file gone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import scanner.engine.tasks
from scanner.engine.holders import Watch
from scanner.keys import new_key
from tests.scanner.conftest import INSYN
from tests.scanner.crashing import estate, outcome, scan

ROOT = Path(__file__).parents[2]
FINDINGS = 741
FAKETIME = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)
CONFIG = """policy: omnipoint
store: sqlite:///{}/insyn.db
key: file:insyn.key
sources:
  crm: {{type: database, url: "sqlite:///crm.db", owner: IT}}
  share: {{type: files, path: share, owner: IT}}
"""


def halting(directory: Path, number: int, kind: str, *url: str, env: dict[str, str] | None = None) -> Any:
    command = [sys.executable, "-m", "tests.scanner.halting", str(directory), str(number), kind, *url]
    return subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.PIPE)


def is_stopped(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"


def undisturbed(directory: Path) -> dict[str, Any]:
    whole = directory / "whole"
    whole.mkdir()
    estate(whole)
    scan(whole)
    return outcome(whole)


@pytest.mark.slow
@pytest.mark.parametrize("number", [3, 14], ids=["in a table", "in a file"])
def test_a_process_frozen_past_its_lease_wakes_and_doubles_nothing(
    tmp_path: Path, store_url: str, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """T07: SIGSTOP while it holds tasks; another scanner takes them over and ends; then SIGCONT."""
    estate(tmp_path)
    with halting(tmp_path, number, "SIGSTOP", store_url) as frozen:
        end = time.monotonic() + 60
        while not is_stopped(frozen.pid):
            assert time.monotonic() < end
            time.sleep(0.02)
        monkeypatch.setattr(scanner.engine.tasks, "Watch", partial(Watch, lease=0.5))
        scan(tmp_path, store_url)
        other = outcome(tmp_path, store_url)
        assert is_stopped(frozen.pid)
        frozen.send_signal(signal.SIGCONT)
        assert frozen.wait(60) == 0, frozen.stderr.read()
    assert other["findings"] == FINDINGS
    assert outcome(tmp_path, store_url) == other


@pytest.mark.slow
def test_the_file_next_in_turn_is_deleted_and_all_others_are_read(tmp_path: Path) -> None:
    """T09: killed in the share; of what was left the first file goes away before the scan goes on."""
    expected = undisturbed(tmp_path)
    estate(tmp_path)
    with halting(tmp_path, 15, "SIGKILL") as killed:
        assert killed.wait(60) == -signal.SIGKILL
    left = sorted((tmp_path / "share").rglob("*.txt"), reverse=True)
    assert outcome(tmp_path)["tasks"] > 1
    left[0].unlink()
    scan(tmp_path)
    after = outcome(tmp_path)
    assert after["tasks"] == 0
    assert after["findings"] == expected["findings"] - 6  # two addresses on each of its three lines
    assert len(after["states"]) == len(expected["states"]) - 1


@pytest.mark.slow
@pytest.mark.skipif(FAKETIME is None, reason="libfaketime not found: apt-get install faketime")
def test_a_clock_that_jumps_changes_nothing(tmp_path: Path) -> None:
    """T56: an hour back, a day ahead, 1970, while it scans beside another whose clock is right."""
    expected = undisturbed(tmp_path)
    estate(tmp_path)
    clock = tmp_path / "clock"
    clock.write_text("+0")
    env = {
        **os.environ, "LD_PRELOAD": str(FAKETIME), "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }  # fmt: skip
    with halting(tmp_path, 2, "SIGSTOP", env=env) as jumping:
        while not is_stopped(jumping.pid):
            assert jumping.poll() is None, jumping.stderr.read()
            time.sleep(0.02)
        for jump in ("-3600", "+86400", "@1970-01-02 00:00:00"):
            clock.write_text(jump)
            jumping.send_signal(signal.SIGCONT)
            time.sleep(0.1)
        scan(tmp_path)
        assert jumping.wait(60) == 0, jumping.stderr.read()
    assert outcome(tmp_path) == expected


def on_small_disk(directory: Path, size: str, then: str) -> list[dict[str, Any]]:
    """Scan with the store on a file system of its own, change that as told, scan again; how both ended.

    It is mounted in a namespace of its own: nothing outside sees it, and it goes with the last process.
    """
    estate(directory)
    new_key(directory / "insyn.key")
    (directory / "disk").mkdir()
    (directory / "insyn.yaml").write_text(CONFIG.format("disk"), encoding="utf-8")
    check = "import sqlite3; print(sqlite3.connect('disk/insyn.db').execute('PRAGMA integrity_check').fetchone()[0])"
    one = f"'{INSYN}' scan --workers 1 >$1.out 2>$1.err; echo $? >$1.code; {sys.executable} -c \"{check}\" >$1.sound"
    script = (
        f"scan() {{ {one}; }}; mount -t tmpfs -o size={size} tmpfs disk || exit 77\n"
        f"scan first; mount -o remount,{then} disk || exit 77; scan second; exit 0"
    )
    done = subprocess.run(
        ["unshare", "--map-root-user", "--mount", "sh", "-c", script],
        cwd=directory, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    if done.returncode in (1, 77):  # what unshare and the script say of a mount that is refused
        pytest.skip(f"no file system can be mounted here: {done.stderr.strip()}")
    assert done.returncode == 0, done.stderr
    names = ("out", "err", "code", "sound")
    return [{name: (directory / f"{run}.{name}").read_text() for name in names} for run in ("first", "second")]


@pytest.mark.slow
@pytest.mark.parametrize("size", ["160k", "640k"])
def test_a_disk_that_is_really_full_stops_the_scan_and_it_goes_on_later(tmp_path: Path, size: str) -> None:
    """T12: ENOSPC from the system, at different places; then there is room."""
    first, second = on_small_disk(tmp_path, size, "size=64m")
    assert first["code"] == "1\n", first
    assert first["err"].count("\n") == 1
    assert "full" in first["err"] or "disk I/O error" in first["err"]
    assert second["code"] == "0\n", second
    assert second["sound"] == "ok\n"


@pytest.mark.slow
def test_a_disk_that_is_read_only_is_one_line(tmp_path: Path) -> None:
    """T13: remounted read-only between two scans; what the store holds stays."""
    first, second = on_small_disk(tmp_path, "64m", "ro")
    assert first["code"] == "0\n", first
    assert second["code"] == "1\n", second
    assert second["err"].count("\n") == 1
    assert "readonly" in second["err"] or "read-only" in second["err"] or "unable to open" in second["err"]
