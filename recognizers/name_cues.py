"""Words that announce a person's name, and the names after them in whatever letters they are written.

`jag heter anna lång`, `MVH STIG`, `hej det är m. ek igen`, `tack /lena`. Near-misses: `mvh kundtjänst`, `hälsa att`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from recognizers.beginnings import LETTERS, Beginnings
from recognizers.labels import by_letter
from recognizers.name_labels import VERBS
from recognizers.name_words import Word, judge
from recognizers.ordinary import is_ordinary
from recognizers.sentences import LONGEST_NAME, NORDIC

_SURE = (
    r"heter|heta|hette|mvh|vänligen|hälsn|hälsningar|presenterade sig som|presenterar sig som|kallas för|undertecknade?"
    r"|hejsan det är|hej det är|hej! det är|hej,? jag är|signerat av|kontohavare|fullmakt för|familjen|c/o"
    r"|betalare|vårdnadshavare|innehavare|borgensman|suppleant|ledamot|utförd av|jour:|attest|herr|hr|hr\.|dr|dr\."
    r"|mrs|mr|mr\.|doktor|ägare:|kontakt:|ansvarig:|reserv:|ombud:"
)
_LIKELY = (
    r"tack|hälsa|hälsa till|sambon?|grannen?|make|maka|maken|makan|min man|hennes man|fru|hustru|dotter|dottern|mamma"
    r"|pappa|mor|far|bror|syster|kollega|kollegan|hyresgäst(?:en)?|kontaktperson(?: till| är)?|kontakt är|pratat med"
    r"|pratade med|talat med|talade med|fråga efter|frågade efter|tekniker|överlämnat till|fr\."
    r"|kram från|bevittnas|referens|patient(?:en)?|elev(?:en)?|brukaren|ägare|ägaren|ansvarig|ombud"
    r"|montör(?:en)?|väktare|svärmor|svärfar|farmor|mormor|morfar|farfar|sonen"
)
_BESIDE = (
    r"hos|barnen|dotterdotter|dotterson|sondotter|sonson|barnbarn(?:et)?|kusin(?:en)?|väninna(?:n)?"
    r"|kompis(?:en)?|killen|tjejen|chefen|säljaren|agent|operatör|rådgivare|kommit till|pratar med|prata med|talar med"
    r"|prata m|snacka med|medger att|säger att|sa att|nån|okej|kära|sköna"
)
"""Words beside which a given name of the lists is a person's, and another word need be none: `hos Swedbank`."""
_GREETING = r"hej|hejsan|tjena|hallå"
_GREETED = re.compile(rf"(?:{_GREETING}) ")
_GREETED_END = re.compile(r"[,!?]?(?:[\n\0]|\Z)|[,!?]")
_BEFORE = r"(?:[ ,:/\n]|[ ]är[ ]){1,3}"


def _at_word(words: str, after: str) -> dict[str, str]:
    """By the first letter of some words: the pattern of their rests, each with what comes after."""
    rests: dict[str, list[str]] = {}
    for word in re.split(r"\|(?![^(]*\))", words):
        rests.setdefault(word[0], []).append(word[1:])
    return {first: f"(?:{'|'.join(rest)}){after}" for first, rest in rests.items()}


def _cue() -> re.Pattern[str]:
    """Compile the pattern of all cues; it begins with a set of letters and their words by letter: that is fast."""
    plain, greeting = _at_word(f"{_SURE}|{_LIKELY}|{_BESIDE}", _BEFORE), _at_word(_GREETING, "[!,.] ")
    firsts = dict.fromkeys((*plain, *greeting))
    ways = by_letter(
        {first: f"(?:{'|'.join(one[first] for one in (plain, greeting) if first in one)})" for first in firsts}
    )
    return re.compile(rf"[{''.join(firsts)}](?<![^\W\d_].){ways}")


def _openings(words: str, after: str = " ,:/\n") -> frozenset[str]:
    """The first three letters of some words, which may be patterns; with what comes after those that are shorter."""
    firsts = [re.sub(r"\\\.", ".", re.split(r".\?|\(", word)[0]) for word in re.split(r"\|(?![^(]*\))", words)]
    return frozenset(f"{first}{sign}"[:LETTERS] for first in firsts for sign in after)


_CUE = _cue()
_DEPARTMENT = re.compile(r"(?<![^\W_])HR[ ,:/\n]{1,3}\Z")
"""Before small letters it is no title: `HR/staff_discounts`."""
_CUE_LENGTH = 6
_GREETS = _openings(_GREETING)
_ANNOUNCES = _openings(f"{_SURE}|{_LIKELY}|{_BESIDE}") | _GREETS
_IS_SURE = re.compile(rf"(?:{_SURE}){_BEFORE}\Z")
_IS_BESIDE = re.compile(rf"(?:{_BESIDE}){_BEFORE}\Z")
_IS_GREETING = re.compile(rf"(?:{_GREETING})[!,.] \Z")
# What a file or folder of one customer is called before the name.
_FILED = re.compile(
    r"[\n\0](?:\d{3,}|(?:avtal|kontrakt|faktura|kvitto|offert|order|brev|mejl|legitimation|leg|id|pass|körkort|fullmakt|intyg"
    r"|cv|ansökan|anställningsavtal|lönespec|samtycke|protokoll|foto|kopia|registerutdrag|uppsägning|reklamation"
    r"|medgivande|autogiro|kund|personal)(?: \d+)?) (?=[^\W\d_])"
)
# What only people do, and what only those do who live somewhere.
_LIVES = (
    "kommer hem|är hemma|är bortrest|bortrest|står som|höra av sig|hör av sig|har nyckel|har kod|hörde|bor|fyller"
    "|tar alla|vattnar|uppgift"
)
_AKIN = (
    r"\((?:(?:min|hans|hennes|kundens) )?(?:syster|bror|mor|far|mamma|pappa|son|dotter|maka|make|sambo|särbo|granne"
    r"|väninna|vän|kollega|svär(?:mor|far|son|dotter)|mormor|farmor|morfar|farfar|moster|faster|farbror|morbror|kusin"
    r"|barnbarn|god man|anhörig|hyresgäst|förälder|vårdnadshavare)[,)/ ]"
)
"""What a person is to another, right after the name: `Bahar (syster)`."""
_OLD = r",? \(?[0-9]{1,2} (?:år|mån)(?:ader)?(?![^\W\d_])(?! garanti)"
"""`Musa 3 år`."""
_ACTS = re.compile(
    rf"{_OLD}|[ ]{_AKIN}|[ ](?:\([^()\n\0]{{1,20}}\) )?(?:{_LIVES}|ringer|ringde|säger|sade|sa|undrar"
    r"|undrade|hälsar|uppger|bekräftar|meddelar|frågar|önskar|kräver|svarar|svarade|åker|möter|tackar)(?![^\W\d_])"
)
_LIVES_THERE = re.compile(rf"[ ]{_AKIN}|[ ](?:{_LIVES})(?![^\W\d_])")
_LABELLED = re.compile(
    r"[\"'](?:(?<=name.)|(?<=namn.)|(?<=first.)|(?<=last.)) ?: ?[\"']|:(?:(?<=förnamn.)|(?<=efternamn.)) ?"
)
"""The end of a name's label: it begins with a sign, which is searched for fast."""
_NAMED = re.compile(r"(?:(?:first|last|given|family|sur)[ _]?name|(?<![^\W_])[fl]name|first|last|(?:för|efter)namn)\Z")
_FULL = re.compile(r"(?:full[ _]?name|(?<![^\W\d_])namn)\Z")
_LONGEST_LABEL = 12
_SIGNATURE = re.compile(r"/{1,2} ?(?=[^\W\d_])")
_HERE = re.compile(r"[ ](?:här|igen)(?![^\W\d_])")
_FILE_END = re.compile(r"(?:[ .-]\d{1,8})?(?:\.\w{2,5})?(?:[\0\r\n]|\Z)")
_END = re.compile(r"[ .!]*(?:\d{1,8})?(?:[\0\r\n]|\Z)")
_PIECE = re.compile(r"[^\W\d_]\.(?![^\W\d_])|[^\W\d_]+(?:['’-][^\W\d_]+)*")
_PARTICLES = frozenset(("von", "af", "av", "van", "de", "der", "den", "da", "di", "la", "el", "al", "bin", "ben", "du"))
_SMALL_WORDS = frozenset(("i", "o", "å", "e", "m", "ö"))
"""Letters that are words: `lasse o jag`."""
_MOST = 4
_SHORTEST = 3


SURE, LIKELY, HELLO, GREETED, SIGNED, FILED = "sure", "likely", "hello", "greeted", "signed", "filed"
NAMED, BESIDE = "named", "beside"
"""How a name is announced. What is `named` (`c/o`, a field `last_name`) is a name whatever the word means; after a
greeting it must be followed by `här`; a signature, and the name of a customer's file, end their line."""


class Cued(NamedTuple):
    """A name after a cue, or one that needs none."""

    start: int
    end: int
    sort: str


def lowered(text: str) -> str:
    """The text in small letters, character for character."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def announced(small: str) -> dict[int, str]:
    """Where in a text of small letters a name is announced: position right after the cue -> how."""
    places: dict[int, str] = {}
    beginnings = Beginnings(small)
    done = 0
    for at in beginnings.places(_ANNOUNCES):
        if at >= done and (cue := _CUE.match(small, at)):
            done = cue.end()
            places[done] = _how(cue.group())
    for at in beginnings.places(_GREETS):
        if greeting := _GREETED.match(small, at):
            places.setdefault(greeting.end(), GREETED)
    for label in _LABELLED.finditer(small):
        word = small[max(0, label.start() - _LONGEST_LABEL) : label.start()]
        if _NAMED.search(word) or _FULL.search(word):
            places[label.end()] = NAMED if _NAMED.search(word) else SURE
    for label in _FILED.finditer(f"\n{small}") if "\n" in small else ():
        places[label.end() - 1] = FILED
    for slash in _SIGNATURE.finditer(small):
        if small[slash.start() - 1 : slash.start()] in ("", "\n", "\0", " ") or slash.start() == 0:
            places[slash.end()] = SIGNED
    return places


@lru_cache(maxsize=1024)
def _how(cue: str) -> str:
    if cue.startswith("c/o"):
        return NAMED
    if _IS_BESIDE.match(cue):
        return BESIDE
    return HELLO if _IS_GREETING.match(cue) else SURE if _IS_SURE.match(cue) else LIKELY


def is_kept(text: str, end: int, how: str) -> bool:
    """Whether what follows a name fits how it was announced."""
    if how == HELLO:
        return _HERE.match(text, end) is not None
    if how == GREETED:
        return _GREETED_END.match(text, end) is not None
    if how == FILED:
        return _FILE_END.match(text, end) is not None
    return how != SIGNED or _END.match(text, end) is not None


def acts(text: str, end: int, *, listed: bool) -> bool:
    """Whether what follows a word is done by people; of a word that is no listed name less will do."""
    return (_ACTS if listed else _LIVES_THERE).match(text, end) is not None


def cued(text: str, places: dict[int, str]) -> Iterator[Cued]:
    """Names in small letters or in capitals after words that announce one.

    Args:
        text: As it stands.
        places: Of `announced`.
    """
    for at, how in places.items():
        if _DEPARTMENT.search(text, max(0, at - _CUE_LENGTH), at) and text[at : at + 1].islower():
            continue
        found = _greeted(text, at) if how == GREETED else None
        if how == BESIDE:
            found = _beside(text, at)
        elif how not in (FILED, GREETED):
            found = _name_after(text, at, sure=how != LIKELY)
        if found and is_kept(text, found.end, how):
            yield found


def _greeted(text: str, at: int) -> Cued | None:
    """A listed given name in small letters after a greeting: `hej mojgan,`."""
    piece = _PIECE.match(text, at)
    if not piece or not piece.group().islower() or len(piece.group()) < _SHORTEST:
        return None
    word = judge(piece.group())
    plain = word.given and not word.ordinary and not is_ordinary(piece.group())
    return Cued(*piece.span(), "cued small") if plain or word.given == NORDIC else None


def _beside(text: str, at: int) -> Cued | None:
    """A listed given name in small letters beside a word that people stand with: `hos nadim`, `agent my:`."""
    piece = _PIECE.match(text, at)
    if not piece or not piece.group().islower() or len(piece.group()) < _SHORTEST:
        turn = piece and text[piece.end() : piece.end() + 1] == ":"
        return Cued(*piece.span(), "cued small") if piece and turn and judge(piece.group()).given == NORDIC else None
    word = judge(piece.group().capitalize())
    if text[piece.end() : piece.end() + 1] == ":" and word.given == NORDIC:
        return Cued(*piece.span(), "cued small")
    if not word.given or word.ordinary or (word.given < NORDIC and len(piece.group()) <= _SHORTEST):
        return None
    return _name_after(text, at, sure=False)


def _name_after(text: str, at: int, *, sure: bool) -> Cued | None:
    """The name that begins at `at`, unless it is written with capitals as names are."""
    first = _PIECE.match(text, at)
    if not first or (first.group()[0].isupper() and first.group()[1:].islower()):
        return None
    pieces = _pieces(text, first)
    texts = [piece.group() for piece in pieces]
    count = _length([judge(piece) for piece in texts], texts, sure=sure)
    if not count:
        return _reversed(text, pieces)
    return Cued(pieces[0].start(), pieces[count - 1].end(), "cued small")


def _pieces(text: str, first: re.Match[str]) -> list[re.Match[str]]:
    pieces, at = [first], first.end()
    while len(pieces) < _MOST and text[at : at + 1] == " " and (piece := _PIECE.match(text, at + 1)):
        pieces.append(piece)
        at = piece.end()
    return pieces


def _length(words: list[Word], texts: list[str], *, sure: bool) -> int:
    """How many of the first words are a name, 0 for none."""
    first = words[0]
    common = first.given == NORDIC and sure  # `jag heter björn`; no word is taken for a name of another language
    certain = sure and (first.surname == NORDIC or _unlisted(first, texts[0]))
    named = common or (first.given and not first.ordinary) or certain
    if not (first.initial or named):
        return 0
    count = 1
    while count < len(words) and (words[count].initial or texts[count].casefold() in _PARTICLES):
        count += 1
    if count < len(words) and _goes_on(words[count], texts[count], sure and first.given > 0):
        return count + 1
    if first.initial:
        return 0
    ends = count == len(words) and not _SMALL_WORDS & set(texts[1:count])
    return count if ends and all(word.initial for word in words[1:count]) else 1


def _unlisted(word: Word, text: str) -> bool:
    return word.unknown and not word.ordinary and _SHORTEST <= len(text) <= LONGEST_NAME


def _goes_on(word: Word, text: str, sure: bool) -> bool:
    """Whether a word after a given name is the surname."""
    if text in VERBS:
        return False
    if word.surname:
        return sure or not word.ordinary
    return _unlisted(word, text) and not is_ordinary(text.casefold())


def _reversed(text: str, pieces: list[re.Match[str]]) -> Cued | None:
    """`larsson, tuula` after a cue."""
    end = pieces[0].end()
    given = _PIECE.match(text, end + 2) if text[end : end + 2] == ", " else None
    if given and judge(pieces[0].group()).surname and judge(given.group()).given:
        return Cued(pieces[0].start(), given.end(), "cued small")
    return None
