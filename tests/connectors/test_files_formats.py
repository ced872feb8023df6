"""Every format reads the same in the confined child as in this process: no library needs what the child may not do."""

from __future__ import annotations

import io
import sqlite3
import tarfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from connectors import Batch, Unit
from connectors.files import FilesConnector
from tests.connectors.extract import made

NAME = "Anna Ekdahl 19780412-2385"


def mail() -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "anna@example.se", "kund@example.se", f"Om {NAME}"
    message.set_content(NAME)
    message.add_attachment(made.page(NAME), maintype="application", subtype="pdf", filename="bilaga.pdf")
    return message.as_bytes()


def database(directory: Path) -> bytes:
    path = directory / "made.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE kunder (id INTEGER PRIMARY KEY, namn TEXT)")
        connection.execute("INSERT INTO kunder VALUES (1, ?)", (NAME,))
    connection.close()
    data = path.read_bytes()
    path.unlink()
    return data


def tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:xz") as archive:
        info = tarfile.TarInfo("brev.txt")
        info.size = len(NAME)
        archive.addfile(info, io.BytesIO(NAME.encode()))
    return out.getvalue()


@pytest.fixture
def share(tmp_path: Path) -> Path:
    directory = tmp_path / "share"
    directory.mkdir()
    files = {
        "avtal.docx": made.docx(made.paragraph(NAME)),
        "lista.xlsx": made.xlsx({"Blad1": made.sheet([["namn", "ort"], [NAME, "Umeå"]])}),
        "bild.pptx": made.pptx([made.slide(NAME)]),
        "brev.odt": made.odf("text", f"<text:p>{NAME}</text:p>"),
        "brev.pdf": made.page(NAME),
        "post.eml": mail(),
        "kunder.db": database(tmp_path),
        "arkiv.tar.xz": tar(),
        "brev.rtf": rb"{\rtf1\ansi " + NAME.encode() + b"}",
        "kort.vcf": f"BEGIN:VCARD\nVERSION:3.0\nFN:{NAME}\nEND:VCARD\n".encode(),
        "data.yaml": f"kund:\n  namn: {NAME}\n".encode(),
    }
    for name, data in files.items():
        (directory / name).write_bytes(data)
    return directory


def told(share: Path, *, sandbox: bool) -> list[str]:
    with FilesConnector(path=str(share), sandbox=sandbox) as source:
        units = [unit for unit in source.units() if isinstance(unit, Unit)]
        lines = []
        for unit in units:
            for item in source.read(unit):
                if isinstance(item, Batch):
                    fields = {name: list(values) for name, values in item.fields.items()}
                    lines.append(f"{item.unit} {list(item.records)} {fields}")
                else:
                    lines.append(f"{item.unit} {item.state} {item.reason}")
        return lines


def test_confined_or_not_the_same_is_read(share: Path) -> None:
    confined = told(share, sandbox=True)
    assert confined == told(share, sandbox=False)
    for path in share.iterdir():
        assert any(line.startswith(path.name) and NAME in line for line in confined), path.name
