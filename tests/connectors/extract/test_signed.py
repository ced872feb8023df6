"""What is signed as a whole is read; what is encrypted is named; neither is trusted to be built as it should be."""

from __future__ import annotations

import base64
import datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

from connectors.base import State
from connectors.extract.signed import kind
from tests.connectors.extract.made import read

NUMBER = "070-1740605"
INNER = f"Content-Type: text/plain\r\n\r\nRing {NUMBER}\r\n".encode()
OID = bytes.fromhex("06092a864886f70d0107")
OPEN, CLOSE = b"\x80", b"\0\0"
"""An element whose end is marked."""


def signed(content: bytes, *options: pkcs7.PKCS7Options) -> bytes:
    """As a mail program signs."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Prov")])
    day = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 7, day, day + datetime.timedelta(9))
    certificate = builder.sign(key, hashes.SHA256())
    made = pkcs7.PKCS7SignatureBuilder().set_data(content).add_signer(certificate, key, hashes.SHA256())
    return made.sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary, *options])


def in_pieces(*pieces: bytes) -> bytes:
    """As a program writes that does not know the length before: everything ends where its end is marked."""
    octets = b"\x24" + OPEN + b"".join(b"\x04" + bytes([len(one)]) + one for one in pieces) + CLOSE
    inner = b"\x30" + OPEN + OID + b"\x01" + b"\xa0" + OPEN + octets + CLOSE + CLOSE
    body = b"\x30" + OPEN + b"\x02\x01\x01" + b"\x31\x00" + inner + CLOSE
    return b"\x30" + OPEN + OID + b"\x02" + b"\xa0" + OPEN + body + CLOSE + CLOSE


def mail(content: bytes, kind_of: str) -> bytes:
    head = f'MIME-Version: 1.0\nContent-Type: application/x-pkcs7-mime; smime-type={kind_of}; name="smime.p7m"\n'
    return f"{head}Content-Transfer-Encoding: base64\n\n".encode() + base64.encodebytes(content)


@pytest.mark.parametrize("content", [signed(INNER), in_pieces(INNER[:20], INNER[20:])], ids=["der", "ber"])
def test_the_message_in_the_signature_is_read(content: bytes) -> None:
    assert kind(content) == "signed"
    place = {("brev.p7m!/signed.eml", "", "")}
    assert read("brev.p7m", content).where(NUMBER) == place
    whole = read("brev.eml", mail(content, "signed-data"))
    assert whole.where(NUMBER) == {("brev.eml!/smime.p7m!/signed.eml", "", "")}
    assert whole.unread == {}


def test_a_signed_file_is_called_as_it_was() -> None:
    found = read("kund.csv.p7m", signed(f"namn;tel\nAnna;{NUMBER}\nBo;1\n".encode()))
    assert found.where(NUMBER) == {("kund.csv.p7m!/kund.csv", "row=1", "tel")}


def test_a_signature_apart_holds_nothing() -> None:
    found = read("brev.p7s", signed(INNER, pkcs7.PKCS7Options.DetachedSignature))
    assert (found.places, found.unread) == ({}, {})


def test_what_is_encrypted_is_named() -> None:
    """T48."""
    content = b"\x30" + OPEN + OID + b"\x03" + b"\xa0" + OPEN + CLOSE + CLOSE
    assert read("brev.p7m", content).unread == {"brev.p7m": (State.UNREADABLE, "encrypted")}
    for head in (b"-----BEGIN PGP MESSAGE-----\n\nhQ\n", b"$ANSIBLE_VAULT;1.1;AES256\n3132\n"):
        assert read("hemligt.yml", head).unread == {"hemligt.yml": (State.UNREADABLE, "encrypted")}


def test_damage_is_named() -> None:
    """T47."""
    content = signed(INNER)
    for end in range(30, len(content) - 1, 40):
        found = read("brev.p7m", content[:end])
        assert found.unread or found.where(NUMBER) or not found.places
    assert read("brev.p7m", content[:60]).unread == {"brev.p7m": (State.UNREADABLE, "corrupt")}
    deep = b"\x30\x80" + OID + b"\x02" + b"\xa0\x80" * 100_000
    assert read("brev.p7m", deep).unread == {"brev.p7m": (State.UNREADABLE, "corrupt")}
