"""E-mail addresses, also with Swedish letters in name and domain.

Format: RFC 5321/5322, RFC 6531 (letters outside ASCII), IDNA for domains. Example: `åsa.öberg@räksmörgås.example`,
`test @ example.com` (people write it so). Near-misses: `logo@2x.png`, `https://user:secret@host.example/`,
`git@host.example:org/repo`, `react@18.2.0`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from recognizers.base import Candidate, Proof, Recognizer, Shape
from recognizers.literals import places

# Matched from the "@" backwards, on the reversed text: linear, and no search.
_LOCAL = re.compile(r"(?:[\w\u0300-\u036f+-][\w\u0300-\u036f.+&%'-]{0,62})?\w(?![\w\u0300-\u036f.+&%-])")
_DOMAIN = re.compile(
    r"(?:[^\W_](?:[\w\u0300-\u036f-]{0,61}[\w\u0300-\u036f])?\.){1,6}(?:xn--[a-z0-9-]{2,40}|[^\W\d_]{2,24})(?![^\W_])",
    re.I,
)
_SPELLED_AT = re.compile(r"[(\[{] ?(?i:at|snabel-?a) ?[)\]}]|s(?<= s)nabel-?a(?= )")
"""How people hide the sign from programs that gather addresses: `anna.ek (at) example.se`."""
_URL_LOGIN = re.compile(r"://[^\s/\x00]*\Z")
_SHORTEST = 3
_WINDOW = 70  # characters before the "@" that can matter: 64 of the local part and what stands before it

_PLAIN = Shape("plain", re.compile("@"), 0.95)
_SPACED = Shape("spaced", re.compile(" ?@ ?"), 0.7)
_SPELLED = Shape("spelled", _SPELLED_AT, 0.75)
_ENCODED = Shape("encoded", re.compile("%40"), 0.8)

_COMMON_TOP = frozenset(("se", "nu", "com", "org", "net", "eu", "info", "io", "dk", "no", "fi", "de", "uk", "example"))
_FILE_ENDINGS = frozenset(("png", "jpg", "jpeg", "gif", "svg", "webp", "css", "js", "ts", "json", "html", "pdf", "txt"))
_LETTERS_AND_LISTS = frozenset(
    (
        "eml", "msg", "mbox", "pst", "ics", "vcf", "doc", "docx", "odt", "rtf", "xls", "xlsx", "csv", "xml", "yaml",
        "yml", "log", "zip", "gz", "wav", "mp3", "tif", "db",
    )
)  # fmt: skip
"""Endings of files that are called after whom they are about; some are top-level domains as well."""
_ROLES = frozenset(
    (
        "info", "kundtjanst", "kundtjänst", "kundservice", "support", "kontakt", "hej", "faktura", "ekonomi", "order",
        "sales", "noreply", "no-reply", "postmaster", "webmaster", "admin", "abuse", "gdpr", "dataskydd", "reception",
        "jobb", "hr",
    )
)  # fmt: skip
_RESERVED = re.compile(
    r"(?:^|\.)(?:example|test|invalid|example\.(?:com|org|net|se))$"
)  # RFC 2606, and Internetstiftelsen


class EmailRecognizer(Recognizer):
    """EMAIL_ADDRESS. Value: lower case, NFC, domain in letters (not `xn--`). Kind `role`: a mailbox of nobody."""

    entity = "EMAIL_ADDRESS"
    version = "4"
    shapes = (_PLAIN, _SPACED, _SPELLED, _ENCODED)
    context = ("mail", "e-post", "epost")
    against = ("message-id",)
    fields = re.compile(r"mail|e_?post|(?:^|_)(?:anvandare|user_?name|login|avsandare|mottagare|from|to|cc|bcc)(?:_|$)")
    not_fields = re.compile(r"message_id")
    rank = 5

    def candidates(self, text: str) -> Iterator[Candidate]:
        """Look around every "@" (and "%40" of web logs)."""
        signs = [(at, at + 1) for at in places("@", text)]
        encoded = [(at, at + 3) for at in places("%", text) if text.startswith("40", at + 1)]
        for start, end in sorted(signs + encoded) if encoded else signs:
            found = _around(text, start, end)
            if found is not None:
                yield found
        for start, end in _spelled_signs(text):
            found = _spelled(text, start, end)
            if found is not None:
                yield found

    def prove(self, candidate: Candidate) -> Proof | None:
        """Split, tidy, refuse what only looks like an address."""
        text = candidate.text if candidate.text.isascii() else unicodedata.normalize("NFC", candidate.text)
        if candidate.shape is _SPELLED:
            text = _SPELLED_AT.sub("@", text, 1)
        local, _, domain = text.partition("%40" if candidate.shape is _ENCODED else "@")
        local = local.strip()
        host, top, cut, reserved = _host(domain.strip())
        if not host or top in _FILE_ENDINGS or ".." in local:
            return None
        if candidate.shape in (_SPACED, _SPELLED) and top not in _COMMON_TOP:
            return None
        name = local.lower()
        return Proof(
            f"{name}@{host}",
            candidate.shape.score,
            kind="role" if name in _ROLES else "",
            why=(f"shape:{candidate.shape.name}",),
            test=reserved,
            trim=(0, cut),
        )

    def mask(self, value: str) -> str:
        """`anna.ek@example.se` -> `a***@***.se`."""
        local, _, domain = value.partition("@")
        return f"{local[:1]}***@***.{domain.rpartition('.')[2].strip()}"


def _around(text: str, start: int, end: int) -> Candidate | None:
    """The address around the sign at `start`:`end`, or None."""
    shape = _ENCODED if end - start > 1 else _PLAIN
    left, right = start, end
    if shape is _PLAIN and text[left - 1 : left] == " " and text[right : right + 1] == " ":
        left, right, shape = left - 1, right + 1, _SPACED
    before = text[max(0, left - _WINDOW) : left]
    local, domain = _LOCAL.match(before[::-1]), _DOMAIN.match(text, right)
    if local is None or domain is None or ("://" in before and _URL_LOGIN.search(before)):
        return None
    begin = left - local.end()
    if text[begin:left] == "git" and text[domain.end() : domain.end() + 1] == ":":
        return None
    return Candidate(begin, domain.end(), text[begin : domain.end()], shape)


def _spelled_signs(text: str) -> Iterator[tuple[int, int]]:
    """Where spelled-out signs stand: they are matched where they can begin only, which is found fast."""
    begins = [*chain.from_iterable(places(bracket, text) for bracket in "([{"), *places("snabel", text)]
    done = 0
    for begin in sorted(begins):
        if begin >= done and (sign := _SPELLED_AT.match(text, begin)):
            done = sign.end()
            yield sign.span()


def _spelled(text: str, start: int, end: int) -> Candidate | None:
    """The address around a spelled-out sign at `start`:`end`, or None."""
    left, right = start - (text[start - 1 : start] == " "), end + (text[end : end + 1] == " ")
    local, domain = _LOCAL.match(text[max(0, left - _WINDOW) : left][::-1]), _DOMAIN.match(text, right)
    if local is None or domain is None or local.end() < _SHORTEST:
        return None
    begin = left - local.end()
    return Candidate(begin, domain.end(), text[begin : domain.end()], _SPELLED)


@lru_cache(maxsize=4096)
def _host(domain: str) -> tuple[str, str, int, bool]:
    """The canonical domain, its top level, how many characters are no part of it, whether it is reserved.

    The addresses of a column share few domains.
    """
    trimmed, cut = _without_file_ending(*_without_next_sentence(domain))
    host = _in_letters(trimmed.lower())
    return host, trimmed.rpartition(".")[2].casefold(), cut, _RESERVED.search(host) is not None


def _without_next_sentence(domain: str) -> tuple[str, int]:
    """Drop a sentence glued to the domain (`example.se.Ring`): the domain and how many characters went."""
    head, _, last = domain.rpartition(".")
    if "." in head and last[:1].isupper() and last[1:].islower() and head.islower():
        return head, len(last) + 1
    return domain, 0


def _without_file_ending(domain: str, cut: int) -> tuple[str, int]:
    """Drop the ending of a file called after an address (`anna@example.se.eml`), where the rest ends as domains do."""
    head, _, last = domain.rpartition(".")
    is_file = last.casefold() in _FILE_ENDINGS or last.casefold() in _LETTERS_AND_LISTS
    before, _, top = head.rpartition(".")
    return (head, cut + len(last) + 1) if is_file and before and top in _COMMON_TOP else (domain, cut)


def _in_letters(domain: str) -> str:
    """The domain with its `xn--` labels decoded; as it is if they are broken."""
    if "xn--" not in domain:
        return domain
    try:
        return domain.encode("ascii").decode("idna")
    except UnicodeError:
        return domain
