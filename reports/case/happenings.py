"""What happened in a case, in words that whoever works with it reads."""

from __future__ import annotations

from collections.abc import Mapping

from reports.language import Language
from reports.words import N_

HAPPENINGS: Mapping[str, str] = {
    "opened": N_("the request was registered"),
    "identified": N_("the identity was noted"),
    "represented": N_("a representative was noted"),
    "identifiers": N_("what is searched for was set"),
    "identifiers replaced": N_("what is searched for was replaced"),
    "lapsed": N_("decisions lapsed: what is searched for was replaced"),
    "described": N_("name or address for letters was set"),
    "searched": N_("the person was searched for"),
    "decided release": N_("records are to be handed out whole"),
    "decided mask": N_("records are to be handed out, others masked"),
    "decided withhold": N_("records are to be left out"),
    "task answered": N_("a task was done"),
    "task waived": N_("a task was left undone"),
    "letter": N_("a letter was written"),
    "extended": N_("the time was extended"),
    "protected": N_("protected identity was noted"),
    "package built": N_("the package was built"),
    "previewed": N_("the package was looked through"),
    "package deleted": N_("the package was deleted"),
    "released": N_("the answer was released"),
    "delivered": N_("the answer was handed over"),
    "closed": N_("the case was closed"),
}


def happening(what: str, lang: Language) -> str:
    """An event of a case in words; one that is not known stands as it is."""
    phrase = HAPPENINGS.get(what)
    return what if phrase is None else lang.text(phrase)
