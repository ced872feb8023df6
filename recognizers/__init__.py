"""What counts as personal data: recognizers of Swedish identifiers, and the analyzer that runs them over columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from recognizers.analyzer import Analyzer
from recognizers.base import Candidate, Proof, Recognizer, Shape
from recognizers.faults import Fault, Faults
from recognizers.installed import RecognizerError
from recognizers.matches import Key, Match, Matches

if TYPE_CHECKING:
    from presidio_analyzer import RecognizerRegistry

__all__ = [
    "Analyzer",
    "Candidate",
    "Fault",
    "Faults",
    "Key",
    "Match",
    "Matches",
    "Proof",
    "Recognizer",
    "RecognizerError",
    "Shape",
    "registry",
]


def registry(recognizers: Sequence[Recognizer] | None = None) -> RecognizerRegistry:
    """Make a Presidio registry for Swedish (`sv`) with all installed recognizers, or with those given.

    Raises:
        RecognizerError: an installed one cannot be loaded.
    """
    # Presidio takes a second to import, which a scan does not need.
    from recognizers import plain

    return plain.registry(recognizers)
