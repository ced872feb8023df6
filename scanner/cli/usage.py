"""A command line that cannot be understood ends 2 with one line, as every other mistake does: what, and what to do."""

from __future__ import annotations

import re
from typing import cast

import typer

from scanner.console import say

USAGE = 2
_REPEATED = re.compile(r"(extra argument(?:\(s\)|s)?) \(.*\)|(No such command) '[^']*[^a-z'-][^']*'")
"""What was typed, in a message: it may be an identifier in a wrong place, and these lines go into logs."""
# Typer shows its base of all that is wrong with a command line, but does not export it.
_UsageError = cast("type[typer.BadParameter]", typer.BadParameter.__mro__[1])


def run(app: typer.Typer) -> int:
    """Run a command line; returns its exit code."""
    try:
        code = app(prog_name="insyn", standalone_mode=False)
    except _UsageError as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            error.show()
        else:
            say(_line(error))
        return USAGE
    return code if isinstance(code, int) else 0


def _line(error: typer.BadParameter) -> str:
    """What is wrong; of what is missing also what it is for. `insyn case show --help` tells the rest."""
    command = error.ctx.command_path if error.ctx else "insyn"
    what = _REPEATED.sub(r"\1\2", " ".join(error.format_message().split())).rstrip(".")
    told = str(getattr(getattr(error, "param", None), "help", None) or "").rstrip(". …")
    if type(error).__name__ == "MissingParameter" and "'" in what:
        what = f"{what.split(chr(39))[1]} is missing" + (f": {told[0].lower()}{told[1:]}" if told else "")
    where = f"{command.removeprefix('insyn').strip()}: ".removeprefix(": ")
    return f"insyn: {where}{what} (`{command} --help` tells more)"
