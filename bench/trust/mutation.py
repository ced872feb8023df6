"""Would the tests see a fault? `python -m bench.trust.mutation [AREA …] [--most 40] [--seed 1] [--again] [--keep]`.

A sample of small faults (bench/trust/mutants.py) is put into the modules of an area, one at a time, and the area's
tests are run; those that fail see it. Each run is a fork of this process, which has the libraries already: seconds, not
minutes. What no test sees is listed; what none can see, for it changes nothing, is told apart (equivalent.toml).
`--again` tries only what was not seen when the score was kept. `--keep` keeps it for `python -m bench.trust`.
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
import tomllib
from collections.abc import Callable, Mapping, Sequence
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
from bench.trust.figures import mutation as line
from bench.trust.mutants import Mutant, mutants

EQUIVALENT = Path(__file__).with_name("equivalent.toml")
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
        (
            *("tests/reports/test_retention.py", "tests/reports/test_retention_items.py"),
            *("tests/reports/test_dates.py", "tests/reports/test_expiry.py"),
        ),
    ),
    "masking": Area(
        ("reports/masking.py", "scanner/cases/package_mask.py", "scanner/subject/shown.py"),
        ("tests/reports/test_masking.py", "tests/scanner/test_masking.py", "tests/scanner/test_shown.py"),
    ),
    "grading": Area(
        ("scanner/subject/grading.py",), ("tests/scanner/test_grading.py", "tests/scanner/test_subject.py")
    ),
    "ledger": Area(
        ("scanner/reporting/ledger.py", "scanner/engine/tasks.py", "scanner/engine/holders.py"),
        ("tests/scanner/test_holders.py", "tests/scanner/test_ledger.py", "tests/scanner/test_engine.py"),
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
    every = faults(name)
    same = equivalent(name)
    sample = random.Random(seed).sample(sorted(every), min(most, len(every)))
    unseen = tried(name, every, [one for one in sample if one not in same])
    return figures(every, len(sample), unseen, [one for one in sample if one in same])


def again(name: str, before: Mapping[str, Any]) -> dict[str, Any]:
    """Try what was not seen before; the other figures stand."""
    every = faults(name)
    same = equivalent(name)
    left = [one for one in before["unseen"] if one in every]
    unseen = tried(name, every, [one for one in left if one not in same])
    equal = [one for one in (*left, *before["equivalent"]) if one in same]
    return figures(every, before["tried"], unseen, equal)


def figures(every: Mapping[str, object], tried: int, unseen: list[str], equal: list[str]) -> dict[str, Any]:
    """What is kept of an area."""
    day = datetime.now(UTC).date().isoformat()
    seen = tried - len(unseen) - len(equal)
    return {"day": day, "of": len(every), "tried": tried, "seen": seen, "unseen": unseen, "equivalent": equal}


def faults(name: str) -> dict[str, tuple[str, Mutant]]:
    """All faults of an area, by name."""
    return {
        f"{path}: {one.name}": (path, one)
        for path in AREAS[name].modules
        for one in mutants((ROOT / path).read_text(encoding="utf-8"))
    }


def equivalent(name: str) -> dict[str, str]:
    """Faults of an area that change nothing that anybody could see, and why."""
    return dict(tomllib.loads(EQUIVALENT.read_text(encoding="utf-8")).get(name, {}))


def tried(name: str, every: Mapping[str, tuple[str, Mutant]], chosen: Sequence[str]) -> list[str]:
    """Which of the chosen faults no test sees."""
    area = AREAS[name]
    if not preload(area, Path(f"/tmp/insyn-mutation-{os.getpid()}")):
        raise SystemExit(f"{name}: the tests fail without a fault")
    for path in area.modules:
        if not passes(area, path, ast.parse((ROOT / path).read_text(encoding="utf-8"))):
            raise SystemExit(f"{name}: the tests fail with {path} as it is")
    return [one for one in chosen if passes(area, every[one][0], every[one][1].tree)]


def passes(area: Area, path: str, tree: ast.Module) -> bool:
    """Whether an area's tests see nothing in a module."""
    return forked(lambda: tested(area, Mutated(path, tree))) == 0


def main() -> None:
    """Score and tell."""
    parser = argparse.ArgumentParser(prog="python -m bench.trust.mutation", description=__doc__)
    parser.add_argument("areas", nargs="*", help=f"of {', '.join(AREAS)}; none = all")
    parser.add_argument("--most", type=int, default=40, help="faults an area")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--again", action="store_true", help="only what was not seen when the score was kept")
    parser.add_argument("--keep", action="store_true")
    given = parser.parse_args()
    for name in given.areas or AREAS:
        before = kept().get("mutation", {})
        found = again(name, before[name]) if given.again else score(name, given.most, given.seed)
        print(line(name, found), *found["unseen"], sep="\n  ", flush=True)
        if given.keep:
            keep("mutation", kept().get("mutation", {}) | {name: found})


if __name__ == "__main__":
    main()
