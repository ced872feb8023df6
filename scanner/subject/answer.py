"""The outcome of a search as an answer: locators opened, reasons in words, and what was not searched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reports.facts import Hit, HitField, Identifier, SubjectAnswer
from reports.language import Language
from reports.policy import Policy
from reports.reasons import reason
from scanner.config import Config
from scanner.linking.identity import CONTACT, NAME, STRONG
from scanner.linking.links import LINK
from scanner.reporting.overview import coverage
from scanner.store import Store, now
from scanner.subject import Search
from scanner.subject.located import locator
from scanner.subject.outcome import Found, Outcome, Step
from scanner.subject.question import Seed
from scanner.subject.reread import Now, Rereader
from scanner.subject.shown import Shown

_PEOPLE = (*STRONG, *CONTACT, NAME)
_UNSEEN = "…"


@dataclass(frozen=True, slots=True)
class Searched:
    """A search that was made, with what is needed to read its records again."""

    seeds: Sequence[Seed]
    search: Search
    outcome: Outcome
    rereader: Rereader

    @property
    def protected(self) -> bool:
        """A record of the person's own carries a mark of protected identity."""
        return self.search.records.marked([number for number, one in self.outcome.hits.items() if one.concerns])


class Answer:
    """Puts the answer to one case together."""

    def __init__(self, store: Store, config: Config, policy: Policy, shown: Shown, language: Language) -> None:
        self._store = store
        self._config = config
        self._policy = policy
        self._shown = shown
        self._language = language

    def build(self, case: str, searched: Searched, *, values: bool) -> SubjectAnswer:
        """Put the answer together.

        Args:
            case: Number of the case.
            searched: A search whose transaction is still open.
            values: Read the records again, to show what stands in them.
        """
        seeds = searched.seeds
        return SubjectAnswer(
            case=case,
            asked=[
                Identifier(seed.entity, seed.masked)
                for seed in seeds
                if not seed.weak and (seed.entity != LINK or self._only_a_key(seed, seeds))
            ],
            identifiers=list(self._identifiers(searched)),
            hits=self.hits(searched, values=values),
            coverage=coverage(self._store, self._config),
            generated=now(),
        )

    def hits(self, searched: Searched, *, values: bool = False) -> list[Hit]:
        """The records found, the surest first; with values as they are now, or what has become of them."""
        found = searched.outcome.hits
        self._shown.ahead(step.unit for one in found.values() for step in one.chain if step.source)
        hits = {number: self._hit(searched.search, searched.outcome, one) for number, one in found.items()}
        for current in searched.rereader.all(found.values()) if values else ():
            number, read = current.found.record, current.now in (Now.SAME, Now.CHANGED)
            hits[number] = replace(hits[number], now=current.now.value, values=current.fields if read else None)
        return sorted(hits.values(), key=_order)

    @staticmethod
    def _only_a_key(seed: Seed, seeds: Sequence[Seed]) -> bool:
        return not any(other.masked == seed.masked and other.entity != LINK for other in seeds)

    def _hit(self, search: Search, outcome: Outcome, found: Found) -> Hit:
        unit, view = search.ownership.unit(found.unit), search.records.view(found.record)
        strangers = {
            one.token
            for one in view.seen
            if one.entity in _PEOPLE and not {one.token, one.parts} & outcome.owned.keys()
        }
        return Hit(
            source=unit.source,
            unit=unit.key,
            record=locator(self._store.keys, view),
            grade=found.grade.name.lower(),
            why=tuple(self._words(step) for step in found.chain),
            fields=tuple(self._fields(search, found)),
            other_people=len(strangers),
        )

    def _fields(self, search: Search, found: Found) -> Iterator[HitField]:
        """What was found in the record, and the fields whose name places them in a category without a finding."""
        unit = search.ownership.unit(found.unit).key
        seen = dict.fromkeys(
            (search.ownership.field(one.field), one.entity) for one in search.records.view(found.record).seen
        )
        for field, entity in seen:
            yield HitField(field, entity, self._policy.category_of(entity, "", field, unit) or "")
        if found.concerns:
            with_findings = {field for field, _ in seen}
            for field in search.ownership.fields(found.unit):
                category = self._policy.category_of(None, "", field, unit) if field not in with_findings else None
                if category:
                    yield HitField(field, None, category)

    def _identifiers(self, searched: Searched) -> Iterator[Identifier]:
        """The identifiers that were found to be the person's; those asked for stand under `asked`."""
        owned_by = searched.outcome.owned.items()
        known = sorted(owned_by, key=lambda item: (-item[1].grade, item[1].entity, item[1].record or 0))
        for token, owned in known:
            if owned.record is not None and owned.field is not None:
                text = searched.rereader.text(owned.record, searched.search.ownership.field(owned.field), token)
                shown = self._shown.value(owned.entity, text) if text else _UNSEEN
                yield Identifier(owned.entity, shown, self._words(owned.chain[-1]), owned.grade.name.lower())

    def _words(self, step: Step) -> str:
        where = f"{step.source}: {self._shown(step.unit)}" if step.source else ""
        return reason(step.code, step.entity, where, self._language)


def _order(hit: Hit) -> tuple[object, ...]:
    grades = ("certain", "probable", "possible")
    return grades.index(hit.grade), hit.source, hit.unit, str(hit.record)
