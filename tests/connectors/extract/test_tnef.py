"""winmail.dat: the message that Exchange wraps, its recipients and attachments."""

from __future__ import annotations

import struct
from email.message import EmailMessage

import pytest

from connectors.base import State
from tests.connectors.extract.made import docx, paragraph, read

NAME, NUMBER = "Märta Åkesson-Öberg", "070-1740605"


def attribute(number: int, data: bytes, level: int = 1) -> bytes:
    return struct.pack("<BHHI", level, number, 6, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)


def properties(found: list[tuple[int, int, bytes]]) -> bytes:
    """Properties; a string, and what is as long as it says, is a list of one."""
    out = struct.pack("<I", len(found))
    for tag, kind, value in found:
        out += struct.pack("<HH", kind, tag)
        if tag >= 0x8000:
            name = "Kund".encode("utf-16-le")
            out += bytes(16) + struct.pack("<II", 1, len(name)) + name
        out += value if kind in (3, 0x40) else struct.pack("<II", 1, len(value)) + value + bytes(-len(value) % 4)
    return out


def text(tag: int, value: str) -> tuple[int, int, bytes]:
    return tag, 0x1F, value.encode("utf-16-le") + b"\0\0"


MESSAGE = [
    text(0x0037, f"Larm hos {NAME}"), (0x0039, 0x40, bytes(8)), text(0x8001, "K-1041"), text(0x1000, f"Ring {NUMBER}"),
    (0x1013, 0x102, f"<p>Ring <b>{NUMBER[:4]}</b>{NUMBER[4:]}</p>".encode("cp1252")),
]  # fmt: skip
PEOPLE = struct.pack("<I", 2) + properties([text(0x3001, NAME), text(0x3003, "marta@example.se")])
PEOPLE += properties([text(0x3001, "Bo Ek"), (0x0C15, 3, bytes(4))])
WINMAIL = b"".join((
    b"\x78\x9f\x3e\x22\x01\x00", attribute(0x9006, struct.pack("<I", 0x10000)), attribute(0x9004, PEOPLE),
    attribute(0x9003, properties(MESSAGE)),
    attribute(0x9002, bytes(14), 2), attribute(0x8010, b"kort~1.doc\0", 2), attribute(0x800F, docx(paragraph(NAME)), 2),
    attribute(0x9005, properties([text(0x3707, "kontrakt.docx")]), 2),
    attribute(0x9002, bytes(14), 2), attribute(0x8010, "Åsas.txt\0".encode("cp1252"), 2),
    attribute(0x800F, NUMBER.encode(), 2),
))  # fmt: skip
PLACES = {
    ("", "Subject"): f"Larm hos {NAME}",
    ("", ""): f"Ring {NUMBER}",
    ("", "html"): f"Ring {NUMBER}",
    ("", "0x8001"): "K-1041",
    ("", "recipients"): f"{NAME} marta@example.se\nBo Ek",
    ("!/kontrakt.docx", ""): NAME,
    ("!/Åsas.txt", ""): NUMBER,
}


def in_mail() -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@example.se", "b@example.se", "Hej"
    mail["Message-ID"] = "<1@example.se>"
    mail.set_content("Se bilaga")
    mail.add_attachment(WINMAIL, maintype="application", subtype="ms-tnef", filename="winmail.dat")
    return mail.as_bytes()


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_all_that_is_wrapped_is_read(place: tuple[str, str]) -> None:
    """T52: alone, and where it lies: attached to a mail."""
    member, field = place
    for unit, data in (("fil", WINMAIL), ("fil!/winmail.dat", in_mail())):
        found = read("fil", data)
        assert found.unread == {}
        assert found.places[f"{unit}{member}", "", field] == PLACES[place]


def test_the_plain_attributes_of_old_programs_are_read() -> None:
    data = b"\x78\x9f\x3e\x22\x01\x00" + attribute(0x8004, NAME.encode("cp1252") + b"\0")
    data += attribute(0x800C, NUMBER.encode() + b"\0") + attribute(0x8000, bytes(8) + b"Bo Ek\0SMTP:bo@example.se\0")
    found = read("fil", data)
    assert (found.places["fil", "", "Subject"], found.places["fil", "", ""]) == (NAME, NUMBER)
    assert "bo@example.se" in found.places["fil", "", "Sender"]


def test_damage_anywhere_is_read_or_named() -> None:
    """T47."""
    for offset in range(6, len(WINMAIL), len(WINMAIL) // 90):
        for broken in (WINMAIL[:offset], WINMAIL[:offset] + bytes([WINMAIL[offset] ^ 0xFF]) + WINMAIL[offset + 1 :]):
            found = read("fil", broken)
            assert found.places or found.unread or offset == 6, offset


def test_a_message_that_is_cut_is_partial() -> None:
    assert read("fil", WINMAIL[:-40]).unread == {"fil": (State.PARTIAL, "corrupt")}
    assert read("fil", WINMAIL[:30]).unread == {"fil": (State.UNREADABLE, "corrupt")}
