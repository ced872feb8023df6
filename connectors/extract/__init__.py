"""Bytes to batches, one module a format family. Content tells the type, not the name; nothing is written to disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from connectors.extract.limits import Limits

if TYPE_CHECKING:
    from connectors.extract.dispatch import extract

__all__ = ["Limits", "extract"]


def __getattr__(name: str) -> object:
    """Load the readers of all formats, which take a fifth of a second, when they are asked for."""
    if name != "extract":
        raise AttributeError(f"module {__name__} has no attribute {name}")
    from connectors.extract.dispatch import extract

    return extract
