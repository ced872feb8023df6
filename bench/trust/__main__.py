"""Prints the trust table: `python -m bench.trust [--junit FILE] [--tests] [--write]`.

A line a fault and a threat: how many tests show it, and how they went in the run whose JUnit file is given
(`pytest --junitxml FILE`; if none is given, that of the last `.ci/run`). What has no test is said to be open, with the
reason. Then what takes long to measure: the soak, mutation scores, fuzzing, with the day of the measurement. `--tests`
names each test; `--write` makes docs/security.md anew. Ends 1 if a test of the table failed.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.trust.collect import ROOT, Item, items, outcomes, result
from bench.trust.figures import lines
from bench.trust.page import PAGE, page

LAST_RUN = ROOT / ".ci" / "junit.xml"


def line(item: Item, run: Mapping[str, Counter[str]] | None) -> str:
    """One row of the table."""
    if not item.tests:
        return f"{item.id}  {'open':>8}  {item.name}: {item.open}"
    told = f"{len(item.tests):>3} test{'s' if len(item.tests) > 1 else ' '}"
    if run is not None:
        told += "  " + ", ".join(f"{count} {how}" for how, count in sorted(result(item, run).items()))
    return f"{item.id}  {told}  {item.name}" + (f" (open: {item.open})" if item.open else "")


def summary(rows: Sequence[Item]) -> str:
    """How many of a kind are shown."""
    shown = sum(bool(item.tests) for item in rows)
    distinct = {test for item in rows for test in item.tests}
    return f"{shown} of {len(rows)} shown by {len(distinct)} tests, {len(rows) - shown} open"


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.trust", description=__doc__)
    parser.add_argument("--junit", type=Path, default=LAST_RUN, help="of a run; .ci/junit.xml unless told")
    parser.add_argument("--tests", action="store_true", help="name each test")
    parser.add_argument("--write", action="store_true", help="make docs/security.md anew")
    given = parser.parse_args()
    rows = items()
    if given.write:
        PAGE.write_text(page(rows), encoding="utf-8")
    run = outcomes(given.junit) if given.junit.exists() or given.junit != LAST_RUN else None
    for title, kind in (("Faults", "T"), ("Threats", "S")):
        part = [item for item in rows if item.id.startswith(kind)]
        print(f"{title}: {summary(part)}")
        for item in part:
            print(line(item, run))
            if given.tests:
                print(*(f"       {test}" for test in item.tests), sep="\n")
    print("Measured:", *lines(), sep="\n")
    return int(run is not None and any(result(item, run)["failed"] for item in rows))


if __name__ == "__main__":
    raise SystemExit(main())
