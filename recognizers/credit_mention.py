"""Mentions of credit: what a person owes and cannot pay.

Example: `betalningsanmärkning`, `skuld hos Kronofogden`; near-misses: `kreditfaktura`, `kreditkort`, `skuldfri`,
`kronofogdens telefonnummer` is doubtful, `betalningsvillkor`, `påminnelse om besöket`, `inte kundens skuld`.
"""

from __future__ import annotations

import re
from typing import ClassVar

from recognizers.mentions import CERTAIN, DOUBTFUL, LIKELY, NOTICE, TERM, MentionRecognizer, Term, terms

_FIRMS = "bolag|företag|byrå|firma"


class CreditMentionRecognizer(MentionRecognizer):
    """Finds mentions of credit reports, defaults and debts."""

    entity: ClassVar[str] = "CREDIT_MENTION"
    version: ClassVar[str] = "8"
    terms: ClassVar[tuple[Term, ...]] = (
        *terms(
            CERTAIN,
            "betalningsanmärk", "skuldsaner", "utmät", "löneutmät", "skuldsatt", "överskuldsatt",
            "personlig konkurs", "skuld(?:er)? hos kronofog", "hos kronofog", "till kronofog",
            f"hos inkasso(?!{_FIRMS})",
            "dålig kredit", "låg kreditvärd", "kreditupplysning visa", "betalningsoförmög", "betalningsförelägg",
            "nekad kredit", "nekade kredit", "låg score", "nekats kredit", "nekad lån",
            "kan(?: tyvärr| inte alls)? (?:inte|ej) betala",
            "har (?:inte|ej) råd(?! med (?:fler|ny|en |ett |dyr))",
            "skuldsaldo", "skuldbelopp", "uc-score", "uc score", "existensminimum", "vräkt$", "vräks$", "vräkning",
            r"ligger (?:\w+ ){0,2}efter med (?:\w+ )?(?:betalning|hyra|faktur|avgift)",
            "skuld till kronofog", "skickats till inkasso", "gått till inkasso", "ligger (?:hos|på) inkasso",
            "inkassokrav", "sms-lån", "snabblån", "dålig betalare", "sen betalare", "överbelån",
            "anmärkning(?:ar)? hos (?:uc|kronofog)", "ej kreditvärdig", "inte kreditvärdig", "icke kreditvärdig",
            "spelskuld", "försörjningsstöd", "ekonomiskt bistånd", "socialbidrag", "i skuld efter",
            *(f"{no} på (?:kredit|lån|delbetal|avbetal)" for no in ("nej", "avslag")), "höga skulder",
            *(f"{kind}skuld" for kind in ("hyres", "skatte", "el", "csn-", "telefon")),
        ),
        *terms(
            LIKELY,
            "kreditvärdig", "kreditbetyg", "kreditscor", "inkassoärende", "inkassoskuld", "inkassovarning",
            "till inkasso$", "kreditupplysning(?:en)? (?:tagen|tagits|togs|gjord|hämtad|tas på)", "avbetalningsplan",
            "betalningssvårig", "obetalda? (?:faktur|räkning|skuld|hyr|avgift|avi)",
            "förfallna fakturor", "anstånd(?!ig)", "betalningsuppgör", "skuldsedel", "skuldebrev", "blancolån",
            "debt collect", "payment (?:default|remark)", "in arrears", "debt restructuring", "enforcement authority",
            *(f"{no} (?:pay|afford)" for no in ("cannot", "can't", "can not", "unable to")), "bankruptcy",
            "problem med ekonomin", "ekonomiska (?:problem|svårigheter|bekymmer)", "dålig ekonomi", "ansträngd ekonomi",
            "ont om pengar", "har det knapert", "skuldrådgiv(?!are)",
        ),
        *terms(
            DOUBTFUL,
            "skuld(?:en|er|erna)?(?! (?:för|till att))$", "betalningspåminn",
            *(f"{many} påminnelser" for many in ("två", "tre", "fyra", "flera", "upprepade")),
            r"påminnelse(?:r|n)? (?:på|om|för|gällande) (?:\w+ )?(?:faktur|obetald|betalning|hyr|skuld)",
            r"tagit (?:\w+ )?lån$", r"lån(?:et)? (?:hos|i|på) (?:\w+)?(?:bank|hus|lägenhet)", "privatlån", "banklån",
            "uppskov med (?:betal|hyr|faktur|skuld|avgift)", r"delbetala (?:\w+ )?(?:faktur|skuld|belopp)",
            "kreditgräns", "kronofog", "kreditupplysning(?!sf)", "kreditprövning", f"inkasso(?!{_FIRMS})", "obetald$",
            "betalningsplan", "låneskuld", "studielån", "bolån",
        ),
    )  # fmt: skip
    general: ClassVar[re.Pattern[str] | None] = re.compile(
        rf"{NOTICE.pattern}|(?:jobbar|arbetar|anställd|praktik\w*|tjänst) (?:\w+ ){{0,2}}(?:på|åt|som|med)? ?{TERM}"
    )
    unmeant: ClassVar[re.Pattern[str] | None] = re.compile(
        rf"(?:inga|inte|ej|aldrig|ta|tar|tog|tagit|lägg\w*|ger|gav)(?: (?:på sig|\w+s))? {TERM}"
        rf"|(?:avböjd?e?r?|erbjud\w*|undvik\w*) {TERM}"
        rf"|{TERM}(?:: (?:inga|nej|0)| semester)"
        rf"|{TERM} (?:beviljas|ges|kan|söks|erbjuds|lämnas|skickas|medför|krävs|sköts|ringde|vill ha|går till)"
        rf"|{TERM} (?:efter|inom) \d+ dagar"
        rf"|(?:är|hos|från|via|kontakta) (?:\w+ )?(?:intrum|sergel|lindorff|svea|alektum) {TERM}"
        rf"|^\W*{TERM} ab\b|bolaget (?:gör|kräver|tar) {TERM}"
        rf"|(?:bolaget|företaget|kommunen|föreningen|koncernen|leverantören) (?:har|fick|får|är) (?:\w+ ){{0,2}}{TERM}"
        rf"|{TERM} på (?:alla |våra |nya )*(?:företag|bolag|leverantör)"
    )
