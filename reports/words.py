"""The words of the reports: names of entities, states, grades and gaps, and the sentence a gap makes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from reports.gaps import Gap
from reports.language import Language
from reports.policy import Policy


def N_(message: str) -> str:  # noqa: N802 -- gettext's own name for "translate later"
    """Mark a message for the catalogue without translating it yet."""
    return message


ENTITIES: Mapping[str, str] = {
    "SE_PERSONNUMMER": N_("Personal identity number"),
    "SE_ORGANISATIONSNUMMER": N_("Company registration number"),
    "PERSON": N_("Person's name"),
    "PHONE_NUMBER": N_("Telephone number"),
    "EMAIL_ADDRESS": N_("E-mail address"),
    "ADDRESS": N_("Street address"),
    "POSTAL_CODE": N_("Postal code"),
    "SE_BANK_ACCOUNT": N_("Bank account"),
    "SE_BANKGIRO": N_("Bankgiro number"),
    "SE_PLUSGIRO": N_("Plusgiro number"),
    "IBAN_CODE": N_("IBAN"),
    "BIC_CODE": N_("Bank code (BIC)"),
    "CREDIT_CARD": N_("Payment card"),
    "OCR_REFERENCE": N_("Payment reference (OCR)"),
    "IP_ADDRESS": N_("IP address"),
    "MAC_ADDRESS": N_("MAC address"),
    "LOCATION_COORDINATES": N_("Coordinates"),
    "SE_PROPERTY_DESIGNATION": N_("Property designation"),
    "SE_LICENSE_PLATE": N_("Vehicle registration number"),
    "SE_PASSPORT": N_("Passport number"),
    "SE_DRIVING_LICENSE": N_("Driving licence number"),
    "ALARM_CODE": N_("Alarm code"),
    "USERNAME": N_("User name"),
    "SECRET": N_("Password or key"),
    "CUSTOMER_ID": N_("Customer number"),
    "DATE_OF_BIRTH": N_("Date of birth"),
    "LOCATION": N_("Place name"),
    "DEVICE_ID": N_("Device identity"),
    "COOKIE_ID": N_("Cookie identity"),
    "INVOICE_NUMBER": N_("Invoice number"),
    "CONTRACT_ID": N_("Contract number"),
    "HEALTH_MENTION": N_("Mention of health"),
    "FAMILY_MENTION": N_("Mention of family"),
    "CRIME_MENTION": N_("Mention of crime"),
    "CREDIT_MENTION": N_("Mention of credit"),
    "RELIGION_MENTION": N_("Mention of religion"),
    "UNION_MENTION": N_("Mention of trade union"),
    "PROTECTED_IDENTITY": N_("Protected identity"),
}
_KEY = "link"
"""What was asked for as the value of a key column, whatever it is the key of."""
STATES: Mapping[str, str] = {
    "scanned": N_("searched"),
    "unchanged": N_("unchanged since last time"),
    "partial": N_("searched in part"),
    "skipped": N_("left out by rule"),
    "unsupported": N_("unsupported format"),
    "unreadable": N_("could not be read"),
    "changed": N_("changed while being read"),
    "vanished": N_("disappeared"),
    "refused": N_("stopped by a limit"),
    "never_scanned": N_("never searched"),
    "unreached": N_("not reached last time"),
}
READ = frozenset({"scanned", "unchanged"})
"""States of units that were read whole."""
READERS: Mapping[str, str] = {
    "": N_("not known"),
    "owner": N_("the owner only"),
    "group": N_("named accounts or groups"),
    "everyone": N_("every account"),
    "public": N_("anybody"),
}
"""Who may read a place."""
GRADES: Mapping[str, str] = {
    "certain": N_("Certain"),
    "probable": N_("Probable"),
    "possible": N_("Possible"),
}
SEVERITY: Mapping[str, str] = {
    "critical": N_("Critical"),
    "high": N_("High"),
    "medium": N_("Medium"),
    "low": N_("Low"),
    "info": N_("For information"),
}
GAP_KINDS: Mapping[str, str] = {
    "undeclared": N_("Not in the policy"),
    "unseen": N_("In the policy, not found"),
    "no_purpose": N_("No purpose for it here"),
    "broken_promise": N_("Promise not kept"),
    "secret_in_clear": N_("Secret in clear text"),
    "protected_identity": N_("Protected identity"),
    "special_category": N_("Sensitive data"),
    "open_access": N_("Open to everybody"),
}
VERDICT: Mapping[str, str] = {
    "overdue": N_("overdue"),
    "may_be_overdue": N_("may be overdue"),
    "unknown": N_("unknown"),
    "no_purpose": N_("no purpose"),
    "in_time": N_("in time"),
}
"""Verdicts of retention."""
VERDICT_MEANING: Mapping[str, str] = {
    "overdue": N_("every reading of the policy says that the time is up"),
    "may_be_overdue": N_("by one reading the time is up, by another it is not"),
    "unknown": N_("a date is missing"),
    "no_purpose": N_("the policy gives no purpose for it here"),
    "in_time": N_("may still be kept"),
}
_SENTENCES: Mapping[str, str] = {
    "undeclared": N_("%(what)s is found in %(place)s. The policy does not mention such data."),
    "unseen": N_("The policy mentions %(what)s, but none was found in what has been searched."),
    "no_purpose": N_("%(what)s is found in %(place)s. None of the purposes given for it there covers such data."),
    "broken_promise": N_("%(what)s is found in %(place)s, but the policy says: “%(claim)s”"),
    "secret_in_clear": N_("%(what)s is found in clear text in %(place)s. It should be encrypted or removed."),
    "protected_identity": N_("%(place)s marks people with protected identity. Their address must not be disclosed."),
    "special_category": N_("%(what)s is found in %(place)s. Such data need a ground of their own in law."),
    "open_access": N_("Every account of the system may read %(place)s, where there are personal data."),
}
_PUBLIC = N_("Anybody may read %(place)s without signing in, and there are personal data in it.")
_BY_LAW = N_("%(what)s is found in %(place)s, but %(law)s requires that it is “%(claim)s”.")
_ACTIONS: Mapping[str, str] = {
    "undeclared": N_("Add it to the policy with a purpose and a ground, or stop keeping it."),
    "unseen": N_("Check that it is searched where it should lie; else take it out of the policy."),
    "no_purpose": N_("Move or erase it, or give the place the purpose that it really serves."),
    "broken_promise": N_("Remove it from there, or change what the policy says."),
    "secret_in_clear": N_("Encrypt or remove it, and change the secret."),
    "protected_identity": N_("Restrict who can see these people's data, and mask their address everywhere."),
    "special_category": N_("Have a lawyer name the ground in law, or erase it."),
    "open_access": N_("Let only those read it who need it for their work."),
}
GLOSSARY: Sequence[tuple[str, str]] = (
    (N_("Category"), N_("A sort of personal data as the privacy policy names it.")),
    (N_("System"), N_("A database, file share, bucket or call archive that Insyn is set to search.")),
    (N_("Found as"), N_("What was recognised in the values; “by name”: what the field, folder or file is called.")),
    (
        N_("Share"),
        N_("How many of the field's values hold it, with a 95 per cent interval: few values, wide interval."),
    ),
    (N_("Persons"), N_("At least so many people, told apart by personal, customer or e-mail identity.")),
    (N_("Confidence"), N_("How sure the recognition is, from 0 to 1. Below 0.65 a person should look.")),
    (
        N_("May be read by"),
        N_("Who may read the place by the rights of the system itself, at the most open of what lies in it."),
    ),
    (N_("Purpose"), N_("What the policy says the data are used for. A system without purposes may serve any.")),
    (N_("Gap"), N_("Where what is held and what the policy says part ways. A person decides what it means.")),
    (N_("Coverage"), N_("What was searched and what was not. What could not be read may hold personal data.")),
)


TYPES: Mapping[str, str] = {
    "database": N_("database"),
    "files": N_("files"),
    "s3": N_("object storage (S3)"),
    "recordings": N_("call recordings"),
    "declared": N_("declared by hand"),
}
"""Type of a source -> words."""


def state_name(state: str, lang: Language) -> str:
    """How the reading of a unit ended, in words; the code itself if it is not known here."""
    return lang.text(STATES[state]) if state in STATES else state


def readers_name(readers: str, lang: Language) -> str:
    """Who may read a place, in words."""
    return lang.text(READERS[readers])


def grade_name(grade: str, lang: Language) -> str:
    """How sure a hit is, in a word; the code itself if it is not known here."""
    return lang.text(GRADES[grade]) if grade in GRADES else grade


def moment(iso: str) -> str:
    """Write a time as `2026-11-22 23:10`."""
    return iso[:16].replace("T", " ")


def entity_name(entity: str | None, lang: Language) -> str:
    """Name of an entity; the code itself if it is another's, "by name" where nothing was recognised in values."""
    if entity is None:
        return lang.text("by name")
    if entity == _KEY:
        return lang.text("Key")
    return lang.text(ENTITIES[entity]) if entity in ENTITIES else entity


def field_name(field: str, lang: Language) -> str:
    """Name of a field for people: what stands in running text has none, and a file's own name is no column."""
    return {"": lang.text("running text"), "path": lang.text("the file's name")}.get(field, field)


def category_name(category: str | None, policy: Policy, lang: Language) -> str:
    """Name of a category, "fits no category" where there is none."""
    return policy.label(category, lang.code) if category else lang.text("fits no category")


def category_names(categories: Iterable[str | None], policy: Policy, lang: Language) -> str:
    """Names of categories in a row, each once; semicolons between, for some names have commas."""
    return "; ".join(dict.fromkeys(category_name(one, policy, lang) for one in categories))


def type_name(type: str, lang: Language) -> str:
    """What kind of source it is, in words; the code itself if it is not known here."""
    return lang.text(TYPES[type]) if type in TYPES else type


def place(source: str, unit: str, field: str) -> str:
    """Name a place: `crm · kunder · telefon`."""
    return " · ".join(filter(None, (source, unit, field)))


def gap_sentence(gap: Gap, policy: Policy, lang: Language) -> str:
    """Say a gap in one sentence or two."""
    by_entity = gap.kind in {"secret_in_clear", "broken_promise"} or gap.category is None
    what = entity_name(gap.entity, lang) if by_entity else category_name(gap.category, policy, lang)
    where = place(gap.source, gap.unit, gap.field and field_name(gap.field, lang))
    sentence = _BY_LAW if gap.law else _PUBLIC if gap.readers == "public" else _SENTENCES[gap.kind]
    return lang.text(sentence, what=what, place=where, claim=gap.claim, law=gap.law)


def gap_action(gap: Gap, lang: Language) -> str:
    """What could be done about a gap, for its owner to decide."""
    return lang.text(_ACTIONS[gap.kind])
