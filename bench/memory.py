"""What large input costs in memory: `python -m bench.memory [CASE …] [--read] [--share 0.01]`.

A file is made, then `insyn scan` is run on it as a user runs it, and the greatest resident sets of its processes are
read from the kernel while they run: of the scanner's (the command, and each worker that it starts) and of the confined
children that parse. `--read` measures the reading alone, without analyzer and store. `--share` makes the input smaller,
to try the bench itself.

Cases: `csv` 2 GiB of rows; `cell` one cell of 1 GiB in a CSV; `line` one line of 1 GiB; `gzip` 1 GiB of log packed;
`mailbox` 1 GiB of mail; `bomb` a zip that unpacks to 10 GiB; `files` 100,000 files.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from bench.resident import peak
from scanner.keys import new_key

GIB, MIB = 1 << 30, 1 << 20
INSYN = str(Path(sys.executable).with_name("insyn"))
PARENT_MIB = 300
_CONFIG = """policy: omnipoint
store: sqlite:///insyn.db
key: file:insyn.key
sources:
  share: {type: files, path: share, owner: Kundtjänst, purposes: [service_provision]}
"""
_ROW = "2026-01-{:02} 10:00:00;OBJ{:06};{};larm kvitterat av operatör, ingen åtgärd\n"
_PERSON = "2026-01-02 10:00:00;OBJ000001;1;Ring Märta Åkesson-Öberg 070-174 06 05, 19811218-9876\n"
_WORDS = "larm kvitterat av operatör, ingen åtgärd vidtagen på plats; "


class Cost(NamedTuple):
    """What a run took."""

    seconds: float
    parent: int
    """Greatest resident set of a scanner's process, MiB: the command's, or a worker's."""
    child: int
    """The same of a confined child."""
    outcome: str


def make_csv(folder: Path, share: float) -> None:
    """Rows of events; one in a thousand tells of a person."""
    rows = "".join(_ROW.format(n % 28 + 1, n, n % 9) if n % 1000 else _PERSON for n in range(1, 20_001)).encode()
    _repeat(folder / "a.csv", rows, int(2 * GIB * share), b"tid;objekt;zon;text\n")


def make_cell(folder: Path, share: float) -> None:
    """One cell between two."""
    _repeat(folder / "a.csv", _WORDS.replace(";", ".").encode(), int(GIB * share), b"id;text;namn\n1;", b";Anna Ek\n")


def make_line(folder: Path, share: float) -> None:
    """Text without a line end."""
    _repeat(folder / "a.txt", _WORDS.encode(), int(GIB * share))


def make_gzip(folder: Path, share: float) -> None:
    """A log, packed."""
    rows = "".join(_ROW.format(n % 28 + 1, n * 7919 % 1_000_000, n % 9) for n in range(20_000)).encode()
    with gzip.open(folder / "a.log.gz", "wb", compresslevel=1) as out:
        for _ in range(int(GIB * share) // len(rows) + 1):
            out.write(rows)


def make_mailbox(folder: Path, share: float) -> None:
    """Mail of ten thousand bytes each."""
    head = "From a@example.se Thu Jan  1 10:00:00 2026\nFrom: a@example.se\nTo: b@example.se\nSubject: larm\n"
    head += "Date: Thu, 1 Jan 2026 10:00:00 +0100\nMessage-ID: <1@example.se>\n\n"
    _repeat(folder / "a.mbox", (head + _WORDS * 160 + "\n").encode(), int(GIB * share))


def make_bomb(folder: Path, share: float) -> None:
    """Zeros at the highest ratio that deflate has, ten times over."""
    with zipfile.ZipFile(folder / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(10):
            with archive.open(f"{number}.txt", "w", force_zip64=True) as out:
                for _ in range(int(GIB * share / MIB)):
                    out.write(bytes(MIB))


def make_files(folder: Path, share: float) -> None:
    """Small letters in a thousand folders."""
    for number in range(int(100_000 * share)):
        if number % 100 == 0:
            (folder / f"{number // 100}").mkdir()
        text = f"Ärende {number}: {_WORDS}\n" + (_PERSON if number % 100 == 0 else "")
        (folder / f"{number // 100}" / f"{number}.txt").write_text(text, encoding="utf-8")


CASES: dict[str, Callable[[Path, float], None]] = {
    "csv": make_csv,
    "cell": make_cell,
    "line": make_line,
    "gzip": make_gzip,
    "mailbox": make_mailbox,
    "bomb": make_bomb,
    "files": make_files,
}


def _repeat(path: Path, block: bytes, size: int, before: bytes = b"", after: bytes = b"") -> None:
    block *= max(1, MIB // len(block))
    with path.open("wb") as out:
        out.write(before)
        for _ in range(size // len(block) + 1):
            out.write(block)
        out.write(after)


def measure(command: list[str], folder: Path) -> Cost:
    """Run a command and watch it and its children."""
    began = time.monotonic()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    peaks = Counter[bool]()
    while process.poll() is None:
        for one in _tree(process.pid):
            confined = _is_confined(one)
            peaks[confined] = max(peaks[confined], int(peak(one)))
        time.sleep(0.05)
    output = process.stdout.read() if process.stdout else ""
    return Cost(time.monotonic() - began, peaks[False], peaks[True], _outcome(output))


def _tree(pid: int) -> list[int]:
    """A process and all below it."""
    try:
        below = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return []
    return [pid, *(one for child in below for one in _tree(int(child)))]


def _is_confined(pid: int) -> bool:
    try:
        return b"connectors.extract.child" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def _outcome(output: str) -> str:
    """Name the states that the units ended in."""
    try:
        [source] = json.loads(output)["sources"]
    except (ValueError, KeyError):
        return output.strip() or "no answer"
    units = {state: count for state, count in source["units"].items() if state != "enumerated"}
    reasons = sorted({one["reason"] for one in source["unread"]})
    return f"{units} {' '.join(reasons)} {source['findings']} findings"


def read_all(folder: Path) -> None:
    """Read a folder as a scan does, and forget it."""
    from connectors import Batch, Unit
    from connectors.files import FilesConnector

    states = Counter[str]()
    with FilesConnector(path=str(folder)) as source:
        for unit in source.units():
            for found in source.read(unit) if isinstance(unit, Unit) else (unit,):
                states["batches" if isinstance(found, Batch) else f"{found.state} {found.reason}"] += 1
    print(dict(states))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*", choices=[*CASES, []], help="all if none is given")
    parser.add_argument("--read", action="store_true", help="without analyzer and store")
    parser.add_argument("--share", type=float, default=1.0, help="of the full size")
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.folder:
        read_all(asked.folder)
        return
    for name in asked.cases or CASES:
        with tempfile.TemporaryDirectory(prefix="insyn-bench-") as made:
            _measured(name, Path(made), asked)


def _measured(name: str, folder: Path, asked: argparse.Namespace) -> None:
    (folder / "share").mkdir()
    CASES[name](folder / "share", asked.share)
    new_key(folder / "insyn.key")
    (folder / "insyn.yaml").write_text(_CONFIG, encoding="utf-8")
    command = [INSYN, "scan", "--format", "json"]
    if asked.read:
        command = [sys.executable, str(Path(__file__).resolve()), "--folder", str(folder / "share")]
    cost = measure(command, folder)
    verdict = "" if cost.parent < PARENT_MIB else f"  OVER {PARENT_MIB} MiB"
    sizes = f"parent {cost.parent:>5} MiB  child {cost.child:>5} MiB"
    print(f"{name:<8}{cost.seconds:>8.1f} s  {sizes}  {cost.outcome}{verdict}", flush=True)


if __name__ == "__main__":
    main()
