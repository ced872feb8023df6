"""Runs the command in a process that forks from one with everything imported: most of a short command is imports.

Where fresh interpreters must agree (bytes that do not depend on hashes), use `tests.scanner.conftest.insyn`.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import pkgutil
import pwd
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from scanner import plugins
from tests.scanner.conftest import INSYN, Run

ROOT = Path(__file__).parents[2]
_SECONDS = 250


def insyn(*arguments: object, cwd: Path, env: dict[str, str] | None = None, account: str = "") -> Run:
    """Run the command as a user would, without waiting for imports.

    Args:
        arguments: Of the command.
        cwd: Where to run it.
        env: Its environment; None = ours.
        account: Whom the system says to run it; "" = who does.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        order = {
            "argv": [INSYN, *map(str, arguments)],
            "cwd": str(cwd),
            "env": {**os.environ} if env is None else env,
            "account": account,
            "files": [f"/proc/{os.getpid()}/fd/{file.fileno()}" for file in (out, err)],
        }
        code = _server().ask(order)
        out.seek(0)
        err.seek(0)
        return Run(code, out.read().decode(), err.read().decode())


class _Server:
    """The process to fork from."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.scanner.forking"]
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        atexit.register(self._end)

    def ask(self, order: dict[str, object]) -> int:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def _end(self) -> None:
        self._process.communicate(timeout=_SECONDS)


@cache
def _server() -> _Server:
    return _Server()


def _serve() -> None:
    """Fork for each order; answer with the exit code."""
    _import_all()
    gc.freeze()
    for line in sys.stdin:
        child = os.fork()
        if not child:
            _obey(json.loads(line))
        sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
        sys.stdout.flush()


def _import_all() -> None:
    for package in ("scanner.commands", "scanner.engine", "recognizers", "reports"):
        within = importlib.import_module(package).__path__
        for module in pkgutil.iter_modules(within, f"{package}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    for kind in plugins.source_types():
        plugins.connector_class(kind)


def _obey(order: dict[str, Any]) -> None:
    """Become the command; does not return."""
    from scanner.cli import main

    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, file in enumerate(order["files"], 1):
        os.dup2(os.open(file, os.O_WRONLY), number)
    os.chdir(order["cwd"])
    os.environ.clear()
    os.environ.update(order["env"])
    if order["account"]:
        called = pwd.struct_passwd((order["account"], *pwd.getpwuid(os.getuid())[1:]))
        pwd.getpwuid = lambda _number: called
    sys.argv = order["argv"]
    sys.exit(main())


if __name__ == "__main__":
    _serve()
