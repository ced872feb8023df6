"""The outcome of a search as an answer: locators opened, reasons in words, and what was not searched."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from connectors import Connector, ConnectorError
from recognizers import Analyzer
from reports.facts import Hit, HitField, Identifier, SubjectAnswer
from reports.language import Language
from reports.policy import Policy
from reports.reasons import reason
from scanner.config import Config
from scanner.errors import InsynError
from scanner.identity import CONTACT, NAME, STRONG
from scanner.links import LINK
from scanner.overview import coverage
from scanner.question import Seed
from scanner.shown import Shown
from scanner.store import Store, now
from scanner.subject import Found, Outcome, Owned, Search, Step, locator

_PEOPLE = (*STRONG, *CONTACT, NAME)
_UNSEEN = "…"


class Answer:
    """Puts the answer to one case together."""

    def __init__(self, store: Store, config: Config, policy: Policy, analyzer: Analyzer, language: Language) -> None:
        self._store = store
        self._config = config
        self._policy = policy
        self._analyzer = analyzer
        self._language = language
        self._shown = Shown(store, analyzer)

    def build(
        self, case: str, seeds: Sequence[Seed], search: Search, outcome: Outcome, connect: Connect, *, values: bool
    ) -> SubjectAnswer:
        """Put the answer together.

        Args:
            case: Number of the case.
            seeds: What was asked.
            search: The search that gave the outcome, whose transaction is still open.
            outcome: What was found.
            connect: Gives the connector of a source, to read records again.
            values: Read the records again, to show what stands in them.
        """
        rereader = Rereader(self._store, search, connect)
        return SubjectAnswer(
            case=case,
            asked=[
                Identifier(seed.entity, seed.masked)
                for seed in seeds
                if not seed.weak and (seed.entity != LINK or self._only_a_key(seed, seeds))
            ],
            identifiers=list(self._identifiers(outcome, rereader)),
            hits=[rereader.with_values(hit) if values else hit for hit in self.hits(search, outcome)],
            coverage=coverage(self._store, self._config),
            generated=now(),
        )

    def hits(self, search: Search, outcome: Outcome) -> list[Hit]:
        """The records found, the surest first."""
        return sorted((self._hit(search, outcome, found) for found in outcome.hits.values()), key=_order)

    @staticmethod
    def _only_a_key(seed: Seed, seeds: Sequence[Seed]) -> bool:
        return not any(other.masked == seed.masked and other.entity != LINK for other in seeds)

    def _hit(self, search: Search, outcome: Outcome, found: Found) -> Hit:
        unit = search.ownership.unit(found.view.unit)
        strangers = {
            one.token
            for one in found.view.seen
            if one.entity in _PEOPLE and not {one.token, one.parts} & outcome.owned.keys()
        }
        return Hit(
            source=unit.source,
            unit=unit.key,
            record=locator(self._store, found.view),
            grade=found.grade.name.lower(),
            why=tuple(self._words(step) for step in found.chain),
            fields=tuple(self._fields(search, found)),
            other_people=len(strangers),
        )

    def _fields(self, search: Search, found: Found) -> Iterator[HitField]:
        """What was found in the record, and the fields whose name places them in a category without a finding."""
        unit = search.ownership.unit(found.view.unit).key
        seen = dict.fromkeys((search.ownership.field(one.field), one.entity) for one in found.view.seen)
        for field, entity in seen:
            yield HitField(field, entity, self._policy.category_of(entity, "", field, unit) or "")
        if found.concerns:
            with_findings = {field for field, _ in seen}
            for field in search.ownership.fields(found.view.unit):
                category = self._policy.category_of(None, "", field, unit) if field not in with_findings else None
                if category:
                    yield HitField(field, None, category)

    def _identifiers(self, outcome: Outcome, rereader: Rereader) -> Iterator[Identifier]:
        """The identifiers that were found to be the person's; those asked for stand under `asked`."""
        known = sorted(outcome.owned.items(), key=lambda item: (-item[1].grade, item[1].entity, item[1].record or 0))
        for token, owned in known:
            if owned.record is not None:
                text = rereader.text(owned, token)
                shown = self._analyzer.mask(owned.entity, text) if text else _UNSEEN
                yield Identifier(owned.entity, shown, self._words(owned.chain[-1]), owned.grade.name.lower())

    def _words(self, step: Step) -> str:
        where = f"{step.source}: {self._shown(step.unit)}" if step.source else ""
        return reason(step.code, step.entity, where, self._language)


Connect = Callable[[str], Connector]


class Rereader:
    """Reads records again from their sources; what is gone, or a source that is down, gives nothing."""

    def __init__(self, store: Store, search: Search, connect: Connect) -> None:
        self._store = store
        self._search = search
        self._connect = connect
        self._down: set[str] = set()

    def fetch(self, source: str, unit: str, record: Mapping[str, str | int] | None) -> dict[str, str | None] | None:
        """The fields of a record as they are now; None if it is gone or cannot be reached."""
        if source in self._down:
            return None
        try:
            return next((fields for _, fields in self._connect(source).fetch(unit, [record])), None)
        except (ConnectorError, InsynError):
            self._down.add(source)
            return None

    def text(self, owned: Owned, token: bytes) -> str:
        """The identifier as it stands in the record in which it was learnt; "" if it cannot be read."""
        if owned.record is None or owned.field is None:
            return ""
        view = self._search.records.view(owned.record)
        unit = self._search.ownership.unit(view.unit)
        fields = self.fetch(unit.source, unit.key, locator(self._store, view)) or {}
        text = fields.get(self._search.ownership.field(owned.field)) or ""
        start, end = self._search.records.span(owned.record, token)
        return text[start:end]

    def with_values(self, hit: Hit) -> Hit:
        """A hit with the record's fields as they are now."""
        return replace(hit, values=self.fetch(hit.source, hit.unit, hit.record))


def _order(hit: Hit) -> tuple[object, ...]:
    grades = ("certain", "probable", "possible")
    return grades.index(hit.grade), hit.source, hit.unit, str(hit.record)
