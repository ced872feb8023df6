"""Other systems over the same texts, in the same run: Presidio here, the rest in a Python that has them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

from bench.accuracy.scoring import Found
from bench.speed import presidio

OUTSIDE = ("personnummer", "stdnum", "euredact", "datafog")
WORKER = Path(__file__).with_name("peer_worker.py")


class Presidio:
    """Plain Presidio with its Swedish recognizers on; whatever it gives counts, as with its default threshold."""

    name = "presidio"

    def __init__(self) -> None:
        engine = presidio().analyzer_engine
        assert engine is not None, "presidio() gives its batch engine an analyzer"
        self._engine = engine

    def read(self, texts: Sequence[str]) -> list[list[Found]]:
        """Find in each text alone."""
        return [
            [Found(one.entity_type, one.start, one.end) for one in self._engine.analyze(text, language="sv")]
            for text in texts
        ]


class Outside:
    """A library of another Python environment, so that none of them becomes a dependency."""

    def __init__(self, name: str, python: str) -> None:
        self.name = name
        self._command = [python, str(WORKER), name]

    def read(self, texts: Sequence[str]) -> list[list[Found]]:
        """Find in each text alone. Raises `subprocess.CalledProcessError` when the library fails."""
        done = subprocess.run(self._command, input=json.dumps(list(texts)), capture_output=True, text=True, check=True)
        return [[Found(entity, start, end) for entity, start, end in row] for row in json.loads(done.stdout)]


def missing(name: str, python: str) -> str:
    """Say why a library cannot take part; empty when it can."""
    try:
        Outside(name, python).read([""])
    except FileNotFoundError:
        return f"no Python at {python}"
    except subprocess.CalledProcessError as error:
        said: list[str] = error.stderr.strip().splitlines()
        return said[-1] if said else "failed"
    return ""
