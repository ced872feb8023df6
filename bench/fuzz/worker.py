"""One target under atheris, in a fork of the process that has all of it loaded."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from bench.fuzz.corpus import digest

ROOT = Path(__file__).parents[2]
_LONGEST = 25
"""Seconds for one input."""
_MEMORY = 3000
"""MiB of the process."""


class Keeper:
    """Runs a target; keeps the first input of each way to break."""

    def __init__(self, run: Callable[[bytes], None], broken: Path) -> None:
        self._run = run
        self._broken = broken
        self._known: set[str] = set()

    def __call__(self, data: bytes) -> None:
        """Try one input."""
        try:
            self._run(data)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # noqa: BLE001  whatever is raised, panics too, is what is looked for
            place = way(error)
            if place not in self._known:
                self._known.add(place)
                (self._broken / digest(place.encode())).write_bytes(data)
                sys.stderr.write(f"broken: {place}\n")


def way(error: BaseException) -> str:
    """The kind of an error and where in our own code it arose: two inputs that break alike are one."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(str(ROOT))]
    inner = [f"{Path(frame.filename).name}:{frame.name}:{frame.lineno}" for frame in frames[-2:]]
    said = str(error).partition("\n")[0] if isinstance(error, AssertionError) else ""
    return f"{type(error).__name__} {' > '.join(inner)} {said}".strip()


def fuzz(run: Callable[[bytes], None], work: Path, seconds: int) -> str:
    """Fuzz in a fork until the time is up or the process dies; what was said.

    WORK/corpus holds what is begun with and gets what reaches new code; WORK/broken gets one input for each way to
    break: an exception is kept and the run goes on; a death of the process is kept by libFuzzer, and ends it.
    """
    pid = os.fork()
    if pid == 0:
        said = os.open(work / "said", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        for descriptor in (1, 2):
            os.dup2(said, descriptor)
        try:
            _begin(run, work, seconds)
        except BaseException:  # noqa: BLE001  whatever it is must not unwind into the process that was forked
            traceback.print_exc()
        finally:
            os._exit(0)
    os.waitpid(pid, 0)
    return (work / "said").read_text(encoding="utf-8", errors="replace")


def _begin(run: Callable[[bytes], None], work: Path, seconds: int) -> None:
    import atheris  # its wheel is of the extra `fuzz`

    os.chdir(work)
    flags = [
        f"-max_total_time={seconds}", f"-timeout={_LONGEST}", f"-rss_limit_mb={_MEMORY}", "-print_final_stats=1",
        "-max_len=60000", "-verbosity=0", f"-artifact_prefix={work / 'broken'}/",
    ]  # fmt: skip
    atheris.Setup(["fuzz", *flags, str(work / "corpus")], Keeper(run, work / "broken"))
    atheris.Fuzz()
