"""The n-th system call of a kind on the store fails, by strace: `python -m tests.scanner.injecting DIR [STEP]`.

DIR is empty, or what an earlier run left, which goes on then: hours are needed. All calls that a whole scan makes are
tried one after the other, every STEP-th of the many. Printed is each that was not one line, or hung, or after which the
store was not sound or the next scan did not find the same; DIR/tried.txt keeps all.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tests.scanner.conftest import INSYN
from tests.scanner.crashing import estate, forget, outcome

CONFIG = """policy: omnipoint
store: sqlite:///insyn.db
key: file:insyn.key
sources:
  crm: {type: database, url: "sqlite:///crm.db", owner: IT}
  share: {type: files, path: share, owner: IT}
"""
STORE = ("pwrite64", "pread64", "fdatasync", "ftruncate", "openat", "unlink", "mmap")
MEMORY = "mmap,brk"
KEY = (b"k" * 32).hex()
"""That of `crashing.KEYS`."""
_WHOLE = (0, 3)
"""A file whose reader got no memory is named as not read, and read again by the next scan."""
_LINE = re.compile(r"insyn: [^\n]+\n")


class Fault(NamedTuple):
    """Which call fails, with what, and whether all after it fail, too."""

    call: str
    error: str
    number: int
    forever: bool = False
    of_the_store: bool = True


def make(directory: Path) -> None:
    """An estate to scan, under the key that `outcome` knows."""
    estate(directory)
    key = directory / "insyn.key"
    key.write_text(KEY, encoding="ascii")
    key.chmod(0o600)
    (directory / "insyn.yaml").write_text(CONFIG, encoding="utf-8")


def scan(directory: Path, *tracing: str) -> subprocess.CompletedProcess[str]:
    """`insyn scan`, traced or not."""
    command = [INSYN, "scan", "--workers", "1"]
    traced = ["strace", "-f", "-qq", "--seccomp-bpf", "-o", "calls", *tracing] if tracing else []
    return subprocess.run([*traced, *command], cwd=directory, capture_output=True, text=True, check=False, timeout=120)


def _of_the_store(directory: Path) -> list[str]:
    return [part for end in ("", "-wal", "-shm", "-journal") for part in ("-P", f"{directory.resolve()}/insyn.db{end}")]


def counted(directory: Path) -> dict[str, int]:
    """How often a whole scan makes each call on the store."""
    forget(directory)
    assert scan(directory, "-e", f"trace={','.join(STORE)}", *_of_the_store(directory)).returncode == 0
    made = (directory / "calls").read_text(encoding="utf-8", errors="replace")
    return {call: len(re.findall(rf"^\d+ +{call}\(", made, re.M)) for call in STORE}


def injected(directory: Path, fault: Fault) -> list[str]:
    """Scan with a fault from an empty store, then without; what is wrong."""
    forget(directory)
    when = f"{fault.number}{'+' if fault.forever else ''}"
    inject = f"inject={fault.call}:error={fault.error}:when={when}"
    where = _of_the_store(directory) if fault.of_the_store else []
    first = scan(directory, "-e", f"trace={fault.call}", "-e", inject, *where)
    wrong = []
    if first.returncode not in _WHOLE and not (first.returncode == 1 and _LINE.fullmatch(first.stderr)):
        wrong.append(f"ended {first.returncode}: {first.stderr[-300:]}")
    second = scan(directory)
    if second.returncode:
        wrong.append(f"the next scan ended {second.returncode}: {second.stderr[-300:]}")
    return wrong


def faults(directory: Path, step: int) -> Iterator[Fault]:
    """What is to be tried: each of the few calls, every `step`-th of the many, alone and with all after it."""
    for call, count in counted(directory).items():
        for number in range(1, count + 1, step if count > 20 else 1):
            for forever in (False, True):
                yield Fault(call, "ENOMEM" if call == "mmap" else "EIO", number, forever)


def attempt(directory: Path, fault: Fault, expected: dict[str, Any]) -> list[str]:
    """What is wrong after a fault, a scan that hangs included."""
    try:
        wrong = injected(directory, fault)
    except subprocess.TimeoutExpired as error:
        return [f"took longer than {error.timeout} seconds"]
    return wrong + ([] if outcome(directory) == expected else ["other findings, or the store is damaged"])


def main() -> None:
    """Try all, those of an earlier run excepted."""
    directory, step = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    kept = directory / "tried.txt"
    if not kept.exists():
        make(directory)
        kept.touch()
    forget(directory)
    assert scan(directory).returncode == 0
    expected, tried = outcome(directory), dict(line.split("\t") for line in kept.read_text("utf-8").splitlines())
    for fault in faults(directory, step):
        if str(fault) in tried:
            continue
        wrong = tried[str(fault)] = "; ".join(attempt(directory, fault, expected))
        with kept.open("a", encoding="utf-8") as file:
            file.write(f"{fault}\t{' '.join(wrong.split())}\n")
        if wrong:
            sys.stdout.write(f"{fault}: {wrong}\n")
    sys.stdout.write(f"{len(tried)} faults, {sum(map(bool, tried.values()))} of them wrong\n")


if __name__ == "__main__":
    main()
