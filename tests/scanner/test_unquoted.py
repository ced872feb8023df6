"""T60: what ends a process, a thread or a destructor, and what libraries say, is told without a value."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from scanner.keys import new_key

VALUE = "Kanarina 900118-9811"
SAYS = "insyn: internal error: ValueError in <string>, line "
WAYS = {
    "it ends the process": (f"raise ValueError('{VALUE}')", SAYS),
    "it ends a thread": (
        f"import threading\ndef f(): raise ValueError('{VALUE}')\nthreading.Thread(target=f).start()", SAYS
    ),
    "it comes up where nothing can be raised": (
        f"class A:\n  def __del__(self): raise ValueError('{VALUE}')\na = A()\ndel a", SAYS
    ),
    "a library warns": (f"import warnings\nwarnings.warn('{VALUE}')", "insyn: warning: UserWarning in <string>, line "),
    "a library logs": (
        f"import logging\nlogging.getLogger('lib').error('of %s', '{VALUE}')", "insyn: error: lib in <string>, line "
    ),
    "a library logs an error": (
        f"import logging\ntry: raise ValueError('{VALUE}')\nexcept ValueError: logging.exception('{VALUE}')",
        "insyn: error: root in <string>, line ",
    ),
}  # fmt: skip
CONFIG = "key: file:insyn.key\nsources:\n  share: {type: files, path: .}\n"
WORKER = f"""
import multiprocessing
from pathlib import Path
import scanner.engine.worker as worker

def fails(*_):
    raise ValueError('{VALUE}')

def serve(pipe, path):
    worker.Reader = fails
    worker.serve(pipe, path)

if __name__ == "__main__":
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs, Path("insyn.yaml")))
    process.start()
    process.join()
    print(process.exitcode)
"""


def run(code: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], cwd=cwd, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("way", WAYS)
def test_no_message_is_printed(way: str, tmp_path: Path) -> None:
    code, says = WAYS[way]
    assert VALUE in run(code, tmp_path).stderr, "else it shows nothing"
    told = run(f"from scanner.unquoted import unquoted\nunquoted()\n{code}", tmp_path).stderr
    assert VALUE not in told
    assert told.startswith(says)
    assert told.count("\n") == 1


@pytest.mark.slow
def test_a_worker_that_fails_does_not_quote_either(tmp_path: Path) -> None:
    new_key(tmp_path / "insyn.key")
    (tmp_path / "insyn.yaml").write_text(CONFIG, encoding="utf-8")
    done = run(WORKER, tmp_path)
    assert done.stdout == "1\n"
    assert done.stderr.startswith("insyn: internal error: ValueError in ")
    assert VALUE not in done.stderr
