"""Invoice numbers: they lead to a customer in the ledger. There is no public form; only a label or a field tells one.

Example: `Fakturanr 310000`, a column `faktura_id`; near-misses: `faktura 2 st`, `fakturadatum 2026-01-01`.
"""

from __future__ import annotations

import re
from typing import ClassVar

from recognizers.base import Shape
from recognizers.labels import LabelledNumber, number_shapes, spoken_shape


class InvoiceNumberRecognizer(LabelledNumber):
    """Finds numbers of invoices and credit notes by label or field."""

    entity: ClassVar[str] = "INVOICE_NUMBER"
    version: ClassVar[str] = "3"
    shapes: ClassVar[tuple[Shape, ...]] = (
        *number_shapes("faktura", "kreditfaktura", "slutfaktura", "fakt[.]?", "invoice", "inv"),
        spoken_shape("faktura(?:n)?", "kreditfaktura(?:n)?", "slutfaktura(?:n)?", "invoice"),
    )
    fields: ClassVar[re.Pattern[str] | None] = re.compile(
        r"(^|_)(kredit|slut)?(faktura|fakt|invoice|inv)_?(nr|nummer|no|number|num|id)(_|$)"
    )
