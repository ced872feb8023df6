"""Other people's data in a person's records, masked (Art. 15(4) GDPR); secrets are told to exist and never given.

A record of the person's own is given whole but for what is another's: in a column that by evidence is the owner's all
is the person's; elsewhere, and in running text, what is not known to be the person's is another's. Of a record about
somebody else only the fields with data of the person's are given. Beyond what the recognizers see, two words that stand
together and are known to the store as somebody else's name are masked too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from reports.policy import Policy
from scanner.cases.overlooked import WORD, Overlooked
from scanner.finding import key_tokens
from scanner.keys import Keys
from scanner.linking.identity import ADDRESS, CONTACT, NAME, PHONE, STRONG
from scanner.linking.links import normal_name
from scanner.linking.names import name_key
from scanner.linking.ownership import Place, Spot
from scanner.subject.answer import Searched
from scanner.subject.reread import Current

SECRET = ("ALARM_CODE", "SECRET")
_PEOPLES = (*STRONG, *CONTACT, NAME, ADDRESS, "POSTAL_CODE", "DATE_OF_BIRTH", "USERNAME", "SE_LICENSE_PLATE")
"""What points to somebody by itself: in running text another's unless it is known to be the person's."""
_WITH_OTHERS = (
    "SE_BANK_ACCOUNT", "IBAN_CODE", "CREDIT_CARD", "IP_ADDRESS", "LOCATION_COORDINATES", "SE_PASSPORT",
    "SE_DRIVING_LICENSE", "SE_PROPERTY_DESIGNATION", "HEALTH_MENTION", "FAMILY_MENTION", "CRIME_MENTION",
)  # fmt: skip
"""What is the text's subject's: another's where another person stands in the same text."""
_ROLES = (
    (
        "staff",
        re.compile(r"agent|handlaggare|saljare|tekniker|montor|installator|operator|av(_|$)|created_by|assigned"),
    ),
    ("friend", re.compile(r"(^|_)(van|vans|vannen|friend)(_|$)|rekommend|referral")),
    ("contact", re.compile(r"kontakt|contact|anhorig|granne|nyckel|make|maka|sambo|partner|relation")),
)
_CARE_OF = re.compile(r"(?i:\bc/o\b)[ .:]*([^\W\d_][^\d,;\n]*[^\W\d_])")


@dataclass(frozen=True, slots=True)
class Masked:
    """A record made fit to be handed out."""

    fields: dict[str, str]
    masked: Counter[str]
    """Role -> data of other people."""
    secrets: int


class Masker:
    """Masks the records of one search.

    Args:
        searched: Whose records, and what is known to be the person's.
        policy: Says which categories are secret.
        keys: Of the installation.
        words: Gives a role its word in the person's language.
    """

    def __init__(self, searched: Searched, policy: Policy, keys: Keys, words: dict[str, str]) -> None:
        self._searched = searched
        self._policy = policy
        self._keys = keys
        self._words = words
        self._pairs: dict[str, bool] = {}

    @cached_property
    def _own(self) -> frozenset[bytes]:
        """Tokens of what is the person's, also each word of a name that stands in one: `Firma Eva Ek` is called Ek."""
        outcome = self._searched.outcome
        return frozenset(outcome.owned.keys() | outcome.held).union(self._words_of_names())

    def _words_of_names(self) -> Iterator[bytes]:
        read, field = self._searched.rereader.text, self._searched.search.ownership.field
        for token, one in self._searched.outcome.owned.items():
            if one.entity == NAME and one.record is not None and one.field is not None:
                keys = map(name_key, read(one.record, field(one.field), token).replace(",", " ").split())
                yield from (key_tokens(self._keys, key).value for key in keys if key)

    def apply(self, current: Current, *, whole: bool = False) -> Masked:
        """Mask a record.

        Args:
            current: As it was read again.
            whole: A human has decided that other people's data stay; secrets never do.
        """
        masked: Counter[str] = Counter()
        fields, secrets = {}, 0
        for name, text in current.fields.items():
            if not text:
                continue
            spots = [spot for spot in current.spots if spot.field == name]
            found = current.found
            if not (found.concerns or found.about) and not any(self._is_own(spot) for spot in spots):
                continue
            if self._is_secret(name, spots):
                fields[name], secrets = f"[{self._words['secret']}]", secrets + 1
                continue
            cuts = list(self._cuts(current, name, spots, whole=whole))
            secrets += sum(role == "secret" for _, _, role in cuts)
            masked.update(role for _, _, role in cuts if role != "secret")
            fields[name] = self._cut(text, cuts)
        return Masked(fields, masked, secrets)

    def _is_secret(self, name: str, spots: list[Spot]) -> bool:
        """Whether the field is called after a secret and holds nothing that is known to be something else."""
        category = self._policy.categories.get(self._policy.named(name) or "")
        return category is not None and category.secret and all(spot.entity in SECRET for spot in spots)

    def _is_own(self, spot: Spot) -> bool:
        return bool(spot.tokens & self._own)

    def _cuts(self, current: Current, name: str, spots: list[Spot], *, whole: bool) -> Iterator[tuple[int, int, str]]:
        secret = [spot for spot in spots if spot.entity in SECRET]
        yield from ((spot.start, spot.end, "secret") for spot in secret)
        if whole:
            return
        text = current.fields[name] or ""
        others = [spot for spot in spots if self._is_others(current, spot)]
        strangers = [*((one.start, one.end) for one in others), *self._strangers(current, name, text, spots)]
        if strangers and not self._is_owners(current, name):
            others = [spot for spot in spots if spot.entity in _WITH_OTHERS]
            strangers += [(one.start, one.end) for one in others]
        yield from ((start, end, self._role(current, name)) for start, end in strangers)

    def _is_others(self, current: Current, spot: Spot) -> bool:
        if spot.entity not in _PEOPLES or self._is_own(spot):
            return False
        return not (current.found.concerns and self._place(current, spot) is Place.OWNER)

    def _place(self, current: Current, spot: Spot) -> Place:
        """A column may hold now the person's, now others': what the search found of this row comes first."""
        view = self._searched.search.records.view(current.found.record)
        known = {one.place for one in view.seen if one.token in spot.tokens}
        if view.is_list or (known and Place.OWNER not in known):
            return Place.OTHER
        return self._searched.search.ownership.place_of(view.unit, spot)

    def _is_owners(self, current: Current, name: str) -> bool:
        ownership = self._searched.search.ownership
        return current.found.concerns and not ownership.is_text(current.found.unit, name)

    def _strangers(self, current: Current, name: str, text: str, spots: list[Spot]) -> Iterator[tuple[int, int]]:
        """Names that no recognizer saw: two words that the store knows as somebody else's; in columns spelt as names.

        Whoever lives at `c/o Sven Lundmark` lives with him, whether anything knows him or not.
        """
        for host in _CARE_OF.finditer(text):
            if not self._is_ours(host.group(1)):
                yield host.span(1)
        is_text = self._searched.search.ownership.is_text(current.found.unit, name)
        yield from self._overlooked_in(current, name, text, spots)
        words = list(WORD.finditer(text))
        for first, second in pairwise(words):
            if not (is_text or (first.group()[0].isupper() and second.group()[0].isupper())):
                continue
            near = text[first.end() : second.start()] in (" ", ", ", "\n", "_")
            covered = any(spot.start < second.end() and first.start() < spot.end for spot in spots)
            if near and not covered and self._is_stranger(text[first.start() : second.end()]):
                yield first.start(), second.end()

    def _overlooked_in(self, current: Current, name: str, text: str, spots: list[Spot]) -> Iterator[tuple[int, int]]:
        """What no recognizer saw and the store need not know; in columns only telephones, where others' stand."""
        look, is_text = self._overlooked, self._searched.search.ownership.is_text(current.found.unit, name)
        own = [spot for spot in spots if self._is_own(spot)]
        if is_text:
            yield from _beside(look.names(text), spots)
            yield from _beside(look.customers(text), own)
        if is_text or self._place(current, Spot(name, 0, 0, PHONE, frozenset())) is Place.OTHER:
            yield from _beside(look.telephones(text), spots)

    @cached_property
    def _overlooked(self) -> Overlooked:
        records, hits = self._searched.search.records, self._searched.outcome.hits.values()
        givens = {given for hit in hits if hit.concerns for given in records.view(hit.record).owner.givens}
        return Overlooked(
            self._keys,
            is_own=lambda tokens: not tokens.isdisjoint(self._own),
            is_known=lambda tokens: any(records.having(token) for token in tokens if token),
            is_given=lambda tokens: not tokens.isdisjoint(givens),
        )

    def _is_ours(self, name: str) -> bool:
        key = name_key(name.casefold())
        return bool(key and key_tokens(self._keys, key).variant in self._own)

    def _is_stranger(self, pair: str) -> bool:
        pair = pair.replace("_", " ").replace("\n", " ").casefold()
        if pair not in self._pairs:
            key = name_key(pair)
            variant = key_tokens(self._keys, key).variant if key else None
            tokens = {variant} if variant else set()
            known = any(self._searched.search.records.having(token) for token in tokens)
            self._pairs[pair] = known and not tokens & self._own
        return self._pairs[pair]

    def _role(self, current: Current, name: str) -> str:
        unit = self._searched.search.ownership.unit(current.found.unit)
        for text in (normal_name(name), normal_name(unit.key.rpartition("/")[2])):
            for role, words in _ROLES:
                if words.search(text):
                    return role
        return "other"

    def _cut(self, text: str, cuts: Iterable[tuple[int, int, str]]) -> str:
        """Replace spans from the end; one that lies in another is part of it."""
        last = len(text) + 1
        for start, end, role in sorted(_merged(cuts), reverse=True):
            if end <= last:
                text, last = f"{text[:start]}[{self._words[role]}]{text[end:]}", start
        return text


def _beside(found: Iterable[tuple[int, int]], spots: Iterable[Spot]) -> Iterator[tuple[int, int]]:
    yield from ((start, end) for start, end in found if not any(one.start < end and start < one.end for one in spots))


def _merged(cuts: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for start, end, role in sorted(cuts):
        if found and start < found[-1][1]:
            before = found.pop()
            found.append((before[0], max(before[1], end), "secret" if "secret" in (before[2], role) else before[2]))
        else:
            found.append((start, end, role))
    return found
