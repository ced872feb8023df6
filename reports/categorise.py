"""Which category of the policy a finding, or a field without findings, belongs to.

An entity has one home; a name that speaks for another category (a telephone number in `larmkontakter`) goes before it.
Where nothing was found, the name of the field, the kind of file and the name of the unit decide, in that order.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from reports.policy_model import Detect, compiled

NOT_PERSONAL = ""
"""The category of what is recognised but is no personal data, such as the number of a company."""

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_OTHER = re.compile(r"[^a-z0-9]+")
_CATALOGUE = re.compile(
    r"(typer|types?|modell(er)?|models?|kategorier|categories|mallar|templates?|klasser|classes|arter|villkor|terms|paket"
    r"|packages|statusar|statuses|roller|roles|behorigheter|permissions|grupper|groups|enheter|befattningar|titlar|sprak"
    r"|languages|lander|countries|valutor|currencies|kostnads_?stallen|konto_?plan(er)?|chart_of_accounts|lookups?"
    r"|(status|fel|lands?|valuta|sprak|orsaks?|post|artikel|produkt|error|reason|country|currency)_?(koder|codes))$"
)
"""The normalised name of a table of kinds and things: what the names of its fields say is of no person."""


@lru_cache(maxsize=65536)
def normalise(name: str) -> str:
    """Write a field, file or folder name in lower-case ASCII with `_` between words: `kundNamn` → `kund_namn`."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return _OTHER.sub("_", _CAMEL.sub("_", plain).lower()).strip("_")


def _names(name: str) -> tuple[str, ...]:
    """A name as it is compared, and its last part without the schema or the keys before it; nothing of no name."""
    return tuple(dict.fromkeys(map(normalise, (name, name.rpartition(".")[2])))) if name else ()


class Categoriser:
    """The `detect` parts of a policy, ready to be asked. What comes first in the policy wins a tie."""

    def __init__(self, detects: Mapping[str, Detect], not_personal: Iterable[str]) -> None:
        self._all = tuple(detects)
        self._longest_first = lru_cache(maxsize=65536)(self._matching)
        self._first_alone = lru_cache(maxsize=65536)(self._first)
        self._homes = {entity: id for id, detect in detects.items() for entity in detect.home}
        self._homes |= dict.fromkeys(not_personal, NOT_PERSONAL)
        self._entities = {id: detect.home for id, detect in detects.items()}
        self._named: dict[str, list[str]] = {}
        self._extensions: dict[str, str] = {}
        for id, detect in detects.items():
            for entity in detect.where_named:
                self._named.setdefault(entity, []).append(id)
            for extension in detect.extensions:
                self._extensions.setdefault(extension, id)
        self._hints = {id: [compiled(hint) for hint in detect.name_hints] for id, detect in detects.items()}
        self._not_hints = {id: [compiled(hint) for hint in detect.not_hints] for id, detect in detects.items()}

    def of_entity(self, entity: str, kind: str, names: Sequence[str]) -> str | None:
        """Category of a found entity; `names` are those of its field and its unit, the nearer first."""
        special = f"{entity}:{kind}"
        if special in self._homes:
            return self._homes[special]
        for name in names:
            if category := self.of_name(name, self._named.get(entity, ())):
                return category
        return self._homes.get(entity)

    def of_field(self, field: str, unit: str, extensions: Iterable[str]) -> str | None:
        """Category of a field in which nothing was found: by its name, the kind of file, the name of the unit."""
        if _CATALOGUE.search(normalise(unit)):
            return self.of_extensions(extensions)
        found = self.of_name(field, unit=unit)
        for entity in self._entities.get(found or "", ()):  # as if it had been found there
            if category := self.of_name(unit, self._named.get(entity, ())):
                return category
        return found or self.of_extensions(extensions) or self.of_name(unit)

    def of_name(self, name: str, among: Iterable[str] | None = None, unit: str = "") -> str | None:
        """Category that a name speaks for: the one whose hint matches most of it.

        Args:
            name: Of a field, a table or a folder.
            among: Ids of the categories asked for; None: all.
            unit: Name of the table or folder of a field: what its name is not may stand there (`produkter`, `namn`).
        """
        asked = self._all if among is None else tuple(among)
        return self._first(name, asked, unit) if unit else self._first_alone(name, asked)

    def _first(self, name: str, among: tuple[str, ...], unit: str = "") -> str | None:
        return next((id for id in self._longest_first(name, among) if not self._ruled_out(id, name, unit)), None)

    def _matching(self, name: str, among: tuple[str, ...]) -> tuple[str, ...]:
        """Categories whose hints match a name, that which matches most of it first."""
        plain = _names(name)
        lengths = {id: max((self._match(id, one) for one in plain), default=0) for id in among}
        return tuple(sorted(filter(lengths.__getitem__, among), key=lambda id: -lengths[id]))

    def _ruled_out(self, id: str, name: str, unit: str) -> bool:
        """Whether a name, alone or after its unit's, says that it is not of a category."""
        if not self._not_hints[id]:
            return False
        plain = _names(name)
        spellings = {
            *plain,
            unicodedata.normalize("NFKC", name).lower(),
            *(f"{one}_{part}" for one in _names(unit) for part in plain),
        }
        return any(hint.search(spelling) for hint in self._not_hints[id] for spelling in spellings)

    def of_extensions(self, extensions: Iterable[str]) -> str | None:
        """Category of files by the first of their extensions that says something."""
        found = (self._extensions.get(extension.lower().lstrip(".")) for extension in extensions)
        return next(filter(None, found), None)

    def _match(self, id: str, plain: str) -> int:
        spans = (len(m.group().strip("_")) for hint in self._hints[id] for m in hint.finditer(plain))
        return max(spans, default=0)
