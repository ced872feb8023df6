"""Documents of the gallery: every place of Office, PDF, mail and pictures in which text hides; what cannot be read."""

from __future__ import annotations

import gzip
import io

from pypdf import PdfReader, PdfWriter

from connectors.base import State
from tests.connectors.extract import test_legacy, test_mail, test_office, test_pdf, test_pictures
from tests.connectors.extract.made import IMAGE, compound, docx, odf, page, paragraph, sheet, xlsx, zipped
from tests.connectors.extract.test_archive import BOMBS
from tests.connectors.extract.test_compressed import PACKED, seven, tar
from tests.connectors.gallery.piece import NAME, NUMBER, Piece, Planted

HIDDEN = "900118-9811"
"""What the cases of the formats plant."""
_EXTENSIONS = ("pptx", "xlsx", "odt", "odp", "ods", "docx")


def hidden() -> list[Piece]:
    """T52: the cases that each format is tested by."""
    office = [_placed("office", case, data, ("", *place)) for case, (data, *place) in test_office.WORD.items()]
    pdf = [_placed("pdf", case, data, place) for case, (data, place) in test_pdf.CASES.items()]
    mail = [_placed("eml", case, mail.as_bytes(), place) for case, (mail, place) in test_mail.CASES.items()]
    old = [_placed("office97", case, data, place) for case, (data, place) in test_legacy.CASES.items()]
    pictures = [
        Piece(f"bild {case}.jpg", data, tuple((test_pictures.NAME, "", field) for field in sorted(fields)), id="T52",
              state=State.PARTIAL, reason="pixels not read")
        for case, (data, fields) in test_pictures.CASES.items()
    ]  # fmt: skip
    return [*office, *pdf, *mail, *old, *pictures]


def _placed(kind: str, case: str, data: bytes, place: tuple[str, ...]) -> Piece:
    unit, record, field = place
    member = unit.partition("!/")[2]
    return Piece(f"{kind} {case}".replace("/", "-"), data, ((HIDDEN, record, field),), member and f"!/{member}")


def containers() -> list[Piece]:
    """T51, T52: archives in archives and mail, contents that belie the name, and two files in one."""
    inner = zipped({"a.txt": f"Ring {NUMBER}"})
    deep: Planted = (NUMBER, "", "")
    jpeg = test_pictures.CASES["jpeg comment"][0]
    packed = [
        Piece(f"brev.txt.{kind}", pack(f"Ring {NUMBER}".encode()), (deep,), "!/brev.txt")
        for kind, pack in PACKED.items()
    ]
    return [
        *packed,
        Piece("a.zip", zipped({"in.zip": inner}), (deep,), "!/in.zip!/a.txt"),
        Piece("a.tar", tar({"in.zip": inner}), (deep,), "!/in.zip!/a.txt"),
        Piece("a.tgz", gzip.compress(tar({"a.txt": NUMBER.encode()})), (deep,), "!/a.tar!/a.txt"),
        Piece("a.7z", seven({"in.zip": inner}), (deep,), "!/in.zip!/a.txt"),
        Piece("pdf.txt", page(f"Ring {NUMBER}"), ((NUMBER, "page=1", ""),), id="T51"),
        Piece("word.zip", docx(paragraph(NUMBER)), (deep,), id="T51"),
        Piece("zip.docx", inner, (deep,), "!/a.txt", id="T51"),
        Piece("två.jpg", jpeg + inner, (deep,), "!/a.txt", State.PARTIAL, "pixels not read", id="T51"),
        Piece("två.pdf", page("Ett brev") + inner, (deep,), "!/a.txt", id="T51"),
        Piece("packar-upp-sig.exe", b"MZ" + bytes(500) + inner, (deep,), "!/a.txt", State.UNSUPPORTED, "exe", id="T51"),
        Piece("skannad.pdf", page(more=(IMAGE,)), state=State.PARTIAL, reason="no text layer: page 1"),
    ]


def encrypted() -> list[Piece]:
    """T48."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(page("x"))))
    writer.encrypt("hemligt", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    locked = bytearray(zipped({"a.txt": "Anna"}))
    for magic, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(magic) + flags] |= 1
    manifest = '<m:manifest xmlns:m="urn:m"><m:encryption-data/></m:manifest>'
    package = compound({"EncryptedPackage": bytes(100), "EncryptionInfo": bytes(8)})
    secret = b"From: a@example.se\nTo: b@example.se\nMIME-Version: 1.0\nMessage-ID: <1@example.se>\n"
    secret += b'Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"\n'
    secret += b"Content-Transfer-Encoding: base64\n\nMIAGCSqGSIb3DQEHA6CA\n"
    files = {
        "låst.pdf": out.getvalue(),
        "låst.docx": package,
        "låst.xlsx": package,
        "låst.odt": odf("text", "", {"META-INF/manifest.xml": manifest}),
        "låst.doc": test_legacy.word({"": "x"}, 0x0300),
        "låst.7z": seven({"a": b"Anna"}, "hemligt"),
    }
    pieces = [Piece(name, data, state=State.UNREADABLE, reason="encrypted", id="T48") for name, data in files.items()]
    member = Piece("låst.zip", bytes(locked), state=State.UNREADABLE, reason="encrypted", about="!/a.txt", id="T48")
    mail = Piece("låst.eml", secret, state=State.UNREADABLE, reason="encrypted", about="!/smime.p7m", id="T48")
    return [*pieces, member, mail]


def bombs() -> list[Piece]:
    """T49."""
    laughs = "<!DOCTYPE x [" + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)) + "]><x>&a9;</x>"
    chain = b"Anna"
    for _ in range(9):
        chain = gzip.compress(chain)
    far = sheet([["x"]]).replace("</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')
    refused = [Piece(f"bomb {case}.zip", data, state=State.REFUSED, reason=reason, id="T49")
               for case, (data, limits, reason) in BOMBS.items() if not limits]  # fmt: skip
    zeros = bytes(40 << 20)
    packed = [
        Piece(f"bomb.{kind}", pack(zeros), state=State.REFUSED, reason="limit:ratio", id="T49")
        for kind, pack in PACKED.items()
    ]
    return [
        *refused,
        *packed,
        Piece(
            "kedja.gz",
            chain,
            state=State.REFUSED,
            reason="limit:nesting",
            about="!/kedja!/kedja.out" * 4,
            id="T49",
        ),
        Piece("skratt.xml", laughs.encode(), state=State.REFUSED, reason="dtd", id="T49"),
        Piece("djup.json", b"[" * 100_000, state=State.PARTIAL, reason="limit:json_depth", id="T49"),
        Piece(
            "djupare.json", b'{"a":' * 300 + b"1" + b"}" * 300, state=State.PARTIAL, reason="limit:json_depth", id="T49"
        ),
        Piece("djup.xml", b"<a>" * 5000 + b"</a>" * 5000, state=State.PARTIAL, reason="limit:xml_depth", id="T49"),
        Piece("långt-bort.xlsx", xlsx({"A": far}), state=State.PARTIAL, reason="limit:sheet_cells", id="T49"),
    ]


def numbers() -> list[Piece]:
    """Numbers as a spreadsheet keeps them: without the zeros they began with, in ten digits and in twelve."""
    kept = ["9001189811", "199001189811", "404049827", "1019819"]
    rows = [["namn", "personnummer"], *([NAME, number] for number in kept)]
    found = [(number.zfill(10), f"row={row} sheet=Kunder", "personnummer") for row, number in enumerate(kept, 1)]
    return [Piece("tal.xlsx", xlsx({"Kunder": sheet(rows)}), tuple(found))]


DOCUMENTS = [*hidden(), *containers(), *encrypted(), *bombs(), *numbers()]
