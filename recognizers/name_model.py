"""Names of persons that the lists leave open, by the trained pipeline: the second vote beside `name.py`.

It reads only sentences of running texts with a word that may be a name and that no list is sure of, so that most of
a table, and of its notes, never meets it. Examples: `hälsa Xhevrije att`, `jag heter zeinab`. Near-misses: `Maila`,
`Telefon`, `Swedbank`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from recognizers.arbitration import ACCEPTED
from recognizers.base import Candidate, Proof, Recognizer, Shape
from recognizers.english import ENGLISH
from recognizers.model import VARIABLE, NameModel
from recognizers.name import NameRecognizer, listed
from recognizers.name_firms import TRADE, bears_trade
from recognizers.name_labels import VERBS
from recognizers.name_things import ROLES, is_device, is_firm, is_thing
from recognizers.name_words import Word, judge
from recognizers.sentences import CAPITAL, LONGEST_NAME, NORDIC, Span, opened, sentences, undecided

_PROPOSED = re.compile(r"[^\W\d_]")
_LISTED = Shape("model:listed", _PROPOSED, 0.65)
"""The pipeline's name holds one that the lists know but were not sure of."""
_UNLISTED = Shape("model", _PROPOSED, 0.55)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?")
_VOWEL = re.compile("[aeiouyåäöéáíóúüèøæ]", re.IGNORECASE)
_NO_NAME = re.compile(r"[0-9@_/\\<>=#|\n]")
_NEXT = re.compile(r"(?:,| och| eller| samt|/) ?([A-ZÅÄÖ][^\W\d_]+)(?![\w'’-]| [A-ZÅÄÖ])")
_LAST = re.compile(r"(?<![\w'’-])(?<![A-ZÅÄÖ] )([A-ZÅÄÖ][^\W\d_]+)(?:,| och| eller| samt|/) ?\Z")
_GOES_ON = re.compile(r"(?: och| samt| &) [A-ZÅÄÖ][\w-]*(?![\w,]| [A-ZÅÄÖ])")
_AROUND = 32
_NUMBERED = re.compile(r"(?:nr|nummer|numret|datum|kod)$", re.I)
"""What labels of numbers end in: `Clearingnr`."""
_TITLES = frozenset(("ms", "mr", "mrs", "miss", "dr", "prof", "fru", "herr", "fröken", "doktor"))
_MOST_WORDS = 6
_PARTICLES = frozenset(
    ("von", "af", "van", "de", "der", "den", "al", "el", "bin", "ben", "da", "di", "la", "ibn", "du")
)


class ModelNameRecognizer(Recognizer):
    """PERSON. Forms as those of `NameRecognizer`."""

    entity = "PERSON"
    version = f"15 {os.environ.get(VARIABLE, '')}".rstrip()
    needs = "letter"
    shapes = (_LISTED, _UNLISTED)
    context = NameRecognizer.context
    fields = NameRecognizer.fields
    not_fields = NameRecognizer.not_fields
    by_column = False
    compares = True
    rank = 75

    def __init__(self, model: NameModel | None = None) -> None:
        """Take the model; None: the one that the environment names, else the one that ships.

        Raises:
            RecognizerError: the one named is not there.
        """
        self._lists = NameRecognizer()
        self._model = model or NameModel.chosen()

    def candidates(self, text: str) -> Iterator[Candidate]:
        """Names in the sentences that the lists leave undecided."""
        chosen = self._left_open(text, opened(text, sentences(text)))
        found = self._model.find([text[start:end] for start, end in chosen])
        for (begin, stop), names in zip(chosen, found, strict=True):
            for start, end in (part for name in names for part in _apart(text, begin + name[0], begin + name[1])):
                if candidate := _candidate(text, (begin, stop), start, end):
                    yield candidate

    def _left_open(self, text: str, chosen: Sequence[Span]) -> list[Span]:
        """The sentences of those chosen whose possible names the lists are not sure of.

        Sentences that are their whole value the lists have read already, in the column; others are read apart.
        """
        whole = [span for span in chosen if _is_whole(text, span)]
        left = set(undecided(text, whole, _sure(text)) if whole else ())
        parts = [span for span in chosen if not _is_whole(text, span)]
        joined = "\0".join(text[start:end] for start, end in parts)
        starts = accumulate((end - start + 1 for start, end in parts), initial=0)
        places = {(at, at + end - start): (start, end) for at, (start, end) in zip(starts, parts, strict=False)}
        left.update(places[span] for span in undecided(joined, list(places), _sure(joined)))
        return [span for span in chosen if span in left]

    def prove(self, candidate: Candidate) -> Proof | None:
        """Bring the name to one spelling; the model has judged already."""
        proof = self._lists.prove(candidate)
        return proof and proof._replace(why=(candidate.shape.name.partition(":")[0],))

    def mask(self, value: str) -> str:
        """`Anna Ek` -> `A*** E***`."""
        return self._lists.mask(value)


def _apart(text: str, start: int, end: int) -> Iterator[Span]:
    """The names of a list that goes on with `och`: `läkarna Stenbeck, Zaki och Wallander`. Else what it is."""
    comma = text.find(", ", start, end)
    if comma > 0 and _GOES_ON.match(text, end) and " " not in text[start:comma] and "," not in text[comma + 1 : end]:
        yield start, comma
        start = comma + 2
    yield start, end


def _is_whole(text: str, sentence: Span) -> bool:
    """Whether a sentence is all of its value."""
    start, end = sentence
    return text[start - 1 : start] in ("", "\0") and text[end : end + 1] in ("", "\0")


def _sure(text: str) -> list[Span]:
    """Places of the names that the lists are sure of."""
    return [(found.start, found.end) for found in listed(text) if found.shape.score >= ACCEPTED]


def _candidate(text: str, sentence: Span, start: int, end: int) -> Candidate | None:
    """The name at a place, without what is none; None where all its words are ordinary ones."""
    if _NO_NAME.search(text, start, end):
        return None
    words = _trimmed(list(_WORD.finditer(text, start, end)), CAPITAL.search(text, *sentence) is None)
    while len(words) > 1 and words[0].group().rstrip(".").casefold() in _TITLES:
        words = words[1:]
    told = len(words)
    while words and _is_contracted(words[0].group()):
        words = words[1:]
    judged = [judge(word.group()) for word in words]
    if not words or len(words) > _MOST_WORDS or all(map(_is_label, judged, words)):
        return None
    if words[0].start() == sentence[0] and all(word.ordinary for word in judged):
        return None  # `Sten kastad genom rutan`
    listed = any(word.given or word.surname for word in judged)
    if not listed and len(words) == 1 and (words[0].group().isupper() or told > 1):
        return None  # `DHCPACK`, `It's Bluebell`
    if len(words) == 1 and (_is_verb(words[0].group()) or not (listed or _VOWEL.search(words[0].group()))):
        return None  # `ville`, `tbx`
    if not listed and (max(len(word.group()) for word in words) > LONGEST_NAME or _is_among_things(text, words)):
        return None
    double = "-" in words[0].group() and judge(words[0].group().rpartition("-")[2]).surname == NORDIC
    if "," in text[words[0].start() : words[-1].end()] and not (double or judged[-1].given):
        return None  # `Skanska, Peab`
    if bears_trade([word.group() for word in words]) or (not listed and TRADE.fullmatch(words[-1].group())):
        return None
    begin, stop = words[0].start(), words[-1].end() - _ending(words[-1].group(), judged[-1])
    if is_thing(text, begin, stop) or is_thing(text, words[-1].start(), stop) or is_device(text[begin:stop]):
        return None
    return Candidate(begin, stop, text[begin:stop], _LISTED if listed else _UNLISTED)


def _is_among_things(text: str, words: Sequence[re.Match[str]]) -> bool:
    """Whether words that no list has stand in a list of such: brands, programs, suppliers."""
    after = _NEXT.match(text, words[-1].end())
    before = _LAST.search(text, max(0, words[0].start() - _AROUND), words[0].start())
    others = [other[1] for other in (after, before) if other]
    return any(is_firm(other) or (judge(other).unknown and not judge(other).ordinary) for other in others)


def _trimmed(words: list[re.Match[str]], small: bool) -> list[re.Match[str]]:
    """The words from the first to the last that may be a name's: in a sentence with capitals, those that have one."""
    names = [at for at, word in enumerate(words) if small or word.group()[0].isupper() or _is_small_name(word.group())]
    if not names:
        return []
    last = names[-1]
    while small and last > names[0] and _is_verb(words[last].group()):
        last -= 1
    first = names[0] - 1 if names[0] and words[names[0] - 1].group() in _PARTICLES else names[0]
    kept = words[first : last + 1]
    return kept[:-1] if kept[-1].group() in _PARTICLES else kept


def _is_contracted(text: str) -> bool:
    """Whether a word is English and a verb with it: `It's`, `We're`."""
    word, sign, _ = text.replace("’", "'").partition("'")
    return bool(sign) and word.casefold() in ENGLISH


def _is_verb(text: str) -> bool:
    """Whether a word in small letters is no name but what somebody does: `lejla sa`."""
    return text in VERBS


def _is_small_name(text: str) -> bool:
    word = judge(text)
    return word.given == NORDIC and not word.ordinary and text not in ROLES  # `bror Guled`


def _is_label(word: Word, match: re.Match[str]) -> bool:
    """Whether a word is an ordinary one: in small letters any, with a capital one that is no common given name."""
    return _NUMBERED.search(match.group()) is not None or (
        word.ordinary and (match.group().islower() or word.given < NORDIC)
    )


def _ending(text: str, word: Word) -> int:
    """How many of the last word's letters are not the name's: the sentence's dot, the genitive's s."""
    if text.endswith("."):
        return 0 if word.initial else 1
    return word.genitive
