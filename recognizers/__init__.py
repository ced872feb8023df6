"""What counts as personal data: recognizers of Swedish identifiers, and the analyzer that runs them over columns."""

from recognizers.analyzer import Analyzer
from recognizers.base import Candidate, Proof, Recognizer, Shape
from recognizers.installed import RecognizerError
from recognizers.matches import Key, Match, Matches
from recognizers.plain import registry

__all__ = [
    "Analyzer",
    "Candidate",
    "Key",
    "Match",
    "Matches",
    "Proof",
    "Recognizer",
    "RecognizerError",
    "Shape",
    "registry",
]
