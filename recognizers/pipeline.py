"""The small spaCy pipeline that finds names: its shape, how it is saved and loaded.

Beside a word's first and last letters and its shape it is given what the lexicon knows of the word, as the token's
`NORM`, and the word itself, as `LOWER`, only where it can be no name. So it learns around which words names stand, not
whose names stand in the news: that carries it to customer texts, small letters and names it has never seen.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import spacy
from spacy.attrs import LOWER, NORM
from spacy.language import Language

from recognizers.installed import RecognizerError
from recognizers.name_words import judge
from recognizers.places import towns

PERSON = "PERSON"
SHIPPED = Path(__file__).parent / "models" / "sv_names"
"""Directory of the trained pipeline in the package."""

_WIDTH = 64
_ROWS = {"LOWER": 3000, "NORM": 200, "PREFIX": 500, "SUFFIX": 1500, "SHAPE": 500}
_EMBED = {
    "@architectures": "spacy.MultiHashEmbed.v2",
    "width": _WIDTH,
    "attrs": list(_ROWS),
    "rows": list(_ROWS.values()),
    "include_static_vectors": False,
}
_ENCODE = {
    "@architectures": "spacy.MaxoutWindowEncoder.v2",
    "width": _WIDTH,
    "window_size": 1,
    "maxout_pieces": 3,
    "depth": 4,
}
_NER = {
    "model": {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": False,
        "hidden_width": 48,
        "maxout_pieces": 2,
        "use_upper": True,
        "nO": None,
        "tok2vec": {"@architectures": "spacy.Tok2Vec.v2", "embed": _EMBED, "encode": _ENCODE},
    }
}


def untrained() -> Language:
    """Make the pipeline as it is before training: Swedish tokens, their lexicon classes, an empty `ner`."""
    nlp: Any = spacy.blank("sv")
    nlp.vocab.lex_attr_getters[NORM] = word_class
    nlp.vocab.lex_attr_getters[LOWER] = word_form
    nlp.add_pipe("ner", config=_NER).add_label(PERSON)
    pipeline: Language = nlp
    return pipeline


def word_class(text: str) -> str:
    """What the lexicon knows of a word, as a short code; of anything else its kind."""
    if not text[:1].isalpha():
        return "number" if text[:1].isdigit() else "sign"
    word = judge(text)
    flags = (word.ordinary, word.unknown, word.initial, bool(word.genitive), text.casefold() in towns())
    return f"{word.given}{word.surname}" + "".join(
        letter for letter, is_so in zip("ouigt", flags, strict=True) if is_so
    )


def word_form(text: str) -> str:
    """The word in small letters if it is an ordinary one or a sign, else its class."""
    if text[:1].isalpha():
        word = judge(text)
        plain = not (word.given or word.surname or word.initial) and (word.ordinary or not word.unknown)
    else:
        plain = not text[:1].isdigit()
    return text.lower() if plain else word_class(text)


def save(nlp: Language, directory: Path) -> None:
    """Write what was learnt; no strings of the texts are in it."""
    ner: Any = nlp.get_pipe("ner")
    ner.to_disk(directory, exclude=["vocab"])


def trained(directory: Path = SHIPPED) -> Language:
    """Load a trained pipeline.

    Raises:
        RecognizerError: there is none in `directory`.
    """
    if not (directory / "model").is_file():
        raise RecognizerError(f"no trained name model in {directory}: install Insyn again, or train one")
    nlp = untrained()
    nlp.initialize()
    ner: Any = nlp.get_pipe("ner")
    ner.from_disk(directory, exclude=["vocab"])
    return nlp
