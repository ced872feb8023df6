"""Identities in cookies: they single out a visitor's browser (GDPR recital 30).

Forms: Google Analytics (`GA1.2.` + random number + time of the first visit), Meta (`fb.1.` + time + random number);
others only by a label or a field.
Example: `_ga=GA1.2.1234567890.1609459200`; near-misses: `GA1.2` (a version), `cookie-policy 2026`, `1.2.123.456`.
"""

from __future__ import annotations

import re
from typing import ClassVar

from recognizers.base import Candidate, Proof, Recognizer, Shape
from recognizers.labels import SIGN, SIGN_GATE, labelled, whole

_LABELS = (
    r"cookie[ _-]?id", r"_ga(?:_[0-9a-z]{4,12})?", r"_gid", r"_fbp", r"_fbc", r"_gcl_au", r"phpsessid", r"jsessionid",
    r"asp.net_sessionid", r"session[ _-]?id", r"visitor[ _-]?id", r"besökar-?id", r"anonymous[ _-]?id", r"muid",
)  # fmt: skip
_ID = r"[0-9A-Za-z](?:[.\-_]?[0-9A-Za-z]){7,199}(?![0-9A-Za-z])"
_DIGIT = re.compile("[0-9]")


class CookieIdRecognizer(Recognizer):
    """Finds identities of browsers by their maker's form, a label or a field."""

    entity: ClassVar[str] = "COOKIE_ID"
    needs: ClassVar[str] = "digit"
    shapes: ClassVar[tuple[Shape, ...]] = (
        Shape(
            "google",
            re.compile(r"GA1\.[0-9]\.[0-9]{5,11}\.[0-9]{9,11}(?![0-9.])"),
            0.9,
            re.compile(r"0\.0\.0{5,11}\.0{9}"),
        ),
        Shape("meta", re.compile(r"fb\.[0-9]\.[0-9]{13}\.[0-9A-Za-z_\-]{6,200}"), 0.9, re.compile(r"\.0\.0{13}\.")),
        Shape("label", labelled(_LABELS, _ID, SIGN), 0.75, SIGN_GATE),
        Shape("field", whole(rf"[0-9A-Za-z]{_ID.removeprefix('[0-9A-Za-z]')}"), 0.45, named=True),
    )
    fields: ClassVar[re.Pattern[str] | None] = re.compile(
        r"(^|_)(cookie(_?id)?|ga|gid|fbp|fbc|muid|visitor_?id|besokar_?id|anonymous_?id|session_?id|tracking_?id|ga_client_?id)(_|$)"
    )
    not_fields: ClassVar[re.Pattern[str] | None] = re.compile("policy|samtycke|consent|typ|datum|date")
    by_column: ClassVar[bool] = False
    rank: ClassVar[int] = 23

    def prove(self, candidate: Candidate) -> Proof | None:
        """Take what holds a digit; Google's form is the same in every cookie of a browser without its first parts."""
        text, shape = candidate.text, candidate.shape
        if not _DIGIT.search(text):
            return None
        value = ".".join(text.split(".")[-2:]) if text.startswith("GA1.") else text
        return Proof(value, shape.score, why=(f"shape:{shape.name}",))

    def mask(self, value: str) -> str:
        """Keep the first four characters."""
        return value[:4] + "*" * (len(value) - 4)
