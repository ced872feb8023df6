"""What private servers have in common: a home that goes away, free ports on the loopback interface, an end."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

START_SECONDS = 60.0


def program(name: str, package: str) -> str:
    """Find a server's program; skip, or fail where servers are required: without them nothing must look like a pass."""
    found = shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
    if found:
        return found
    reason = f"{name} not found: apt-get install {package}"
    if os.environ.get("INSYN_REQUIRE_SERVERS") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def free_port() -> int:
    """A port of the loopback interface that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def home() -> Iterator[Path]:
    """A directory with a short path (sockets), gone when the block is left."""
    path = Path(tempfile.mkdtemp(prefix="insyn-server-"))
    path.chmod(0o755)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def run(command: Sequence[str], **options: object) -> str:
    """Run a program to its end; show what it says if it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=START_SECONDS, **options)  # type: ignore[call-overload]
    if done.returncode:
        pytest.fail(f"{command[0]} failed:\n{done.stdout[-1500:]}\n{done.stderr[-1500:]}")
    return str(done.stdout)


@contextmanager
def serving(command: Sequence[str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server in the foreground until the block is left."""
    with log.open("ab") as out:
        server = subprocess.Popen(  # in a group of its own: some end their whole group
            command, stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, start_new_session=True
        )
    try:
        yield server
    finally:
        server.terminate()
        try:
            server.wait(5)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def wait_until(ready: Callable[[], bool], server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until a server is ready; show its log if it does not get there."""
    end = time.monotonic() + START_SECONDS
    while not ready():
        if server.poll() is not None or time.monotonic() > end:
            pytest.fail(f"server did not start:\n{log.read_text(errors='replace')[-2000:]}")
        time.sleep(0.05)


def listens(port: int) -> bool:
    """Tell whether something listens on a port of the loopback interface."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0
