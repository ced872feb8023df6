"""The recognizers for plain Presidio: `AnalyzerEngine(registry(), nlp_engine, supported_languages=["sv"])`."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from presidio_analyzer import EntityRecognizer, RecognizerRegistry, RecognizerResult

from recognizers.analyzer import Analyzer
from recognizers.base import Recognizer
from recognizers.evidence import RAISE_CONTEXT, raised
from recognizers.faults import Faults

LANGUAGE = "sv"
_LOG = logging.getLogger("insyn")


class InsynRecognizer(EntityRecognizer):
    """Some recognizers as one of Presidio's, so that overlaps between entities are settled as in the analyzer."""

    def __init__(self, analyzer: Analyzer, **described: Any) -> None:
        """Take the recognizers, as an analyzer, and what Presidio is told of them besides: `name`, `context`."""
        self._analyzer = analyzer
        super().__init__(
            supported_entities=analyzer.entities,
            supported_language=LANGUAGE,
            **{"version": analyzer.version, **described},
        )

    def load(self) -> None:
        """Presidio calls this once; there is nothing to load."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[RecognizerResult]:  # noqa: ARG002
        """Find the entities asked for (none: all) in one text, as in a column of this one text."""
        faults = Faults()
        found = self._analyzer.find({"": [text]}, faults=faults)
        for fault in faults:
            _LOG.warning("%s raised %s: what it finds in a text is missing", fault.recognizer, fault.error)
        # Context is weighed already: Presidio's own enhancer is told to leave the scores alone.
        weighed = {RecognizerResult.IS_SCORE_ENHANCED_BY_CONTEXT_KEY: True}
        return [
            RecognizerResult(m.entity, m.start, m.end, m.score, recognition_metadata=dict(weighed))
            for m in found
            if not entities or m.entity in entities
        ]

    def enhance_using_context(
        self,
        text: str,  # noqa: ARG002
        raw_recognizer_results: list[RecognizerResult],
        other_raw_recognizer_results: list[RecognizerResult],  # noqa: ARG002
        nlp_artifacts: Any,  # noqa: ARG002
        context: list[str] | None = None,
    ) -> list[RecognizerResult]:
        """Raise what the words given with the call speak for: `analyze(text, "sv", context=["personnummer"])`.

        Presidio's own batch engine gives the name of a text's column so.
        """
        spoken = self._analyzer.spoken_for(context) if context else set()
        for result in raw_recognizer_results:
            if result.entity_type in spoken:
                result.score = raised(result.score, RAISE_CONTEXT)
        return raw_recognizer_results


def registry(recognizers: Sequence[Recognizer] | None = None) -> RecognizerRegistry:
    """Make a Presidio registry for Swedish (`sv`) with all installed recognizers, or with those given.

    Raises:
        RecognizerError: an installed one cannot be loaded.
    """
    return RecognizerRegistry(recognizers=[InsynRecognizer(Analyzer(recognizers))], supported_languages=[LANGUAGE])


def for_presidio(recognizer: Recognizer) -> EntityRecognizer:
    """Make a Presidio recognizer of a single one of ours."""
    kind = type(recognizer)
    return InsynRecognizer(
        Analyzer([recognizer]), name=kind.__name__, version=kind.version, context=list(recognizer.context)
    )
