"""What the trained pipeline is told of a word: what the lexicon knows of it, itself only where it is no name."""

from __future__ import annotations

from recognizers.name_words import judge
from recognizers.places import towns


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
