"""A process that scans again and again, to be watched: `python -m bench.soak.steady`, a line in, a line out.

A line is `scan` or `full`; the answer is how many Python objects live afterwards, and the worst status of the
sources, or what went wrong.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from scanner import config as configuration
from scanner import workflow
from scanner.console import Bars
from scanner.engine.results import overall
from scanner.errors import InsynError


def main() -> None:
    """Scan as often as asked."""
    for line in sys.stdin:
        try:
            with Bars() as bars:
                config = configuration.load(Path("insyn.yaml"))
                answer = overall(workflow.scan(config, [], bars, full=line.strip() == "full", workers=1))
        except InsynError as error:
            answer = f"stopped: {error}"
        gc.collect()
        print(len(gc.get_objects()), answer, flush=True)


if __name__ == "__main__":
    main()
