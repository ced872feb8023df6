"""Would the tests see a fault? `python -m bench.trust.mutation [AREA …] [--most 40] [--seed 1] [--keep]`.

A sample of small faults (bench/trust/mutants.py) is put into the modules of an area, one at a time, and the area's
tests are run; those that fail see it. Each run is a fork of this process, which has the libraries already: seconds, not
minutes. What no test sees is listed. `--keep` keeps the score for `python -m bench.trust`.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.metadata import distributions, packages_distributions
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType
from typing import Any, NamedTuple

import pytest

from bench.trust.collect import ROOT
from bench.trust.figures import keep, kept
from bench.trust.mutants import Mutant, mutants

SECONDS = 120
"""A run that takes longer has seen the fault: it hangs."""
OURS = ("scanner", "reports", "recognizers", "connectors", "tests", "bench", "conftest")


class Area(NamedTuple):
    """What is mutated, and what should see it."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]


AREAS = {
    "retention": Area(
        ("reports/retention.py", "reports/expiry.py", "reports/ages.py"),
        ("tests/reports/test_retention.py", "tests/reports/test_dates.py", "tests/scanner/test_retention.py"),
    ),
    "masking": Area(
        ("reports/masking.py", "scanner/package_mask.py", "scanner/shown.py"),
        ("tests/scanner/test_package.py", "tests/reports/test_formats.py", "tests/scanner/test_cases.py"),
    ),
    "grading": Area(("scanner/grading.py",), ("tests/scanner/test_subject.py",)),
    "ledger": Area(
        ("scanner/ledger.py", "scanner/tasks.py", "scanner/holders.py"),
        ("tests/scanner/test_ledger.py", "tests/scanner/test_engine.py"),
    ),
}


class Mutated(MetaPathFinder):
    """Gives out one module with a fault in it."""

    def __init__(self, path: str, tree: ast.Module) -> None:
        self._name = path.removesuffix(".py").replace("/", ".")
        self._path = str(ROOT / path)
        self._tree = tree

    def find_spec(self, fullname: str, _path: Sequence[str] | None, _target: object = None) -> ModuleSpec | None:
        """The module, if it is that one."""
        if fullname != self._name:
            return None
        tree = self._tree

        class Loader(SourceFileLoader):
            def get_code(self, fullname: str) -> CodeType:
                return compile(tree, self.get_filename(fullname), "exec")

        return spec_from_file_location(fullname, self._path, loader=Loader(fullname, self._path))


def forked(work: Callable[[], int]) -> int:
    """Do something in a fork, silently; its exit code, or -1 if it took too long or died."""
    pid = os.fork()
    if pid == 0:
        os.setsid()
        silence = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(silence, descriptor)
        os._exit(work())
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        gone, status = os.waitpid(pid, os.WNOHANG)
        if gone:
            return os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else -1
        time.sleep(0.02)
    os.killpg(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return -1


def tested(area: Area, finder: MetaPathFinder | None = None) -> int:
    """Run an area's quick tests; 0 if they pass."""
    if finder:
        sys.meta_path.insert(0, finder)
    return int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-m", "not slow", *area.tests]))


def preload(area: Area, note: Path) -> bool:
    """Load the libraries that an area's tests use, so that forks have them; False if the tests fail as it is."""

    def work() -> int:
        code = tested(area)
        note.write_text("\n".join(sorted(sys.modules)), encoding="utf-8")
        return code

    if forked(work):
        return False
    left = {*OURS, "__main__", *plugins()}
    for name in note.read_text(encoding="utf-8").splitlines():
        if name.partition(".")[0] not in left and name not in sys.modules:
            try:
                importlib.import_module(name)
            except Exception:  # noqa: BLE001  a part that another makes: the fork makes it, too
                continue
    note.unlink()
    return True


def plugins() -> set[str]:
    """Packages that bring a plugin of pytest: it refuses to find them loaded."""
    having = {one.name for one in distributions() if any(point.group == "pytest11" for point in one.entry_points)}
    return {name for name, found in packages_distributions().items() if having & set(found)}


def score(name: str, most: int, seed: int) -> dict[str, Any]:
    """Mutate an area; how many faults its tests see, and which they do not."""
    area = AREAS[name]
    if not preload(area, Path(f"/tmp/insyn-mutation-{os.getpid()}")):
        raise SystemExit(f"{name}: the tests fail without a fault")
    every = [(path, one) for path in area.modules for one in mutants((ROOT / path).read_text(encoding="utf-8"))]
    sample = random.Random(seed).sample(every, min(most, len(every)))
    for path in area.modules:
        if not passes(area, path, ast.parse((ROOT / path).read_text(encoding="utf-8"))):
            raise SystemExit(f"{name}: the tests fail with {path} as it is")
    unseen = [told(path, one) for path, one in sample if passes(area, path, one.tree)]
    day = datetime.now(UTC).date().isoformat()
    return {"day": day, "of": len(every), "tried": len(sample), "seen": len(sample) - len(unseen), "unseen": unseen}


def passes(area: Area, path: str, tree: ast.Module) -> bool:
    """Whether an area's tests see nothing in a module."""
    return forked(lambda: tested(area, Mutated(path, tree))) == 0


def told(path: str, one: Mutant) -> str:
    """Where a fault is, as it is listed."""
    return f"{path}:{one.line} {one.what}"


def main() -> None:
    """Score and tell."""
    parser = argparse.ArgumentParser(prog="python -m bench.trust.mutation", description=__doc__)
    parser.add_argument("areas", nargs="*", help=f"of {', '.join(AREAS)}; none = all")
    parser.add_argument("--most", type=int, default=40, help="faults an area")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true")
    given = parser.parse_args()
    for name in given.areas or AREAS:
        found = score(name, given.most, given.seed)
        print(
            f"{name}: {found['seen']} of {found['tried']} seen, sampled from {found['of']}",
            *found["unseen"],
            sep="\n  ",
        )
        if given.keep:
            keep("mutation", kept().get("mutation", {}) | {name: found})


if __name__ == "__main__":
    main()
