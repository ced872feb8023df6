"""Bytes to batches, one module a format family. Content tells the type, not the name; nothing is written to disk."""

from connectors.extract.dispatch import extract
from connectors.extract.limits import Limits

__all__ = ["Limits", "extract"]
