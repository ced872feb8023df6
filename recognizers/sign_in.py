"""User names and their passwords in a pair, as technicians note them: `Inlogg aek01 / Sommar2026`.

Near-misses: `login 2024-03-01 / 12:00` (no letters), `login admin / kund` (a word without a digit or a sign),
`inlogg: https://example.se/x9y8z7`.
"""

from __future__ import annotations

import re

LABELS = (r"inlogg(?:ning)?(?:suppgifter)?", "logga in", "login", "credentials", "creds", "klartext")
NAME = r"(?=[^\s/\0]{0,40}[A-Za-z])(?!https?:)[0-9A-Za-zÅÄÖåäö_](?:[.\-\\]?[0-9A-Za-zÅÄÖåäö_]){1,39}"
JOINT = " ?/ ?"
SECOND = (
    r"(?=[^\s/\0]{0,60}[0-9!#$%&*?])(?=[^\s/\0]{0,60}[A-Za-zåäö])[^\s/,;\"'<>\0]{5,63}[^\s/,;\"'<>.\0]"
    r"(?![^\s,;.\"'<>\0])"
)
LINK = "[: ]{1,2}"
"""Between the label and the pair."""
GATE = re.compile("/")
"""Of outlines."""
