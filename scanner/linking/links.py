"""Which columns hold keys: they are tokenised for every row, so that rows without personal data can be reached."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache

from connectors import Batch
from scanner.linking.key_values import (
    BARE,
    are_accounts,
    are_codes,
    are_numbers,
    are_opaque,
    hold_codes,
    valued_like_key,
)
from scanner.linking.person_keys import is_kin, is_person
from scanner.linking.prefixes import prefixed_keys
from scanner.linking.role_words import is_others
from scanner.linking.yearly import is_year, years
from scanner.references import is_told

PATH = "path"
"""Field that holds a file's own name."""
LINK = "link"
"""Token domain of key values; one for all columns, so that a key meets itself wherever it stands."""
_CAMEL = re.compile(r"(?<=[a-zåäö0-9])(?=[A-ZÅÄÖ])")
_MARK = re.compile(r"^(?:lng|str|dtm|int|txt|mem|bln|byt|cur|dbl|sng|vch|nvc|chr|dte|dat|guid|bit|fk|pk)_?(?=[A-ZÅÄÖ])")
"""What columns are marked with by the kind of their values, as was done in Access: `lngKundID`, `strNamn`."""
_RUNS = re.compile(r"[^a-z0-9]+")
_PLAIN = str.maketrans("åäöéüø", "aaoeuo")
_KEY_NAME = re.compile(
    r"(^|_)(kund|customer|avtal|avtals|contract|anl|anlaggning|anlaggnings|objekt|arende|case|ticket|order|faktura|invoice"
    r"|user|anvandar|medlem|prospekt|prospect|offert|person|samtal|call|central)_?(nr|nummer|id|no|number|key|ref|kod)(_|$)"
    r"|^(kund|customer|client|avtal|kontrakt|contract|anlaggning|objekt|lokal|lagenhet|lgh|arende|case|faktura|invoice|order|offert|bokning"
    r"|booking|skada|claim|tagg|tag|bricka|badge|fob|rfid|kort|card|nyckel|fordon|vehicle|matare|meter|abonnemang|subscription|konto|account"
    r"|djur|animal|pet|patient|elev|student|medlem|member)(_ref)?$"
    r"|^(ftg|foretag|bolag|company|comp|mandant|mandt|klient)(s?_?(nr|no|id|kod|code))?$"
    r"|(^|_)(id|uid|guid|uuid|nr|no|num|nbr|key|ref|sn|serial|serienr|ocr|referens|reference|device|dev|enhet|geraet|alias|sign(atur)?|sgn)$|[a-z](nr|nummer|number|(?<!h)ref)$|^[a-z]{1,6}id$"
    r"|^[a-z]{1,2}_?(kod|code)$"
)
"""Words that keys are called by, and how any key's name ends, whatever it is the key of: `cst_no`, `panel_sn`.
A company's number is a part of all keys of a system in which several keep their books. `LKOD` is a table's own key in
systems whose columns have names of few letters."""
_SECOND = re.compile(r"(?<=[a-z])_?[2-9]$")
"""Ends the name of a second one beside the first: `kundnr2`."""
_ACCOUNT = re.compile(
    r"(^|_)(anvandare?|user|login|inlogg(ning|ad)?|konto|account)(_?(s?namn|name|id|som|as))?$|^(uid|logged_in_as|signed_in_as)$"
)
"""How columns are called of what people sign in with."""
_AFFIX = re.compile(r"_?(nr|nummer|u?id|no|number|num|nbr|key|ref|kod|sn|lop)$")
_PREFIX = re.compile(r"^(t|tb|tbl|tab|x|v|dim|fact|stg)_")
"""What tables are marked with as such: `t_cust`, `tbl_order`."""
_PLURALS = ("", "s", "es", "n", "r", "ar", "er", "or", "en", "et", "na", "arna", "erna", "orna")
"""What a table's name may have behind the word for one of its rows: `orders`, `kunder`, `avtalen`."""
_CHANGED = (
    ("a", "or"), ("e", "ar"), ("el", "lar"), ("el", "ler"), ("er", "rar"), ("m", "mmar"), ("n", "nner"), ("y", "ies"),
    ("person", "people"),
)  # fmt: skip
"""Ends of words that change in the plural: `faktura`, `timme`, `artikel`, `order`, `medlem` and `company`."""
_SHORTEST_STEM = 3
_KIND = re.compile(r"(?:(.+?)_?)?(?:type|typ|class|klass|model)")
_KEY_OF_KIND = re.compile(r"(?:(.+?)_?)?(?:id|nr|no|key|uuid|ref)")
_TABLES = (
    "table", "table_name", "tabell", "tabellnamn", "entity", "entity_name", "object", "object_name",
    "entitet", "objekt", "objektnamn",
)  # fmt: skip
_ROWS = (
    "row_id", "record_id", "entity_id", "object_id", "item_id", "rad_id", "post_id", "pk", "row_key", "key_value",
    "entitet_id", "objekt_id", "objektid", "objekt_nr", "objektnr", "nyckel", "nyckelvarde", "primarnyckel",
    "record_key", "primary_key", "radnyckel", "postnyckel",
)  # fmt: skip
"""Columns that say of which table a row is, and of which row of it."""
_THEN = re.compile(r"(?:ny|gl|gml|gammalt?|tidigare|nuvarande|old|new|prev|former|current)_?(?=[a-z])")
"""Before a key's name however short, where numbers have been changed: `NYKNR` of `KNR`."""
_TELLS = 6
"""Letters of a key's name by which one with a role before it is known."""
GENERIC = frozenset({"id", "nr", "nummer", "kod", "key", "no", "rad", "row", "lopnr", "lop_nr"})
"""Names of keys that say nothing of whose keys they are."""


def normal_name(name: str) -> str:
    """A field or table name in lower-case ASCII words joined by `_`: `KundNr`, `Kund nr`, `lngKundNr` are `kund_nr`."""
    bare = _MARK.sub("", unicodedata.normalize("NFKC", name))
    text = _CAMEL.sub("_", bare).lower().translate(_PLAIN)
    return _RUNS.sub("_", text).strip("_")


def keyed(batch: Batch) -> Mapping[str, Sequence[str | None]]:
    """The columns of a batch that may hold keys: its fields, and what its running text tells by a name."""
    return {**batch.named, **batch.fields} if batch.named else batch.fields


def link_fields(batch: Batch, tables: Collection[str], said: Collection[str] = ()) -> list[str]:
    """The fields of a batch worth linking: keys by name and values, and what the source or the configuration declares.

    Args:
        batch: As it was read.
        tables: Names of the tables of the source: a column may be called after one.
        said: Columns that the configuration names as keys: `scanner.references`.

    Returns:
        Their names; `BARE` ends those of which nothing but their numbers tells: `ELKONTO`, or what was paid.
    """
    known_tables = tuple(tables)
    known, columns = _lasts(known_tables), keyed(batch)
    called = {name for name in columns if name and _named_like_key(name, known)}
    called |= {name for name in columns if any(is_role_of(name, key) for key in called)}
    called |= {name for name, values in columns.items() if name and (are_codes(values) or are_opaque(values))}
    numbers = {name for name, values in columns.items() if name not in batch.dates and are_numbers(values)} - {""}
    if not tables:  # a file's column may be called after a table of another source: `Panel`
        called |= numbers
    called |= {name for pair in typed(list(columns)) for name in pair}
    called |= {name for name in numbers if any(_holds(known, one) for one in tables_in_role(normal_name(name)))}
    called.update(prefixed_keys([name for name in columns if name]))
    called |= {name for name in columns if is_year(normal_name(name))} if _has_years(known_tables) else set()
    keys = [
        name
        for name, values in columns.items()
        if name
        and (
            name in (PATH, *batch.keys)
            or (name in called and valued_like_key(values))
            or (are_accounts(values) and is_account(name))
            or is_told(said, batch.unit, name)
            or (hold_codes(values) and not is_others(normal_name(name)))
        )
    ]
    return [*keys, *(f"{name}{BARE}" for name in columns if name in numbers and name not in keys)]


def typed(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Columns that say to which table another column's keys point, each with that column.

    Args:
        names: Of the columns of a table: `owner_type` and `owner_id`, `table_name` and `row_id`.
    """
    by_name = {normal_name(name): name for name in names if name}
    for normal, name in by_name.items():
        kind = _KIND.fullmatch(normal)
        if normal in _TABLES:
            yield from ((name, by_name[row]) for row in _ROWS if row in by_name)
        elif kind and kind.group(1):
            keys = (one for one in by_name if (key := _KEY_OF_KIND.fullmatch(one)) and key.group(1) == kind.group(1))
            yield from ((name, by_name[key]) for key in keys)


def kinds_of(table: str) -> set[str]:
    """What rows may be called that refer to a table: `customers`, `customer`; `order_items`, `orderitem`.

    Args:
        table: Its name, with or without its schema.
    """
    words = set[str]()
    for last in table_names(table):
        words |= {last} | {last.removesuffix(end) for end in _PLURALS if end and last.endswith(end)}
        words |= {last.removesuffix(many) + one for one, many in _CHANGED if last.endswith(many)}
    long = {word for word in words if len(word) >= _SHORTEST_STEM}
    return long | {word.replace("_", "") for word in long}


def is_role_of(name: str, key: str) -> bool:
    """Whether a field is called after a key, with a role before it: `medpersid` after `persid`."""
    return normal_name(key) in roles_of(normal_name(name))


def roles_of(name: str) -> list[str]:
    """Keys that a normalised name is called after, with a role before them: `persid` of `medpersid`."""
    starts = {*range(1, len(name) - _TELLS + 1), *(at + 1 for at in range(1, len(name)) if name[at] == "_")}
    starts |= {then.end() for then in [_THEN.match(name)] if then}
    ends = (name[start:] for start in sorted(starts))
    return [end for end in ends if end not in GENERIC and is_key_name(end)]


def _named_like_key(name: str, lasts: Sequence[str]) -> bool:
    normal = first_of(normal_name(name.rpartition(".")[2]))
    return bool(_KEY_NAME.search(normal) or is_person(normal) or is_kin(normal)) or _called_after_any(normal, lasts)


def first_of(name: str) -> str:
    """A normalised name without the number of a second one beside the first: `kundnr` of `kundnr2`."""
    return _SECOND.sub("", name)


def is_account(name: str) -> bool:
    """Whether a field is called as what people sign in with: `anvandare`, `user_name`, `login`."""
    return _ACCOUNT.search(normal_name(name.rpartition(".")[2])) is not None


def is_key_name(name: str) -> bool:
    """Whether a normalised name ends as names of keys do: `kund_nr`, `avtalsnr`, `id`."""
    return _AFFIX.search(name) is not None


def key_stem(name: str) -> str:
    """What the end that says so leaves of a key's normalised name: `kund` of `kund_nr` and `kundid`."""
    return _AFFIX.sub("", name)


def called_after(column: str, table: str) -> bool:
    """Whether a column is called after a table: `kund`, `kund_nr`, `anl` after `anlaggningar`.

    Args:
        column: Normalised name.
        table: Name of the table, with or without its schema.
    """
    return _called_after_any(column, sorted(table_names(table)))


def called_just_as(column: str, table: str) -> bool:
    """Whether a column is called after a table and nothing more: `order_id` after `orders`, not after `order_items`."""
    return not _plurals(_AFFIX.sub("", normal_name(column))).isdisjoint(table_names(table))


@lru_cache(maxsize=16384)
def _plurals(word: str) -> frozenset[str]:
    """What a table may be called whose rows are each one of something: `faktura`, `fakturor`."""
    changed = (word.removesuffix(one) + many for one, many in _CHANGED if word.endswith(one))
    return frozenset({*(word + end for end in _PLURALS), *changed})


def is_same_key(child: str, column: str) -> bool:
    """Whether two columns are called alike, and by more than what any key is called: `kundnr`, also with a role."""
    name, own = normal_name(child), normal_name(column)
    return (name == own and own not in GENERIC) or is_role_of(name, own)


def last_stem(name: str) -> str:
    """What a key's name ends in beside what any key's does: `reg` of `lanebil_reg`, `regnr` and `reg_nr`."""
    return _AFFIX.sub("", normal_name(name)).rpartition("_")[2]


def tables_in_role(name: str) -> Iterator[str]:
    """Of what tables a normalised name is a key, with a role before it: `referrer_user_id` of `users`, `bet_pers`."""
    words = name.split("_")
    stems = (_AFFIX.sub("", "_".join(words[at:])) for at in range(1, len(words)))
    yield from (many for stem in stems if len(stem) >= _SHORTEST_STEM for many in sorted(_plurals(stem)))


def _called_after_any(column: str, lasts: Sequence[str]) -> bool:
    return next(called_after_which(column, lasts), None) is not None


def called_after_which(column: str, names: Sequence[str]) -> Iterator[str]:
    """After which tables a column is called: of 10,000 tables each column is asked about all.

    Args:
        column: Normalised name.
        names: What the tables are called, sorted: `table_names`.
    """
    stem = _AFFIX.sub("", column)
    if len(stem) < _SHORTEST_STEM:
        return
    for at in range(bisect_left(names, stem), len(names)):
        if not names[at].startswith(stem):
            break
        yield names[at]
    yield from (many for many in _plurals(stem) if _holds(names, many))
    yield from (stem[:end] for end in range(_SHORTEST_STEM, len(stem)) if _holds(names, stem[:end]))


def _holds(names: Sequence[str], name: str) -> bool:
    at = bisect_left(names, name)
    return at < len(names) and names[at] == name


@lru_cache(maxsize=8)
def _lasts(tables: tuple[str, ...]) -> list[str]:
    return sorted({last for table in tables for last in table_names(table)})


@lru_cache(maxsize=8)
def _has_years(tables: tuple[str, ...]) -> bool:
    return bool(years(tables))


def table_names(table: str) -> set[str]:
    """What a table is called, without its schema, with and without a mark before it."""
    whole = normal_name(table.rpartition(".")[2])
    return {last for last in (whole, _PREFIX.sub("", whole)) if len(last) >= _SHORTEST_STEM}
