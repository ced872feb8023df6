"""Mentions of family and living situation: who lives in a home, and when it stands empty.

Example: `bor ensam`, `bortrest till 12/8`, `nyligen skild`; near-misses: `familjepaket`, `ensamrätt`, `Familjen Ek`,
`barnlås`, `barnsligt enkelt`, `skild från elnätet`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from recognizers.base import Candidate, Shape
from recognizers.labels import whole
from recognizers.late import late
from recognizers.mentions import CERTAIN, DOUBTFUL, LIKELY, MentionRecognizer, Term, terms
from recognizers.name_words import judge

_WHOSE = ("min", "mitt", "mina", "hans", "hennes", "sin", "sitt", "sina", "din", "deras", "vår")
_KIN_TOO = "(?:husband|wife|son|daughter|mother|father|partner|kids|children)"
_KIN = (
    "(?:fru|man|mor|far|föräldrar|bror|syster|syskon|mormor|morfar|farmor|farfar|brorson|systerson|brorsdotter"
    "|systerdotter)"
)
"""Which say nothing without whose they are: `Fru Ek`, `man kan`, `syster Anna`."""


_NAMED = late(
    r"(?P<kin>[mpsdhMPSDH](?<![^\W_].)(?:(?<=[mM])(?:amman?|aken?|akan?|ormor|orfar)|(?<=[pP])appan?"
    r"|(?<=[sS])(?:on(?:en)?|ambon?|värmor|värfar)|(?<=[dD])otter(?:n)?|(?<=[hH])ustrun?)) (?P<name>[A-ZÅÄÖ][^\W\d_]+)"
)
"""`Kommer med mamma Farhiya`, `dottern Carina`."""
_OF_A_NAME = Shape("mention", re.compile(r"(?!)"), LIKELY)


class FamilyMentionRecognizer(MentionRecognizer):
    """Finds mentions of family, household and absence from home."""

    entity: ClassVar[str] = "FAMILY_MENTION"
    terms: ClassVar[tuple[Term, ...]] = (
        *terms(
            CERTAIN,
            "bor (?:helt )?ensam", "bor själv$", "ensamboende", "ensamstående",
            "ensam (?:hemma|i huset|i lägenheten)", "bortrest", "bortresta", "ensam vårdnad", "vårdnadstvist",
            "delad vårdnad", "växelvis boende", "har skilt sig", "ligger i skilsmässa", "nyskild", "nyligen skild",
            "nybliven änka", "nybliven änkling", "fosterbarn", "familjehem$", "adoptivbarn", "står tomt",
            "tomt hela sommaren", "ingen (?:är )?hemma",
            "gemensam vårdnad", "fosterhem", "jourhem", "huset är tomt", "ensam med (?:barn|sitt barn|sina barn)",
        ),
        *terms(
            LIKELY,
            "skilsmäss", "separerat", "separerad", "separation(?:en)?$", "har separerat", "änka$", "änkan$",
            "änkling", "änkeman", "vårdnadshavare", "dödsbo", "är bortrest", "åker bort", "reser bort",
            "på semester", "på resande fot", "bor med", "bor tillsammans med", "flyttat isär", "flyttat ihop",
            "hemma från skolan", "barnen är hemma", "små barn", "småbarn", "väntar barn", "nyförlos", "exmake",
            "exmaka", "exfru", "exman", "exsambo", "särbo", "mitt ex$", "barnbarn", "hyr ut", "inneboende",
            "barnvakt", "tvillingar", "före detta (?:man|fru|make|maka|sambo|pojkvän|flickvän)", "pojkvän", "flickvän",
            "fästmö$",
            "fästman$", "nygift", "styvson", "styvdotter", "styvbarn", "bonusbarn", "umgängesrätt", "underhållsbidrag",
            *(f"{whose} {_KIN}$" for whose in _WHOSE),
            *(f"{whose} {_KIN_TOO}$" for whose in ("my", "his", "her")),
            "bor (?:nu |numera |kvar )?hos (?:sin|sina|sonen|dottern|mamma|pappa|föräldr)",
            "är på semester", "föräldraledig", "pappaledig", "mammaledig", "ska gifta sig", "gick bort", "avled$",
            "avlidit", "avliden", "efterlevande make",
            "utomlands (?:till|hela)", "bor ihop med", "tvåbarns(?:mor|far|mamma|pappa|föräld)",
            "trebarns(?:mor|far|mamma|pappa|föräld)", "singelhushåll", "ensamhushåll",
            "barnen är [0-9]", "har (?:ett|två|tre|fyra|fem|[0-9]) (?:små |vuxna |minderåriga )?barn$",
            "nyfödd", "bebis", "ska skiljas", "ska skilja sig",
            *(f"är {how}(?! från| mellan| åt)$" for how in ("gift", "skild", "frånskild", "sambo", "ogift")),
            "divorc", "separated from (?:his|her|my)", "widow$", "widowed$", "widower$",
            "single (?:mother|father|parent|mom|mum|dad)",
            "lives alone", "living alone", "live alone", "custody of", "passed away", "newborn", "is married$",
            "married to", *(f"late {who}$" for who in ("husband", "wife", "mother", "father")),
            *(f"ex{joint}{who}$" for joint in ("-", "") for who in ("husband", "wife", "boyfriend", "girlfriend")),
            *(f"{many} (?:small |young |little )?(?:children|kids)$" for many in ("two", "three", "four", "five")),
            "away (?:on holiday|on vacation|until)",
            "väntar (?:sitt |vårt |deras |hennes )?(?:första|andra|tredje) barn",
        ),
        *terms(
            DOUBTFUL,
            "gift$", "gift med", "skild$", "frånskild", "sambo$", "sambon$", "make$", "maka$", "maken$", "makan$",
            "hustru", "barn$", "barnen$", "son$", "sonen$", "dotter$", "dottern$", "mamma$", "pappa$", "svärmor",
            "svärfar", "partner$", "hund$", "hunden$", "katt$", "katten$", "husdjur", "semester(?:n|resa|resan)?$",
            "familj$",
            "familjen$", "ogift", "singel$",
        ),
    )  # fmt: skip
    shapes: ClassVar[tuple[Shape, ...]] = (Shape("field", whole(r"[A-Za-zÅÄÖåäö][^\0]{1,80}"), 0.5, named=True),)
    fields: ClassVar[re.Pattern[str] | None] = re.compile(
        r"(^|_)(civilstand|civil_?status|marital_?status|familj(e_?situation|eforhallanden?)?|hushall|household|livssituation)(_|$)"
    )

    def candidates(self, text: str) -> Iterator[Candidate]:
        """The terms, and what somebody called by name is to another."""
        yield from super().candidates(text)
        for match in _NAMED.finditer(text):
            if judge(match["name"]).given:
                yield Candidate(*match.span("kin"), match["kin"], _OF_A_NAME)
