"""Code words as operators write them: `kodord granatäpple ok`, `fel kodord ("päron")`, `motsvarandeord: nytt ord Båt`.

Between label and word there is no sign, so that what follows, quotes or a digit must tell the word from what is said
of it. Near-misses: `kodord stämmer`, `kodord lämnat, ok`, `kodordet efterfrågas`.
"""

from __future__ import annotations

import re

from recognizers.base import Shape
from recognizers.labels import GATE, labelled

LABELS = (
    r"kodord(?:et)?",
    r"larmkodord(?:et)?",
    r"lösenfras(?:en)?",
    r"lösenordsfras(?:en)?(?: för [^\n\0:.]{2,20}?)?",
    r"code ?word",
    r"pass ?phrase",
    r"svarsord(?:et)?",
    r"säkerhetsord(?:et)?",
    r"larmord(?:et)?",
    r"motsvarandeord(?:et)?",
    r"kontrollord(?:et)?",
    r"identifieringsord(?:et)?",
)
_TOLD = (
    *LABELS,
    *(
        rf"{said} (?:ordet|frasen|orden)"
        for said in (r"uppge[rst]{1,2}", "uppgav", r"ange[rst]{1,2}", "angav", "säger", "sade?", "sagt", r"svara[rd]e?")
    ),
)
_WORD = r"[^\W\d_][^\W_]{2,23}"
_QUOTE = re.compile("[\"'”“’«»]|\\?")
"""Of outlines; curly quotes are not in Latin-1, and stand there as `?`."""
_BLANK = re.compile(" ")
_SEEN = (
    r"(?=,? (?:ok|okej|o\.k\.|godk[^\W\d_]*|korrekt|rätt|stämmer|stämde|kontroll[^\W\d_]*"
    r"|verifi[^\W\d_]*|bekräft[^\W\d_]*|angett|angivet|uppgett|uppgivet|gäller|noterat)(?![^\W\d_]))"
)
_SAID_OF_IT = (
    r"(?!(?i:inte|ej|var|som|är|har|ska|att|och|med|till|från|vid|för|men|inget|okänt|fel|nytt?|samma|rätt|kund(?:en)?"
    r"|han|hon|hen|de|vi|ni|du|man|kl)(?![^\W\d_]))(?![^\W_]*(?:at|ats|ades?|as|its|tts|gs|rs|ts|et)(?![^\W_]))"
)

SHAPES = (
    Shape("word", labelled(LABELS, rf"{_SAID_OF_IT}{_WORD}{_SEEN}", " "), 0.65, _BLANK),
    Shape("word", labelled(LABELS, r"[^\W\d_]{3,20}-?[0-9]{1,4}(?![\w])", " "), 0.65, GATE),
    Shape(
        "word",
        labelled(_TOLD, r"[^\W_][^\n\0\"”“«»:]{1,38}[^\W_](?=[\"'”’»])", r"[^\n\0\"'”“«»]{0,30}[\"'”“’«»]"),
        0.65,
        _QUOTE,
    ),
    Shape(
        "word", labelled(LABELS, rf"{_WORD}(?![^\W_])", r":? (?:nytt ord|nya ordet|ändrat till)[ :]{1,2}"), 0.65, _BLANK
    ),
)
"""Shapes of words; `alarm_code` proves them."""
