"""Train the name model and say how good it is: `python -m recognizers.training TRAIN_CORPUS [--test TEST_CORPUS]`.

Some minutes on one core, without a network. The same corpus and the same versions of spaCy, Faker,
mimesis and hunspell-sv give the same model; its hash is printed. The test corpus and the unseen templates are only
measured, never learnt from.
"""

from __future__ import annotations

import argparse
import sys
import time
from functools import partial
from pathlib import Path
from random import Random

from recognizers.base import Recognizer
from recognizers.model import NameModel
from recognizers.name import NameRecognizer
from recognizers.name_model import ModelNameRecognizer
from recognizers.name_reader import SHIPPED, NameReader
from recognizers.pipeline import save
from recognizers.training.augmenting import lowered
from recognizers.training.corpus import CorpusError, read
from recognizers.training.examples import Example
from recognizers.training.fitting import ROUNDS, SEED, digest, fit
from recognizers.training.measuring import found_by, measure
from recognizers.training.texts import texts

_UNSEEN = 2000


def main(arguments: list[str] | None = None) -> int:
    """Train, save, print the hash, measure. Returns the exit code."""
    given = _parser().parse_args(arguments)
    began = time.monotonic()
    try:
        corpus = read(given.corpus)
        test = read(given.test) if given.test else []
    except CorpusError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if not given.only_measure:
        save(fit(corpus, given.rounds, tell=_tell), given.out)
        _tell(f"trained in {time.monotonic() - began:.0f} s")
    _tell(f"{given.out}: {digest(given.out)}")
    _report({"corpus, test part": test, "unseen templates": texts(Random(SEED), _UNSEEN, unseen=True)}, given.out)  # noqa: S311
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m recognizers.training", description=__doc__)
    parser.add_argument("corpus", type=Path, help="train_corpus.txt of the Swedish NER corpus")
    parser.add_argument("--test", type=Path, help="test_corpus.txt of the same, to measure with")
    parser.add_argument("--out", type=Path, default=SHIPPED, help="directory of the model (default: the package's)")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often the corpus is seen")
    parser.add_argument("--only-measure", action="store_true", help="measure the model in --out, train nothing")
    return parser


def _report(sets: dict[str, list[Example]], directory: Path) -> None:
    """Print whole-name scores of the lists alone and with the model, as written and in small letters."""
    voters: dict[str, list[Recognizer]] = {"lists": [NameRecognizer()]}
    voters["lists and model"] = [*voters["lists"], ModelNameRecognizer(NameModel(partial(NameReader, directory)))]
    for name, as_written in sets.items():
        for kind, examples in (("", as_written), (", small letters", [lowered(example) for example in as_written])):
            for voter, recognizers in voters.items() if examples else ():
                found = found_by(recognizers, [example.text for example in examples])
                _tell(f"{name + kind:<34}{voter:<18}{measure(found, examples)}")


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
