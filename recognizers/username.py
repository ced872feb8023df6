"""User names: what people sign in with. There is no public form; only a label or a field tells one.

Example: `Användarnamn: anna.ek`, `user=aek01`, a column `anvandare`; near-misses: `användaren ringde`, `user: root`,
`login: anna@example.se` (an e-mail address).
"""

from __future__ import annotations

import re
from typing import ClassVar

from recognizers import sign_in
from recognizers.base import Candidate, Proof, Recognizer, Shape
from recognizers.labels import SIGN, SIGN_GATE, labelled, whole
from recognizers.name_words import judge
from recognizers.ordinary import is_inflected, is_ordinary

_LABELS = (
    r"användar(?:namn(?:et)?|id|-id|e)",
    r"anv\.?namn",
    r"inloggnings?(?:namn|id|-id)",
    r"inlogg",
    r"user[ _-]?(?:name|id)?",
    r"usr",
    r"login(?:name)?",
    r"account[ _-]?name",
    *(rf"{of}-?konto(?:t)?" for of in ("ad", "windows", "nätverks", "dator", "domän")),
)
_NAME = r"[0-9A-Za-zÅÄÖÉÜåäöéü_](?:[.\-\\]?[0-9A-Za-zÅÄÖÉÜåäöéü_]){1,39}(?![\w@])(?![.+\-][\w@])"
_TALK = r"[A-Za-zåäö]{2,20},? [^\W\d_]{1,20}(?=[ ?!.,\n\0]|\Z)"
"""How somebody in a chat begins to speak: `user: fick fel kod`."""
_DOERS = (
    *(
        f"{what}_(?:by|av)"
        for what in (
            "created",
            "updated",
            "modified",
            "performed",
            "changed",
            "deleted",
            "skapad",
            "uppdaterad",
            "ändrad",
        )
    ),
    *("operat[oö]r", "anv", "signatur", "actor"),
)
"""Who did it, in small letters: `created_by: aek01`."""
_AS = ("inlogga[dt] som", "logga(?:r|de)? in som", "logged in as", "ad-konto(?:t)?", "windows-(?:inloggning|konto)")
_MEDIA = tuple(
    rf"{medium}(?:[- ]?(?:konto|namn|användare)(?:t|et|n)?)?"
    for medium in (
        "instagram",
        "insta",
        "twitter",
        "tiktok",
        "snapchat",
        "snap",
        "telegram",
        "discord",
        "skype",
        "threads",
    )
)
"""Where people are called by a name that begins with @."""
_CALLED = r"(?: är| heter)?(?:[:=] ?@?| ?@)"
_CALLED_SO = (r"användarnamn(?:et)?", "användar-?id", "username", "inloggningsnamn(?:et)?")
_DID = r"(?:viewed|read|opened|updated|changed|deleted|created|exported|printed|visade|läste|öppnade|ändrade)(?![^\W_])"
_FIRST_AND_LAST = r"[a-zåäö]{2,20}\.(?!(?:exe|dll|py|js|php|com|se|net|org)(?![^\W_]))[a-zåäö]{2,20}(?![\w.@/])"
"""`agent=sar.ek`; programs are agents, too."""
_HANDLE = re.compile(r"@(?<![\w.@/+-]@)[A-Za-z_][\w.]{2,29}(?![\w@(/-])")
_IN_DOMAIN = re.compile(rf"[A-Z](?<![\w\\:/.\-].)[A-Z0-9\-]{{1,14}}\\(?=[a-z]){_NAME}")
"""`NORD\\annaek`, as Windows writes it."""
_SESSION = re.compile(
    r"[pPsS](?<![^\W_].)(?i:(?<=p)(?:assword|ublickey)|(?<=s)ession (?:opened|closed)) for (?:invalid user |user )?"
    rf"(?P<value>{_NAME})"
)
"""In the logs of sign-ins: `Failed password for aek01 from`."""
_SERVED = re.compile(rf" - (?P<value>{_NAME}) \[[0-3][0-9]/[A-Z][a-z]{{2}}/[0-9]{{4}}:")
"""Who was signed in, in the log of a web server (Common Log Format): `203.0.113.7 - aek01 [06/May/2024:10:00:01 `."""
_SERVED_GATE = re.compile(r" - [^\[\0]*\[00//0000:")
_TOLD_GATE = re.compile(r"[ \t][^ \0]*0")
"""Of outlines: a blank, and a digit in the word after it."""
_MOBILE = re.compile(r"(?:0046|46|0)7[02369][0-9]{7}")
_NOBODY = frozenset(
    (
        *(
            "root",
            "admin",
            "administrator",
            "system",
            "sys",
            "guest",
            "nobody",
            "daemon",
            "service",
            "null",
            "none",
            "nil",
        ),
        *(
            "true",
            "false",
            "saknas",
            "okänd",
            "okänt",
            "unknown",
            "anonymous",
            "anonym",
            "test",
            "api",
            "www-data",
            "ja",
        ),
        *("nej", "har", "kan", "fel", "finns", "inte", "ej", "och", "the", "id", "name", "agent", "login", "undefined"),
    )
)


def _is_said(value: str) -> bool:
    """Whether a value is an ordinary word and no name: `user: okej`, `inlogg: fungerar`."""
    word = judge(value)
    return value.isalpha() and not (word.given or word.surname) and (word.ordinary or is_inflected(value))


class UsernameRecognizer(Recognizer):
    """Finds user names by label or field; accounts of programs are nobody's."""

    entity: ClassVar[str] = "USERNAME"
    version: ClassVar[str] = "10"
    needs: ClassVar[str] = "letter"
    shapes: ClassVar[tuple[Shape, ...]] = (
        Shape("label", labelled(_LABELS, rf"(?!{_TALK}){_NAME}", SIGN), 0.75, SIGN_GATE),
        Shape("talk", labelled(_LABELS, rf"(?={_TALK}){_NAME}", SIGN), 0.75, SIGN_GATE),
        Shape(
            "pair",
            labelled(sign_in.LABELS, rf"{sign_in.NAME}(?={sign_in.JOINT}{sign_in.SECOND})", sign_in.LINK),
            0.65,
            sign_in.GATE,
        ),
        Shape(
            "told",
            labelled(_LABELS, rf"(?=[^\W\d]*[.\-\\]?[^\W\d]*[0-9])(?=[A-Za-zÅÄÖåäö]){_NAME}", r"[ \t]"),
            0.6,
            _TOLD_GATE,
        ),
        Shape("label", labelled(_DOERS, rf"(?=[a-z])(?!{_TALK}){_NAME}", "[\"']?[=:][ ]?[\"']?"), 0.6, SIGN_GATE),
        Shape("told", labelled(_AS, rf"(?=[^\W\d_]*(?:[0-9]|[.\-\\_]\w))(?=[A-Za-zÅÄÖåäö]){_NAME}", "[ ]"), 0.6),
        Shape("called", labelled(_CALLED_SO, rf"(?=[a-zåäö]){_NAME}(?=[.,;)\n\0]|\Z)", "[ ]"), 0.6),
        Shape("called", labelled(("audit",), rf"(?=[a-zåäö]){_NAME}(?= {_DID})", ": ?"), 0.65, SIGN_GATE),
        Shape("label", labelled(("agent", "operator", "handler"), _FIRST_AND_LAST, "="), 0.6, re.compile("=")),
        Shape("session", _SESSION, 0.7),
        Shape("session", _SERVED, 0.75, _SERVED_GATE),
        Shape("label", labelled(_MEDIA, _NAME, _CALLED), 0.7, re.compile("[:=@]")),
        Shape("handle", _HANDLE, 0.35, re.compile("@")),
        Shape("domain", _IN_DOMAIN, 0.4, re.compile(r"\\")),
        Shape("field", whole(r"[0-9A-Za-zÅÄÖÉÜåäöéü_][0-9A-Za-zÅÄÖÉÜåäöéü_.\-\\]{1,39}"), 0.45, named=True),
    )
    context: ClassVar[tuple[str, ...]] = (
        *("instagram", "insta", "twitter", "tiktok", "telegram", "discord"),
        *("användar", "inlogg", "logga in", "login", "domän", "user"),
    )
    fields: ClassVar[re.Pattern[str] | None] = re.compile(
        r"(^|_)(anvandare|anv(andar)?_?(namn|id)|user|user_?(name|id)|login|login_?(name|id)|inloggning(s_?namn)?|konto_?namn"
        r"|account_?name|upn|sam_?account(_?name)?|signatur"
        r"|(created|updated|modified|changed|deleted|performed|closed|skapad|skapat|uppdaterad|andrad|andrat|registrerad)_?(by|av))(_|$)"
    )
    not_fields: ClassVar[re.Pattern[str] | None] = re.compile(
        r"(^|_)(user_?agent|typ|type|role|roll|status|count|antal|time|tid|date|datum|ip|mail|epost|phone|language|group)(_|$)"
    )
    by_column: ClassVar[bool] = False
    rank: ClassVar[int] = 65

    def prove(self, candidate: Candidate) -> Proof | None:
        """Refuse accounts of programs and words; the canonical form is in lower case, without a domain before it."""
        value = candidate.text.lower().rpartition("\\")[2].lstrip("@")
        if (
            value in _NOBODY
            or len(value) < (4 if candidate.shape.name in ("told", "called") else 2)
            or (candidate.shape.name == "label" and value.isdigit())
            or (candidate.shape.named and len(value) == 2 and value.isalpha())  # initials
            or (candidate.shape.named and _MOBILE.fullmatch(value))  # by which people sign in, too
            or (candidate.shape.name in ("talk", "called") and is_ordinary(value))
            or (candidate.shape.name == "label" and "@" not in candidate.text and _is_said(value))
        ):
            return None
        return Proof(value, candidate.shape.score, why=(candidate.shape.name,))

    def mask(self, value: str) -> str:
        """Keep the first character."""
        return value[:1] + "***"
