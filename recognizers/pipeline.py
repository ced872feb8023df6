"""The small spaCy pipeline that finds names: its shape, how it is saved and loaded.

Beside a word's first and last letters and its shape it is given what the lexicon knows of the word, as the token's
`NORM`, and the word itself, as `LOWER`, only where it can be no name. So it learns around which words names stand, not
whose names stand in the news: that carries it to customer texts, small letters and names it has never seen.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from spacy.attrs import LOWER, NORM, ORTH
from spacy.language import Language
from spacy.symbols import IDS

from recognizers.installed import RecognizerError
from recognizers.name_reader import SHIPPED, WEIGHTS
from recognizers.tokens import RULES
from recognizers.word_classes import word_class, word_form

PERSON = "PERSON"
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


def save(nlp: Language, directory: Path) -> None:
    """Write what was learnt, and the tokenizer's rules; no strings of the texts are in it."""
    directory.mkdir(parents=True, exist_ok=True)
    weights = {f"{name}.{part}": node.get_param(key) for name, part, node, key in _named(nlp)}
    np.savez(directory / WEIGHTS, **weights)
    text = json.dumps(_rules(untrained()), ensure_ascii=False, sort_keys=True)
    (directory / RULES).write_text(text + "\n", encoding="utf-8")


def trained(directory: Path = SHIPPED) -> Language:
    """Load a trained pipeline into spaCy: what `recognizers.name_reader` reads faster, and is held to.

    Raises:
        RecognizerError: there is none in `directory`.
    """
    if not (directory / WEIGHTS).is_file():
        raise RecognizerError(f"no trained name model in {directory}: install Insyn again, or train one")
    nlp = untrained()
    nlp.initialize()
    with np.load(directory / WEIGHTS) as weights:
        for name, part, node, key in _named(nlp):
            node.set_param(key, weights[f"{name}.{part}"])
    return nlp


def _named(nlp: Language) -> Iterator[tuple[str, str, Any, str]]:
    """The network's parameters: name of the layer, of the part, thinc's node, its name of the parameter."""
    model: Any = nlp.get_pipe("ner").model  # type: ignore[attr-defined]
    nodes = list(model.get_ref("tok2vec").walk(order="dfs_pre"))
    tables = [node for node in nodes if node.name == "hashembed"]
    maxouts = [node for node in nodes if node.name == "maxout"]
    norms = [node for node in nodes if node.name == "layernorm"]
    names = ["mix", *(f"layer{number}" for number in range(len(maxouts) - 1))]
    for number, node in enumerate(tables):
        yield f"embed{number}", "E", node, "E"
    for name, maxout, norm in zip(names, maxouts, norms, strict=True):
        yield from (
            (name, "W", maxout, "W"),
            (name, "b", maxout, "b"),
            (name, "G", norm, "G"),
            (name, "shift", norm, "b"),
        )
    out = next(node for node in nodes if node.name == "linear")
    for name, node in (("out", out), ("lower", model.get_ref("lower")), ("upper", model.get_ref("upper"))):
        yield from ((name, key, node, key) for key in node.param_names)


def _rules(nlp: Language) -> dict[str, Any]:
    """The tokenizer's rules, as `recognizers.tokens` takes them."""
    cutter: Any = nlp.tokenizer
    searches = {"prefix": cutter.prefix_search, "suffix": cutter.suffix_search}
    searches |= {"infix": cutter.infix_finditer, "url": cutter.url_match}
    strings: Any = nlp.vocab.strings
    cases = {
        text: [[strings[part[ORTH]] if isinstance(part[ORTH], int) else part[ORTH], part.get(NORM)] for part in parts]
        for text, parts in cutter.rules.items()
    }
    return {
        "patterns": {name: search.__self__.pattern for name, search in searches.items()},
        "cases": cases,
        "words": {word.text: [word.norm_, word.lower_] for word in nlp.vocab},
        "symbols": {name: number for name, number in IDS.items() if name},
    }
