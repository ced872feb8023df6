"""By what a unit was read, and whether it would be read otherwise now: then it is stale.

Three things decide. What concerns every unit of a source (the recognizers, how the scanner reads, the connector, the
source's options) is one version. The readers of formats are kept unit by unit, for a new reader of PDF concerns what
it has read only. Recognizers are not kept one by one: each looks at every text, and they weigh each other's findings
(what one takes, another leaves), so that one which is added, changed or taken away may change any unit.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, select

from connectors import Connector
from recognizers import Analyzer
from scanner.store import Store, schema

READING = "11"
"""Version of how the scanner itself reads (links, joined names): raised when units must be read again."""
_MARK = "~"
_OF_A_TERM = 12
"""Formats that fit in one of the store's words."""


def reading_version(analyzer: Analyzer, connector: Connector, options: str) -> str:
    """Version of all that decides what is found in any unit of a source, with the digest of its options."""
    kind = type(connector)
    name = f"{kind.__module__}.{kind.__qualname__} {connector.version}"
    return f"{analyzer.version}-{READING}-{hashlib.sha256(name.encode()).hexdigest()[:8]}{options}"


def read_by(store: Store, connection: Connection, version: str, formats: Iterable[str]) -> str:
    """What is kept of a unit: the version, and the numbers of the words that tell the readers of its formats.

    Args:
        store: Whose words they are.
        connection: Of the transaction that the unit is written in.
        version: As `reading_version` gives it.
        formats: `pdf=1a2b3c4d`: name of a format and version of its reader.
    """
    named = sorted(formats)
    words = [",".join(named[at : at + _OF_A_TERM]) for at in range(0, len(named), _OF_A_TERM)]
    numbers = [str(store.terms.number(connection, word)) for word in words]
    return version + _MARK * bool(numbers) + ".".join(numbers)


def version_of(kept: str) -> str:
    """The version that concerns every unit of the source."""
    return kept.partition(_MARK)[0]


class Readings:
    """By what a source's units would be read now."""

    def __init__(self, version: str, formats: Mapping[str, str]) -> None:
        """Take it.

        Args:
            version: As `reading_version` gives it.
            formats: As its connector gives them.
        """
        self.version = version
        self._formats = formats
        self._judged: dict[str, bool] = {}

    def are_of(self, connection: Connection, kept: str) -> bool:
        """Whether something was read by what it would be read by now."""
        if kept not in self._judged:
            self._judged[kept] = version_of(kept) == self.version and self._same(connection, kept)
        return self._judged[kept]

    def _same(self, connection: Connection, kept: str) -> bool:
        numbers = [int(number) for number in kept.partition(_MARK)[2].split(".") if number]
        term = schema.term
        words = connection.scalars(select(term.c.text).where(term.c.id.in_(numbers))).all() if numbers else ()
        pairs = (pair.partition("=") for word in words for pair in word.split(","))
        return len(words) == len(numbers) and all(self._formats.get(name) == digest for name, _, digest in pairs)
