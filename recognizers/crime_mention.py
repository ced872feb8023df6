"""Mentions of crime (GDPR article 10): suspicion, judgement, and being a victim.

Example: `misstänkt för stöld`, `dömd för misshandel`; near-misses: `brottsförebyggande`, `inbrottslarm`, `avbrott`,
`rånsäker`, `Polisgatan`.
"""

from __future__ import annotations

from typing import ClassVar

from recognizers.mentions import CERTAIN, DOUBTFUL, LIKELY, MentionRecognizer, Term, terms


class CrimeMentionRecognizer(MentionRecognizer):
    """Finds mentions of crime and of people in its course."""

    entity: ClassVar[str] = "CRIME_MENTION"
    terms: ClassVar[tuple[Term, ...]] = (
        *terms(
            CERTAIN,
            "misstänkt(?:a|s)? för", "dömd(?:es|a)? (?:för|till)", "dömts för", "straffad för", "tidigare straffad",
            "brottsmisstänk", "brottsmisstank", "i fängelse", "fängelsedom", "fängelsestraff", "häktad", "anhållen",
            "i belastningsregist", "belastningsregister", "misstankeregist", "fotboja", "villkorlig dom",
            "skyddstillsyn", "besöksförbud", "kontaktförbud", "kontaktsförbud", "våldsoffer",
            "brottsoffer(?!fond|myndig|jour)", "utsatt för våld",
            "utsatt för (?:brott|hot|stöld|rån|misshandel|inbrott|stalk)", "våldtäk",
            "blev (?:rånad|bestulen|misshandlad|hotad|lurad|bedragen)",
            "blivit (?:rånad|bestulen|misshandlad|hotad|lurad|bedragen)",
            "utsattes för (?:brott|hot|stöld|rån|misshandel|inbrott|stalk|bedrägeri)", "utsatt för bedrägeri",
            "haft inbrott", "fått inbrott", "misstänks (?:ha|för)", "misstänkt misshandel", "misstänkt stöld",
            "kriminell(?:a)? (?:bakgrund|förflutet)", "åtalad", "åtalas", "åtalats",
            "hotad till livet", "våld i (?:nära|hemmet)", "suttit inne", "sitter inne för", "villkorligt frigiven",
            "rattfyller",
            "rånades$",
        ),
        *terms(
            LIKELY,
            "polisanmäl", "misshandl", "mordhot", "hotad(?:e)? av", "hotat (?:oss|mig|henne|honom|personal)",
            "stalk", "narkotikabrott", "bedragare", "gärningsm", "målsägande",
            "inbrott(?:et)? (?:hos|konstater|upptäck|i natt|har skett|skedde|skett)", "bestulen", "identitetsstöld",
            "id-kap", "id-stöld",
            "förskingr", "förundersökning", "gripen av", "greps av", "grepp tjuv", "inbrottstjuv", "ertappad",
            "snattade", "snatteri", "stöldgods", "häktet$", "frihetsberöv", "kvinnofrid", "hedersvåld",
            "relationsvåld", "hotbrev", "förföljd av", "ofredande", "olaga hot",
        ),
        *terms(
            DOUBTFUL,
            "polisen$", "stöld(?:en)?$", "rån(?:et|ad|ade|ades|ats)?$", "hot(?:et|ad|ade)?$", "stulit$", "stal$",
            "snattat", "brott(?:et|en)?$", "tjuv(?:en|ar|arna)?$", "gripen$", "åtal$", "rättegång", "fängelse",
            "kriminell", "misstänkt$", "bedrägeri", "narkotika", "inbrott(?:et|s)?$",
        ),
    )  # fmt: skip
