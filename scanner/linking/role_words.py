"""Words in names of fields and tables that say whose something is: a contact's, an agent's, the owner's of before."""

from __future__ import annotations

import re
from functools import lru_cache

CONTACT = re.compile(r"(^|_)(kontakt|contacts?)(_|$)")
"""How somebody is reached, where no name of a contact stands beside it."""
REACHED = re.compile(
    r"(^|_)(kund|kunder|customers?|person(er|s)?|people|part(y|ies)|members?|medlem(mar)?|users?|anvandare|clients?|subscribers?"
    r"|abonnent(er)?|accounts?|konto(n)?|individ(er|uals?)?)_?(kontakt(er)?|contacts?)$"
)
WAY = re.compile(r"(^|_)(kind|typ|type|sort|slag|channel|kanal|medium|method|metod|satt|vag)$")
"""A table so called, in which a column says by what way and no name stands, holds how somebody is reached."""
OTHERS = re.compile(
    r"(^|_)(((kund|firma|foretags?|bolags?|leverantors?|k)_?kontakt(er)?|kontakt|contacts?)(?!_(point|info|detail|method|channel|medium|data|uppgift|vag|satt|kanal))|kontaktperson(er)?|larm_?kont(akt(er)?)?|kontakt_?namn|cntct|emergency\w*|next_of_kin|guardian|spouse|anh(orig(a)?)?|narmaste|narst[a-z]*|nok|granne|neighbou?rs?|key_?holders?|nyckel_?(havare|innehavare)"
    r"|van|vannen|vans|friends?|refer(red|ral|rals)|rekommenderad\w*|rekommendation(er)?|tips(ad|are)\w*|varvad|invite[de]\w*|agent|handlaggare|saljare|tekniker|montor|installator|operator"
    r"|actor|registrerad_av|skapad_av|created_by|assign(ed|ee)\w*|staff|employee|medarbetare|anstalld|trainer|tranare|coach|instruktor|advisor|radgivare|technician|installer|seller|make|maka|sambo|partner|guarantor|authori[sz]ed\w*|pick_?ups?|behorig\w*|borgens(man|foreningsman)|sub_?tenant|andrahands\w*|co_?(applicant|tenant|signer|owner|borrower)|med(sokande|hyresgast|lantagare|agare)|witness|vittne|ombud|malsman|vardnadshavare|foralder|foraldrar|narstaende|god_?man|gode_man|formyndare|legal_?representative|chef|referens|(e|er|v|var|your|our)_?ref(erens|erence)?|(album_?)?artist|composer|author|creator|last_?author|(last_)?modified_by|(in|ut|av)?(lamna|hamta)(s|d|t|des|ts|r)?_av|(picked_up|dropped_off|collected|delivered)_by|(be)?svara(d|t|s|des|ts)_av|(hanterad|handlagd|uppdaterad|andrad|godkand|utford|inlagd)_av|(answered|handled|taken|entered|updated|approved|performed|resolved|closed|served)_by)(_?\d+)?(_|$)"
)
ADDRESS = re.compile(r"(^|_)(adr|adress\w*|addr|address\w*|gata|gatuadress|street\w*|c_?o|care_of)(_?\d)?(_|$)")
FORMER = re.compile(
    r"(^|_)(gaml?a?|gammal|gammalt|tidigare|forra|foregaende|fd|old|prev|previous|former\w*|hist|historik|history|alt)(_|$)"
    r"|historik|namn_?byte|name_?change|flytt|umzug|address_?change"
)
"""What was the owner's once: it does not agree with what is now, and is nobody else's for that."""
_SIGN_IN = re.compile(
    r"(^|_)(identit(y|ies|et|eter)|(user_?)?logins?|log_?ons?|sign_?ins?|auth\w*|credentials?|bank_?ids?|e_?ids?|e_?leg\w*|inlogg\w*"
    r"|legitimering\w*|kyc|verifi\w*|accounts?|konton?)(_|$)"
)
_MERGED = re.compile(
    r"(^|_)(merged|sammanslag(en|et|na|ning)|sammanford|duplicate|dubb?lett|replaced|superseded|ersatt|canonical|surviv(or|ing))(_|$)"
)
"""What a key is called by to the account into which another of the same person's went: `merged_into_id`."""
_LEADS = re.compile(
    r"(^|_)(leads?|prospe[ck]ts?|prospekter|prosp|kundamne(n|na)?|intressent(er)?|referrals?|rekommendation(er)?|tips)$"
)
_INVITATIONS = re.compile(r"(^|_)(invit\w*|inbjud\w*)$")
_EMERGENCY = re.compile(
    r"(^|_)(emergency\w*|larm_?kontakt\w*|kontaktperson(er)?|call_?list|ring_?lista|atgardslista|key_?holders?|nyckelhavare|next_of_kin"
    r"|anhoriga?|narmast\w*)$"
)
_GIFTS = re.compile(r"(^|_)(gifts?|gift_?(card|voucher)s?|presentkort\w*|gav(a|or|okort)|present(er)?)(_|$)")
_RECIPIENT = re.compile(r"(^|_)(recipients?|receivers?|mottagare(ns)?)(_|$)")
_CATALOGUE = re.compile(
    r"(^|_)(artikel|artiklar|articles?|products?|produkt(er)?|skus?|varor|vara|tariff(er|s)?|prislist(a|or)|price_?lists?|kategori(er)?"
    r"|categor(y|ies)|modell(er)?|models?|kurs(er)?|courses?|butik(er)?|stores?|shops?|kontor|offices?|avdelning(ar)?|departments?"
    r"|leverantor(er)?|suppliers?|lander|countr(y|ies)|dorr(ar)?|doors?|kampanj(er)?|campaigns?|mall(ar)?|templates?)$"
)
"""What tables are called of what is sold, taught or chosen from: an article is not of whoever has bought it."""
_KEYS = re.compile(
    r"(^|_)(nyckel\w*|nycklar|keys?|key_?(loans?|log|receipts?|tags?)|[a-z]*(kod(er)?|tagg(ar)?|brick(a|or))|codes?|pins?|tags?|badges?|fobs?"
    r"|behorighet(er)?|permissions?|access(es)?|grants?)$"
)
"""Lists of keys and codes to places: who has a key does not have the place."""
_GUARDIAN = re.compile(r"(^|_)(vardnadshavare|foralder|foraldrar|malsman|formyndare|guardians?)(_?\d+)?(_|$)")
"""Who answers for a child."""
SECOND = re.compile(r"(.*(?:namn|name|nm))_?[2-9]")
SECOND_NUMBER = re.compile(r"(.+?)_?([2-9])")
_JOINT = re.compile(
    r"(^|_)((med|sam|co|joint)_?(kund|part|sokande|lantagare|tagare|hyresgast|agare|innehavare|abonnent|forsakrad|forsakringstagare"
    r"|tecknare|bestallare|kopare|saljare|customer|client|account_?holder|applicant|tenant|signer|owner|borrower|holder|insured"
    r"|subscriber|buyer|seller)|[a-z]*del_?agare|dodsbo_?delagare|joint|also_(used|held|owned)_by|shared_with|del(as|ad)_med)(s|n|na|ar|er|erna|en)?(_?\d+)?(_|$|id$|nr$)"
)
"""Who holds something together with whoever is named first: the second in an agreement, the heirs of an estate."""


_CONTACT_PERSON = re.compile(r"(^|_)(kontakt|contact)_?(person|man)?(_|$)")
_PAYERS = re.compile(
    r"(^|_)(bet|betal\w*|payers?|paid|pays|paying|bill(ed|ing)?(_to)?|invoic(ed|ing)(_to)?|invoice_(to|recipient|customer)"
    r"|faktura_?(mott\w*|kund\w*)|debit\w*)(_|$|[a-z]*(k|kund)?(id|nr|nummer)$)"
)


@lru_cache(maxsize=16384)
def is_contact_person(name: str) -> bool:
    """Whether a normalised name, or a group, says that it is of whom to turn to: `primary_contact`, `kontaktperson`."""
    return _CONTACT_PERSON.search(name) is not None


@lru_cache(maxsize=16384)  # names come again with every record
def is_others(name: str) -> bool:
    """Whether a normalised name of a field or a table says that it is of somebody in a role."""
    return OTHERS.search(name) is not None


def is_of_gifts(name: str) -> bool:
    """Whether a normalised name of a table says that its rows are gifts: `gift_card`, `presentkort`."""
    return _GIFTS.search(name) is not None


def firsts_of(name: str) -> tuple[str, ...]:
    """What the first one's column may be called beside one with a number: `pnr`, `pnr1`, `pnr_1` beside `pnr2`."""
    number = SECOND_NUMBER.fullmatch(name)
    return (number.group(1), f"{number.group(1)}1", f"{number.group(1)}_1") if number else ()


def are_invitations(name: str) -> bool:
    """Whether a table's normalised name says that its rows are of who is asked to join: `invitations`."""
    return _INVITATIONS.search(name) is not None


def is_emergency(name: str) -> bool:
    """Whether a table's normalised name says that its rows are of whom to call when something happens."""
    return _EMERGENCY.search(name) is not None


def are_leads(name: str) -> bool:
    """Whether a table's normalised name says that its rows are people who may become customers: `leads`, `tips`."""
    return _LEADS.search(name) is not None


@lru_cache(maxsize=16384)
def is_joint(name: str) -> bool:
    """Whether a normalised name of a column or a table says that it is of who holds something together with another."""
    return _JOINT.search(name) is not None


@lru_cache(maxsize=16384)
def is_catalogue(name: str) -> bool:
    """Whether a table's normalised name says that its rows are what many choose from: articles, courses, shops."""
    return _CATALOGUE.search(name) is not None


def are_keys(name: str) -> bool:
    """Whether a table's normalised name says that its rows are keys to places."""
    return _KEYS.search(name) is not None


def is_recipients(name: str) -> bool:
    """Whether a normalised name of a field says that it is of who gets something."""
    return _RECIPIENT.search(name) is not None


def is_payers(name: str) -> bool:
    """Whether a normalised name of a field says that it is of who pays: `BetKundID`, `payer_ssn`."""
    return _PAYERS.search(name) is not None


def is_guardians(name: str) -> bool:
    """Whether a normalised name of a field says that it is of whoever answers for a child."""
    return _GUARDIAN.search(name) is not None


def is_sign_in(name: str) -> bool:
    """Whether a table's normalised name says that it holds by what people sign in to accounts: `user_identities`."""
    return _SIGN_IN.search(name) is not None


def is_merged(name: str) -> bool:
    """Whether a normalised name of a key says that it points to another account of the same person."""
    return _MERGED.search(name) is not None
