"""Secrets: passwords, their hashes, private keys and tokens. That there is one is the finding; it is never shown.

Forms: hashes of crypt(5) (bcrypt, argon2, sha-crypt, md5-crypt, yescrypt), PBKDF2 and LDAP; private keys (RFC 7468);
JSON Web Tokens (RFC 7519); bearer tokens (RFC 6750); passwords in URLs (RFC 3986, 3.2.1); tokens with their issuer's
prefix. A password in clear has no form: a label (`lösenord:`) or a field tells one. Without a digit it
must be all of its line, its element or its place in a URL, or have a sign in it.
Example: `lösenord: Sommar2026!`; near-misses: `lösenord: ändrat`, `lösenordet är glömt`, `password=****`, a token
`null`.

The canonical form is a digest: a secret's text is not carried any further than its recognition.
"""

from __future__ import annotations

import hashlib
import re
from typing import ClassVar

from recognizers import sign_in
from recognizers.base import Candidate, Proof, Recognizer, Shape
from recognizers.labels import GATE, SIGN, SIGN_GATE, labelled, whole

_B64 = "[0-9A-Za-z./+]"
_CRYPT = Shape(
    "hash",
    re.compile(
        rf"\$(?:2[abxy]?\$[0-9]{{2}}\${_B64}{{53}}|argon2(?:id|i|d)\$[!-~]{{20,400}}|[156]\$[!-~]{{0,60}}\${_B64}{{22,86}}"
        rf"|y\$[!-~]{{0,40}}\${_B64}{{43}}|apr1\$[!-~]{{0,8}}\${_B64}{{22}}|scrypt\$[!-~]{{20,200}})"
    ),
    0.95,
    re.compile(r"\$0?x?\$"),
)
_LDAP = Shape(
    "hash",
    re.compile(
        rf"(?:\{{S?S?(?:HA|MD5|CRYPT)(?:256|512)?\}}|pbkdf2_sha(?:256|1)\$[0-9]{{1,8}}\$){_B64}[0-9A-Za-z./+$=]{{19,200}}"
    ),
    0.95,
    re.compile(r"\{0*\}|_0{1,3}\$"),
)
_PEM = Shape(
    "key",
    re.compile(
        r"-----BEGIN [A-Z ]{0,20}PRIVATE KEY(?: BLOCK)?-----[^\0\-]{0,16000}"
        r"(?:-----END [A-Z ]{0,20}PRIVATE KEY(?: BLOCK)?-----)?"
    ),
    0.98,
    re.compile("----- "),
)
_JWT = Shape(
    "token",
    re.compile(r"eyJ(?<![0-9A-Za-z_\-]eyJ)[0-9A-Za-z_\-]{8,4000}\.eyJ[0-9A-Za-z_\-]{4,8000}\.[0-9A-Za-z_\-]{0,2000}"),
    0.95,
    re.compile(r"\.[-_0x]*\."),
)
_BEARER = Shape(
    "token",
    re.compile(r"[bB]earer[ :]{1,2}(?P<value>[0-9A-Za-z._~+/\-]{16,4000}={0,2})"),
    0.85,
    GATE,
)
_ISSUED = Shape(
    "token",
    re.compile(
        r"(?:(?:AKIA|ASIA)[0-9A-Z]{16}|gh[pousr]_[0-9A-Za-z]{36}|github_pat_[0-9A-Za-z_]{40,90}|glpat-[0-9A-Za-z_\-]{20,40}"
        r"|xox[abprs]-[0-9A-Za-z\-]{10,80}|[sr]k_(?:live|test)_[0-9A-Za-z]{16,99}|AIza[0-9A-Za-z_\-]{35}"
        r"|SG\.[0-9A-Za-z_\-]{16,32}\.[0-9A-Za-z_\-]{30,60})(?![0-9A-Za-z])"
    ),
    0.92,
    GATE,
)
_URL = Shape(
    "password",
    re.compile(r"://[^\s/:@\0]{1,64}:(?P<value>[^\s/:@\0]{3,128})@"),
    0.85,
    re.compile(r"://[^ \0]*:[^ \0]*@"),
)
_PASSWORDS = (
    r"l[öo]sen(?:ord(?:et)?)?",
    *(rf"{what}l[öo]sen(?:ord(?:et)?)?" for what in ("wi-?fi-?", "mejl", "mail", "inloggnings", "nätverks")),
    r"passwor[dt]", r"passwd", r"pwd", r"passphrase", r"passfras",
)  # fmt: skip
_LABELS = (
    *_PASSWORDS, r"secret(?:[ _-]?key)?",
    r"api[ _-]?(?:key|nyckel|token)", r"access[ _-]?key", r"token",
)  # fmt: skip
_WORD = r"[^\s\"'<>,;\0]"
_CLEAR = Shape("password", labelled(_LABELS, rf"{_WORD}{{4,128}}", SIGN), 0.75, SIGN_GATE)
_BOTH = r"(?=[^\s0-9\0]{0,60}[0-9])(?=[^\sA-Za-z\0]{0,60}[A-Za-z])"
"""A digit and a letter in one word."""
_TOLD = Shape(
    "password",
    labelled(
        _PASSWORDS,
        rf"{_BOTH}{_WORD}{{6,128}}",
        r"(?:>|[ \t](?:(?:till|för|på|for) [^\W\d_]{1,20} (?:är|is)[ :]{1,2})?)",
    ),
    0.65,
    re.compile(r"[ \t>][^ \0]{0,60}0"),
)
"""Without a sign: `lösenord Sommar2026`, `<password>Sommar2026<`, `lösenordet till larmet är Sommar2026`."""
_CHANGED = (
    *(
        rf"{verb}(?: (?:sitt|mitt|ditt|hans|hennes|ert))? l[öo]sen(?:ord(?:et)?)? till"
        for verb in ("byt(?:a|er|t|te)?", "ändra(?:de|r|t)?", "sätta", "satte?")
    ),
    r"l[öo]sen(?:ord(?:et)?)? (?:är |blev |har )?(?:byt(?:s|t|tes)|ändra(?:t|s|des)|satt(?:es)?|återställt) till",
)
_RENEWED = Shape(
    "password",
    labelled(
        _CHANGED,
        rf"{_BOTH}{_WORD}{{6,128}}",
        r"[ \t]?:?[ \t]",
    ),
    0.7,
    re.compile(r"[ \t:][^ \0]{0,60}0"),
)
"""`bytte lösenord till Sommar2026`."""
_WHOSE = r"(?: (?:till|för|på|for|to) [^\n\0:=0-9]{1,24}?(?= ?[:=]))?"
_LINE = Shape(
    "line",
    labelled(
        (*(rf"{word}{_WHOSE}" for word in _PASSWORDS), "pass(?==)"),
        rf"{_WORD}{{5,64}}(?=[\"']?,?[ \t]*(?:[\r\n\0}};]|\Z))",
        SIGN,
    ),
    0.6,
    SIGN_GATE,
)
"""A word without a digit that is all that follows the label on its line: `DB_PASSWORD=blomkruka`."""
_TAGGED = Shape("tag", re.compile(r"[pP](?i:assword|wd)>(?P<value>[^<>\s\0]{4,128})</"), 0.7, re.compile(r">[^ \0]*</"))
_SIGNED = Shape(
    "signed",
    labelled(
        _PASSWORDS,
        r"[0-9A-Za-zÅÄÖåäö]{2,60}(?:[!#$%&*+=?][0-9A-Za-zÅÄÖåäö!#$%&*+=?]{1,60}|!)(?![^\s.,;\"'\0])",
        r"[ \t](?:(?:till|för|på|for|to) [^\W\d_]{1,20} )?(?:(?i:är|is)[ :])",
    ),
    0.6,
    re.compile(r"[ \t][^ \0]*[!#$%&*+=?]"),
)
"""A word with a sign in it: `lösenordet är Hund&Katt`."""
_PAIR = Shape(
    "pair",
    labelled(sign_in.LABELS, sign_in.SECOND, rf"{sign_in.LINK}{sign_in.NAME}{sign_in.JOINT}"),
    0.7,
    sign_in.GATE,
)
_FIELD = Shape("field", whole(r"[!-~å-öÅ-Ö][!-~å-öÅ-Ö]{3,400}"), 0.45, named=True)
_HASH = re.compile(r"(?:[0-9a-fA-F]{2}){16,64}|\$[0-9a-z]{1,10}\$.*")
_DIGIT = re.compile("[0-9]")
_NAMED = re.compile(r"passw|l[öo]sen|pwd|secret|hash|token|\A(?:sha|md|utf|base|oauth|aes)-?[0-9]+\Z", re.IGNORECASE)
"""Names of variables and of procedures, not their values."""
_HIDDEN = re.compile(r"(?-i:[A-Z][A-Z0-9_]{2,}=[^=]+)|[*x.•_\-#]+[.!?]*|\$?\{.*|%.*|\[.*|\(.*|<.*|&lt.*", re.IGNORECASE)
_SPAN = re.compile(
    r"[0-9]{1,2}(?:[:.][0-9]{2})?(?:-[0-9]{1,2}(?:[:.][0-9]{2})?)?|(?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9](?:[T ].*)?"
)
"""A time or a date: `pass=13-16` of a laundry."""
_NO_SECRET = frozenset(
    (
        *(
            "saknas",
            "null",
            "none",
            "true",
            "false",
            "ändrat",
            "bytt",
            "glömt",
            "okänt",
            "fel",
            "felaktigt",
            "återställt",
        ),
        *(
            "redacted",
            "required",
            "string",
            "text",
            "hidden",
            "changed",
            "unknown",
            "n/a",
            "undefined",
            "expired",
            "nytt",
        ),
    )
)


_NO_WORD = re.compile(
    r"(?:.*(?:ing|ingen|igt|iskt|erat|krävs|ttat|nat|rat|lat|kat|tad|rad|ed|ired|word|lösenord(?:et)?|null)"
    r"|samma|valfritt|incorrect|invalid|reset|optional|missing|empty|wrong|correct|field|input|value|varchar|example"
    r"|secret|pass|sträng|skickas|finns|minst|enligt|nej|self|this|await|getenv|prompt|default|strict|basic|check"
    r"|enabled|disabled)|.*\.[A-Za-z_]\w*(?:\(.*)?",
    re.IGNORECASE,
)
"""What is said of a password rather than is one (`Lösenord: återställt`, `password: required`), and code."""
_CLEARS = (_CLEAR, _TOLD, _RENEWED, _FIELD, _LINE, _TAGGED, _SIGNED, _PAIR)
_DIGITLESS = (_FIELD, _LINE, _TAGGED, _SIGNED, _PAIR, _URL)
"""Shapes in which it needs no digit."""


class SecretRecognizer(Recognizer):
    """Finds secrets; `kind` is `hash`, `key`, `token` or `password`. Without a digit: only where no word can be."""

    entity: ClassVar[str] = "SECRET"
    version: ClassVar[str] = "7"
    shapes: ClassVar[tuple[Shape, ...]] = (
        _CRYPT,
        _LDAP,
        _PEM,
        _JWT,
        _BEARER,
        _ISSUED,
        _URL,
        _CLEAR,
        _TOLD,
        _RENEWED,
        _LINE,
        _TAGGED,
        _SIGNED,
        _PAIR,
        _FIELD,
    )
    fields: ClassVar[re.Pattern[str] | None] = re.compile(
        r"(^|_)(losen|losenord|password|passwd|pwd|pass_?hash|passphrase|salt|secret|client_secret|api_?(key|nyckel|token)"
        r"|private_?key|access_?(key|token)|auth_?token|refresh_?token|token|totp|mfa_?(secret|seed|key))(_?hash)?(_|$)"
    )
    not_fields: ClassVar[re.Pattern[str] | None] = re.compile(
        r"(^|_)(datum|date|tid|time|at|changed|andrat|reset|expires?|type|typ|status|count|antal|fel|algorithm|id|policy)(_|$)"
    )
    by_column: ClassVar[bool] = False
    rank: ClassVar[int] = 18

    def prove(self, candidate: Candidate) -> Proof | None:
        """Refuse what only says that there is a secret, and words; give a digest."""
        text, shape = candidate.text, candidate.shape
        if shape in _CLEARS and (_HIDDEN.fullmatch(text) or text.lower().rstrip(".!?") in _NO_SECRET):
            return None
        if shape in _CLEARS and shape is not _FIELD and _SPAN.fullmatch(text):
            return None
        if shape in (_TOLD, _RENEWED) and _NAMED.search(text):
            return None
        if not _DIGIT.search(text) and (shape not in _DIGITLESS or (shape is not _FIELD and _is_word(text))):
            return None
        kind = "password" if shape in _CLEARS else shape.name
        if shape is _FIELD and _HASH.fullmatch(text):
            kind = "hash"
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        return Proof(digest, shape.score, kind, why=(f"shape:{shape.name}",))

    def mask(self, value: str) -> str:  # noqa: ARG002
        """Show nothing, not even the length."""
        return "********"


def _is_word(text: str) -> bool:
    """Whether a text without digits only tells of a secret."""
    bare = text.rstrip(".!?")
    return _NAMED.search(bare) is not None or _NO_WORD.fullmatch(bare) is not None
