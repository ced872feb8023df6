"""Options that several commands have, each said once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

ConfigPath = Annotated[Path, typer.Option("-c", "--config", help="The configuration.")]
Output = Annotated[Path | None, typer.Option("-o", "--output", help="Write to a file instead of standard output.")]
Lang = Annotated[str, typer.Option("--lang", help="Language of reports: sv or en.")]
Special = Annotated[bool, typer.Option("--special-handling", help="You may handle protected identities; it is logged.")]
