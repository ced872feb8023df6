"""Would the tests notice? `python -m bench.trust.broken [ID …] [--again] [--keep]`: controls are broken on purpose.

Each entry of bench/trust/breaks.toml takes one control out of the code. The change is made in the working tree, which
must be clean; the tests that the trust table names for the fault or threat are run until one fails; the change is taken
back. Last, the tests that failed are run on the code as it is: one that fails there, too, has seen nothing. `--again`
tries only what was not seen when the figures were kept; `--keep` keeps them for `python -m bench.trust`. Takes an hour.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from bench.trust.collect import ROOT, items, outcomes
from bench.trust.figures import broken as line
from bench.trust.figures import keep, kept

BREAKS = Path(__file__).with_name("breaks.toml")
SECONDS = 900
"""A run that takes longer has seen it: it hangs."""
FAILED, PASSED = 1, 0


class Break(NamedTuple):
    """One control taken out."""

    id: str
    """The fault or threat whose tests should see it."""
    what: str
    edits: tuple[tuple[str, str, str], ...]
    """File, what stands there once, what is put in its place."""

    @property
    def name(self) -> str:
        """As figures keep it."""
        return f"{self.id} {self.what}"


def breaks() -> list[Break]:
    """All of them."""
    rows = tomllib.loads(BREAKS.read_text(encoding="utf-8"))["break"]
    return [Break(row["id"], row["what"], tuple(map(tuple, row["edits"]))) for row in rows]


def changed(text: str, old: str, new: str) -> str:
    """A text with one change.

    Raises:
        ValueError: what is to be changed does not stand there exactly once.
    """
    if text.count(old) != 1:
        raise ValueError(f"stands there {text.count(old)} times: {old}")
    return text.replace(old, new)


@contextmanager
def taken_out(one: Break) -> Iterator[None]:
    """The working tree with one control broken, until the block is left."""
    before = {ROOT / file: (ROOT / file).read_text(encoding="utf-8") for file, _, _ in one.edits}
    try:
        for file, old, new in one.edits:
            path = ROOT / file
            path.write_text(changed(path.read_text(encoding="utf-8"), old, new), encoding="utf-8")
        yield
    finally:
        for path, text in before.items():
            path.write_text(text, encoding="utf-8")


def failing(tests: Sequence[str], *, first: bool = True) -> set[str] | None:
    """Which tests fail, by their functions; with `first` the first of them. None: they hang.

    Raises:
        SystemExit: they cannot be run.
    """
    with tempfile.TemporaryDirectory() as directory:
        junit = Path(directory) / "junit.xml"
        options = [*(["-x"] if first else []), "-q", "-n", "0", "-p", "no:cacheprovider", f"--junitxml={junit}"]
        process = subprocess.Popen(
            [sys.executable, "-m", "pytest", *options, *tests],
            cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
            env=os.environ | {"INSYN_REQUIRE_SERVERS": "1"},
        )  # fmt: skip
        try:
            code = process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            return None
        if code not in (PASSED, FAILED):
            raise SystemExit(f"the tests cannot be run (pytest ends {code}): {' '.join(tests)}")
        return {name for name, how in outcomes(junit).items() if how["failed"]}


def tried(wanted: Sequence[Break], tests: Mapping[str, Sequence[str]]) -> dict[str, str | None]:
    """Break one after the other: name -> the test that failed; "" none did; None: they hung."""
    found: dict[str, str | None] = {}
    for one in wanted:
        with taken_out(one):
            failed = failing(tests[one.id])
        found[one.name] = None if failed is None else next(iter(failed), "")
        told = "hangs" if failed is None else found[one.name] or "NOT SEEN"
        print(f"{one.name}: {told}", flush=True)
    return found


def without_false(found: Mapping[str, str | None]) -> dict[str, str | None]:
    """The same without tests that fail on the code as it is."""
    names = sorted({test for test in found.values() if test})
    failed = failing(names, first=False) if names else set()
    anyway = set(names) if failed is None else failed
    for test in sorted(anyway):
        print(f"{test} fails anyway and has seen nothing")
    return {name: "" if test in anyway else test for name, test in found.items()}


def figures(found: Mapping[str, str | None], before: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept: of those that were tried before and not now, what was found then; and what was ever missed."""
    current = {one.name for one in breaks()}
    earlier: dict[str, str] = before.get("seen", {}) | dict.fromkeys(before.get("unseen", ()), "")
    seen = {**earlier, **{name: "hangs" if test is None else test for name, test in found.items()}}
    seen = {name: test for name, test in sorted(seen.items()) if name in current}
    missed = {name for name, test in seen.items() if not test}.union(before.get("missed", ())) & seen.keys()
    return {
        "day": datetime.now(UTC).date().isoformat(),
        "missed": sorted(missed),
        "seen": {name: test for name, test in seen.items() if test},
        "unseen": [name for name, test in seen.items() if not test],
    }


def main() -> int:
    """Break, and tell; ends 1 if something was not seen."""
    parser = argparse.ArgumentParser(prog="python -m bench.trust.broken", description=__doc__)
    parser.add_argument("ids", nargs="*", metavar="ID", help="such as T17 or S08; none: all")
    parser.add_argument("--again", action="store_true", help="only what was not seen when the figures were kept")
    parser.add_argument("--keep", action="store_true", help="keep the figures for python -m bench.trust")
    given = parser.parse_args()
    changes = subprocess.run(["git", "status", "--porcelain"], cwd=ROOT, capture_output=True, text=True, check=True)
    if changes.stdout:
        raise SystemExit("the working tree has changes: commit them first")
    before = kept().get("broken", {})
    wanted = [one for one in breaks() if one.id in given.ids or not given.ids]
    if given.again:
        wanted = [one for one in wanted if one.name not in before.get("seen", {})]
    tests = {item.id: item.tests for item in items()}
    found = figures(without_false(tried(wanted, tests)), before)
    print(line(found))
    if given.keep:
        keep("broken", found)
    return int(bool(found["unseen"]))


if __name__ == "__main__":
    raise SystemExit(main())
