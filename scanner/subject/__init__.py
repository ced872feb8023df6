"""Everything held about one person: from what was asked for, over the records it stands in, to all that is theirs.

Three things are kept apart (a contact's phone in a customer's row is not the customer's): a token is *mentioned* in a
record, a record *concerns* a person, a token is *owned* by a person. Only owned tokens of nobody else are searched for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from scanner.linking.identity import BORN, CONTACT, EMAIL, PERSONNUMMER, Persona, Seen, View
from scanner.linking.links import LINK, PATH
from scanner.linking.ownership import CUSTOMER_ID, Ownership, Place
from scanner.store import Store
from scanner.subject.asked_keys import rows_by_key
from scanner.subject.bearers import Bearers
from scanner.subject.climbing import Belonging, belonging, is_alone, stands_second
from scanner.subject.confirmed import meant
from scanner.subject.descending import rows_below
from scanner.subject.grading import Grader
from scanner.subject.had_rows import had_rows
from scanner.subject.known import Known
from scanner.subject.learning import held, learnable, learnt
from scanner.subject.named_by_path import found_by_path
from scanner.subject.outcome import HAD_THING, Chain, Found, Grade, Outcome, Owned, Step
from scanner.subject.question import Seed, asked
from scanner.subject.records import Records
from scanner.subject.senders import Senders
from scanner.subject.shared_rows import is_anothers_too
from scanner.subject.steps import Steps
from scanner.subject.together import rows_together, together
from scanner.subject.told_beside import named_before, told_beside

_CALLS = ("call", "cdr", "sidecar")
"""Kinds of units that hold the numbers of both ends of a call."""
_TABLE = "table"
_MANY = 10_000
"""Records from which on a search does not keep what it read for the next one."""
FAN_OUT = 1_000_000
"""Records of one person at which the search stops and says so."""


class Search:
    """Searches. Lives inside one read transaction; what one search has read, the next knows."""

    def __init__(self, store: Store, connection: Connection, min_score: float = 0.5) -> None:
        self.ownership = Ownership(store, connection)
        self.records = Records(store, connection, self.ownership, min_score)
        self.min_score = min_score
        self.bearers = Bearers(self.records)
        self._senders = Senders(self.records, self.bearers)
        self._connection, self._step = connection, Steps(self.ownership)
        self._confirmed: frozenset[int] = frozenset()
        self._begin()

    def _begin(self, before: Known | None = None) -> None:
        self._known = before or Known(self.records)
        self._grader = Grader(self.records, self.bearers, self._known)
        self._outcome = Outcome(confirmed=self._confirmed)
        self._matched: dict[int, tuple[tuple[bytes, int], ...]] = {}
        self._queue: list[bytes] = []

    def find(self, seeds: Sequence[Seed], confirmed: frozenset[int] = frozenset()) -> Outcome:
        """Search from the seeds until nothing new is found.

        Twice: what a first search learns of the person (numbers, names) tells strangers apart in the second from
        its start, so that the outcome does not hang on the order in which records are met.

        Args:
            seeds: What is asked for.
            confirmed: Records that somebody has said are this person's: probable, not possible, with what is below.
        """
        self._confirmed = confirmed
        self._begin()
        self._run(seeds)
        self._begin(self._known)
        found = self._run(seeds)
        self._matched.clear()
        if len(found.hits) > _MANY:
            self.records.let_go()
        return found

    def _run(self, seeds: Sequence[Seed]) -> Outcome:
        for seed in seeds:
            if seed.entity == LINK:
                for hit in rows_by_key(self._connection, self.records, seed, self._step.of, FAN_OUT):
                    self._hit(hit)
            elif seed.unsure and not self.records.having(seed.token):
                continue
            else:
                self._own(seed.token, asked(seed), seed.given)
        pointed, household = together(seeds, self.bearers)
        self._known.near |= household
        for token in pointed:
            # Its entity does not matter beyond being a number: the store tells what it is where it stands.
            self._own(token, Owned(CUSTOMER_ID, Grade.PROBABLE, (Step("asked_together"),)))
        for row in () if pointed else sorted(rows_together(seeds, self.bearers)):
            self._hit(Found(row, self.records.view(row).unit, Grade.PROBABLE, (Step("asked_together"),), concerns=True))
        self._follow_all()
        return self._outcome

    def _follow_all(self) -> None:
        """Follow what is learnt; then what is confirmed: whether it names another can be told only of who is known."""
        hits, waiting = self._outcome.hits, set(self._outcome.confirmed)
        while True:
            while self._queue and not self._outcome.cut:
                self._follow(self._queue.pop(0))
            ready = sorted(one for one in waiting if one in hits and hits[one].grade is Grade.POSSIBLE)
            if not ready or self._outcome.cut:
                return
            waiting.difference_update(ready)
            for found in (hits[one] for one in ready if hits[one].grade is Grade.POSSIBLE):
                self._confirm(found)

    def _confirm(self, before: Found) -> None:
        """Take in a record as the person's, for somebody has said so: as the own, unless it names another."""
        view = self.records.view(before.record)
        own, about = meant(self.records, self.bearers, self._known, view, self._matched.get(view.id, ()))
        self._hit(found := before.by_word(concerns=own, about=about))
        if about and not (own or before.is_thing):
            self._descend(found, view)

    def _own(self, token: bytes, owned: Owned, given: bytes | None = None) -> None:
        """Enter an identifier of the person; one that is new, or surer than before, is searched for."""
        if owned.grade >= Grade.PROBABLE:
            self._known.add(token, owned, given)
        before = self._outcome.owned.get(token)
        if before is None or owned.grade > before.grade:
            self._outcome.owned[token] = owned
            self._queue.append(token)

    def _follow(self, token: bytes) -> None:
        owned = self._outcome.owned[token]
        if owned.record is not None and self._grader.is_everybodys(owned.entity, token):
            return
        standing = self.records.having(token)
        self.ownership.ahead(unit for _, unit, _, _ in standing)
        for record, unit, field, entity in self.records.ahead(standing):
            if len(self._outcome.hits) >= FAN_OUT:
                self._outcome.cut = True
                return
            self._matched[record] = (*(one for one in self._matched.get(record, ()) if one[0] != token), (token, field))
            view = self.records.view(record)
            persona = view.persona(token, field)
            for day in view.days(token):  # a register may know the person by it, and by name
                self._own(day, replace(owned, entity=BORN, grade=min(owned.grade, Grade.PROBABLE), record=view.id))
            grade = self._grader.grade(view, persona, self._standing(view, persona))
            if grade is not None:
                chain = (*owned.chain, self._step.of("stands_in", unit, entity))
                if self.ownership.field(field) == PATH:
                    self._path(view, chain, (min(grade, Grade.PROBABLE), owned.entity))
                else:
                    self._judge(view, chain, grade, persona)

    def _standing(self, view: View, persona: Persona | None) -> dict[bytes, Owned]:
        """The person's tokens in a record that stand as the same persona, or in its running text."""
        matched = self._matched[view.id]
        owned = self._outcome.owned
        return {token: owned[token] for token, field in matched if view.persona(token, field) is persona}

    def _judge(self, view: View, chain: Chain, grade: Grade, persona: Persona | None) -> None:
        """Take a record in: as the person's own, as one in which the person has a role, or is mentioned."""
        strangers = self._known.differs(self.records.identities(view.id))
        told = persona is None and bool(view.told & self._known.numbers)
        kind = self.ownership.unit(view.unit).kind
        alone = kind == _TABLE and is_alone(self.records, self._known, view)
        nobodys = kind == _TABLE and (self.records.is_catalogue(view.unit) or self.records.customers.is_for_firm(view))
        own = persona is not None and not nobodys and (persona.place is Place.OWNER or alone)
        concerns = (own or (told and (alone or bool(view.owner.seen)))) and grade >= Grade.PROBABLE and not strangers
        wrote = persona is not None and persona.corresponds and grade >= Grade.PROBABLE
        shared = concerns and kind == _TABLE and is_anothers_too(self.records, self._known, view)
        concerns &= not shared
        about = wrote or shared or (told and not view.owner.seen and kind != _TABLE)
        found = Found(view.id, view.unit, min(grade, Grade.PROBABLE) if told else grade, chain, concerns, about)
        is_call = wrote and not concerns and view.id not in self._outcome.hits
        self._hit(found)
        if is_call:  # the recording of a call hangs on it by key, or is called by its number
            self._descend(found, view, files=True)
        if persona is None:
            self._learn_told(view, chain, alone=told and about)
        second = kind == _TABLE and not own and grade >= Grade.PROBABLE
        for row, declared in self.records.joint.held(view, persona) if second else ():
            up = () if row == view.id else (self._step.above(view.unit, declared),)
            self._hold(self.records.view(row), (*chain, *up), again=row == view.id)
        if persona is not None and not (own or kind in _CALLS) and grade >= Grade.PROBABLE:
            self._learn_role(view, chain, persona)

    def _hold(self, held: View, chain: Chain, *, again: bool = False) -> None:
        """Take in what the person holds as the second one, and what is below it."""
        is_new = again or held.id not in self._outcome.hits
        self._hit(hit := Found(held.id, held.unit, Grade.PROBABLE, chain, about=True))
        if is_new:
            (self._take_held if self.records.tenures.passed_on(self._known, held) else self._descend)(hit, held)

    def _learn_told(self, view: View, chain: Chain, *, alone: bool) -> None:
        """Take in the name and address next to the person's number in a document, unless the name is another's."""
        for one in told_beside(self.records, view) if alone else named_before(self.records, view, self._known.numbers):
            if not self._known.is_new(Persona(one.place, (one,)).names):
                self._enter(one, view, chain, Grade.PROBABLE)

    def _learn_role(self, view: View, chain: Chain, persona: Persona) -> None:
        """Take in what stands with the person in a role: the number of a contact beside the contact's name."""
        numbers = {one.identity for one in persona.of(PERSONNUMMER)}
        mails = {one.token for one in persona.of(EMAIL)}
        if max(len(persona.givens), len(numbers), len(mails)) > 1:
            return
        self._known.near |= self.records.identities(view.id)
        for number in self._senders.of(view, persona):
            why = (*chain, self._step.of("beside", view.unit))
            self._own(number, Owned(CUSTOMER_ID, Grade.PROBABLE, why, view.id))
        for one in persona.seen:
            if self._grader.may_learn(one, view.unit) and one.entity != CUSTOMER_ID:
                self._enter(one, view, chain, Grade.PROBABLE)

    def _path(self, view: View, chain: Chain, judged: tuple[Grade, str]) -> None:
        """A file whose path names the person: all that is in it concerns the person, too, if a number says so."""
        for hit in found_by_path(self.records, self._known, view, (chain, *judged), self._step.of):
            self._hit(hit)

    def _hit(self, new: Found) -> None:
        if new.grade > Grade.POSSIBLE and new.record in self._outcome.confirmed and not new.is_by_word:
            new = new.by_word(concerns=new.concerns, about=new.about)  # surer by what it has taught itself
        before = self._outcome.hits.get(new.record)
        if before is not None:
            if new.grade <= before.grade and before.concerns >= new.concerns and before.about >= new.about:
                return
            grade, concerns = max(new.grade, before.grade), new.concerns or before.concerns
            new = replace(new, grade=grade, concerns=concerns, about=new.about or before.about)
        self._outcome.hits[new.record] = new
        if new.concerns:
            view = self.records.view(new.record)
            self._learn(new, view)
            self._climb(new)
            self._descend(new, view)

    def _learn(self, found: Found, view: View) -> None:
        """Take in the identifiers of the person that stand in a record of the person's own."""
        self._outcome.held.update(held(self.records, self._known, view))
        if any(view.owned(PERSONNUMMER)) or (any(view.owned(*CONTACT)) and view.owner.names):
            self._known.keys |= self.records.keys(view)
            first = view.owner.names if stands_second(self._known, view) else ()
            contacts = (one.token for persona in view.others for one in persona.of(*CONTACT) if persona.names)
            self._known.beside.update(first, contacts, *(persona.names for persona in view.others))
        kind = self.ownership.unit(view.unit).kind
        for one in learnable(self.records, (self._grader, self._known), view, is_call=kind in _CALLS):
            self._enter(one, view, found.chain, found.grade)

    def _enter(self, one: Seen, view: View, chain: Chain, grade: Grade) -> None:
        for token, owned, given in learnt(one, view, (*chain, self._step.of("beside", view.unit, one.entity)), grade):
            self._own(token, owned, given)

    def _climb(self, found: Found) -> None:
        """Go up the keys: what a row of the person's own points to is the person's too, or the household's."""
        over = self.records.tenures.is_over(self.records.view(found.record))  # a car that was sold, to whom nobody says
        for record, declared in self.records.parents(found.record):
            view = self.records.view(record)
            sure = declared and not over and found.grade is Grade.CERTAIN
            lasts = sure and not self.records.lasting.is_of_one(view)
            grade = found.grade if sure and not lasts else min(found.grade, Grade.PROBABLE)
            if self.records.tenures.are_told_in(found.unit) and not self.records.firms.owns(view):
                self._take_held(found, view)
            if (before := self._outcome.hits.get(record)) and before.concerns and before.grade >= grade:
                continue
            belongs = belonging(self.records, self._known, view, self.records.view(found.record))
            if belongs is not None:
                own, chain = belongs is Belonging.OWN, (*found.chain, self._step.above(found.unit, declared, lasts))
                hit = Found(view.id, view.unit, grade, chain, concerns=own, about=not own)
                if belongs is Belonging.JOINT:
                    self._hold(view, chain)
                elif belongs is not Belonging.THING:
                    self._hit(hit)
                elif before is None:
                    self._hit(hit.as_thing(self._step.of(HAD_THING, found.unit)))
                    self._descend(replace(hit, grade=min(grade, Grade.PROBABLE), concerns=True), view)

    def _take_held(self, found: Found, thing: View) -> None:
        """Take in what hangs below a thing, of the days on which the person had it; as the own by a row of the own."""
        chain, grade = (*found.chain, self._step.of("had_then", thing.unit)), min(found.grade, Grade.PROBABLE)
        hit = replace(found, grade=grade, chain=chain, about=not found.concerns)
        for record in had_rows(self.records, self._known, thing):
            self._hit(replace(hit, record=record, unit=self.records.view(record).unit))

    def _descend(self, found: Found, view: View, *, files: bool = False) -> None:
        """Go down the keys: rows that point to a record of the person's own concern the person too."""
        for hit in rows_below(self.records, self._known, found, view, self._step.below):
            before, below = self._outcome.hits.get(hit.record), self.records.view(hit.record)
            self._hit(hit)
            if hit.about and not (before and (before.about or before.concerns)):
                self._descend(hit, below)
                for thing, declared in self.records.joint.things(self._known, below, view):
                    self._hold(self.records.view(thing), (*hit.chain, self._step.above(below.unit, declared)))
            if len(self._outcome.hits) >= FAN_OUT:
                self._outcome.cut = True
                return
        for record in self.records.files.in_paths(view) if files or found.concerns else ():
            judged = (min(found.grade, Grade.PROBABLE), CUSTOMER_ID)
            self._path(self.records.view(record), (*found.chain, self._step.of("path_key", found.unit)), judged)
