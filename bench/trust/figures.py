"""Figures that take long to measure, kept beside the table: soak, mutation, fuzzing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

KEPT = Path(__file__).with_name("figures.json")


def kept(path: Path = KEPT) -> dict[str, dict[str, Any]]:
    """All that is kept, by what was measured."""
    found: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return found


def keep(name: str, figures: dict[str, Any], path: Path = KEPT) -> None:
    """Keep the figures of one measurement in place of the earlier ones."""
    merged = kept(path) | {name: figures}
    path.write_text(json.dumps(merged, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8")
