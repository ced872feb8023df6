"""The recognizers that are installed: the entry points `insyn.recognizers`, ours and third parties' alike."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points

from recognizers.base import Recognizer

GROUP = "insyn.recognizers"


class RecognizerError(Exception):
    """An installed recognizer cannot be used. The message is one line: which, why."""


def installed() -> tuple[Recognizer, ...]:
    """Load all installed recognizers, by rank, then by name.

    Raises:
        RecognizerError: one cannot be loaded. None is left out in silence: a scan without it would look clean.
    """
    loaded = [(point.name, load(point)) for point in entry_points(group=GROUP)]
    return tuple(recognizer for _, recognizer in sorted(loaded, key=lambda pair: (pair[1].rank, pair[0])))


def load(point: EntryPoint) -> Recognizer:
    """Make the recognizer that an entry point names.

    Raises:
        RecognizerError: it cannot be imported, or is no recognizer.
    """
    try:
        recognizer = point.load()()
    except (ImportError, AttributeError) as error:
        raise RecognizerError(f"recognizer {point.name} ({point.value}) cannot be loaded: {error}") from error
    if not isinstance(recognizer, Recognizer):
        raise RecognizerError(f"recognizer {point.name} ({point.value}) is not a recognizers.Recognizer")
    return recognizer
