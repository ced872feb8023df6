"""Protected identity: marks that a person's address must not be disclosed.

Kinds in law: sekretessmarkering (offentlighets- och sekretesslagen 2009:400, 22 kap. 1 §), skyddad folkbokföring
(folkbokföringslagen 1991:481, 16 §; before 2019 kvarskrivning), fingerade personuppgifter (lag 1991:483).
Example: `kunden har skyddad identitet`, a column `sekretessmarkering` with `J`; near-misses: `sekretessavtal`,
`skyddad av larm`, `lösenordsskyddad`, a column `sekretessmarkering` with `N`.
"""

from __future__ import annotations

import re
from typing import ClassVar

from recognizers.base import Candidate, Proof, Shape
from recognizers.labels import whole
from recognizers.mentions import CERTAIN, DOUBTFUL, LIKELY, MentionRecognizer, Term, terms

_FLAG = re.compile(r"(?:j|ja|y|yes|true|sant|1|x|s|sk|sekretess\w*|skydd\w*|kvarskriv\w*|finger\w*)", re.IGNORECASE)


class ProtectedIdentityRecognizer(MentionRecognizer):
    """Finds marks and mentions of protected identity; in a field called so, the values that say yes."""

    entity: ClassVar[str] = "PROTECTED_IDENTITY"
    needs: ClassVar[str] = ""
    terms: ClassVar[tuple[Term, ...]] = (
        *terms(
            CERTAIN,
            "sekretessmarker", "sekretessmärk", "sekretesskydd",
            "skyddad(?:e)? (?:folkbokför|identitet|personuppgift|adress|person)", "skyddat (?:id|nummer|boende)",
            "kvarskriv", "fingerad(?:e)? (?:identitet|personuppgift|person)", "hemlig adress", "spärrmark",
            "spärrad adress", "särskild postadress hos skatte", "förmedlingsuppdrag", "skatteverkets förmedling",
            "box 2820", "lever gömd", "lever gömt", "får inte lämna ut adress", "lämna inte ut adress",
            "adressen? är (?:skyddad|sekretessbelagd|hemlig|spärrad)", "adressen? får (?:ej|inte) (?:röjas|lämnas ut)",
            "röj inte adress", "protected (?:identity|address)", "secret address", "fått ny identitet",
        ),
        *terms(LIKELY, "hemligt nummer", "skyddsboende", "kvinnojour", "gömd identitet", "sekretess(?:en)?$"),
        *terms(DOUBTFUL, "skyddad$", "skyddade$", "hotbild", "säkerhetsskäl"),
    )  # fmt: skip
    shapes: ClassVar[tuple[Shape, ...]] = (Shape("field", whole(r"[0-9A-Za-zÅÄÖåäö][^\0]{0,60}"), 0.45, named=True),)
    fields: ClassVar[re.Pattern[str] | None] = re.compile(
        r"sekretess_?(markering|markerad|flagga|skydd)?(_|$)|skyddad_?(identitet|folkbokforing|person|adress|id)|skyddade_?person"
        r"|kvarskriv|fingerad|protected_?(identity|person|address)|sparr_?markering|hemlig_?adress"
    )
    not_fields: ClassVar[re.Pattern[str] | None] = re.compile(r"(^|_)(avtal|datum|date|niva|level|klass)(_|$)")
    rank: ClassVar[int] = 85

    def prove(self, candidate: Candidate) -> Proof | None:
        """Take mentions, and of a field's values those that say yes; they all mean the same."""
        if candidate.shape.named:
            return Proof("ja", candidate.shape.score, why=("field",)) if _FLAG.fullmatch(candidate.text) else None
        return super().prove(candidate)
