"""Text in pictures, where it is asked for: read in the confined child, with Swedish letters; else named as not read."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
import typst
from PIL import Image

from connectors import Batch, State, Unread
from connectors.extract.limits import Limits
from connectors.extract.ocr import LANGUAGE_DATA
from connectors.extract.readers import Job
from connectors.extract.sandbox import Sandbox
from tests.connectors.extract.made import docx, paragraph, read

pytestmark = pytest.mark.skipif(
    not any((folder / "swe.traineddata").is_file() for folder in LANGUAGE_DATA), reason="needs tesseract-ocr-swe"
)
TEXT = "Märta Åkesson-Öberg 070-1740605"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    made = Sandbox(Limits(ocr_pages=2))
    yield made
    made.close()


def picture(text: str = TEXT) -> Image.Image:
    page = f'#set page(width: 12cm, height: 3cm)\n#set text(size: 16pt)\n#"{text}"'
    return Image.open(io.BytesIO(typst.compile(page.encode(), format="png", ppi=200))).convert("L")


def saved(kind: str, *more: Image.Image) -> bytes:
    out = io.BytesIO()
    pages = {"save_all": True, "append_images": more} if more else {}
    packed = {"compression": "tiff_lzw"} if kind == "TIFF" else {}
    picture().save(out, kind, **pages, **packed)
    return out.getvalue()


def seen(sandbox: Sandbox, unit: str, data: bytes) -> tuple[dict[str, str], list[tuple[State, str]]]:
    """Record -> what was seen, and what was not read."""
    found, unread = {}, []
    for answer in sandbox.read(Job(unit), data):
        if isinstance(answer, Unread):
            unread.append((answer.state, answer.reason))
        elif isinstance(answer, Batch) and "ocr" in answer.fields:
            found |= {
                f"{answer.unit} {record}": answer.fields["ocr"][n] or "" for n, record in enumerate(answer.records)
            }
    return found, unread


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP"])
def test_text_in_a_picture_is_read(sandbox: Sandbox, kind: str) -> None:
    assert seen(sandbox, "a", saved(kind)) == ({"a None": TEXT}, [])


def test_pages_of_a_scan_are_read_as_far_as_is_asked(sandbox: Sandbox) -> None:
    found, unread = seen(sandbox, "a.pdf", saved("PDF", picture("Sida 2 Anna Ek"), picture("Sida 3 Bo Ek")))
    assert found == {"a.pdf {'page': 1}": TEXT, "a.pdf {'page': 2}": "Sida 2 Anna Ek"}
    assert unread == [(State.PARTIAL, "no text layer: page 3")]
    found, unread = seen(sandbox, "a.tiff", saved("TIFF", picture("Sida 2 Anna Ek"), picture("Sida 3 Bo Ek")))
    assert found == {"a.tiff {'page': 1}": TEXT, "a.tiff {'page': 2}": "Sida 2 Anna Ek"}
    assert unread == [(State.PARTIAL, "limit:ocr_pages")]


def test_pictures_in_documents_are_read(sandbox: Sandbox) -> None:
    data = docx(paragraph("x"), {"word/media/image1.png": saved("PNG")})
    assert seen(sandbox, "a", data) == ({"a!/word/media/image1.png None": TEXT}, [])


def test_what_cannot_be_read_is_named(sandbox: Sandbox) -> None:
    """T49: a picture that would fill the memory; T47: one that is cut."""
    large = Image.new("1", (20_000, 20_000))
    out = io.BytesIO()
    large.save(out, "PNG")
    assert seen(sandbox, "a", out.getvalue()) == ({}, [(State.PARTIAL, "limit:ocr_pixels")])
    assert seen(sandbox, "a", saved("PNG")[:300]) == ({}, [(State.PARTIAL, "corrupt picture")])


def test_nothing_is_seen_unless_it_is_asked_for() -> None:
    found = read("a.png", saved("PNG"))
    assert (found.places, found.unread) == ({}, {"a.png": (State.PARTIAL, "pixels not read")})
