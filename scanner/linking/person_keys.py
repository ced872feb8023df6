"""Words in names of columns that say what somebody is to a row, or to somebody else: who pays, whose wife."""

from __future__ import annotations

import re

_PERSON = re.compile(
    r"(^|_)((avtals?|kontrakts?)?part(y|ies|er|s)?|betalare|bet_part|brukare|bruk_part|anvandare|agare|innehavare|mottagare|bestallare|hyresgast|abonnent|forsakrad"
    r"|(forsakrings_?)?tecknare|anmalare|sokande|patient|elev|barn(et)?|child|pupil|student|claimant|applicant|policy_?holder"
    r"|payer|owner|holder|tenant|subscriber|recipient|resident|occupant|debtor|insured|beneficiary"
    r"|[a-z]+(?:kund|medlem|hyresgast|agare|innehavare|abonnent))(_?id|_?nr|_|$)"
    r"|(^|_)(claimed|owned|refer(red|rer)|recommended|invited|reported|requested|ordered|booked|bought|purchased|paid|submitted"
    r"|rented|leased|signed_up|anmal[dt]|bestall[dt]|bokad|kopt|betal[dt]|hyr[dt]|rekommenderad|varvad|inbjuden|tipsad)_(by|av)(_|$)"
)
"""What somebody is to a row: a column so called may hold names, or keys of people in whatever table they stand."""
_KIN = re.compile(
    r"(^|_)(anhorig|narstaende|familjemedlem|foralder|vardnadshavare|malsman|make|maka|sambo|syskon"
    r"|relative|relation|spouse|guardian|sibling|dependant|dependent)(_?id|_?nr|_|$)"
)
"""What people are to each other, in a table that joins them and names nobody itself."""


_HOLDER = re.compile(
    r"(^|_)((kontrakts?|avtals?|konto|contract|agreement|lease|account)_?part(y|ies|er|s)?|(kontrakts?|avtals?|konto)?(agare|innehavare)"
    r"|hyresgast(er)?|abonnent(er)?|owners?|holders?|tenants?|subscribers?)$"
)
"""Not any party: to a claim, or a case, one is against the other."""
_SPOUSE = re.compile(
    r"(^|_)(sambo|make|maka|partner|hustru|spouse|wife|husband|cohabitant)(s|n)?_?(pnr|nr|id|namn|tfn|tel|_|$)"
)


def is_holder(name: str) -> bool:
    """Whether a table's normalised name says that its rows are those to whom something belongs: `contract_party`."""
    return _HOLDER.search(name) is not None


def is_doer(name: str) -> bool:
    """Whether a key's normalised name says that it is of who did something: `booked_by`, `anmald_av`."""
    return name.endswith(("_by", "_av"))


def is_spouse(name: str) -> bool:
    """Whether a normalised name says that it is of whom somebody lives with: `sambo_pnr`."""
    return _SPOUSE.search(name) is not None


def is_person(name: str) -> bool:
    """Whether a normalised name says what somebody is to a row: `betalare`, `owner_id`."""
    return _PERSON.search(name) is not None


def is_kin(name: str) -> bool:
    """Whether a normalised name says what somebody is to somebody else: `anhorig_id`."""
    return _KIN.search(name) is not None
