"""What sorts of names capitalised words make together: `Anna Ek`, `A. Ek`, `Ek Anna`, a given name alone, none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from recognizers.english import ENGLISH
from recognizers.name_labels import COMPANY, LABELS, VERBS
from recognizers.name_things import ROLES
from recognizers.name_words import Word
from recognizers.ordinary import is_ordinary

_NOUN = 4
"""Letters. The least of a noun that is somebody's surname, unlisted."""

_ARTICLES = frozenset(
    ("Al", "El", "Abu", "Abou", "Bin", "Ibn", "Ben", "Abd", "De", "Da", "Di", "La", "Van", "Von", "Af")
)


_FIRST_SURNAMES = frozenset(
    (
        *("nguyễn", "nguyen", "trần", "tran", "lê", "phạm", "pham", "hoàng", "hoang", "huỳnh", "huynh", "phan", "vũ"),
        *("võ", "đặng", "bùi", "đỗ", "hồ", "ngô", "dương", "kim", "park", "choi", "jung", "kang", "yoon", "jang"),
        *("đinh", "dinh", "đào", "dao", "lương", "luong", "trịnh", "trinh", "lý", "châu", "chau", "tạ", "cho", "seo"),
        *("kwon", "hwang", "jeon", "shin", "yoo", "baek", "xu", "sun", "zhu", "lin", "gao", "luo", "liang", "cao"),
        *("peng", "zeng", "xiao", "tian", "yuan", "cai", "jiang", "cheng", "shen", "lu", "cui", "wu", "lau", "leung"),
        *(
            "cheung",
            "wong",
            "zhang",
            "wang",
            "liu",
            "chen",
            "yang",
            "huang",
            "zhao",
            "zhou",
            "guo",
            "zheng",
            "xie",
            "tang",
            "feng",
        ),
    )
)
"""Surnames that stand before the given name, as Vietnamese, Koreans and Chinese write them."""


_SHORT_SURNAMES = frozenset(("vo", "vu", "bui", "do", "ho", "ngo", "le", "ly", "ha", "mai", "dang", "luu"))
"""Those that are words or names of others too, but for what follows them: `Vo Thi Kim Anh`."""
_SECOND_NAMES = frozenset(("van", "văn", "thi", "thị"))
"""What Vietnamese put between surname and given name, of men and of women: `Tran Van Minh`."""


class Span(NamedTuple):
    """A name found: its place and its sort."""

    start: int
    end: int
    sort: str
    """Name of the shape in `name.py`."""


class Token(NamedTuple):
    """A word of a run."""

    start: int
    end: int
    word: Word
    text: str


def names(tokens: list[Token], first: bool) -> Iterator[Span]:
    """The names among words that follow each other; `first`: a sentence begins with them."""
    at = 0
    while at < len(tokens):
        length, sort = _name_at(tokens[at:], first and at == 0)
        if sort:
            last = tokens[at + length - 1]
            yield Span(tokens[at].start, last.end - last.word.genitive - _dot(last), sort)
        at += max(length, 1)


def _dot(token: Token) -> int:
    """1 if the word's dot ends the sentence and is not an initial's."""
    return 1 if token.text.endswith(".") and not token.word.initial else 0


def _name_at(tokens: list[Token], first: bool) -> tuple[int, str]:
    """The name that begins at the first token: how many tokens, and its sort ("" = none)."""
    word = tokens[0].word
    if word.initial:
        return _after_initials(tokens)
    if length := _surname_first(tokens):
        return length, "given+surname:words"
    doubtful = word.given == 1 and word.ordinary and not (len(tokens) > 1 and _is_sure_surname(tokens[1]))
    if word.given and not word.genitive and not doubtful:
        given = _given_length(tokens)
        length = given + _surname_length(tokens[given:])
        if length > 1:
            return length, _sort_of_full(tokens[:length], given, first)
        if len(tokens) == 2 and _is_sure_given(word) and _is_uncommon(tokens[1]):
            return 2, "given+word"
    if word.unknown and not word.ordinary and len(tokens) > 1 and _is_sure_surname(tokens[1]):
        return 2, "unknown+surname"
    if word.unknown and not word.ordinary and not first and _is_last_surname(tokens[1:]):
        return 2, "unknown+surname:word"
    if word.given and word.given >= word.surname:
        return 1, _sort_of_given(word, first or tokens[0].text.isupper())
    if len(tokens) > 1 and not word.genitive and _is_surname_given(tokens):
        return 2, "surname given"
    # A surname before another capitalised word is mostly a firm: "Lindgren Måleri".
    return 1, _sort_of_surname(word, first or len(tokens) > 1) if word.surname else ""


def _surname_first(tokens: list[Token]) -> int:
    """How many tokens are a name that begins with its surname: `Nguyễn Thị Lan`, `Park Seo-yeon`; 0 for none."""
    second = len(tokens) > 2 and tokens[1].text.casefold() in _SECOND_NAMES
    known = tokens[0].text.casefold() in _FIRST_SURNAMES or (second and tokens[0].text.casefold() in _SHORT_SURNAMES)
    if not known or len(tokens) not in (2, 3, 4):
        return 0
    rest = [token.word for token in tokens[2 if second else 1 :]]
    plain = all((word.unknown or word.given) and word.surname < 2 and not word.genitive for word in rest)
    return len(tokens) if plain and (second or not all(word.ordinary for word in rest)) else 0


def _after_initials(tokens: list[Token]) -> tuple[int, str]:
    count = next((i for i, t in enumerate(tokens) if not t.word.initial), len(tokens))
    double = count == 1 and "-" in tokens[0].text  # `C-G Holmér`: nothing but a name begins so
    if count == len(tokens) or not (tokens[count].word.surname or (double and tokens[count].word.unknown)):
        return count, ""
    if not all("." in t.text or "-" in t.text for t in tokens[:count]):
        return count, ""
    return count + 1, "initial+surname"


def _given_length(tokens: list[Token]) -> int:
    """How many tokens are given names and middle initials."""
    count = 1
    for token in tokens[1:]:
        if not (token.word.initial or (token.word.given and not token.word.surname)):
            break
        count += 1
        if token.word.genitive:
            break
    return count


def _surname_length(tokens: list[Token]) -> int:
    """How many tokens are surnames, with the particles before them."""
    count = 0
    while count < len(tokens) and (tokens[count].text.islower() or _is_article(tokens, count)):
        count += 1
    if count == len(tokens) or not _may_be_surname(tokens[count]):
        return 0
    count += 1
    for token in tokens[count : count + 2]:  # `José Luis Hernández Gómez`, where `Luis` is a surname too
        if tokens[count - 1].word.genitive or not _goes_on(token.word):
            break
        count += 1
    return count


def _is_article(tokens: list[Token], at: int) -> bool:
    """Whether a word is the first part of a surname, with a capital: `Yousef Al Zubaidi`, `Qasim Abu Rizq`."""
    return tokens[at].text in _ARTICLES and at + 1 < len(tokens)


def _may_be_surname(token: Token) -> bool:
    word = token.word
    if word.surname:
        return True
    short = token.text.isupper() and len(token.text) < 5
    return (word.unknown or (word.given > 0 and not word.ordinary)) and not short


def _goes_on(word: Word) -> bool:
    """Whether a word after a surname is a second one."""
    return word.surname == 2 or (word.surname > 0 and not word.ordinary)


def _is_sure_surname(token: Token) -> bool:
    word = token.word
    return word.surname > (1 if token.text.isupper() else 0) and not word.ordinary and not word.given


def _is_last_surname(tokens: list[Token]) -> bool:
    """Whether what follows is one Nordic surname, be it a word, and nothing more."""
    return len(tokens) == 1 and tokens[0].word.surname == 2 and not tokens[0].text.isupper()


def _is_uncommon(token: Token) -> bool:
    """Whether a word with a capital right after a given name is that person's surname: a noun, no label, no trade."""
    text = token.text.casefold()
    return (
        token.text.istitle()
        and len(text) >= _NOUN
        and not token.word.genitive
        and text not in LABELS | COMPANY | ENGLISH | ROLES | VERBS
        and not text.endswith(
            ("en", "et", "an", "na", "ar", "or", "er", "ing", "tt", "nst", "are", "ör", "ast", "igt", "vis")
        )
        and is_ordinary(text)
    )


def _is_sure_given(word: Word) -> bool:
    return word.given == 2 and not word.surname and not word.ordinary


def _is_surname_given(tokens: list[Token]) -> bool:
    """Whether two words are a surname and a given name: `Karlsson Anna`; of other languages only alone."""
    surname, given = tokens[0], tokens[1].word
    if _is_sure_given(given) and _is_sure_surname(surname):
        return True
    known = surname.word.surname > 0 and not (surname.word.ordinary or surname.word.given)
    if len(tokens) != 2 or not known or given.ordinary or given.genitive or not given.given:
        return False
    return not given.surname or (surname.word.surname == 2 and given.given > given.surname)


def _sort_of_full(tokens: list[Token], given: int, first: bool) -> str:
    last = tokens[-1].word
    plain = any(not t.word.ordinary for t in tokens if not t.text.islower())
    if all(t.text.isupper() for t in tokens) and (not plain or (tokens[0].word.ordinary and not last.surname)):
        return "words in capitals"
    if given == len(tokens):
        return "given names" if plain else "words"
    nordic = tokens[0].word.given == 2
    if last.surname:
        return "given+surname" if nordic and plain else "given+surname:rare" if plain else "given+surname:words"
    return "given+unknown" if nordic and (plain or not first) else "given+unknown:rare"


def _sort_of_given(word: Word, first: bool) -> str:
    if word.given == 1:
        if word.ordinary:
            return "" if first else "given:rare word"
        return "given:rare first" if first else "given:rare"
    if word.ordinary:
        return "given:first word" if first else "given:word"
    return "given:first" if first else "given"


def _sort_of_surname(word: Word, first: bool) -> str:
    if word.ordinary:
        return "" if first else "surname:word"
    if first:
        return "surname:first" if word.surname == 2 else "surname:word"
    return "surname" if word.surname == 2 else "surname:rare"
