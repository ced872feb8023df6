"""What systems, tables, columns and codes are called to people outside: as the configuration says, else a lexicon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from reports.case.plain import plain
from reports.language import Language
from reports.locators import record_text
from scanner.config import Config, Table

_NOTHING = Table()
_EITHER = {("pnr", "POSTAL_CODE"): "postnr", ("lon", "LOCATION_COORDINATES"): "longitude"}
"""A column's name that has two meanings, and what is found there: the one that it has."""


class Words:
    """Words for one reader.

    Args:
        config: Whose `label`, `fields` and `codes` come first.
        lang: The reader's.
    """

    def __init__(self, config: Config, lang: Language) -> None:
        self._config = config
        self._lang = lang
        self.field = lru_cache(maxsize=10_000)(self._field)

    def place(self, source: str, unit: str) -> tuple[str, str]:
        """System and table; "" where the configuration does not name them."""
        config = self._config.sources.get(source)
        return (config.label if config else ""), self._table(source, unit).label

    def record(self, record: Mapping[str, str | int] | None) -> str:
        """Where a record lies: `rad 7, flik Kunder`, `id 42`; "" when the unit is one record."""
        return record_text(record, self._lang)

    def means(self, place: tuple[str, str], name: str, value: str) -> str:
        """What a code in a column of a source's unit stands for; "" = it is not explained."""
        codes = self._table(*place).codes
        return next((codes[one][value] for one in _spellings(name) if value in codes.get(one, ())), "")

    def _field(self, source: str, unit: str, name: str, entity: str) -> str:
        """What a column holds in which an entity was found; "" = not known."""
        told = self._table(source, unit).fields
        words = next((told[one] for one in _spellings(name) if one in told), "")
        return words or plain(_EITHER.get((name.lower(), entity), name), self._lang)

    def _table(self, source: str, unit: str) -> Table:
        config = self._config.sources.get(source)
        return (config.table(unit) if config else None) or _NOTHING


def _spellings(name: str) -> Iterator[str]:
    """A column's name, and how a configuration may write it."""
    yield name
    yield name.lower()
