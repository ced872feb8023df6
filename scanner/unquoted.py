"""What nobody has caught is told by its kind and its place, never by its message: that may quote a value.

Python prints the message of whatever ends a thread, a process or a destructor; libraries warn, and log what they met.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
import warnings
from pathlib import Path
from types import TracebackType
from typing import TextIO


def unquoted() -> None:
    """Let this process print no message that is not its own."""
    sys.excepthook = lambda _, error, trace: say_fault(error, trace)
    threading.excepthook = lambda given: say_fault(given.exc_value, given.exc_traceback)
    sys.unraisablehook = lambda given: say_fault(given.exc_value, given.exc_traceback)
    warnings.showwarning = _warned
    logging.root.handlers[:] = [_Placed(logging.WARNING)]


def say_fault(error: BaseException | None, trace: TracebackType | None = None) -> None:
    """Write what went wrong where to standard error."""
    _say(f"internal error: {where(error, trace)}; please report it")


def where(error: BaseException | None, trace: TracebackType | None = None) -> str:
    """Kind of an error, and the place that it comes from."""
    frames = traceback.extract_tb(trace or getattr(error, "__traceback__", None))
    place = f" in {Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"


def _warned(  # the hook's own signature
    message: Warning | str,  # noqa: ARG001
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,  # noqa: ARG001
    line: str | None = None,  # noqa: ARG001
) -> None:
    _say(f"warning: {category.__name__} in {Path(filename).name}, line {lineno}")


class _Placed(logging.Handler):
    """For what libraries log and nothing else takes."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write who logs how grave a thing where."""
        _say(f"{record.levelname.lower()}: {record.name} in {Path(record.pathname).name}, line {record.lineno}")


def _say(line: str) -> None:
    sys.stderr.write(f"insyn: {line}\n")
