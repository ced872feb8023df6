"""Why something was refused, in words of those who work with the pages; what only a terminal can cause stays as it is.

The messages of the program are English, name the case or the option, and are for whoever types commands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from reports.language import Language
from reports.words import N_

FAULTS: Mapping[str, str] = {
    r"case .+: is registered already": N_("A case of that number is registered already."),
    r"case .*: not registered; .*": N_("There is no such case."),
    r"case .+: the time is extended already": N_("The time is extended already."),
    r"case .+: the first month has passed; .*": N_(
        "The first month has passed, and the time can no longer be extended (Art. 12(3))."
    ),
    r"case .+: is closed already": N_("The case is closed already."),
    r"case .+: a refusal needs a reason .*": N_("A refusal needs a reason (Art. 12(4))."),
    r"case .+: is \w+ already": N_("The package was released already."),
    r"case .+: a second person releases it, .*": N_(
        "A second person releases the answer: not who opened the case or built the package."
    ),
    r"case .+: lacks (.* and )?a checked mandate": N_(
        "The mandate of whoever acts for the person is not checked yet. Check and note it first."
    ),
    r"case .+: give the name of whoever acts for the person": N_("Give the name of whoever acts for the person."),
    r"case .+: say what was seen of the mandate": N_("Say what you have seen of the mandate."),
    r"case .+: lacks .*": N_("Who asks is not known well enough yet. Note the identity first."),
    r"case .+: a second person has not released the package": N_("A second person has not released the package."),
    r"case .+: protected identity: only by post .*": N_(
        "The identity is protected: the answer goes by post through Skatteverket only."
    ),
    r"case .+: special handling; .*": N_("Somebody with the task of protected identities must do this."),
    r"case .+: no identifier to search for; .*": N_("There is nothing to search for yet. Search for the person first."),
    r"case .+: \w+: give the reason; .*": N_("Say why: the reason is kept with the case."),
    r"case .+: \d+ of these records are not in the case": N_("The record is not in the case any more."),
    r"case .+: (this|the) record is not in the case": N_("The record is not in the case any more."),
    r"case .+: is \w+; nothing more can be decided": N_("The answer is released: nothing more can be decided."),
    r"case .+: the time is not extended; .*": N_("Extend the time first, then write the letter about it."),
    r"case .+: is \w+; a package is built while it is open": N_("The case is not open: no package can be built."),
    r"case .+: \d+ .+ open; settle .*": N_(
        "Somebody must still help. Settle what is open, or say why the answer goes without it."
    ),
    r"case .+: (?P<what>.+) cannot be reached; try again, .*": N_(
        "%(what)s cannot be reached. Try again, or say why the answer goes without it."
    ),
    r"case .+: there is no package; build it first": N_("There is no package yet. Build it first."),
    r"case .+: what opens the package is gone; .*": N_("The package can no longer be opened. Build it again."),
    r"case .+: .+ after the package was built; .*": N_(
        "The case has changed since the package was built. Build it again."
    ),
    r"case .+: look through the package first: .*": N_("Look through the package first: choose Preview."),
    r"case .+: the package cannot be read .*": N_("The package cannot be read. Build it again."),
    r"case .+: the package was changed after .*": N_("The package is not what was built. Build it again."),
    r"case .+: say why the record must be seen plain; .*": N_("Say why you must see it in the clear; it is logged."),
    r"case .+: task \d+: give the reason; .*": N_("Say why it is left undone: the person is told."),
    r"case .+: there is no task \d+": N_("There is no such task any more."),
    r"user: a name is needed, .*": N_("A name is needed, of at most 200 characters."),
    r"user: the name is taken; .*": N_("The name is taken. Choose another."),
    r"user: the name is that of a local user; .*": N_(
        "A user with a password has your name here. An administrator must shut that one out first."
    ),
    r"user: closed by an admin": N_("An administrator has shut you out. Ask one."),
    r"user: the last admin must stay; .*": N_("The last administrator must stay. Make another one first."),
    r"user: there is none of that number": N_("There is no such user any more."),
    r"password: at least (?P<least>\d+) characters; .*": N_(
        "The password needs at least %(least)s characters. A few words are easy to remember."
    ),
    r"token: a name and scopes are needed; .*": N_("A name and at least one scope are needed."),
    r"token: choose whose roles it has": N_("Choose whose roles it has."),
    r"token: the user's roles do not cover (?P<what>.*)": N_("The user's own roles do not reach to %(what)s."),
    r"role: none given; .*": N_("Choose at least one role."),
    r"attest: (?P<source>.+) has no owner; .*": N_(
        "%(source)s has no owner. Whoever runs Insyn writes one in the configuration."
    ),
    r"attest: answer right or wrong": N_("Choose whether it is right or something is wrong."),
    r"attest: say what is wrong": N_("Say what is wrong."),
    r"review \w+: say why with --reason": N_("Say why."),
    r"review approve: \d+ was made by .*": N_("It is your own decision: another person must approve it."),
    r"source (?P<source>\S+): .*": N_(
        "%(source)s cannot be reached just now. Whoever runs Insyn sees why under Sources."
    ),
    r"the store .* failed .*": N_(
        "The store does not answer. Whoever runs Insyn must look at it; nothing was changed."
    ),
    r"the key of the store was rotated meanwhile; .*": N_("The key has been changed. Insyn must be started again."),
}
"""How a message of the program begins and ends -> what is said."""
_KNOWN = [(re.compile(pattern, re.DOTALL), told) for pattern, told in FAULTS.items()]


def fault(message: str, lang: Language) -> str:
    """Why something was refused; a message of the pages' own is translated, one that is not known stands as it is."""
    for pattern, told in _KNOWN:
        if found := pattern.fullmatch(message):
            return lang.text(told, **found.groupdict())
    return lang.text(message)
