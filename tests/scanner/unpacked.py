"""What a reader sees of a file beside its bytes: members of archives, the text of a PDF, characters of HTML."""

from __future__ import annotations

import io
import zipfile
from html import unescape

import pypdfium2


def unpacked(blob: bytes) -> bytes:
    """The bytes, and after them all that is packed in them; of a PDF only its text: its bytes are full of numbers."""
    return _printed(blob) if blob.startswith(b"%PDF") else b"\n".join((blob, *_within(blob)))


def _within(blob: bytes) -> list[bytes]:
    if blob.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(blob)) as archive:
            return [unpacked(archive.read(name)) for name in archive.namelist()]
    return [unescape(blob.decode(errors="replace")).encode()] if b"&" in blob else []


def _printed(blob: bytes) -> bytes:
    """Text and title, and the text once more without its line breaks."""
    with pypdfium2.PdfDocument(blob) as document:
        text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
        return "\n".join((text, " ".join(text.split()), *document.get_metadata_dict().values())).encode()
