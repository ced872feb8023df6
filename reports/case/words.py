"""The words of letters and packages: rights, channels, roles, states. Message ids are English."""

from __future__ import annotations

from collections.abc import Mapping

from reports.words import N_

RIGHTS: Mapping[str, str] = {
    "access": N_("access to your personal data (Article 15)"),
    "rectification": N_("correction of your personal data (Article 16)"),
    "erasure": N_("erasure of your personal data (Article 17)"),
    "restriction": N_("restriction of how we use your personal data (Article 18)"),
    "portability": N_("your personal data in a form that can be moved (Article 20)"),
    "objection": N_("your objection to how we use your personal data (Article 21)"),
}
CHANNELS: Mapping[str, str] = {
    "email": N_("e-mail"),
    "phone": N_("telephone"),
    "letter": N_("letter"),
    "portal": N_("our web pages"),
    "chat": N_("chat"),
    "visit": N_("a visit"),
    "other": N_("another way"),
}
GROUNDS: Mapping[str, str] = {
    "6(1)(a": N_("Consent"),
    "6(1)(b": N_("Performance of a contract"),
    "6(1)(c": N_("Legal obligation"),
    "6(1)(d": N_("Vital interests"),
    "6(1)(e": N_("Task in the public interest"),
    "6(1)(f": N_("Legitimate interests"),
}
"""How an article of the regulation, as a policy names it, begins -> its ground."""
ROLES: Mapping[str, str] = {
    "contact": N_("contact person"),
    "staff": N_("employee"),
    "friend": N_("recommended person"),
    "other": N_("another person"),
}
"""What another person is in a record; shown in place of their data."""
STATES: Mapping[str, str] = {
    "same": "",
    "changed": N_("changed since the search"),
    "gone": N_("removed since the search"),
    "unreachable": N_("could not be read again"),
}
EXTENSIONS: Mapping[str, str] = {
    "complex": N_("your request concerns much information in many systems, and each part has to be looked through"),
    "many": N_("we have received several requests from you"),
}
LOOKS: Mapping[str, str] = {
    "subject": N_("search for a request"),
    "subject dry run": N_("search for a request"),
    "case search": N_("search for a request"),
    "case decide": N_("search for a request"),
    "case foresee": N_("search for a request"),
    "case look": N_("going through what was found"),
    "case reveal": N_("going through what was found"),
    "case review": N_("going through what was found"),
    "case package": N_("putting an answer together"),
    "case preview": N_("going through the answer"),
    "case worklist": N_("making lists of what is to be changed or erased"),
    "findings masked": N_("checking how the search works"),
}
