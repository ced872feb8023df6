"""Mail: headers, both bodies, attachments and forwarded messages."""

import base64
from email.message import EmailMessage

import pytest

from connectors.base import Batch, State
from connectors.extract import extract
from connectors.extract.mail import kind
from tests.connectors.extract.made import docx, paragraph, read, zipped

NUMBER = "900118-9811"


def message(body: str = "Hej på dig", **headers: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "Åsa Öberg <asa@example.com>"
    mail["Date"] = "Fri, 02 Jan 2026 10:00:00 +0100"
    mail["Message-ID"] = "<1@example.com>"
    for name, value in headers.items():
        mail[name] = value
    mail.set_content(body)
    return mail


def with_html(html: str) -> EmailMessage:
    mail = message()
    mail.add_alternative(html, subtype="html")
    return mail


def attached(data: bytes, name: str) -> EmailMessage:
    mail = message()
    mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return mail


def forwarding(inner: EmailMessage) -> EmailMessage:
    mail = message()
    mail.add_attachment(inner)
    return mail


CASES = {
    "subject": (message(Subject=f"Ärende {NUMBER}"), ("fil", "", "Subject")),
    "copy": (message(Cc=f"{NUMBER}@example.com"), ("fil", "", "Cc")),
    "own header": (message(**{"X-Kund": NUMBER}), ("fil", "", "X-Kund")),
    "plain": (message(f"åäö {NUMBER}"), ("fil", "", "")),
    "html beside plain": (with_html(f"<p>{NUMBER[:4]}<b>{NUMBER[4:]}</b></p>"), ("fil", "", "html")),
    "hidden in html": (with_html(f"<p>x<!-- {NUMBER} --></p>"), ("fil", "", "@comment")),
    "attachment": (attached(NUMBER.encode(), "å.txt"), ("fil!/å.txt", "", "")),
    "attached document": (attached(docx(paragraph(NUMBER)), "a.docx"), ("fil!/a.docx", "", "")),
    "archive in mail": (attached(zipped({"b.txt": NUMBER}), "a.zip"), ("fil!/a.zip!/b.txt", "", "")),
    "forwarded": (forwarding(message(NUMBER)), ("fil!/message1.eml", "", "")),
    "attachment of a forwarded one": (
        forwarding(attached(NUMBER.encode(), "b.txt")), ("fil!/message1.eml!/b.txt", "", "")
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_text_is_found_where_it_hides(case: str) -> None:
    """T52."""
    mail, place = CASES[case]
    found = read("fil", mail.as_bytes())
    assert found.where(NUMBER) == {place}
    assert found.unread == {}
    in_archive = read("a.zip", zipped({"fil": mail.as_bytes()}))
    assert in_archive.where(NUMBER) == {(f"a.zip!/{place[0]}", *place[1:])}


def test_headers_are_decoded_whatever_they_are_written_in() -> None:
    plain = message().as_bytes().replace(b"Message-ID:", "Subject: Åsa\r\n Öberg\r\nMessage-ID:".encode("latin-1"))
    assert read("fil", plain).places["fil", "", "Subject"] == "Åsa Öberg"
    assert read("fil", message().as_bytes()).places["fil", "", "From"] == "Åsa Öberg <asa@example.com>"


def test_a_message_is_as_old_as_its_date() -> None:
    first = next(iter(extract("fil", message().as_bytes())))
    assert isinstance(first, Batch)
    assert first.dates == {"Date": ["2026-01-02"]}


def test_a_body_whose_declared_encoding_is_wrong_is_read() -> None:
    data = message("Åsa").as_bytes().replace(b"utf-8", b"x-none")
    assert read("fil", data).places["fil", "", ""].strip() == "Åsa"


def test_a_mailbox_has_a_member_a_message() -> None:
    line = b"From asa@example.com Fri Jan  2 10:00:00 2026\n"
    data = line + message("Anna\n\nFrom oss\n").as_bytes().replace(b"\nFrom oss", b"\n>From oss") + b"\n"
    found = read("post.mbox", data + line + message("Bo").as_bytes())
    assert found.places["post.mbox!/1.eml", "", ""].split() == ["Anna", "From", "oss"]
    assert found.places["post.mbox!/2.eml", "", ""].split() == ["Bo"]


@pytest.mark.parametrize(
    "data",
    [
        b"From: Anna\nTo: Bo\n\nhej",
        b"Till: Anna\nDatum: 2 jan\nSubject: x\n\nhej",
        b"From oss till er 10:00 2026\nhej",
        b"Content-Type: text/plain\nServer: x\n\nhej",
        b"2026-01-02 10:00:00 From: a To: b Message-ID: c\n",
    ],
)
def test_notes_are_no_mail(data: bytes) -> None:
    assert kind(data) == ""
    assert read("fil", data).places["fil", "", ""].endswith("hej") or b"Message-ID" in data


def test_encrypted_mail_is_named() -> None:
    """T48."""
    mail = message()
    mail.add_attachment(b"0", maintype="application", subtype="pkcs7-mime", filename="smime.p7m")
    assert read("fil", mail.as_bytes()).unread == {"fil!/smime.p7m": (State.UNREADABLE, "encrypted")}


def test_parts_within_parts_without_end_are_named() -> None:
    """T49: MIME."""
    head = b"From: a@example.com\nMIME-Version: 1.0\nMessage-ID: <1@example.com>\n"
    bomb = head + b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(2000))
    assert read("fil", bomb).unread["fil"][0] is State.PARTIAL


def test_damage_anywhere_is_read() -> None:
    """T47."""
    data = CASES["attachment of a forwarded one"][0].as_bytes()
    for offset in range(1, len(data), max(1, len(data) // 60)):
        for broken in (data[:offset], data[:offset] + bytes([data[offset] ^ 0xFF]) + data[offset + 1 :]):
            found = read("fil", broken)
            assert found.places or found.unread


def test_a_bomb_in_one_message_does_not_end_the_mailbox() -> None:
    bomb = attached(zipped({"a.txt": bytes(40 << 20)}), "a.zip").as_bytes()
    envelope = b"From a@example.com Fri Jan  2 10:00:00 2026\n"
    found = read("post.mbox", envelope + bomb + b"\n" + envelope + message(NUMBER).as_bytes())
    assert set(found.unread) == {"post.mbox!/1.eml"}
    assert found.unread["post.mbox!/1.eml"] == (State.REFUSED, "limit:ratio")
    assert found.where(NUMBER) == {("post.mbox!/2.eml", "", "")}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.eml", "Subject: =?utf-8?q?{}?=\n\nx"),
        (
            "a.txt",
            'MIME-Version: 1.0\nContent-Type: text/plain; charset="utf-8"\nContent-Transfer-Encoding: base64\n\n{}',
        ),
        (
            "a.mbox",
            "From asa@example.com Fri Jan  2 10:00:00 2026\nSubject: x\nContent-Transfer-Encoding: base64\n\n{}\n",
        ),
        (
            "a.emlx",
            "{size}\nFrom: asa@example.com\nContent-Transfer-Encoding: base64\n\n{}\n<?xml version='1.0'?><plist/>",
        ),
    ],
)
def test_a_message_with_few_fields_is_decoded(name: str, data: str) -> None:
    """By what its file is called, by the envelope before it, by what only mail has."""
    coded = base64.b64encode(f"Ring {NUMBER}".encode()).decode()
    message_of = data.partition("\n")[2].partition("<?xml")[0].format(coded)
    found = read(name, data.format("Ring_" + NUMBER if "=?" in data else coded, size=len(message_of)).encode())
    assert found.where(NUMBER)
    assert not found.where("plist")
