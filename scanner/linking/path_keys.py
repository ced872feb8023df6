"""Words of paths that may be somebody's number: files and folders are called by keys of customers, cases and orders."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlalchemy import Connection

from scanner.linking.key_values import link_value
from scanner.linking.links import GENERIC, PATH, key_stem, normal_name
from scanner.store import Store

_PATH_KEY = re.compile(
    r"(?<![^\W_])(?:[A-Za-z]{0,3}-?[0-9]{4,10}|[A-Z]{1,4}-(?=[A-Z0-9]*[0-9])[A-Z0-9]{5,12}"
    r"|[A-ZÅÄÖ]{1,6}[ _-](?:19|20)[0-9]{2}[-_][0-9]{1,6})(?![^\W_])"
)
_JOINED = re.compile(r"(?<![\w-])(?:[^\W_]{1,12}-){1,4}[^\W_]{1,12}(?![\w-])")
"""Numbers of several parts, such as cases have: `S23-10380`, `2023-00417`, a UUID."""
_NO_KEY = re.compile(
    r"(?:19|20)?[0-9]{2}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}-[0-9]{1,2}-(?:19|20)[0-9]{2}"  # days
    r"|(?:19|20)[0-9]{2}-(?:[0-9]{2}|(?:19|20)[0-9]{2})"  # months, seasons
    r"|0[0-9-]{7,}|(?:19|20)?[0-9]{6}-[0-9]{4}"  # telephones, personnummer: others look for these
)
_TIME = re.compile(
    r"(?<![0-9])((?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[_T-])"
    r"(?:[01][0-9]|2[0-3])[0-5][0-9](?:[0-5][0-9])?(?=[_.-]|$)"
)
"""What a clock showed, behind a day: recordings are called `20250210_0523_0701740612.wav`."""
_RECORDING = re.compile(r"\.(?:wav|wave|mp3|m4a|mp4|aac|ogg|oga|opus|flac|amr|gsm|au|wma|webm)$", re.IGNORECASE)
_FEWEST = 4
"""Digits of a number of several parts."""
GLUED = "path#"
"""Field of the numbers in a file's path that stand behind letters: an order's `45610` in `AO45610 protokoll.txt`."""
_GLUED = re.compile(r"(?<![^\W_])([A-Za-zÅÄÖåäö]{1,3})([0-9]{4,10})(?![^\W_])")


def fields_of_paths(store: Store, connection: Connection) -> list[int]:
    """The fields that words of paths stand in as keys, none of them a column."""
    numbers = (store.field_names.find(connection, store.keys.seal(name)) for name in (PATH, GLUED))
    return [number for number in numbers if number is not None]


def years(first: int = 1900, last: int = 2099) -> Iterator[str]:
    """Words of paths that are years and no one's number."""
    yield from map(str, range(first, last + 1))


def path_keys(path: str) -> list[str]:
    """Words of a path that may be somebody's number: `kunder/104236/brev.txt` is about whoever has 104236.

    Of a number of several parts it is the whole, and the parts that may be one by themselves.
    """
    path = _TIME.sub(r"\1", path) if _RECORDING.search(path) else path
    words = [*_PATH_KEY.findall(path), *filter(_may_be_key, _JOINED.findall(path.replace("_", " ")))]
    return list(dict.fromkeys(map(link_value, words)))


def glued(path: str) -> list[tuple[str, str]]:
    """Numbers in a path that stand behind letters, with these, which may say whose key a number is."""
    return [(normal_name(letters.lower()), link_value(number)) for letters, number in _GLUED.findall(path)]


def marks_of(column: str) -> set[str]:
    """Letters by which a number of a column is known: `AO` of `AONr`, `K`, `KU` and `KUN` of `KundNr`; none of `id`."""
    name = normal_name(column.rpartition(".")[2])
    stem = key_stem(name) if name not in GENERIC else ""
    return {stem[:end] for end in range(1, 4) if stem[:end].isalpha()}


def glued_keys(path: str) -> list[str]:
    """The same numbers by themselves."""
    return [number for _, number in glued(path)]


def _may_be_key(word: str) -> bool:
    further = word.split("-")[1:]
    told = all(any(map(str.isdigit, part)) for part in further) and sum(map(str.isdigit, word)) >= _FEWEST
    return told and not _NO_KEY.fullmatch(word)
