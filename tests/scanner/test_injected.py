"""The n-th call to the system fails: on the store, and for memory (T15). All of them: `tests.scanner.injecting`."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.scanner.crashing import outcome
from tests.scanner.injecting import MEMORY, Fault, injected, make, scan

FAULTS = [
    Fault("pwrite64", "EIO", 3),
    Fault("pwrite64", "ENOSPC", 120),
    Fault("pwrite64", "EIO", 500, forever=True),
    Fault("fdatasync", "EIO", 2),
    Fault("openat", "EMFILE", 5, forever=True),
    Fault(MEMORY, "ENOMEM", 1000, of_the_store=False),
]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """An estate, and what is found in it when nothing fails."""
    if not shutil.which("strace"):
        if os.environ.get("INSYN_REQUIRE_SERVERS") == "1":
            pytest.fail("strace is missing: apt-get install strace")
        pytest.skip("there is no strace")
    directory = tmp_path_factory.mktemp("injected")
    make(directory)
    done = scan(directory, "-e", "trace=none")
    if "ptrace" in done.stderr or "PTRACE" in done.stderr:
        pytest.skip(f"nothing can be traced here: {done.stderr.strip()}")
    assert done.returncode == 0, done.stderr
    return directory, outcome(directory)


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS, ids=lambda one: f"{one.call} {one.error} {one.number}")
def test_a_call_that_fails_is_one_line_and_the_next_scan_finds_the_same(
    place: tuple[Path, dict[str, Any]], fault: Fault
) -> None:
    """T15."""
    directory, expected = place
    assert injected(directory, fault) == []
    assert outcome(directory) == expected
