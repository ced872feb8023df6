"""The parts of a policy file, as types. `policies/omnipoint.yaml` is the annotated example and explains every key."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field


@cache
def compiled(expression: str) -> re.Pattern[str]:
    """An expression of a policy, ready to search with: once checked it is not compiled again."""
    return re.compile(expression)


def _expression(text: str) -> str:
    try:
        compiled(text)
    except re.error as error:
        raise ValueError(f"no regular expression: {error}") from None
    return text


Expression = Annotated[str, AfterValidator(_expression)]
EntityName = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]*(:[a-z_]+)?$")]
"""An entity (`EMAIL_ADDRESS`), or one kind of it (`SE_PERSONNUMMER:minor`)."""
Sensitivity = Literal["normal", "protected", "high", "critical"]


class Part(BaseModel):
    """A part of the file: unknown keys are refused, for a misspelt key would silently do nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Labelled(Part):
    """Something with a name to show."""

    sv: str
    en: str = ""

    def label(self, lang: str) -> str:
        """Name in a language; the Swedish one where there is no other."""
        return self.en if lang == "en" and self.en else self.sv


class Role(Labelled):
    """Whom a datum is about, and what fields, tables and folders of such people are called."""

    name_hints: tuple[Expression, ...] = ()
    until_customer: bool = False
    """Only as long as the record does not belong to a customer."""


class Detect(Part):
    """How a category is recognised."""

    home: tuple[EntityName, ...] = ()
    where_named: tuple[EntityName, ...] = ()
    name_hints: tuple[Expression, ...] = ()
    not_hints: tuple[Expression, ...] = ()
    extensions: tuple[str, ...] = ()
    content: bool = False


class Category(Labelled):
    """A category of personal data that the policy names (or, without `phrases`, a subdivision of one)."""

    phrases: tuple[str, ...]
    umbrella: bool = False
    expands_to: tuple[str, ...] = ()
    may_expand_to: tuple[str, ...] = ()
    children: tuple[str, ...] = ()
    detect: Detect = Detect()
    accounting_records: bool = False
    sensitivity: Sensitivity
    secret: bool = False
    third_parties: bool = False
    subject_role: str = ""
    conflict: str = ""
    """The open question about keeping it in the clear."""
    confirm: bool = False
    law: str = ""
    dpv: tuple[str, ...] = ()


class Uncovered(Labelled):
    """Personal data that no purpose of the policy covers; finding it is a gap of kind `gap`."""

    gap: Literal["undeclared", "special_category", "protected_identity"]
    detect: Detect
    conflict: str = ""
    law: str = ""
    dpv: tuple[str, ...] = ()


class LegalBasis(Part):
    """The ground in GDPR Art. 6 that the policy states for a purpose."""

    sv: str
    article: str
    dpv: str = ""
    line: int | None = None
    note: str = ""


class Purpose(Labelled):
    """A purpose of processing: one row of the policy's table."""

    text: str = ""
    line: int | None = None
    legal_basis: LegalBasis
    why: str
    categories: tuple[str, ...]
    retention: str
    roles: tuple[str, ...]
    only_if: Literal["", "accounting_records"] = ""
    right_to_object: str = ""
    ends_at: str = ""
    portability: str = ""
    dpv: tuple[str, ...] = ()


class LegalPeriod(Part):
    """A period that law, not the policy, gives."""

    id: str
    law: str
    covers: tuple[str, ...]
    after: str
    years: int
    example: str = ""


class RetentionRule(Part):
    """How long the policy says that data are kept. `text` None: it does not say."""

    text: str | None
    line: int | None = None
    while_: str = Field(default="", alias="while")
    after: str = ""
    months: int | None = None
    resolves_to: tuple[LegalPeriod, ...] = ()
    assumed: bool = False
    confirm: bool = False
    confirmed_by: str = ""
    """Who decided on the reading, and when; until then all that rests on it is preliminary."""
    conflict: str = ""


class Rule(Labelled):
    """A rule outside the table: people other than customers, and cookies."""

    lines: tuple[int, int]
    roles: tuple[str, ...]
    categories: tuple[str, ...]
    legal_basis: str | None
    retention: str
    informed_by: str = ""
    open_list: bool = False
    overrides_any_purpose: bool = False
    claim: str = ""
    claim_line: int | None = None
    claim_broken_by: tuple[EntityName, ...] = ()


class Promise(Part):
    """Something that the policy or the law says, which what is found can contradict."""

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    text: str
    """Its words."""
    line: int | None = None
    law: str = ""
    """The law that says it, "" where the policy does."""
    entities: tuple[EntityName, ...]
    """What must not be found …"""
    in_names: bool = False
    """… in names of files;"""
    in_categories: tuple[str, ...] = ()
    """… in fields and folders of these categories;"""
    in_roles: tuple[str, ...] = ()
    """… in places about people of these roles;"""
    in_purposes: tuple[str, ...] = ()
    """… in places that serve no other purposes than these."""
    severity: Literal["low", "medium", "high", "critical"] = "high"
    conflict: str = ""


class Recipient(Labelled):
    """Who is given data."""

    id: str
    named: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    condition: str = ""
    line: int | None = None
    lines: tuple[int, int] | None = None
    assumed: bool = False
    note: str = ""


class Conflict(Part):
    """A place where the text is unclear, contradicts itself or lacks something, with a proposal to decide on."""

    id: str = Field(pattern=r"^C\d\d$")
    severity: Literal["info", "low", "medium", "high"]
    lines: tuple[int, ...]
    kind: str
    problem: str
    proposal: str


class PolicySource(Part):
    """The text that the policy file was made from."""

    file: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    lines: int


class Version(Part):
    """An earlier version of the text: what was promised when."""

    version: str
    valid_from: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    """Of the text."""
    note: str = ""


class Head(Part):
    """What identifies a policy."""

    id: str = Field(pattern=r"^[a-z0-9_-]+$")
    title: str
    company: str
    language: Literal["sv", "en"]
    version: str | None
    valid_from: str | None
    source: PolicySource
    history: tuple[Version, ...] = ()
    scope_roles: tuple[str, ...]
    out_of_scope_roles: tuple[str, ...] = ()


class Document(Part):
    """A whole policy file."""

    version: Literal[1] = Field(alias="schema")
    head: Head = Field(alias="policy")
    controller: Mapping[str, Any]
    dpo: Mapping[str, Any]
    contacts: Mapping[str, Any]
    supervisory_authority: Mapping[str, Any]
    sources_of_data: tuple[Mapping[str, Any], ...]
    roles: Mapping[str, Role]
    events: Mapping[str, Mapping[str, Any]]
    retention_rules: Mapping[str, RetentionRule]
    categories: Mapping[str, Category]
    not_in_policy: Mapping[str, Uncovered]
    not_personal: Mapping[EntityName, str] = {}
    purposes: Mapping[str, Purpose]
    third_party_rules: Mapping[str, Rule] = {}
    promises: tuple[Promise, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    transfers: tuple[Mapping[str, Any], ...] = ()
    rights: Mapping[str, Mapping[str, Any]] = {}
    conflicts: tuple[Conflict, ...] = ()


def keys_at(path: Sequence[object]) -> list[str]:
    """The keys that the part of a policy file at a path may have: of `["categories", "name"]` those of a category."""
    kind: Any = Document
    for step in path:
        if isinstance(kind, type) and issubclass(kind, Part):
            kind = next(one.annotation for name, one in kind.model_fields.items() if step in (name, one.alias))
        else:  # Mapping[str, Part] or tuple[Part, ...]
            kind = next(one for one in reversed(get_args(kind)) if one is not Ellipsis)
    return [one.alias or name for name, one in kind.model_fields.items()]
