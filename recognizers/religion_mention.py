"""Mentions of religion and belief (GDPR article 9).

Example: `hon är muslim`, `medlem i Svenska kyrkan`; near-misses: `Kyrkogatan 5`, `kyrkans larm`, `judoklubben`,
`Kristina`, `Kristianstad`, `jultomten`.
"""

from __future__ import annotations

import re
from typing import ClassVar

from recognizers.base import Shape
from recognizers.labels import whole
from recognizers.mentions import CERTAIN, DOUBTFUL, LIKELY, MentionRecognizer, Term, terms


class ReligionMentionRecognizer(MentionRecognizer):
    """Finds mentions of what somebody believes."""

    entity: ClassVar[str] = "RELIGION_MENTION"
    terms: ClassVar[tuple[Term, ...]] = (
        *terms(
            CERTAIN,
            "är (?:troende|muslim|kristen|jude|judinna|katolik|hindu|buddhist|ateist)(?:er)?$",
            "praktiserande (?:muslim|jude|katolik|kristen)", "jehovas vittne", "medlem i svenska kyrkan",
            "utträde ur svenska kyrkan", "trossamfund", "religiös tillhörighet", "konverterat till",
            "av religiösa skäl", "religiös övertygelse",
            "går (?:i|till) (?:moskén|kyrkan|synagogan|mässan)", "firar (?:eid|chanukka|pesach)",
            *(f"{go} (?:i|på|till) (?:mässa|gudstjänst|fredagsbön|moské|högmässa)" for go in ("går", "gå")),
            *(f"{go} to (?:church|mosque|mass)$" for go in ("goes", "go", "went")),
            *(f"is {a}{what}$" for a in ("", "a ") for what in ("muslim", "christian", "jewish", "catholic")),
            "jehovah",
            "kristen tro", "muslimsk tro",
        ),
        *terms(
            LIKELY,
            "muslim", "sikh$", "shiamuslim", "sunnimuslim", "katolik", "frikyrk", "pingstvän", "mormon", "buddhist",
            "hinduis", "hindu$", "ortodox",
            "judisk", "judinna", "imam$", "koran", "ramadan", "sabbat", "kyrkoavgift", "troende$", "ateist",
            "baptist", "pingstkyrkan", "missionskyrkan", "aktiv i (?:kyrkan|församlingen|moskén|synagogan)",
            "adventist", "ber fem gånger", "fastar under",
        ),
        *terms(
            DOUBTFUL,
            "kristen$", "kristna$", "jude$", "judar$", "moské", "synagoga", "församling(?:en)?$", "religion",
            "religiös", "sjal$", "slöja", "kosher", "halal", "bön(?:en|er)?$", "präst(?:en)?$", "pastor",
            "gudstjänst",
        ),
    )  # fmt: skip
    shapes: ClassVar[tuple[Shape, ...]] = (Shape("field", whole(r"[A-Za-zÅÄÖåäö][^\0]{1,60}"), 0.6, named=True),)
    fields: ClassVar[re.Pattern[str] | None] = re.compile(
        r"(^|_)(religion|trossamfund|religios_?tillhorighet|samfund)(_|$)"
    )
