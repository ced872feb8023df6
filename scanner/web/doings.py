"""What the log says was done, in words that a data protection officer reads."""

from __future__ import annotations

from collections.abc import Mapping

from reports.language import Language
from reports.words import N_

DOINGS: Mapping[str, str] = {
    "article30 approve": N_("approved a processing"),
    "article30 fill": N_("filled in the record of processing"),
    "attest ask": N_("asked an owner about a system"),
    "attest right": N_("said that what was found in a system is right"),
    "attest wrong": N_("said that something found in a system is wrong"),
    "case decide": N_("searched again after a decision about a record"),
    "case deliver": N_("noted that an answer was handed over"),
    "case download": N_("fetched a package"),
    "case foresee": N_("asked what would come along with a record"),
    "case letter": N_("wrote a letter"),
    "case look": N_("looked at a record, masked"),
    "case package": N_("built a package"),
    "case preview": N_("looked through an answer"),
    "case release": N_("released an answer"),
    "case reveal": N_("looked at a record in the clear"),
    "case review": N_("looked through the hits of a case"),
    "case search": N_("searched for a person"),
    "examples": N_("looked at masked examples"),
    "findings masked": N_("listed findings, masked"),
    "key_rotate": N_("changed the key"),
    "log export": N_("took out the log"),
    "policy answer": N_("answered a question about the policy"),
    "review accept": N_("accepted a gap"),
    "review approved": N_("approved a decision"),
    "review confirm": N_("confirmed findings"),
    "review dismiss": N_("dismissed findings"),
    "review handle": N_("marked overdue data as taken care of"),
    "review hold": N_("put data on hold"),
    "review reclassify": N_("gave findings another category"),
    "review undone": N_("undid a decision"),
    "sample draw": N_("drew a random sample"),
    "sample look": N_("looked at values of a field of a random sample"),
    "sample mark": N_("said whether a field of a random sample holds personal data"),
    "scan": N_("started a scan"),
    "scan stop": N_("stopped a scan"),
    "schedule pause": N_("paused a schedule"),
    "schedule resume": N_("resumed a schedule"),
    "search refused: no case": N_("was refused a search: no case"),
    "search refused: too many today": N_("was refused a search: too many that day"),
    "sign in": N_("signed in"),
    "subject": N_("searched for a person"),
    "subject dry run": N_("asked what a search would reach"),
    "token add": N_("made an API token"),
    "token remove": N_("took back an API token"),
    "user add": N_("added a user"),
    "user admit": N_("let in a user of the identity provider"),
    "user change": N_("changed a user"),
    "user invite": N_("made a link for a password"),
    "user password": N_("chose a password"),
}


def doing(action: str, lang: Language) -> str:
    """An action of the log in words; one that is not known stands as it is."""
    phrase = DOINGS.get(action)
    return action if phrase is None else lang.text(phrase)
