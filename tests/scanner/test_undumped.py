"""A command that crashes leaves no memory on the disk."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scanner.keys import new_key
from tests.scanner.conftest import INSYN

CONFIG = """policy: omnipoint
store: sqlite:///insyn.db
key: file:insyn.key
sources:
  share: {type: files, path: ., owner: IT, schedule: "0 2 1 1 *"}
"""
SLEEPS = [sys.executable, "-c", "open('insyn.db', 'w').close(); import time; time.sleep(60)"]


def dumps(command: list[str], directory: Path) -> bool:
    """Start a command where dumps are allowed, let it crash once it has made its store; whether memory was written."""
    pid = os.posix_spawn(
        "/bin/sh", ["sh", "-c", 'ulimit -c unlimited; cd "$0"; exec "$@" 2>err', str(directory), *command], os.environ
    )
    end = time.monotonic() + 60
    while not (directory / "insyn.db").exists() and time.monotonic() < end:
        time.sleep(0.05)
    os.kill(pid, signal.SIGSEGV)
    status = os.waitpid(pid, 0)[1]
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGSEGV, (directory / "err").read_text()
    return os.WCOREDUMP(status)


@pytest.mark.slow
@pytest.mark.parametrize("command", ["schedule", "serve"])
def test_a_command_that_crashes_leaves_no_dump(tmp_path: Path, command: str) -> None:
    """T60, S15: with a dump allowed by who starts it."""
    plain, own = tmp_path / "plain", tmp_path / "own"
    plain.mkdir()
    own.mkdir()
    if resource.getrlimit(resource.RLIMIT_CORE)[1] == 0 or not dumps(SLEEPS, plain):
        pytest.skip("this system dumps nothing")
    new_key(own / "insyn.key")
    (own / "insyn.yaml").write_text(CONFIG, encoding="utf-8")
    assert not dumps([INSYN, command], own)
    assert {path.name for path in own.iterdir() if "core" in path.name} == set()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="prctl is Linux's")
def test_its_memory_is_closed_to_others() -> None:
    """S15: no debugger of the same user, no /proc/PID/environ."""
    told = "import ctypes; from scanner.undumped import undumped; undumped(); print(ctypes.CDLL(None).prctl(3, 0))"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout == "0\n"


def test_the_limit_holds_for_what_it_starts(tmp_path: Path) -> None:
    """S15: a program is marked anew when it starts another, so only the limit keeps that one's memory off the disk."""
    told = (
        "import resource, subprocess, sys; from scanner.undumped import undumped; undumped(); "
        "subprocess.run([sys.executable, '-c', 'import resource; print(resource.getrlimit(resource.RLIMIT_CORE))'])"
    )
    command = ["sh", "-c", 'ulimit -c unlimited; exec "$@"', "sh", sys.executable, "-c", told]
    if resource.getrlimit(resource.RLIMIT_CORE)[1] == 0:
        pytest.skip("no dumps are allowed here")
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "(0, 0)\n"


@pytest.mark.slow
def test_workers_leave_none_either(tmp_path: Path) -> None:
    """S15."""
    script = (
        "import multiprocessing as m, sys, ctypes\n"
        "from pathlib import Path\n"
        "from scanner.engine.worker import serve\n"
        "if __name__ == '__main__':\n"
        "    ours, theirs = m.get_context('fork').Pipe()\n"
        "    process = m.get_context('fork').Process(target=serve, args=(theirs, Path(sys.argv[1])))\n"
        "    process.start(); theirs.close()\n"
        "    limits = Path(f'/proc/{process.pid}/limits')\n"
        "    import time\n"
        "    for _ in range(100):\n"
        "        told = [line.split()[4] for line in limits.read_text().splitlines() if 'core file' in line]\n"
        "        if told == ['0']: break\n"
        "        time.sleep(0.05)\n"
        "    print(told); process.terminate(); process.join()\n"
    )
    new_key(tmp_path / "insyn.key")
    (tmp_path / "insyn.yaml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "ask.py").write_text(script, encoding="utf-8")
    command = ["sh", "-c", 'ulimit -c unlimited; exec "$@"', "sh", sys.executable, "ask.py", "insyn.yaml"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout == "['0']\n", done.stderr
