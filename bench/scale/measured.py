"""Runs a command and watches it: seconds by the clock, CPU seconds with its workers', and its own peak memory."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.05
_PEAK = re.compile(r"VmHWM:\s+(\d+) kB")


@dataclass(frozen=True, slots=True)
class Taken:
    """What a command took."""

    seconds: float
    cpu: float
    """Of the command and of all processes that it waited for; not of a database server."""
    peak: float
    """MiB, of the command's own process."""
    out: str


def run(command: Sequence[str], folder: Path, most: int = 3) -> Taken:
    """Run a command in a folder; an exit code above `most` raises `CalledProcessError`."""
    before, began, peak = os.times(), time.monotonic(), 0.0
    # As at a user's, whose modules are compiled.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with (folder / "out").open("w+") as out:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=out, stderr=subprocess.PIPE, text=True)
        while process.poll() is None:
            peak = max(peak, _peak(process.pid))
            time.sleep(_EVERY)
        seconds, after = time.monotonic() - began, os.times()
        told = process.communicate()[1]
        if process.returncode not in range(most + 1):
            raise subprocess.CalledProcessError(process.returncode, command, stderr=told)
        out.seek(0)
        text = out.read()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Taken(seconds, cpu, peak, text)


def _peak(pid: int) -> float:
    try:
        found = _PEAK.search(Path(f"/proc/{pid}/status").read_text(encoding="ascii"))
    except OSError:
        return 0.0
    return int(found[1]) / 1024 if found else 0.0
