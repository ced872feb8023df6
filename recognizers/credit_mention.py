"""Mentions of credit: what a person owes and cannot pay.

Example: `betalningsanmärkning`, `skuld hos Kronofogden`; near-misses: `kreditfaktura`, `kreditkort`, `skuldfri`,
`kronofogdens telefonnummer` is doubtful, `betalningsvillkor`.
"""

from __future__ import annotations

from typing import ClassVar

from recognizers.mentions import CERTAIN, DOUBTFUL, LIKELY, MentionRecognizer, Term, terms


class CreditMentionRecognizer(MentionRecognizer):
    """Finds mentions of credit reports, defaults and debts."""

    entity: ClassVar[str] = "CREDIT_MENTION"
    terms: ClassVar[tuple[Term, ...]] = (
        *terms(
            CERTAIN,
            "betalningsanmärk", "skuldsaner", "utmät", "löneutmät", "skuldsatt", "överskuldsatt",
            "personlig konkurs", "skuld(?:er)? hos kronofog", "hos kronofog", "till kronofog", "hos inkasso",
            "dålig kredit", "låg kreditvärd", "kreditupplysning visa", "betalningsoförmög", "betalningsförelägg",
            "nekad kredit", "nekats kredit", "nekad lån", "kan inte betala", "har inte råd",
            "skuldsaldo", "uc-score", "uc score", "existensminimum", "vräkt$", "vräks$",
            "ligger efter med (?:betalning|hyra|faktur)",
            "skuld till kronofog", "skickats till inkasso", "gått till inkasso", "ligger (?:hos|på) inkasso",
            "inkassokrav",
            "anmärkning(?:ar)? hos (?:uc|kronofog)", "ej kreditvärdig", "inte kreditvärdig", "icke kreditvärdig",
            "spelskuld", "försörjningsstöd", "ekonomiskt bistånd",
        ),
        *terms(
            LIKELY,
            "kreditvärdig", "kreditbetyg", "kreditscor", "inkassoärende", "inkassoskuld", "inkassovarning",
            "till inkasso$", "kreditupplysning(?:en)? (?:tagen|tagits|togs|gjord|hämtad|tas på)", "avbetalningsplan",
            "betalningssvårig", "obetalda? (?:faktur|räkning|skuld|hyr|avgift|avi)",
            "förfallna fakturor", "anstånd(?!ig)", "betalningsuppgör", "skuldsedel", "skuldebrev", "blancolån",
        ),
        *terms(
            DOUBTFUL,
            "skuld(?:en|er|erna)?$", "lån(?:et|en)?$", "betalningspåminn", "påminnelse", "delbetal", "uppskov",
            "kreditgräns",
            "kronofog", "kreditupplysning", "kreditprövning", "inkasso(?!bolag|företag|byrå|firma)", "obetald$",
            "betalningsplan", "låneskuld", "ekonomiska problem",
        ),
    )  # fmt: skip
