"""Distorts what comes in, guided by what code it reaches: `python -m bench.fuzz [TARGET …] [--seconds 60]`.

Each target (the reader of every format, call lists, answers of the child, recognizers, questions, configuration,
policy, the JSON API) runs in a process of its own for so long. What breaks is left in
bench/fuzz/crashed, to be mended and tried by the tests from then on; of what reached new code a little is kept in
bench/fuzz/kept; how long, how often, and what broke is added to bench/fuzz/record.jsonl, of which
`python -m bench.trust` tells the sum. Needs the extra `fuzz`. Ends 1 if something broke.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import tempfile
import time
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from bench.fuzz import api, corpus, worker
from tests.test_tree import mails, people, phones

if TYPE_CHECKING:
    from bench.fuzz.targets import Target

INSTRUMENTED = ["connectors", "recognizers", "reports", "scanner", "pypdf", "yaml"]
_EXECUTED = re.compile(r"stat::number_of_executed_units:\s*(\d+)")
_BROKEN = re.compile(r"^broken: (.+)$|ERROR: libFuzzer: ([\w-]+)", re.M)


def commit() -> str:
    """The state of the tree."""
    told = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=worker.ROOT, capture_output=True, text=True, check=True
    )
    return told.stdout.strip()


def fuzz(name: str, target: Target, seconds: int) -> int:
    """Fuzz one target and keep what was found; how many ways to break there were."""
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        return told(name, seconds, *_guided(name, target, seconds, Path(folder)))


def told(name: str, seconds: int, executions: int, ways: list[str]) -> int:
    """Note a run and tell it."""
    day = datetime.now(UTC).date().isoformat()
    run = {"day": day, "commit": commit(), "target": name, "seconds": seconds}
    corpus.note(run | {"executions": executions, "crashes": len(ways)})
    line = f"{name:<24} {seconds:>5} s  {executions:>9} executions  {len(ways)} broken"
    print(line, *ways, sep="\n    ", flush=True)
    return len(ways)


def _guided(name: str, target: Target, seconds: int, work: Path) -> tuple[int, list[str]]:
    before = {corpus.digest(data): data for data in (*target.seeds(), *corpus.kept(name), *corpus.crashed(name))}
    for folder in ("corpus", "broken"):
        (work / folder).mkdir()
    for digest, data in before.items():
        (work / "corpus" / digest).write_bytes(data)
    end, executions, ways = time.monotonic() + seconds, 0, set[str]()
    while (left := int(end - time.monotonic())) > 0:
        said = worker.fuzz(target.run, work, left)
        executions += sum(map(int, _EXECUTED.findall(said)))
        ways |= {one or other for one, other in _BROKEN.findall(said)}
        if not _EXECUTED.search(said) and "libFuzzer:" not in said:
            raise SystemExit(f"{name}: {said[-2000:]}")
    reached = [path.read_bytes() for path in (work / "corpus").iterdir()]
    new = [data for data in reached if data not in before.values() and harmless(data)]
    corpus.keep(name, [*corpus.kept(name), *new])
    for path in (work / "broken").iterdir():
        corpus.keep_crash(name, path.read_bytes())
    return executions, sorted(ways)


def harmless(data: bytes) -> bool:
    """Whether no number came about by chance that could be somebody's."""
    texts = (data.decode("latin-1"), data.decode("utf-8", "replace"))
    return not any(True for text in texts for kind in (people, phones, mails) for _ in kind(text))


def instrumented() -> dict[str, Target]:
    """The targets, with all that they call made to tell what code is reached."""
    if not find_spec("atheris"):
        raise SystemExit("atheris is missing: pip install 'insyn[fuzz]'")
    import atheris

    with atheris.instrument_imports(include=INSTRUMENTED):
        from bench.fuzz.targets import TARGETS
    return TARGETS


def main() -> int:
    """Fuzz and tell."""
    parser = argparse.ArgumentParser(prog="python -m bench.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", help="part of their names; none = all")
    parser.add_argument("--seconds", type=int, default=60, help="for each")
    given = parser.parse_args()
    wanted = given.targets or [""]
    targets = {name: one for name, one in instrumented().items() if any(part in name for part in wanted)}
    broken = [fuzz(name, target, given.seconds) for name, target in targets.items()]
    if any(part in api.NAME for part in wanted):
        broken.append(told(api.NAME, given.seconds, *api.fuzz(given.seconds)))
    return int(any(broken))


if __name__ == "__main__":
    raise SystemExit(main())
