"""Contract numbers: what a company calls its contracts by. There is no public form; only a label or a field tells one.

Example: `Avtalsnr: A-2017-7000`, a column `avtalsnr`; near-misses: `avtal 24 månader`, `avtalsnr saknas`.
"""

from __future__ import annotations

import re
from typing import ClassVar

from recognizers.base import Shape
from recognizers.labels import LabelledNumber, number_shapes, spoken_shape


class ContractIdRecognizer(LabelledNumber):
    """Finds numbers of contracts, subscriptions and policies of insurance by label or field."""

    entity: ClassVar[str] = "CONTRACT_ID"
    version: ClassVar[str] = "3"
    shapes: ClassVar[tuple[Shape, ...]] = (
        *number_shapes(
            "avtals?", "kontrakts?", "contract", "agreement", "abonnemangs?", "subscription", "försäkrings?", "policy"
        ),
        spoken_shape(
            *(
                rf"{what}avtal(?:et)?"
                for what in ("", "larm", "service", "hyres", "kund", "försäkrings", "abonnemangs")
            ),
            *(r"kontrakt(?:et)?", r"abonnemang(?:et)?", "contract", "agreement", "subscription"),
        ),
    )
    fields: ClassVar[re.Pattern[str] | None] = re.compile(
        r"(^|_)(avtals?|kontrakts?|contract|agreement|abonnemangs?|subscription|forsakrings?)_?(nr|nummer|no|number|num|id)(_|$)"
    )
