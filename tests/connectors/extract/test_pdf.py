"""PDF: every place where text hides, and pages that are only pictures."""

import io

import pytest
from pypdf import PdfReader, PdfWriter

from connectors.base import State
from tests.connectors.extract.made import IMAGE, page, pdf, read, stream

NUMBER = "900118-9811"
TEXT = NUMBER.encode()
NOTE = b"<</Type/Annot/Subtype/Text/Rect[0 0 9 9]%s>>"
FILE = b"<</Type/Filespec/F(kund.txt)/EF<</F 8 0 R>>>>"
XMP = (
    f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><r:Description'
    f' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator><r:Seq><r:li>{NUMBER}</r:li></r:Seq></dc:creator>'
    "</r:Description></r:RDF></x:xmpmeta>"
).encode()
FIELD = b"<</Type/Annot/Subtype/Widget/FT/Tx/Rect[0 0 9 9]%s>>"
CASES: dict[str, tuple[bytes, tuple[str, str, str]]] = {
    "page": (page(NUMBER), ("fil", "page=1", "")),
    "outside of the page": (
        pdf(
            [
                b"<</Type/Catalog/Pages 3 0 R>>",
                b"<<>>",
                b"<</Type/Pages/Kids[4 0 R]/Count 1>>",
                b"<</Type/Page/Parent 3 0 R/MediaBox[0 0 50 50]/Contents 5 0 R/Resources<</Font<</F1 6 0 R>>>>>>",
                stream(b"BT 3 Tr /F1 12 Tf 500 500 Td (%s) Tj ET" % TEXT),
                b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            ]
        ),
        ("fil", "page=1", ""),
    ),
    "annotation": (
        page("Ett brev till dig", b"/Annots[7 0 R]", more=(NOTE % b"/Contents(%s)" % TEXT,)),
        ("fil", "page=1", "annotations"),
    ),
    "annotation in UTF-16": (
        page("x", b"/Annots[7 0 R]", more=(NOTE % b"/Contents<feff%s>" % NUMBER.encode("utf-16-be").hex().encode(),)),
        ("fil", "page=1", "annotations"),
    ),
    "author of an annotation": (
        page("x", b"/Annots[7 0 R]", more=(NOTE % b"/T(%s)" % TEXT,)), ("fil", "page=1", "@author")
    ),
    "link": (
        page("x", b"/Annots[7 0 R]", more=(NOTE % b"/A<</S/URI/URI(https://example.com/%s)>>" % TEXT,)),
        ("fil", "page=1", "@link"),
    ),
    "form": (
        page("x", b"/Annots[7 0 R]", b"/AcroForm<</Fields[7 0 R]>>", (FIELD % b"/T(nummer)/V(%s)" % TEXT,)),
        ("fil", "", "form.nummer"),
    ),
    "form below a form": (
        page(
            "x", b"/Annots[8 0 R]", b"/AcroForm<</Fields[7 0 R]>>",
            (b"<</T(kund)/Kids[8 0 R]>>", FIELD % b"/T(nummer)/Parent 7 0 R/V(%s)" % TEXT),
        ),
        ("fil", "", "form.kund.nummer"),
    ),
    "field that no form lists": (
        page("x", b"/Annots[7 0 R]", more=(FIELD % b"/V(%s)" % TEXT,)), ("fil", "page=1", "form")
    ),
    "XFA": (
        page("x", catalog=b"/AcroForm<</Fields[]/XFA 7 0 R>>", more=(stream(b"<x><n>%s</n></x>" % TEXT),)),
        ("fil", "", "form"),
    ),
    "metadata": (page("x").replace(b"obj\n<<>>", b"obj\n<</Author(%s)>>" % TEXT), ("fil", "", "@Author")),
    "XMP": (page("x", catalog=b"/Metadata 7 0 R", more=(stream(XMP),)), ("fil", "", "xmp.creator")),
    "bookmark": (
        page("x", catalog=b"/Outlines<</First 7 0 R>>", more=(b"<</Title(%s)>>" % TEXT,)), ("fil", "", "bookmarks")
    ),
    "script": (
        page("x", catalog=b"/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(var x = '%s')>>]>>>>" % TEXT),
        ("fil", "", "@script"),
    ),
    "attachment": (
        page("x", catalog=b"/Names<</EmbeddedFiles<</Names[(a)%s]>>>>" % FILE, more=(b"<<>>", stream(TEXT))),
        ("fil!/kund.txt", "", ""),
    ),
    "attachment of a page": (
        page("x", b"/Annots[7 0 R]", more=(NOTE % b"/FS%s" % FILE, stream(TEXT))), ("fil!/kund.txt", "", "")
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_text_is_found_where_it_hides(case: str) -> None:
    """T52."""
    data, place = CASES[case]
    found = read("fil", data)
    assert found.where(NUMBER) == {place}
    assert found.unread == {}


def test_a_page_that_is_a_picture_is_named() -> None:
    assert read("fil", page(more=(IMAGE,))).unread == {"fil": (State.PARTIAL, "no text layer: page 1")}


def test_an_empty_page_is_no_picture() -> None:
    found = read("fil", page(more=(IMAGE,)).replace(b"/I Do", b"     "))
    assert found.places == {}
    assert found.unread == {}


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_encryption_is_named_unless_everybody_may_open(algorithm: str) -> None:
    """T48."""
    for password, unread in (("hemligt", {"fil": (State.UNREADABLE, "encrypted")}), ("", {})):
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(CASES["annotation"][0])))
        writer.encrypt(password, "annat", algorithm=algorithm)
        out = io.BytesIO()
        writer.write(out)
        found = read("fil", out.getvalue())
        assert found.unread == unread
        assert bool(found.where(NUMBER)) is not bool(unread)


def test_pages_are_limited() -> None:
    many = page("Ett brev till dig").replace(b"/Kids[4 0 R]/Count 1", b"/Kids[4 0 R 4 0 R]/Count 2")
    found = read("fil", many, pdf_pages=1)
    assert found.unread["fil"] == (State.PARTIAL, "limit:pdf_pages")
    assert read("fil", page("Ett brev till dig"), text_chars=5).unread["fil"] == (State.PARTIAL, "limit:text_chars")


@pytest.mark.parametrize("case", ["form below a form", "attachment", "XMP", "annotation"])
def test_damage_anywhere_is_read_or_named(case: str) -> None:
    """T47."""
    data = CASES[case][0]
    for offset in range(6, len(data) - 8, max(1, len(data) // 40)):
        assert read("fil", data[:offset]).unread, offset
        found = read("fil", data[:offset] + bytes([data[offset] ^ 0x55]) + data[offset + 1 :])
        assert found.unread or found.places, offset


def test_bookmarks_and_forms_that_go_in_circles_end() -> None:
    """T49."""
    looped = page(
        "Ett brev till dig",
        b"/Annots[7 0 R]",
        b"/Outlines<</First 8 0 R>>/AcroForm<</Fields[7 0 R]>>",
        (b"<</T(a)/V(b)/Kids[7 0 R]>>", b"<</Title(Anna)/Next 8 0 R/First 8 0 R>>"),
    )
    assert read("fil", looped).unread == {}
