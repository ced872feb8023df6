"""`insyn scan` with some recognizers only, in the folder it is called in: `python -m bench.scanning NAME…`.

For the whole command beside Presidio with the recognizers that both have. NAME is an entry point. Python's collector is
set as the command sets it (`scanner.cli.main`).
"""

from __future__ import annotations

import gc
import sys
from importlib.metadata import entry_points
from pathlib import Path

from recognizers import Analyzer
from recognizers.installed import GROUP, load
from scanner import config as configuration
from scanner.engine import Scanner
from scanner.sources import chosen, connector
from scanner.workflow import opened


def main() -> None:
    """Scan all sources of `insyn.yaml`."""
    gc.set_threshold(100_000, 50, 50)
    config = configuration.load(Path("insyn.yaml"))
    points = entry_points(group=GROUP)
    analyzer = Analyzer([load(points[name]) for name in sys.argv[1:]])
    connectors = {name: connector(config, name) for name in chosen(config, [])}
    with opened(config, create=True) as store:
        results = Scanner(store, analyzer).scan(connectors)
    print(sum(result.findings for result in results), "findings")


if __name__ == "__main__":
    main()
