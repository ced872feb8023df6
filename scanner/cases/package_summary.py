"""All of a package but its entries: purposes, periods with their dates, recipients, look-ups, coverage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from importlib.metadata import version
from typing import Any

from reports.case.model import CaseFacts, CategoryPart, Company, PurposePart, Summary, Undone
from reports.case.words import GROUNDS
from reports.facts import Source
from reports.language import Language
from reports.policy import Policy
from reports.policy_model import LegalBasis
from scanner import audit
from scanner.cases import tasks as case_tasks
from scanner.cases.deadlines import add_months
from scanner.cases.desk import Desk
from scanner.cases.model import Case, Task
from scanner.cases.package_entries import Counts
from scanner.reporting.overview import coverage
from scanner.store import now
from scanner.subject.answer import Searched


def summary(desk: Desk, case: Case, searched: Searched, counts: Counts, *, because: str = "") -> Summary:
    """Put the summary together, after all entries have been made.

    Args:
        desk: Who works, with what.
        case: The request.
        searched: What was found.
        counts: Of the entries.
        because: Why an answer is given although something is missing.
    """
    lang = _language(case)
    tasks, named = case_tasks.listed(desk, case.number), desk.config.named
    looks = audit.looks(desk.store, searched.outcome.owned, case.number)
    return Summary(
        case=case_facts(case),
        company=company(desk.policy),
        generated=now(),
        policy_version=f"{desk.policy.id} {desk.policy.sha256[:12]}",
        tool_version=version("insyn"),
        parts=list(_parts(desk, counts, case.role, lang)),
        systems=list(desk.config.sources),
        systems_with=list(counts.systems),
        entries=counts.entries,
        own=counts.own,
        coverage=[replace(one, source=named(one.source)) for one in coverage(desk.store, desk.config)],
        undone=[_undone(desk, task) for task in tasks],
        looks=[(look.at, look.action) for look in looks],
        masked=dict(counts.masked),
        secrets=counts.secrets,
        withheld=dict(counts.withheld),
        states=dict(counts.states),
        unreachable=[named(source) for source in searched.rereader.down],
        recipients=list(_recipients(desk.policy, lang)),
        sources_of_data=[str(one["text"]) for one in desk.policy.document.sources_of_data if one.get("text")],
        transfers=list(_transfers(desk.policy, lang)),
        complete=not because,
        incomplete_because=because,
    )


def _language(case: Case) -> Language:
    from reports.language import translator

    return translator(case.language)


def case_facts(case: Case) -> CaseFacts:
    """The request as letters tell it."""
    to = case.name
    if case.representative:
        acts, _ = case.representative.name, _language(case).text
        to = _("%(name)s, for %(person)s", name=acts, person=case.name) if case.name else acts
    return CaseFacts(
        number=case.number,
        received=case.received,
        channel=case.channel.value,
        right=case.right.value,
        language=case.language,
        name=to,
        contact=case.contact,
        due=case.deadline.due,
    )


def company(policy: Policy) -> Company:
    """Who answers, as the policy says."""
    controller, officer = policy.document.controller, policy.document.dpo
    address: Mapping[str, Any] = controller.get("address") or {}
    town = " ".join(str(address[key]) for key in ("postal_code", "city") if address.get(key))
    authority = policy.document.supervisory_authority.get("resolves_to")
    return Company(
        name=str(controller.get("name", policy.company)),
        address=[line for line in (str(address.get("street", "")), town) if line],
        officer=[str(officer[key]) for key in ("email", "phone") if officer.get(key)],
        authority=str(authority) if authority else Company("").authority,
    )


def _parts(desk: Desk, counts: Counts, role: str, lang: Language) -> Iterator[CategoryPart]:
    policy = desk.policy
    for id in [*policy.categories, *policy.not_in_policy]:
        counted = counts.categories.get(id)
        if counted:
            yield CategoryPart(
                id=id,
                name=policy.label(id, lang.code),
                systems=[desk.config.named(name) for name in counted.systems],
                count=counted.count,
                values=[replace(one, systems=[*map(desk.config.named, one.systems)]) for one in counted.shown],
                more=counted.hidden,
                purposes=list(_purposes(desk, id, (counts, role), lang)),
            )


def _purposes(desk: Desk, category: str, told: tuple[Counts, str], lang: Language) -> Iterator[PurposePart]:
    """The purposes that the systems with the category serve, for people of a role, each with the policy's period."""
    policy, found, (counts, role) = desk.policy, dict[str, None](), told
    if category not in policy.categories:
        return
    for name in counts.categories[category].systems:
        source = desk.config.sources[name]
        place = Source(name, source.type, purposes=source.purposes)
        found |= dict.fromkeys(policy.purposes_for(category, role, place, ""))
    for id in found:
        purpose = policy.purposes[id]
        basis = f"{_ground(purpose.legal_basis, lang)} ({lang.text('Article %(n)s', n=purpose.legal_basis.article)})"
        yield PurposePart(purpose.label(lang.code), basis, purpose.why, _kept(policy, purpose.retention, counts, lang))


def _ground(basis: LegalBasis, lang: Language) -> str:
    """The policy's own words; it has them in Swedish only, others read the regulation's."""
    word = GROUNDS.get(basis.article[:6])
    return lang.text(word) if word and lang.code != "sv" else basis.sv


def _kept(policy: Policy, rule: str, counts: Counts, lang: Language) -> str:
    """A rule's period in words, and the last day where the person's records tell when it began."""
    kept = policy.retention_rules[rule]
    text = kept.text or lang.text("The policy does not say.")
    end = counts.ends.get("relationship_end") if kept.after == "customer_relationship_end" else None
    if end and kept.months is not None:
        last = add_months(date.fromisoformat(end), kept.months)
        text += " – " + lang.text("for you until %(day)s", day=last.isoformat())
    for law in kept.resolves_to:
        period = lang.text("%(law)s: %(n)s years", law=law.law, n=law.years)
        text += f"; {period}"
    return text


def _recipients(policy: Policy, lang: Language) -> Iterator[str]:
    for one in policy.recipients:
        text = one.label(lang.code)
        named = ", ".join(one.named or one.kinds)
        text += f": {named}" if named else ""
        text += f" ({one.condition})" if one.condition else ""
        yield text if one.named else text + ". " + lang.text("We cannot yet say which of them have received your data.")


def _transfers(policy: Policy, lang: Language) -> Iterator[str]:
    for one in policy.document.transfers:
        countries = ", ".join(one.get("countries") or ()) or lang.text("Which countries, our policy does not say")
        yield f"{countries}. " + lang.text("Safeguard: %(what)s", what=one.get("safeguard_text", "–"))


def _undone(desk: Desk, task: Task) -> Undone:
    place = desk.shown(task.unit) if task.unit else ""
    return Undone(task.kind.value, desk.config.named(task.source), place, task.state.value, task.note)
