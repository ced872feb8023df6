"""What all commands share: one-line errors with the right exit code, output to a file or standard output, progress."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec

import typer

from scanner.errors import ConfigError, InsynError
from scanner.unquoted import where

if TYPE_CHECKING:
    from rich.progress import Progress, Task

INTERRUPTED = 130
_TOLD = ("ConnectorError", "PdfError", "PolicyError", "RecognizerError")
"""Errors of the leaves whose message is fit to be shown; by name, so that none of them is imported for it."""
P = ParamSpec("P")


def say(message: str) -> None:
    """Write a message to standard error: standard output is for data."""
    sys.stderr.write(message + "\n")


def guarded(command: Callable[P, None]) -> Callable[P, None]:
    """End a command that fails with one line and its exit code; never a traceback, never a value."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except KeyboardInterrupt:
            say("insyn: interrupted; what was finished is kept, the same command goes on from there")
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:
            raise typer.Exit(0) from None
        except typer.Exit:
            raise
        except Exception as error:  # noqa: BLE001  the edge: whatever it is, it is told in one line without a value
            say(f"insyn: {_line(error)}")
            raise typer.Exit(getattr(error, "exit_code", 1) if _is_told(error) else 1) from None

    return run


def _is_told(error: Exception) -> bool:
    return isinstance(error, InsynError) or type(error).__name__ in _TOLD


def _line(error: Exception) -> str:
    if _is_told(error):
        return str(error)
    return f"internal error: {where(error)}; please report it"


def write(data: bytes | Iterable[bytes], output: Path | None) -> None:
    """Write a document, whole or in pieces, to a file or to standard output.

    Raises:
        InsynError: the file cannot be written.
    """
    pieces = (data,) if isinstance(data, bytes) else data
    if output is None:
        sys.stdout.buffer.writelines(pieces)
        sys.stdout.buffer.flush()
        return
    try:
        with output.open("wb") as file:
            file.writelines(pieces)
    except OSError as error:
        raise InsynError(f"{output}: cannot be written ({error.strerror})") from None


def one_of(option: str, value: str, allowed: tuple[str, ...]) -> str:
    """Check an option that has a few values.

    Raises:
        ConfigError: it is none of them.
    """
    if value not in allowed:
        from reports.nearest import nearest

        choices = f"there are {', '.join(allowed)}{nearest(value, allowed)}"
        raise ConfigError(f"{option}: {value} is not possible here; {choices}")
    return value


def counted(number: int, noun: str) -> str:
    """So many of a thing: `1 unit`, `2 units`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


class Bars:
    """Progress bars on standard error; nothing where it is no terminal."""

    def __init__(self) -> None:
        self._bars = _bars() if sys.stderr.isatty() else None
        self._tasks: dict[str, Any] = {}

    def __enter__(self) -> Bars:
        """Show the bars."""
        if self._bars:
            self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the bars as they are."""
        if self._bars:
            self._bars.stop()

    def start(self, source: str, total: int, size: int) -> None:
        """A source has been listed."""
        if self._bars:
            self._tasks[source] = self._bars.add_task(source, total=total, findings=0, read=0, size=size, told="")

    def advance(self, source: str, findings: int, size: int, *, units: int = 1) -> None:
        """One more unit, or part of one, is done."""
        if self._bars:
            task = self._bars.tasks[self._tasks[source]]
            read, found = task.fields["read"] + size, task.fields["findings"] + findings
            self._bars.update(self._tasks[source], advance=units, findings=found, read=read, told=_rate(read, task))


def _rate(read: int, task: Task) -> str:
    """Bytes read of how many, and how many a second; nothing where bytes are not counted."""
    from rich.filesize import decimal

    if not task.fields["size"]:
        return ""
    return f"{decimal(read)} of {decimal(task.fields['size'])}, {decimal(int(read / (task.elapsed or 1)))}/s"


def _bars() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[told]}"),
        TextColumn("{task.fields[findings]} findings"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )
