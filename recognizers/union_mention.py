"""Mentions of trade unions (GDPR article 9).

Example: `medlem i Unionen`, `fackligt ombud`; near-misses: `Europeiska unionen`, `facklig tidskrift` without a person,
`kommunal avgift`, `fackla`, `metallskåp`.
"""

from __future__ import annotations

import re
from typing import ClassVar

from recognizers.base import Shape
from recognizers.labels import whole
from recognizers.mentions import CERTAIN, DOUBTFUL, LIKELY, MentionRecognizer, Term, terms

_UNIONS = (
    "(?:unionen|kommunal|if metall|ledarna|byggnads|handels|transport|elektrikerförbundet|seko|vårdförbundet"
    "|lärarförbundet|sveriges lärare|sveriges ingenjörer|akavia|saco|vision"
    "|finansförbundet|facket|fackförbundet|elektrikerna|hotell- och restaurangfacket|byggnadsarbetareförbundet"
    "|transportarbetareförbundet|polisförbundet|journalistförbundet|läkarförbundet|naturvetarna|fastighets|livs|pappers)"
)


class UnionMentionRecognizer(MentionRecognizer):
    """Finds mentions of membership of a trade union."""

    entity: ClassVar[str] = "UNION_MENTION"
    terms: ClassVar[tuple[Term, ...]] = (
        *terms(
            CERTAIN,
            f"medlem i {_UNIONS}$", f"ansluten till {_UNIONS}$",
            f"tillhör {_UNIONS}$", f"organiserad i {_UNIONS}$", f"gått med i {_UNIONS}$", "fackligt ansluten",
            *(f"{verb} {how} {_UNIONS}$" for verb in ("gå", "går", "gick", "gått") for how in ("ur", "med i", "in i")),
            f"utträde ur {_UNIONS}$", f"inträde i {_UNIONS}$", f"medlem hos {_UNIONS}$",
            "fackligt ombud",
            "fackligt förtroendevald",
            *(f"{what} (?:ombud|representant|kontakt|förtroende)" for what in ("facklig", "fackliga")),
            f"klubbordförande (?:för|i|på) {_UNIONS}$",
            "fackombud", "facklig företrädare", "fackavgift", "fackföreningsavgift",
            "fackmedlem", "fackligt medlemskap", "skyddsombud", "facklig tillhörighet",
        ),
        *terms(
            LIKELY,
            "fackförening", "fackförbund", "fackklubb", "facklig förhandling", "strejkkassa",
            "mbl-förhandling", "union (?:member|rep$|representative|dues)", "trade union",
        ),
        *terms(
            DOUBTFUL,
            "facklig", "facket$", "strejk", "unionen$", "if metall$", "vårdförbundet", "kollektivavtal", "akavia$",
            "saco$",
        ),
    )  # fmt: skip
    shapes: ClassVar[tuple[Shape, ...]] = (Shape("field", whole(r"[A-Za-zÅÄÖåäö][^\0]{1,60}"), 0.6, named=True),)
    fields: ClassVar[re.Pattern[str] | None] = re.compile(
        r"(^|_)(fack|fackforbund|fackforening|fack_?avgift|fack_?medlem\w*|trade_?union)(_|$)"
    )
