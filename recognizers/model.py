"""The trained pipeline at work: persons' names in sentences. Loaded at the first sentence, from the disk only.

Another pipeline can take its place: `INSYN_SPACY_MODEL` names an installed package or a directory (`sv_core_news_lg`,
one with KB-BERT). Whatever it calls a person (`PRS` in the Swedish ones) is PERSON here.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import cached_property, partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from recognizers.installed import RecognizerError
from recognizers.name_reader import NameReader

if TYPE_CHECKING:
    from spacy.language import Language

VARIABLE = "INSYN_SPACY_MODEL"
_PERSONS = frozenset(("PERSON", "PRS", "PER"))
_NEEDED = frozenset(("tok2vec", "transformer", "curated_transformer", "ner"))
_REMEMBERED = 16384
_BATCH = 256

Span = tuple[int, int]
Reader = Callable[[Sequence[str]], list[tuple[Span, ...]]]
"""Finds the names in each sentence, as places in it."""


class NameModel:
    """Finds names in sentences, each distinct one once. Safe to share between threads, which take turns."""

    def __init__(self, load: Callable[[], Reader] = NameReader) -> None:
        """Take what loads the pipeline, which is called at the first sentence."""
        self._load = load
        self._known: dict[str, tuple[Span, ...]] = {}
        self._turn = Lock()

    @classmethod
    def chosen(cls) -> NameModel:
        """The model that the environment names, else the one that ships.

        Raises:
            RecognizerError: the one named is not there.
        """
        named = os.environ.get(VARIABLE)
        if not named:
            return cls()
        import spacy

        if not spacy.util.is_package(named) and not Path(named, "config.cfg").is_file():
            raise RecognizerError(f"{VARIABLE}={named}: no such spaCy pipeline; install it or name its directory")
        return cls(partial(_other, named))

    def find(self, sentences: Sequence[str]) -> list[tuple[Span, ...]]:
        """Find the names in each sentence, as places in it.

        Raises:
            RecognizerError: the pipeline named cannot be loaded, or finds no persons.
        """
        with self._turn:
            new = [sentence for sentence in dict.fromkeys(sentences) if sentence not in self._known]
            if len(self._known) + len(new) > _REMEMBERED:
                self._known.clear()
                new = list(dict.fromkeys(sentences))
            self._known.update(zip(new, self._read(new), strict=True))
            return [self._known[sentence] for sentence in sentences]

    def _read(self, sentences: Sequence[str]) -> list[tuple[Span, ...]]:
        return self._reader(sentences) if sentences else []

    @cached_property
    def _reader(self) -> Reader:
        return self._load()


def by_spacy(pipeline: Language) -> Reader:
    """Read with a spaCy pipeline."""

    def read(sentences: Sequence[str]) -> list[tuple[Span, ...]]:
        with pipeline.memory_zone():  # What the texts add to the vocabulary is forgotten.
            return [
                tuple((name.start_char, name.end_char) for name in document.ents if name.label_ in _PERSONS)
                for document in pipeline.pipe(sentences, batch_size=_BATCH)
            ]

    return read


def _other(named: str) -> Reader:
    """Load another pipeline, of it what finding names needs."""
    import spacy

    try:
        pipeline = spacy.load(named)
    except (OSError, ValueError, ImportError) as error:
        raise RecognizerError(f"{VARIABLE}={named} cannot be loaded: {str(error).splitlines()[0]}") from error
    pipeline.select_pipes(enable=[name for name in pipeline.pipe_names if name in _NEEDED])
    if not _PERSONS & {label for labels in pipeline.pipe_labels.values() for label in labels}:
        raise RecognizerError(f"{VARIABLE}={named} finds no persons: its labels have none of {sorted(_PERSONS)}")
    return by_spacy(pipeline)
