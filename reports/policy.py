"""The privacy policy as data: what the company has said that it holds, why, and for how long."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property

from reports.categorise import NOT_PERSONAL, Categoriser, normalise
from reports.facts import Source
from reports.policy_file import PolicyError, bundled, read, wording
from reports.policy_model import (
    Category,
    Conflict,
    Detect,
    Document,
    Promise,
    Purpose,
    Recipient,
    RetentionRule,
    Role,
    Rule,
    Uncovered,
)

__all__ = [
    "NOT_PERSONAL", "Category", "Conflict", "Policy", "PolicyError", "Promise", "Purpose", "Recipient", "RetentionRule",
    "Role", "Rule", "Uncovered", "bundled", "load", "normalise", "wording",
]  # fmt: skip

CUSTOMERS = frozenset({"customer", "former_customer"})
"""Roles of whom the same purposes concern: a former customer's data were collected when they were one."""


def load(name_or_path: str) -> Policy:
    """Load a bundled policy by name (`omnipoint`) or one from a path.

    Raises:
        PolicyError: there is no such policy, or it is wrong; one line with file, key and what is wrong.
    """
    return Policy(*read(name_or_path))


class Policy:
    """A policy and the questions that reports ask of it. It never changes."""

    def __init__(self, document: Document, sha256: str, settled: Iterable[str] = ()) -> None:
        self.document = document
        self._settled = frozenset(settled)
        self.sha256 = sha256
        """Of the policy file's bytes, in hex: which policy a report was made with."""
        self.id: str = document.head.id
        self.title: str = document.head.title
        self.company: str = document.head.company
        self.categories: Mapping[str, Category] = document.categories
        self.purposes: Mapping[str, Purpose] = document.purposes
        self.retention_rules: Mapping[str, RetentionRule] = document.retention_rules
        self.third_party_rules: Mapping[str, Rule] = document.third_party_rules
        self.not_in_policy: Mapping[str, Uncovered] = document.not_in_policy
        self.promises: Sequence[Promise] = document.promises
        self.recipients: Sequence[Recipient] = document.recipients
        self.conflicts: Sequence[Conflict] = document.conflicts
        self.roles: Mapping[str, Role] = document.roles

    def __repr__(self) -> str:
        """Show which policy it is."""
        return f"Policy({self.id!r}, sha256={self.sha256[:12]}…)"

    def settling(self, questions: Iterable[str]) -> Policy:
        """The same with these open questions settled: the company has confirmed what is assumed."""
        return Policy(self.document, self.sha256, questions)

    @cached_property
    def _categoriser(self) -> Categoriser:
        detects = {id: part.detect for id, part in self.categories.items()}
        detects |= {id: part.detect for id, part in self.not_in_policy.items()}
        return Categoriser(detects, self.document.not_personal)

    def category_of(
        self, entity: str | None, kind: str, field: str, unit: str, extensions: Sequence[str] = ()
    ) -> str | None:
        """Place a finding, or a field without findings, in a category.

        Args:
            entity: Entity type found, or None: the field holds no finding.
            kind: Sort within the entity, "" if there is none.
            field: Name of the field, "" for running text, `path` for the file's own name.
            unit: Table, or folder.
            extensions: Lower-case file extensions of the units, without the dot.

        Returns:
            Id of a category, of the policy or of `not_in_policy`; `NOT_PERSONAL` ("") for what is recognised but is no
            personal data (a company's number); None: it fits nothing.
        """
        if entity is not None:
            return self._categoriser.of_entity(entity, kind, (field, unit))
        return self._categoriser.of_field(field, unit, extensions)

    def named(self, name: str, unit: str = "") -> str | None:
        """Category that the name of a field (of a unit), a table or a folder speaks for."""
        return self._categoriser.of_name(name, unit=unit)

    def is_content(self, category: str | None) -> bool:
        """Tell whether the category is the content itself (a recording, a note, a log), whatever is found in it."""
        part = self.categories.get(category) if category else None
        return part is not None and part.detect.content

    def label(self, category: str, lang: str = "sv") -> str:
        """Name of a category to show, also of one that is not in the policy; the id itself where it is unknown."""
        part = self.categories.get(category) or self.not_in_policy.get(category)
        return part.label(lang) if part else category

    def event_name(self, event: str, lang: str = "sv") -> str:
        """Name of an event that retention is counted from."""
        told = self.document.events[event]
        return str(told.get(lang) or told["sv"])

    def expand(self, categories: Iterable[str]) -> set[str]:
        """The categories with everything that umbrellas and parents among them cover."""
        found = set(categories)
        for id in list(found):
            found |= {*self.categories[id].expands_to, *self.categories[id].children}
        return found

    def purposes_with(self, category: str) -> list[str]:
        """All purposes of the policy that the category may be processed for, in the policy's order."""
        return [id for id, covered in self._covered.items() if category in covered]

    @cached_property
    def _covered(self) -> Mapping[str, set[str]]:
        return {id: self.expand(purpose.categories) for id, purpose in self.purposes.items()}

    def purposes_of(self, category: str, source: Source, unit: str) -> list[str]:
        """The purposes that a category may be processed for in a unit of a source.

        A source without tags serves all purposes, and the answer is an upper bound. A purpose `only_if` the datum is an
        accounting record counts where the category or the unit's name is one's, or where the tags name the purpose.
        """
        tags = tags_of(source, unit)
        found = self.purposes_with(category)
        if tags:
            return [id for id in found if id in tags]
        return [id for id in found if not self.purposes[id].only_if or self._in_accounts(category, unit)]

    def purposes_for(self, category: str, role: str, source: Source, unit: str) -> list[str]:
        """The purposes that data of a category about people of a role may be kept for in a unit (P2).

        Of people whose role is not known all purposes count.
        """
        found = self.purposes_of(category, source, unit)
        roles = CUSTOMERS if role in CUSTOMERS else {role}
        return [id for id in found if not role or roles & {*self.purposes[id].roles}]

    def keeps_accounts(self, sources: Iterable[Source]) -> Callable[[str, str], bool]:
        """A question of source and unit: do accounting records lie there, by the unit's purposes or its name?"""
        by_name = {source.name: source for source in sources}
        lawful = {id for id, purpose in self.purposes.items() if purpose.only_if}

        def keeps(source: str, unit: str) -> bool:
            tags = tags_of(by_name[source], unit) if source in by_name else ()
            return bool(lawful & {*tags}) if tags else self._in_accounts("", unit)

        return keeps

    def role_named(self, field: str, unit: str) -> str | None:
        """The role that the names of a field or place speak for."""
        return self._roles.of_name(field.rpartition(".")[2]) or self._roles.of_name(unit)

    def names_others(self, category: str, field: str) -> bool:
        """Whether a field names people beside the one whom the record is about: who handled it, a friend, a contact."""
        part = self.categories.get(category)
        named = (self._roles.of_name(name) for name in reversed(field.split(".")))
        role = next(filter(None, named), part.subject_role if part else "")
        return bool(role) and role not in CUSTOMERS and not self.roles[role].until_customer

    def tagged(self, source: Source, unit: str) -> bool:
        """Whether purposes are given for a unit, or for its source."""
        return bool(tags_of(source, unit))

    def role_of(self, category: str, field: str, unit: str, *, linked: bool, ended: bool) -> str:
        """Whom data are about: by their category, the names of field and place, or the customer whom they belong to.

        Returns:
            Id of a role of the policy; "" where nothing tells.
        """
        part = self.categories.get(category)
        if part and part.subject_role:
            return part.subject_role
        named = self.role_named(field, unit)
        customer = "former_customer" if ended else "customer"
        if linked and (named is None or self.roles[named].until_customer):
            return customer
        return customer if named == "customer" else named or ""

    @cached_property
    def _roles(self) -> Categoriser:
        return Categoriser({id: Detect(name_hints=role.name_hints) for id, role in self.roles.items()}, ())

    def third_party_rules_for(self, category: str, role: str) -> list[str]:
        """The rules outside the table that say how long such data about such people are kept.

        A category that has a role of its own (contact persons) is covered by the rule for that role as a whole.
        """
        own = (part := self.categories.get(category)) is not None and part.subject_role == role
        return [
            id
            for id, rule in self.third_party_rules.items()
            if role in rule.roles and (category in rule.categories or rule.open_list or own)
        ]

    def unconfirmed(self, rules: Iterable[tuple[str, str]]) -> tuple[str, ...]:
        """The open questions that rules and their events rest on, as ids of conflicts, each once."""
        parts: list[Mapping[str, object]] = []
        for rule, event in rules:
            parts.append(self.retention_rules[rule].model_dump())
            parts.append(self.document.events.get(event, {}))
        open_ = (str(part["conflict"]) for part in parts if part.get("confirm") and not part.get("confirmed_by"))
        return tuple(sorted(set(filter(None, open_)) - self._settled))

    def _in_accounts(self, category: str, unit: str) -> bool:
        places = (category, self.named(unit))
        return any(id in self.categories and self.categories[id].accounting_records for id in places if id)

    def rules_of(self, category: str) -> list[str]:
        """The third-party rules (referrals, contact persons, cookies) that name the category."""
        return [id for id, rule in self.third_party_rules.items() if category in rule.categories]

    def covers(self, category: str) -> bool:
        """Tell whether a purpose, or a rule outside the table, names the category at all."""
        return bool(self.purposes_with(category) or self.rules_of(category))

    def legal_bases(self, purposes: Iterable[str]) -> list[str]:
        """Legal bases of purposes, each once: `Berättigat intresse (art. 6(1)(f))`."""
        bases = (self.purposes[id].legal_basis for id in purposes)
        return list(dict.fromkeys(f"{basis.sv} (art. {basis.article})" for basis in bases))

    def retentions(self, purposes: Collection[str], category: str) -> list[str]:
        """What the policy says of how long the category is kept for the purposes; without any, by the other rules."""
        rules = [self.purposes[id].retention for id in purposes]
        rules = rules or [self.third_party_rules[id].retention for id in self.rules_of(category)]
        texts = (self.retention_rules[id].text for id in rules)
        return list(dict.fromkeys(text for text in texts if text))


def tags_of(source: Source, unit: str) -> tuple[str, ...]:
    """The purposes that a unit is tagged with: its own, or its source's; () = none, all purposes may apply."""
    own = source.unit_purposes.get(unit) or source.unit_purposes.get(unit.rpartition(".")[2])
    return own or source.purposes
