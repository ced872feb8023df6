"""Fits the pipeline: each round sees the corpus, copies of it, and newly made texts; all by one seed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from spacy.language import Language
from spacy.training import Example as Pair
from thinc.api import Adam, fix_random_seed

from recognizers.pipeline import PERSON, untrained
from recognizers.training.augmenting import capitals, in_sentences, lowered, swapped
from recognizers.training.examples import Example
from recognizers.training.texts import texts

SEED = 20
ROUNDS = 6
MADE = 5000
"""Texts made anew in each round."""
_SWAPPED, _LOWERED, _CAPITALS = 0.6, 0.35, 0.08
"""Shares that are copied with other names (of those that hold names), or told in small letters or capitals."""
_BATCH, _DROPOUT, _RATE, _SLOWEST = 64, 0.4, 0.002, 0.0003


def fit(
    corpus: Sequence[Example], rounds: int = ROUNDS, made: int = MADE, tell: Callable[[str], None] = print
) -> Language:
    """Train a pipeline; the same corpus, rounds and versions of packages give the same pipeline.

    Args:
        corpus: Annotated sentences.
        rounds: How often it sees the corpus.
        made: How many texts are made for each round.
        tell: Is told the loss after each round.
    """
    fix_random_seed(SEED)
    random = Random(SEED)  # noqa: S311
    nlp = untrained()
    nlp.initialize()
    optimizer = Adam(_RATE, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0, use_averages=True)
    for number in range(rounds):
        optimizer.learn_rate = _RATE + (_SLOWEST - _RATE) * number / max(1, rounds - 1)
        losses: dict[str, float] = {}
        pairs = _pairs(nlp, random, corpus, made)
        while batch := list(islice(pairs, _BATCH)):
            nlp.update(batch, drop=_DROPOUT, sgd=optimizer, losses=losses)
        tell(f"round {number + 1} of {rounds}: loss {losses['ner']:.0f}")
    ner: Any = nlp.get_pipe("ner")
    with ner.model.use_params(optimizer.averages):
        averaged = ner.model.to_bytes()
    ner.model.from_bytes(averaged)
    return nlp


def _pairs(nlp: Language, random: Random, corpus: Sequence[Example], made: int) -> Iterator[Pair]:
    examples = list(corpus)
    examples += [swapped(random, e) for e in corpus if e.spans and random.random() < _SWAPPED]
    examples += [piece for text in texts(random, made) for piece in in_sentences(text)]
    copies = [lowered(_mixed(random, e)) for e in examples if random.random() < _LOWERED]
    copies += [capitals(_mixed(random, e)) for e in examples if random.random() < _CAPITALS]
    examples += copies
    random.shuffle(examples)
    return (pair(nlp, example) for example in examples)


def _mixed(random: Random, example: Example) -> Example:
    return swapped(random, example) if random.random() < 0.5 else example


def pair(nlp: Language, example: Example) -> Pair:
    """The text's tokens beside the names in it."""
    document, reference = nlp.make_doc(example.text), nlp.make_doc(example.text)
    found = (reference.char_span(start, end, label=PERSON, alignment_mode="expand") for start, end in example.spans)
    ends, kept = 0, []
    for span in found:
        if span is not None and span.start >= ends:
            kept.append(span)
            ends = span.end
    reference.set_ents(kept)
    return Pair(document, reference)


def digest(directory: Path) -> str:
    """Hash of the files of a trained pipeline: 16 hex digits."""
    found = hashlib.sha256()
    for path in sorted(directory.iterdir()):
        found.update(path.name.encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:16]
