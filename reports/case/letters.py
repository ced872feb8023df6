"""The letters of a case: received, identity, extension, refusal, nothing found, completion, measures taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from reports.case.document import Document
from reports.case.model import CaseFacts, Company
from reports.case.words import CHANNELS, EXTENSIONS, RIGHTS
from reports.language import Language
from reports.words import N_


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What letters tell beside the case itself."""

    case: CaseFacts
    company: Company
    today: date
    reason: str = field(default="", repr=False)
    """Code of an extension's reason, or a refusal's reason in words."""
    searched: Sequence[str] = ()
    """Systems that were searched."""
    not_searched: Sequence[str] = ()
    measures: Sequence[str] = field(default=(), repr=False)
    """What was corrected, erased or kept, a line each."""
    mandate: bool = False
    """Somebody acts for the person, and the mandate has not been seen."""


Paragraphs = Callable[[LetterFacts, Language], list[str]]


def letter(kind: str, facts: LetterFacts, lang: Language) -> Document:
    """A letter of a case.

    Args:
        kind: One of `LETTERS`.
        facts: The case and what the letter tells of it.
        lang: The receiver's.

    Raises:
        ValueError: there is no such letter.
    """
    if kind not in LETTERS:
        raise ValueError(f"no letter {kind!r}; there are {', '.join(LETTERS)}")
    title, paragraphs = LETTERS[kind]
    _, case = lang.text, facts.case
    return Document(
        title=_(title),
        sender=(facts.company.name, *facts.company.address),
        receiver=[line for line in (case.name, *case.contact.split("\n")) if line],
        facts=[(_("Date"), facts.today.isoformat()), (_("Your case"), case.number)],
        paragraphs=[_("Hello!"), *paragraphs(facts, lang)],
        closing=closing(facts.company, lang),
        language=lang.code,
    )


def closing(company: Company, lang: Language) -> list[str]:
    """Greeting, and whom to ask."""
    _ = lang.text
    lines = [_("Kind regards,"), company.name]
    asking = " · ".join(company.officer)
    return [*lines, _("Questions? Our data protection officer answers: %(how)s", how=asking)] if asking else lines


def _asked(facts: LetterFacts, lang: Language) -> str:
    return lang.text(
        "On %(day)s we received your request, by %(channel)s. It is about %(right)s.",
        day=facts.case.received.isoformat(),
        channel=lang.text(CHANNELS[facts.case.channel]),
        right=lang.text(RIGHTS[facts.case.right]),
    )


def _due(facts: LetterFacts) -> str:
    return facts.case.due.isoformat() if facts.case.due else "–"


def _received(facts: LetterFacts, lang: Language) -> list[str]:
    _ = lang.text
    return [
        _asked(facts, lang),
        _("We will answer by %(day)s at the latest. It costs you nothing.", day=_due(facts)),
        _("You need not do anything more now. If we have to be surer of who you are, we will write to you."),
    ]


def _identity(facts: LetterFacts, lang: Language) -> list[str]:
    _ = lang.text
    how = _(
        "The easiest way is to sign in with e-identification on our web pages. You can also answer from the e-mail "
        "address or telephone number that we already have, or ring us so that we can ask a few questions."
    )
    if facts.mandate:
        how = _("You write on behalf of somebody else. Please send us the power of attorney, or the court's decision.")
    return [
        _asked(facts, lang),
        _("Before we hand anything out we need to be sure that it goes to the right person: you."),
        how,
        _("Do not send a copy of an identity card. We do not need it."),
        _("We go on with your request meanwhile, but we can hand nothing out before we know that it is you."),
    ]


def _extension(facts: LetterFacts, lang: Language) -> list[str]:
    _ = lang.text
    reason = _(EXTENSIONS[facts.reason]) if facts.reason in EXTENSIONS else facts.reason
    return [
        _asked(facts, lang),
        _("We need more time, because %(reason)s.", reason=reason),
        _("We will answer by %(day)s at the latest. The law lets us extend the time (Article 12.3).", day=_due(facts)),
        _complaint(facts, lang),
    ]


def _refusal(facts: LetterFacts, lang: Language) -> list[str]:
    _ = lang.text
    return [
        _asked(facts, lang),
        _("We will not do what you ask. This is why: %(reason)s", reason=facts.reason),
        _complaint(facts, lang),
        _("You can also turn to a court (Article 79)."),
    ]


def _nothing(facts: LetterFacts, lang: Language) -> list[str]:
    _ = lang.text
    found = [
        _asked(facts, lang),
        _("We have searched for you and found no information about you, apart from this request itself."),
        _("We have searched these systems: %(systems)s.", systems=", ".join(facts.searched) or "–"),
    ]
    if facts.not_searched:
        found.append(_("These we could not search: %(systems)s.", systems=", ".join(facts.not_searched)))
    found.append(
        _("If you have used another name, address, telephone number or customer number, tell us and we search again.")
    )
    return [*found, _complaint(facts, lang)]


def _completion(facts: LetterFacts, lang: Language) -> list[str]:
    _ = lang.text
    what = facts.reason or _(
        "a customer number, earlier names and addresses, other telephone numbers, e-mail addresses"
    )
    return [
        _asked(facts, lang),
        _("We can find more if you tell us more. You need not; we answer you in any case by %(day)s.", day=_due(facts)),
        _("This would help: %(what)s.", what=what),
    ]


def _measures(facts: LetterFacts, lang: Language) -> list[str]:
    _ = lang.text
    done = list(facts.measures) or [_("We have found nothing to change.")]
    return [_asked(facts, lang), _("This is what we have done:"), *done, _complaint(facts, lang)]


def _complaint(facts: LetterFacts, lang: Language) -> str:
    return lang.text(
        "If you are not content with our answer you can complain to %(authority)s, www.imy.se.",
        authority=facts.company.authority,
    )


LETTERS: Mapping[str, tuple[str, Paragraphs]] = {
    "received": (N_("We have received your request"), _received),
    "identity": (N_("We need to know that it is you"), _identity),
    "extension": (N_("We need more time"), _extension),
    "refusal": (N_("Our answer to your request"), _refusal),
    "nothing_found": (N_("We found no information about you"), _nothing),
    "completion": (N_("Can you tell us more?"), _completion),
    "measures": (N_("What we have done"), _measures),
}
"""Kind -> title and text."""
