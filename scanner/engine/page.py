"""What was found in a batch, ready to be written: tokens instead of values, small enough to be sent from a worker."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from connectors import Batch, Record
from connectors.dates import form_of
from connectors.day_forms import Form
from recognizers import Key, Matches
from scanner.engine.packed import NO_TOKEN, Array, Findings, Links, Locators
from scanner.finding import WHY, domain, forms
from scanner.keys import Keys
from scanner.linking.key_values import BARE, are_accounts, bare_numbers, codes_in, hold_codes, link_value, without_mails
from scanner.linking.links import LINK, PATH, is_account, keyed, normal_name
from scanner.linking.party_roles import ROLE, role_columns, roles_in
from scanner.linking.path_keys import GLUED, glued_keys, path_keys

KEPT_SCORE = 0.3
"""Findings below this are not stored; reports show those from 0.5."""
_EPOCH = date(1970, 1, 1).toordinal()
_EMPTY_BYTES = 4 << 10
"""What a page takes in which there is nothing: its arrays, names and words."""
_WORDS, _FEW = 6, 1.5
_STOPS, _SENTENCES = (".", "!", "?"), 0.5
_NOTES = re.compile(
    r"(^|_)(anm(arkning(ar)?)?|not(e|es|is)?|notering(ar)?|kommentar(er)?|comments?|memo|remarks?|ovrigt|fritext"
    r"|[a-z]*beskrivning|descriptions?|felanmalan|atgard(er)?|instruktion(er)?|instructions?|onskemal)(_?te?xt)?$"
)
"""How columns of notes are called: most rows may have a word there, or nothing."""
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode
_encoded = json.encoder.encode_basestring
_WITHIN: Mapping[str, Callable[[str], Sequence[str]]] = {PATH: path_keys, GLUED: glued_keys}
"""How keys are found in fields that hold more than one."""
_Link = tuple[int, int, bytes]
"""Record, field, token."""


@dataclass(frozen=True, slots=True, repr=False)
class Page:
    """What was found in one batch."""

    unit: str
    records: int
    sampled: bool
    totals: Mapping[str, int]
    """Field -> number of values that are not empty."""
    keys: frozenset[str]
    texts: frozenset[str]
    day_forms: Mapping[str, Form]
    """How fields write their dates, where it is not as ISO has it."""
    names: list[bytes]
    """Sealed names of fields."""
    words: list[str]
    locators: Locators
    """Of the records that are kept."""
    findings: Findings
    links: Links
    moments: Mapping[str, tuple[Array, Array]]
    """Name -> records and their days."""
    formats: frozenset[str] = frozenset()
    """What the batch was read as: `pdf=1a2b3c4d`, with the version of the reader."""
    linked: bool = True
    """Whether it may have keys of rows, beside words of its path."""
    fault: str = ""
    """Why the batch was not searched whole, though it was read whole; the rest of it was."""

    @property
    def weight(self) -> int:
        """Roughly how many bytes it takes."""
        days = sum(records.nbytes + days.nbytes for records, days in self.moments.values())
        return _EMPTY_BYTES + self.findings.weight + self.links.weight + self.locators.weight + days


class _Made(dict[str, bytes]):
    """Tokens of one domain: each form's is made when it is first asked for."""

    def __init__(self, token: Callable[[str], bytes]) -> None:
        self._token = token

    def __missing__(self, form: str) -> bytes:
        made = self[form] = self._token(form)
        return made


class Preparer:
    """Makes pages of batches."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    def page(self, batch: Batch, matches: Matches, linked: Sequence[str]) -> Page:
        """Prepare what was found in a batch.

        Args:
            batch: As it was read.
            matches: What the analyzer found in it.
            linked: Names of the fields that hold keys.
        """
        kept = np.flatnonzero(matches.score >= KEPT_SCORE)
        given = keyed(batch)
        columns = {name: given[whole] for name in linked if (whole := name.removesuffix(BARE)) in given}
        mixed = [
            name for name in columns if name not in batch.keys and is_account(name) and are_accounts(columns[name])
        ]
        columns |= {name: without_mails(columns[name]) for name in mixed}
        columns |= {f"{name}{BARE}": bare for name, values in columns.items() if (bare := bare_numbers(values))}
        columns |= {f"{name}{ROLE}": given[name] for name in role_columns(given)}
        if PATH in columns:
            columns[GLUED] = columns[PATH]
        wanted = np.zeros(len(batch.records), np.bool_)
        wanted[matches.record[kept]] = True
        for values in columns.values():
            wanted |= np.fromiter(map(bool, values), np.bool_, len(values))
        order = np.flatnonzero(wanted).tolist()
        place = np.cumsum(wanted, dtype=np.int32) - 1
        places = place.tolist()
        names = list(dict.fromkeys((*matches.fields, *columns)))
        words = list(dict.fromkeys((*matches.entities, *matches.kinds, *(WHY.join(codes) for codes in matches.whys))))
        field = {name: at for at, name in enumerate(names)}
        return Page(
            unit=batch.unit,
            records=sum(record is not None for record in batch.records),
            sampled=batch.sampled,
            totals={name: filled for name, (filled, _) in matches.counts.items()},
            keys=frozenset(batch.keys),
            texts=frozenset(name for name, values in batch.fields.items() if is_text(name, values)),
            day_forms={name: form for name in batch.dates if (form := form_of(name, batch.fields.get(name, ())))},
            names=[self._keys.seal_name(name) for name in names],
            words=words,
            locators=Locators.of([self._sealed(batch.records[at]) for at in order]),
            findings=self._findings(matches, kept, place, words),
            links=Links.of(
                [link for name, values in columns.items() for link in self._links(field[name], name, values, places)]
            ),
            moments={name: _days(days, order) for name, days in batch.dates.items()},
            linked=any(name not in (PATH, GLUED) and not name.endswith(ROLE) for name in columns),
        )

    def _sealed(self, record: Record) -> bytes | None:
        return None if record is None else self._keys.seal(locator(record))

    def _findings(self, matches: Matches, kept: Array, place: Array, words: Sequence[str]) -> Findings:
        word = {text: at for at, text in enumerate(words)}
        used, key = np.unique(matches.key[kept], return_inverse=True)
        tokens = self._tokens([matches.keys[number] for number in used.tolist()])
        return Findings(
            record=place[matches.record[kept]],
            field=matches.field[kept],
            why=_mapped([word[WHY.join(codes)] for codes in matches.whys], matches.why[kept]),
            start=matches.start[kept],
            end=matches.end[kept],
            score=matches.score[kept].round(4),
            entity=_mapped([word[text] for text in matches.entities], matches.entity[kept]),
            kind=_mapped([word[text] for text in matches.kinds], matches.kind[kept]),
            test=matches.test[kept],
            key=key.astype(np.int32),
            tokens=tokens,
        )

    def _tokens(self, data: Sequence[Key]) -> tuple[bytes, bytes, bytes]:
        """The tokens of data: values, variants and further forms. A form that comes again is hashed once."""
        others = [(key.entity, *forms(key)) for key in data]
        domains = {domain(entity, form) for entity, *some in others for form in some if form}
        made = {entity: _Made(self._keys.maker(entity)) for entity in {key.entity for key in data} | domains}
        return (
            b"".join([made[key.entity][key.value] for key in data]),
            b"".join([made[domain(entity, form)][form] if form else NO_TOKEN for entity, form, _ in others]),
            b"".join([made[domain(entity, form)][form] if form else NO_TOKEN for entity, _, form in others]),
        )

    def _links(self, field: int, name: str, values: Sequence[str | None], place: Sequence[int]) -> list[_Link]:
        """Place of a record, field and token of a key in it."""
        token = self._keys.maker(LINK)
        within = _WITHIN.get(name) or (roles_in if name.endswith(ROLE) else codes_in if hold_codes(values) else None)
        if within is None:
            made = {value: token(link_value(value)) for value in set(filter(None, values))}
            return [(at, field, made[value]) for at, value in zip(place, values, strict=True) if value]
        inside = _Made(token)
        filled = [(at, value) for at, value in zip(place, values, strict=True) if value]
        return [(at, field, one) for at, value in filled for one in sorted({inside[key] for key in within(value)})]


def _mapped(numbers: Sequence[int], at: Array) -> Array:
    return np.asarray(numbers, np.int32)[at]


def _days(days: Sequence[str | None], order: Sequence[int]) -> tuple[Array, Array]:
    """Which of the records that are kept have a day, and those days."""
    told = [(index, day) for index, at in enumerate(order) if (day := days[at])]
    numbers = [date.fromisoformat(day).toordinal() - _EPOCH for _, day in told]
    return np.asarray([index for index, _ in told], np.int32), np.asarray(numbers, np.int32)


def is_text(name: str, values: Sequence[str | None]) -> bool:
    """Whether a field holds running text: more words in a value than a name or an address has, or short sentences.

    Of a field of notes (`ANM`) one value of several words is enough: most may be a word.
    """
    if name in ("", PATH):
        return True
    filled = list(filter(None, values))
    if not filled:
        return False
    if _NOTES.search(normal_name(name.rpartition(".")[2])) and any(value.count(" ") > _FEW for value in filled):
        return True
    spaces = "".join(filled).count(" ") / len(filled)
    if not _FEW < spaces <= _WORDS:
        return spaces > _WORDS
    return sum(value.rstrip().endswith(_STOPS) for value in filled) / len(filled) > _SENTENCES


def locator(record: Record) -> str:
    """A record's locator as canonical JSON."""
    if record is None or len(record) != 1:
        return _encode(record)
    ((name, value),) = record.items()  # as nearly all are: seven times faster
    return f"{{{_encoded(name)}:{value if isinstance(value, int) else _encoded(value)}}}"
