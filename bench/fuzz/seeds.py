"""What fuzzing begins with: the gallery's files by format, and texts of each kind."""

from __future__ import annotations

import json
from collections import defaultdict
from functools import cache
from pathlib import PurePosixPath

from connectors.base import Batch, State, Unread
from connectors.extract import answers, mail, signed, sniff
from connectors.extract.dispatch import text_kind
from connectors.extract.encoding import decode
from reports import policy_file

_LARGEST = 40_000
"""A larger file is distorted too slowly to tell much."""
_SHARED = {"ooxml": "office", "opendocument": "office", "json lines": "json", "mailbox": "mail", "card": "card"}
_SOUND = ("wav", "mp3", "flac", "ogg", "mp4", "aiff", "wma")
_PICTURES = ("png", "jpeg", "gif", "tiff", "webp", "bmp", "heif")
_PACKED = ("gzip", "bzip2", "xz", "zstd")
_OTHERS = ("exe", "unknown", "encrypted office", "encrypted cms", "encrypted text")
_FAMILIES = {
    **_SHARED, **dict.fromkeys(_OTHERS, "others"), **dict.fromkeys(_SOUND, "sound"),
    **dict.fromkeys(_PICTURES, "pictures"), **dict.fromkeys(_PACKED, "compressed"),
    **dict.fromkeys(("arrow", "orc"), "parquet"), **dict.fromkeys(("stata", "sas", "xport"), "statistics"),
}  # fmt: skip
NAME, NUMBER = "Märta Åkesson-Öberg", "900118-9811"
CALLS = "id;start;caller;callee;agent\n1;2026-03-12 10:15:02;070-1740605;08-46500400;agent12\n2;;;;\n"
_TEXTS = {
    "csv": [CALLS, CALLS.replace(";", ","), CALLS.replace(";", "\t")],
    "json": ['{"calls": [{"id": 1, "caller": "0701740605", "start": "2026-03-12T10:15:02Z", "a": {"b": [1, null]}}]}',
             '{"id": 1, "caller": "x"}\n{"id": 2}\n'],
    "xml": ["<calls by='x'><call><caller>0701740605</caller><start>2026-03-12T10:15:02</start></call><call/></calls>"],
    "txt": ["Kund: Bo Ek\nTelefon = 070-1740605\n\nStart: 2026-03-12 10:15\n", "id\t1\nagent\t12\n"],
    "names": ["2026-03-12_101502_0701740605_agent12.wav", "in-2026-03-12T10.15.02-+46701740605.mp3",
              "{year}/{month}/{day}/{caller}_{id}.wav", "smb://example.se/delad/mapp", "2026-03-12T10:15:02.120+02:00",
              "12.03.2026 10:15"],
    "values": [f"{NAME}, {NUMBER}, Storgatan 5 B, 211 42 Malmö", "anna@example.se 070-174 06 05 +46 8 465 004 00",
               "SE35 5000 0000 0549 1000 0003, bg 5050-1055, pg 4-2, 4111 1111 1111 1111, ABC 123, kund K10023",
               "larmkod 4711, 59.33, 18.06, 192.0.2.17, 2001:db8::1, Gamlestaden 12:3, 00:00:5e:00:53:01, 1990-01-18",
               "lösenord: hemligt, OCR 12345678903, FAK-2026-0001, _ga=GA1.2.1.2, diabetes, facket, inkasso"],
    "columns": [f"personnr;namn;telefon;epost\n{NUMBER};{NAME};070-1740605;a@example.se\n900118-9811;Bo Ek;;\n",
                "kundnr;gata;postnr;ort\nK1;Storgatan 5;21142;Malmö\nK2;Åvägen 1;12345;Lund\n"],
}  # fmt: skip


@cache
def gallery() -> dict[str, list[bytes]]:
    """The small files of the tests' gallery, by the reader that they reach."""
    from tests.connectors.extract import test_records
    from tests.connectors.extract.made import compound
    from tests.connectors.extract.test_fixed import PRINTED
    from tests.connectors.gallery.company import COMPANY
    from tests.connectors.gallery.documents import DOCUMENTS
    from tests.connectors.gallery.texts import TEXTS

    found: dict[str, list[bytes]] = defaultdict(list)
    named = [(piece.name, piece.data) for piece in (*TEXTS, *DOCUMENTS, *COMPANY)]
    records = [("a", data) for _, data, _ in test_records.CASES.values()]
    more = [
        ("a.xls", compound({"Workbook": bytes(600)})),
        ("a.txt", PRINTED.encode()),
        ("a.txt", f"Hej {NAME}".encode()),
    ]
    for name, data in (*named, *records, *_sounds(), *more):
        if 0 < len(data) <= _LARGEST:
            found[family(data, PurePosixPath(name).suffix[1:])].append(data)
    return dict(found)


def _sounds() -> list[tuple[str, bytes]]:
    from tests.connectors.test_recordings_tags import bext, cart, info, mp3, wav

    tagged = wav(info(INAM="Samtal 7"), before=(bext("0701740605;agent12", "R", "2026-03-12", "10:15:02"),))
    return [("a", data) for data in (tagged, wav(cart(NAME, "8842")), mp3(TPE1=NAME), b"fLaC\0\0\0\x22" + bytes(60))]


def family(data: bytes, extension: str) -> str:
    """The reader that a file reaches, those of one family together."""
    kind = sniff.signature(data) or signed.kind(data) or mail.kind(data, extension)
    if not kind:
        text = decode(data)[0]
        kind = text_kind(text, extension) if sniff.is_text(text) else "unknown"
    return _FAMILIES.get(kind, kind)


def formats(kind: str) -> list[bytes]:
    """The files of a family."""
    return gallery()[kind]


def texts(kind: str) -> list[bytes]:
    """Texts of a kind."""
    if kind in _TEXTS:
        return [text.encode() for text in _TEXTS[kind]]
    return {"answers": _answers, "configuration": _configurations, "policy": _policies}[kind]()


def _answers() -> list[bytes]:
    batch = Batch("fil", [{"row": 1}, {"row": 2}], {"namn": [NAME, None]}, {"d": ["2026-03-12", None]}, ("id",))
    batch.named = {"kund": ["K1", None]}
    odd = Batch("fil!/a.txt", [None], {"": ["x"]}, notes=("encoding:cp1252",), sampled=True)
    said = (batch, odd, Unread("fil", State.PARTIAL, "limit:members"))
    return [json.dumps(answers.written(one)).encode() for one in said]


def _configurations() -> list[bytes]:
    return [
        b"policy: omnipoint\nstore: sqlite:///insyn.db\nkey: file:insyn.key\nsources:\n  crm:\n    type: database\n"
        b"    url: sqlite:///a.db\n    rows: 10\n    tables:\n      kunder: {since: skapad}\n",
        b"sources:\n  share: {type: files, path: /srv/share, include: ['*']}\n  larm: {type: declared, owner: A}\n",
        b"sources: {s: {type: s3, bucket: b, endpoint_url: '${X}'}}\nschedule: {s: '0 2 * * *'}\n",
    ]


def _policies() -> list[bytes]:
    whole = [policy_file.raw_bytes(name) for name in policy_file.bundled()]
    return [*whole, *(text[: len(text) // 3] for text in whole)]
