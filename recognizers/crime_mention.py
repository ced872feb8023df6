"""Mentions of crime (GDPR article 10): suspicion, judgement, and being a victim.

Example: `misstänkt för stöld`, `dömd för misshandel`, `haft inbrott`; near-misses: `brottsförebyggande`,
`inbrottslarm`, `avbrott`, `rånsäker`, `Polisgatan`; what alarms are for (`skydd mot inbrott`, `inbrott zon 2`,
`kontakta maken vid hot`).
"""

from __future__ import annotations

import re
from typing import ClassVar

from recognizers.mentions import CERTAIN, DOUBTFUL, LIKELY, NOTICE, TERM, MentionRecognizer, Term, terms

_CRIME = "brott|hot|stöld|rån|misshandel|inbrott|stalk|bedrägeri|överfall|våldtäkt|övergrepp|sexuellt"
_BLOWS = "rånad|bestulen|misshandlad|hotad|lurad|bedragen|knivskuren|knivhuggen|skjuten|överfallen|utpressad"
_FREED = ("kom", "kommit", "släppt", "släpptes", "frigiven", "frigavs")
_LISTED = (
    r"(?:[,:/]? ?\b(?:ett|en|någon|något|hot|rån|stölde?r?|brand|våld|inbrott|skadegörelse|sabotage|överfall"
    r"|bedrägerier|bedragare|tjuvar|brott|eller|och|misstänkta?|eventuell\w*|ev\.?|försök till|typ av)\b)*"
)
"""Between a word and a crime: others of the kind."""
_NO_CRIME = (
    r"(?! (?:inbrott|sabotage|rök|brand|fel|falsk|kabel|glapp|jord|kort|läck|vatten|fukt|mögel|gas|batteri|virus|spam"
    r"|phish|bluff|stroke|hjärt|infarkt|propp|lung|demens|covid|cancer|tumör|brut|benbrott|hjärn|allergi|\w*(?:fraktur|sjukdom"
    r"|inflammation|förgiftning|infektion|läckage)))"
)
"""What is suspected, and no crime: `misstänkt höftfraktur`, `misstänkt läckage`."""
_FOR = (
    r"mot|vid|inget|inga|ingen|många|antal\w*|fler|färre|risken? för|(?:rädd|oro\w*) för|\w*hindra\w*|förebygg\w*"
    r"|avskräck\w*|skyddar?|upptäcka?e?r?|detektera?r?|indikera?r?|larm|larmtyp\w*|larmkategori\w*|zon|sektion|kategori|typ|(?:prov|test|fels)larm"
    r"|larm (?:om|för|från kund)|händelse av|\w*försäkr\w*|hantera|utreda?r?|utbild\w*|informera? om|bok om|film om"
    r"|orsak|skydds?klass|jobbar? mot|arbetar? mot|varning för|varna\w* för|statistik\w*"
)


class CrimeMentionRecognizer(MentionRecognizer):
    """Finds mentions of crime and of people in its course."""

    entity: ClassVar[str] = "CRIME_MENTION"
    version: ClassVar[str] = "7"
    terms: ClassVar[tuple[Term, ...]] = (
        *terms(
            CERTAIN,
            "misstänkt(?:a|s)? för", "dömd(?:es|a)? (?:för|till)", "dömts för", "straffad för", "tidigare straffad",
            "brottsmisstänk", "brottsmisstank", "i fängelse", "fängelsedom", "fängelsestraff", "häktad", "anhållen",
            "i belastningsregist", "belastningsregister", "misstankeregist", "fotboja", "villkorlig dom",
            "skyddstillsyn", "besöksförbud", "kontaktförbud", "kontaktsförbud", "våldsoffer",
            "brottsoffer(?!fond|myndig|jour)", "utsatt för våld", f"utsatt(?:a|s)? för (?:{_CRIME})", "våldtäk",
            *(f"{became} (?:{_BLOWS})" for became in ("blev", "blir", "blivit")), f"utsattes för (?:{_CRIME})",
            *(f"{had} (?:ett |flera |två |tre )?inbrott(?:et)?$" for had in ("haft", "fått", "hade", "fick")),
            "misstänks (?:ha|för)",
            "misstänkt misshandel",
            "misstänkt stöld", "kriminell(?:a)? (?:bakgrund|förflutet|kretsar)", "åtalad", "åtalas", "åtalats",
            "hotad till livet", "våld i (?:nära|hemmet)", "suttit inne", "sitter inne för", "villkorligt frigiven",
            "rattfyller", "rattfylla$", "rånades$", "avtjäna", "skyldig till", "dagsböter", "gängkriminell",
            *(f"{freed} (?:ut |fri )?(?:ur|från) (?:häkte|fängelse|anstalt)" for freed in _FREED), "skyddat boende",
            *(f"{beat} (?:henne|honom|mig|sin |barn|frun|sambon)" for beat in ("slår", "slog", "slagit")),
            "vittna(?:de|t)? mot", "knivskuren",
            "knivhuggen",
            "åkt(?:e)? fast för", "fälld(?:es)? för", "sexuellt (?:ofreda|utnyttja)", "sexualbrott", "pedofil",
        ),
        *terms(
            LIKELY,
            "convicted (?:of|for)", "restraining order", "domestic violence", "domestic abuse", "criminal record",
            "in prison$", "in jail$", "suspected of",
            "reported (?:it |this |him |her )?to the police$", "police report (?:was |is )?(?:filed|made)",
            *(f"{was} (?:arrested|robbed|assaulted|burgled|mugged)$" for was in ("was", "been", "got")),
            r"charged with (?:\w+ )?(?:theft|assault|fraud|robbery|burglary|drunk)",
            "polisanmäl(?:d|t|de|ts|er)",
            "polisanmälan(?= (?:är |har )?(?:gjord|gjort|upprätta|inlämna|av |mot ))",
            *(f"{made} (?:en )?polisanmäl" for made in ("gjort", "gjorde", "lämnat", "lämnade")),
            "misshandl", "mordhot", "dödshot", "hotad(?:e|es)? av",
            "hotat (?:oss|mig|henne|honom|personal|kund|grann|sin )",
            "stalk", "narkotikabrott", "bedragare", "gärningsm", "målsägande",
            "inbrott(?:et)? (?:konstater|upptäck|i natt|i går|i fredags|i helgen|har skett|skedde|skett)",
            "inbrott(?:et)? (?:hos|hemma hos) (?:henne|honom|oss|mig|dem|sin|kunden)", "efter inbrottet",
            "drabbad(?:es|e)? av (?:inbrott|stöld|rån|bedräg)", "bestulen", "identitetsstöld", "id-kap", "id-stöld",
            "förskingr", "förundersökning", "gripen av", "gripen för", "greps$", "grepp tjuv",
            "inbrottstjuv", "ertappad",
            "snattade", "snattat$", "snatteri", "stöldgods", "i häktet$", "frihetsberöv", "kvinnofrid", "hedersvåld",
            "relationsvåld", "hotbrev", "förföljd av", "ofredande", "olaga hot", "efterlyst",
            "utpressning", "övergrepp",
            *(f"{dealt} (?:narkotika|knark|droger)" for dealt in ("säljer", "langar", "innehav av")),
            "ekobrott", "bidragsbrott",
            "skattebrott",
            "personrån", "lurade? (?:av|på) (?:henne|honom|mig|sin|sina|pengar|kod|bankid)", "kvinnojour",
            *(f"{how} av polis" for how in ("hämtad", "hämtats", "omhändertagen", "eftersökt", "känd", "förhörd")),
            "vittne till",
            "polisen (?:har )?(?:hämta|grep|gripit|söker|letar efter|förhör|omhänderta|tog (?:med )?(?:honom|henne))",
        ),
        *terms(
            DOUBTFUL,
            "stöld(?:en)?$", "rån(?:et|ad|ade|ades|ats)?$", "hot(?:et|ad|ade)?(?!-)$", "stulit(?! hjärta)$", "stal$",
            "brott(?:et|en)?$", "tjuv(?:en|ar|arna)?$", "gripen$", "åtal$", "rättegång", "fängelse",
            "kriminell", f"misstänkt{_NO_CRIME}$", "bedrägeri", "narkotika",
            "inbrott(?:et|s)?$", "skadegörelse$", "misshandel", "polisanmäl", "häktet$",
        ),
    )  # fmt: skip
    general: ClassVar[re.Pattern[str] | None] = NOTICE
    unmeant: ClassVar[re.Pattern[str] | None] = re.compile(
        rf"\b(?:{_FOR}){_LISTED}[:,/]? ?{TERM}"
        rf"|{TERM}(?:[-/]| ?\(?(?:zon|sektion|larm|test|och brand|kök|hall|entré|knapp|\d)|\w* (?:krävs|behövs))"
        rf"|(?:om|mall:?|behöver göra en|göra en|i) {TERM} krävs|mall:? {TERM}|larm[^.]{{0,30}}: {TERM}"
        rf"|göra (?:en )?{TERM}|(?:kriminalvården|kund sedan|vi larmar)[^.]*{TERM}"
    )
