"""Compound files: Word, PowerPoint and Excel of before 2007, Outlook messages."""

import struct
from datetime import UTC, datetime

import oxmsg
import pytest

from connectors.base import Batch, State
from connectors.extract import extract
from connectors.extract.mapi import _DICTIONARY, unpacked_rtf
from tests.connectors.extract.made import compound, docx, paragraph, read

NUMBER = "900118-9811"
STORIES = ("", "footnotes", "header", "macros", "comments", "endnotes", "textboxes", "textboxes_header")
SENT = int((datetime(2026, 1, 2, 9, tzinfo=UTC) - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds() * 10**7)


def word(stories: dict[str, str], flags: int = 0x0200, **streams: bytes) -> bytes:
    """A Word document: its stories one after the other, the first half of the text in bytes, the rest in UTF-16."""
    text = "".join(stories.get(name, "") for name in STORIES) + "\r"
    half = len(text) // 2
    first, second = text[:half].encode("cp1252"), text[half:].encode("utf-16-le")
    head = bytearray(0x800)
    struct.pack_into("<H8xH", head, 0, 0xA5EC, flags)
    struct.pack_into("<8I", head, 0x4C, *(len(stories.get(name, "")) for name in STORIES))
    pieces = struct.pack("<III", 0, half, len(text))
    for place in (len(head) * 2 | 1 << 30, len(head) + len(first)):
        pieces += struct.pack("<HIH", 0, place, 0)
    clx = b"\1\2\0xx\2" + struct.pack("<I", len(pieces)) + pieces
    struct.pack_into("<II", head, 0x1A2, 0, len(clx))
    return compound({"WordDocument": bytes(head) + first + second, "1Table": clx, **streams})


def summary(author: str) -> bytes:
    text = author.encode("cp1252") + b"\0"
    section = struct.pack("<IIII", 0, 1, 4, 16) + struct.pack("<II", 30, len(text)) + text
    return bytes(44) + struct.pack("<I", 48) + section


def record(kind: int, body: bytes, version: int = 0) -> bytes:
    return struct.pack("<HHI", version, kind, len(body)) + body


def strings(texts: dict[int, str], prefix: str = "") -> dict[str, bytes]:
    return {f"{prefix}__substg1.0_{tag:04X}001F": text.encode("utf-16-le") for tag, text in texts.items()}


def message(texts: dict[int, str], streams: dict[str, bytes] | None = None) -> bytes:
    shown = {0x001A: "IPM.Note", 0x0037: "Ett brev"} | texts
    attached = len({path.partition("/")[0] for path in streams or () if path.startswith("__attach")})
    head = struct.pack("<8xIIII8x", 0, attached, 0, attached) + struct.pack("<HHIQ", 0x40, 0x39, 6, SENT)
    head += struct.pack("<HHIQ", 3, 0x340D, 6, 0x40000)
    head += b"".join(struct.pack("<HHIQ", 0x1F, tag, 6, 2 * len(text) + 2) for tag, text in shown.items())
    return compound({"__properties_version1.0": head, **strings(shown), **(streams or {})})


def attachment(number: int, name: str, data: bytes) -> dict[str, bytes]:
    prefix = f"__attach_version1.0_#{number:08X}/"
    head = bytes(8) + struct.pack("<HHIQ", 0x0102, 0x3701, 6, len(data))
    head += struct.pack("<HHIQ", 0x1F, 0x3707, 6, 2 * len(name) + 2)
    streams = {f"{prefix}__properties_version1.0": head, f"{prefix}__substg1.0_37010102": data}
    return streams | strings({0x3707: name}, prefix)


INNER = "__attach_version1.0_#00000000/__substg1.0_3701000D/"
CASES: dict[str, tuple[bytes, tuple[str, str, str]]] = {
    **{f"doc {name or 'body'}": (word({"": "Åsa och Bo\r", name: NUMBER}), ("a", "", name)) for name in STORIES},
    "doc author": (word({"": "x"}, **{"\5SummaryInformation": summary(NUMBER)}), ("a", "", "@author")),
    "ppt": (
        compound({"PowerPoint Document": record(1000, record(0x0FA0, NUMBER.encode("utf-16-le")), 0xF)}), ("a", "", "")
    ),
    "ppt, bytes": (compound({"PowerPoint Document": record(0x0FA8, NUMBER.encode())}), ("a", "", "")),
    "msg subject": (message({0x0037: NUMBER}), ("a", "", "Subject")),
    "msg body": (message({0x1000: f"Hej {NUMBER}"}), ("a", "", "")),
    "msg long body": (message({0x1000: "Hej " * 2000 + NUMBER}), ("a", "", "")),
    "msg unknown tag": (message({0x3A11: NUMBER}), ("a", "", "0x3A11")),
    "msg html": (message({0x1000: "x"}, {"__substg1.0_10130102": f"<p>{NUMBER}</p>".encode()}), ("a", "", "html")),
    "msg html alone": (message({}, {"__substg1.0_10130102": f"<p>{NUMBER}</p>".encode()}), ("a", "", "")),
    "msg rtf alone": (
        message({}, {"__substg1.0_10090102": bytes(8) + b"MELA" + bytes(4) + rb"{\rtf1 %s}" % NUMBER.encode()}),
        ("a", "", ""),
    ),
    "msg recipient": (message({}, strings({0x3001: NUMBER}, "__recip_version1.0_#00000000/")), ("a", "", "recipients")),
    "msg attachment": (message({}, attachment(0, "å.txt", NUMBER.encode())), ("a!/å.txt", "", "")),
    "msg attached document": (message({}, attachment(0, "a.docx", docx(paragraph(NUMBER)))), ("a!/a.docx", "", "")),
    "msg in msg": (message({}, strings({0x1000: NUMBER}, INNER)), ("a!/attachment", "", "")),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_text_is_found_where_it_hides(case: str) -> None:
    """T52."""
    data, place = CASES[case]
    found = read("a", data)
    assert found.where(NUMBER) == {place}
    assert found.unread == {}


def test_messages_are_made_as_others_read_them() -> None:
    data = message({0x1000: "Åsa"}, attachment(0, "å.txt", b"Anna"))
    other = oxmsg.Message.load(data)
    assert (other.subject, other.body, other.message_class) == ("Ett brev", "Åsa", "IPM.Note")
    assert [(one.file_name, one.file_bytes) for one in other.attachments] == [("å.txt", b"Anna")]


def test_a_message_is_as_old_as_its_sending() -> None:
    first = next(iter(extract("a", message({}))))
    assert isinstance(first, Batch)
    assert first.dates == {"Date": ["2026-01-02"]}


def test_text_of_a_word_document_is_shown_as_read() -> None:
    found = read("a", word({"": "Namn\x07Åsa\x07\x07\rHej \x13HYPERLINK x\x14Bo\x15"}))
    assert found.places["a", "", ""] == "Namn\tÅsa\t\t\nHej  HYPERLINK x Bo"


def test_encrypted_documents_are_named() -> None:
    """T48."""
    assert read("a", word({"": "x"}, 0x0300)).unread == {"a": (State.UNREADABLE, "encrypted")}
    assert read("a", compound({"PowerPoint Document": record(0x2F14, b"")})).unread == {
        "a": (State.UNREADABLE, "encrypted")
    }


def test_compressed_rtf_points_back() -> None:
    assert len(_DICTIONARY) == 207
    back = bytes([207 >> 4, (207 & 15) << 4 | 2])
    literal = bytes(8) + b"LZFu" + bytes(4) + b"\0Anna Ek \1" + back + b"!"
    assert unpacked_rtf(literal) == b"Anna Ek Anna!"


@pytest.mark.parametrize("case", ["doc comments", "ppt", "msg in msg", "msg long body", "msg attachment"])
def test_damage_anywhere_is_read_or_named(case: str) -> None:
    """T47."""
    data = CASES[case][0]
    for offset in range(8, len(data), max(1, len(data) // 60)):
        for broken in (data[:offset], data[:offset] + bytes([data[offset] ^ 0xFF]) + data[offset + 1 :]):
            found = read("a", broken)
            assert found.places or found.unread, offset


@pytest.mark.parametrize("shift", [0, 3, 9, 12, 200])
def test_a_chain_of_sectors_that_turns_back_ends(shift: int) -> None:
    """T49: of sectors so small, or so far behind the end, that nothing comes out of them."""
    data = bytearray(word({"": "x"}))
    data[30] = shift
    for start in range(512, len(data) - 3, 4):
        data[start : start + 4] = bytes(4)  # each sector is followed by the first
    assert list(extract("a", bytes(data))) is not None
