"""Office documents: every place where text hides, and the place it is given."""

import io
import zipfile

import pytest

from connectors.base import State
from tests.connectors.extract.made import (
    ODF,
    W,
    docx,
    odf,
    paragraph,
    pptx,
    read,
    rels,
    sheet,
    slide,
    xlsx,
    zipped,
)

NUMBER = "900118-9811"
CORE = '<c:core xmlns:c="urn:c" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{}</dc:creator></c:core>'
CUSTOM = '<Properties><property name="Kund"><vt:lpwstr xmlns:vt="urn:vt">{}</vt:lpwstr></property></Properties>'


def part(root: str, text: str) -> str:
    return f"<w:{root} {W}>{paragraph(text)}</w:{root}>"


def runs(*texts: str) -> str:
    return f"<w:p>{''.join(f'<w:r><w:rPr><w:b/></w:rPr>{chr(10)}<w:t>{text}</w:t></w:r>' for text in texts)}</w:p>"


def deleted(*texts: str) -> str:
    pieces = "".join(f"<w:r><w:delText>{text}</w:delText></w:r>" for text in texts)
    return f'<w:p><w:del w:author="Bo">{pieces}</w:del></w:p>'


def box(text: str) -> str:
    """A text box as Word writes it: twice, the second time for old readers."""
    content = f"<w:txbxContent>{paragraph(text)}</w:txbxContent>"
    choice = f'<mc:Choice Requires="wps">{content}</mc:Choice><mc:Fallback>{content}</mc:Fallback>'
    return f'<w:p xmlns:mc="urn:mc"><w:r><mc:AlternateContent>{choice}</mc:AlternateContent></w:r></w:p>'


COMMENT = f"<p:cmLst xmlns:p='urn:p'><p:cm><p:text>{NUMBER}</p:text></p:cm></p:cmLst>"
CELL_COMMENT = (
    f"<comments><comment><text><r><t>{NUMBER[:6]}</t></r><r><t>{NUMBER[6:]}</t></r></text></comment></comments>"
)
LINE = f"<text:p>{NUMBER}</text:p>"
WORD = {
    "body": (docx(paragraph(NUMBER)), "", ""),
    "split runs": (docx(runs("9001", "18-98", "11")), "", ""),
    "table cell": (docx(f"<w:tbl><w:tr><w:tc>{paragraph(NUMBER)}</w:tc></w:tr></w:tbl>"), "", ""),
    "text box": (docx(box(NUMBER)), "", ""),
    "tracked deletion": (docx(deleted("900118", "-9811")), "", "deleted"),
    "instruction": (docx(paragraph(f"HYPERLINK x?{NUMBER}", "w:instrText")), "", "@instruction"),
    "header": (docx("", {"word/header1.xml": part("hdr", NUMBER)}), "", "header1"),
    "footer": (docx("", {"word/footer2.xml": part("ftr", NUMBER)}), "", "footer2"),
    "footnote": (docx("", {"word/footnotes.xml": part("footnotes", NUMBER)}), "", "footnotes"),
    "endnote": (docx("", {"word/endnotes.xml": part("endnotes", NUMBER)}), "", "endnotes"),
    "comment": (docx("", {"word/comments.xml": part("comments", NUMBER)}), "", "comments"),
    "author": (docx(f'<w:ins w:author="{NUMBER}">{paragraph("x")}</w:ins>'), "", "@author"),
    "creator": (docx("", {"docProps/core.xml": CORE.format(NUMBER)}), "", "@creator"),
    "own property": (docx("", {"docProps/custom.xml": CUSTOM.format(NUMBER)}), "", "@Kund"),
    "link": (docx("", {"word/_rels/document.xml.rels": rels(f"mailto:{NUMBER}%40example.com")}), "", "@link"),
    "content control": (docx(f'<w:sdt><w:sdtPr><w:tag w:val="{NUMBER}"/></w:sdtPr></w:sdt>'), "", "@val"),
    "alternative text": (docx(f'<w:p><wp:docPr xmlns:wp="urn:wp" descr="{NUMBER}"/></w:p>'), "", "@descr"),
    "custom data": (docx("", {"customXml/item1.xml": f"<a><b>{NUMBER}</b></a>"}), "", "item1"),
    "style name": (docx("", {"word/styles.xml": f'<s name="kund {NUMBER}"/>'}), "", "@name"),
    "slide": (pptx(["x", NUMBER]), "page=2", ""),
    "notes": (
        pptx(
            ["x", "y"],
            {
                "ppt/slides/_rels/slide1.xml.rels": rels("../notesSlides/notesSlide7.xml"),
                "ppt/notesSlides/notesSlide7.xml": slide(NUMBER, "p:notes"),
            },
        ),
        "page=2",
        "notes",
    ),
    "slide comment": (
        pptx(
            ["x"],
            {
                "ppt/slides/_rels/slide1.xml.rels": rels("../comments/comment1.xml"),
                "ppt/comments/comment1.xml": COMMENT,
            },
        ),
        "page=1",
        "comments",
    ),
    "master": (pptx(["x"], {"ppt/slideMasters/slideMaster1.xml": slide(NUMBER)}), "", "slideMaster1"),
    "cell": (xlsx({"Blad1": sheet([["namn", "nummer"], ["Anna", NUMBER]])}), "row=1 sheet=Blad1", "nummer"),
    "hidden sheet": (xlsx({"A": sheet([]), "Dolt": sheet([["x"], [NUMBER]])}), "row=2 sheet=Dolt", "column_1"),
    "defined name": (xlsx({"A": sheet([])}, names=f'<definedName name="k">"{NUMBER}"</definedName>'), "", "workbook"),
    "sheet name": (xlsx({f"Kund {NUMBER}": sheet([])}), "", "@name"),
    "sheet header": (
        xlsx({"A": sheet([], f"<headerFooter><oddHeader>{NUMBER}</oddHeader></headerFooter>")}),
        "",
        "sheet1",
    ),
    "formula": (
        xlsx({"A": sheet([]).replace("<sheetData>", f'<sheetData><row><c r="A1"><f>IF(1,"{NUMBER}")</f></c></row>')}),
        "",
        "sheet1",
    ),
    "cell comment": (
        xlsx({"A": sheet([])}, {"xl/comments1.xml": CELL_COMMENT}),
        "",
        "comments1",
    ),
    "pivot cache": (xlsx({"A": sheet([])}, {"xl/pivotCache/p1.xml": f'<r><s v="{NUMBER}"/></r>'}), "", "@v"),
    "odt body": (odf("text", f"<text:p>{NUMBER[:4]}<text:span>{NUMBER[4:]}</text:span></text:p>"), "", ""),
    "odt header": (
        odf("text", "", {"styles.xml": f"<o {ODF}><style:header><text:p>{NUMBER}</text:p></style:header></o>"}),
        "",
        "header",
    ),
    "odt comment": (
        odf(
            "text",
            f"<text:p>före <office:annotation><dc:creator>Bo</dc:creator><text:p>{NUMBER}</text:p></office:annotation>"
            "efter</text:p>",
        ),
        "",
        "comments",
    ),
    "odt deletion": (
        odf("text", f"<text:tracked-changes><text:deletion>{LINE}</text:deletion></text:tracked-changes>"),
        "",
        "deleted",
    ),
    "odt footnote": (
        odf("text", f"<text:p>x<text:note><text:note-body>{LINE}</text:note-body></text:note></text:p>"),
        "",
        "footnotes",
    ),
    "odt property": (
        odf(
            "text",
            "",
            {
                "meta.xml": f'<o {ODF}><office:meta><meta:user-defined meta:name="Kund">{NUMBER}'
                "</meta:user-defined></office:meta></o>"
            },
        ),
        "",
        "@Kund",
    ),
    "odp page": (
        odf("presentation", f"<draw:page><text:p>x</text:p></draw:page><draw:page>{LINE}</draw:page>"),
        "page=2",
        "",
    ),
    "odp notes": (
        odf("presentation", f"<draw:page><presentation:notes>{LINE}</presentation:notes></draw:page>"),
        "page=1",
        "notes",
    ),
    "ods cell": (
        odf(
            "spreadsheet",
            f'<table:table table:name="B"><table:table-row><table:table-cell office:value-type="string">'
            f"<text:p>{NUMBER}</text:p></table:table-cell></table:table-row></table:table>",
        ),
        "row=1 sheet=B",
        "column_1",
    ),
    "ods comment": (
        odf(
            "spreadsheet",
            '<table:table table:name="B"><table:table-row><table:table-cell office:value-type="string">'
            f"<office:annotation><text:p>{NUMBER}</text:p></office:annotation><text:p>x</text:p></table:table-cell>"
            "</table:table-row></table:table>",
        ),
        "",
        "comments",
    ),
}


@pytest.mark.parametrize("case", WORD)
def test_text_is_found_where_it_hides(case: str) -> None:
    """T52."""
    data, record, name = WORD[case]
    found = read("fil", data)
    assert found.where(NUMBER) == {("fil", record, name)}
    assert found.unread == {}


def test_numbers_and_dates_are_as_people_see_them() -> None:
    rows = [["kundnummer", "personnummer", "pris"], ["7", "199001189811", "1.50"], ["8", "9001189811.0", "2"]]
    found = read("fil", xlsx({"Blad1": sheet(rows)})).places
    values = [found["fil", f"row={n} sheet=Blad1", name] for n in (1, 2) for name in rows[0]]
    assert values == ["7", "199001189811", "1.5", "8", "9001189811", "2"]


def test_a_hidden_sheet_is_noted() -> None:
    assert read("fil", xlsx({"Dolt": sheet([["Anna"]])})).notes == {"sheet:hidden"}


def test_cells_far_apart_are_a_limit_and_not_memory() -> None:
    far = sheet([]).replace(
        "<sheetData>", '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>2</v></c></row>'
    )
    assert read("fil", xlsx({"A": far})).unread == {"fil": (State.PARTIAL, "limit:sheet_cells")}


def test_what_is_embedded_is_a_member() -> None:
    data = docx(paragraph("x"), {"word/embeddings/kalkyl.xlsx": xlsx({"B": sheet([["Anna"]])}), "kund.txt": "Bo Ek"})
    found = read("a.docx", data)
    assert found.where("Anna") == {("a.docx!/word/embeddings/kalkyl.xlsx", "row=1 sheet=B", "column_1")}
    assert found.where("Bo Ek") == {("a.docx!/kund.txt", "", "")}
    assert found.unread == {}


def test_one_member_is_read_alone() -> None:
    data = docx(paragraph("x"), {"word/embeddings/a.txt": "Anna Ek", "word/embeddings/b.txt": "Bo Öh"})
    found = read("a.docx", data, only="a.docx!/word/embeddings/b.txt")
    assert found.where("Bo Öh")
    assert not found.where("Anna Ek")


def test_encrypted_documents_are_named() -> None:
    """T48."""
    manifest = '<m:manifest xmlns:m="urn:m"><m:encryption-data/></m:manifest>'
    assert read("fil", odf("text", "", {"META-INF/manifest.xml": manifest})).unread == {
        "fil": (State.UNREADABLE, "encrypted")
    }
    package = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le")
    assert read("fil", package).unread == {"fil": (State.UNREADABLE, "encrypted")}


@pytest.mark.parametrize("evil", ["<!DOCTYPE x [<!ENTITY a 'Anna'>]><x>&a;</x>", "<x><y>Anna"])
def test_a_part_that_cannot_be_read_is_named_and_the_others_are_read(evil: str) -> None:
    found = read("fil", docx(paragraph("Bo Ek"), {"word/footnotes.xml": evil}))
    assert found.where("Bo Ek")
    assert found.unread["fil"][0] is State.PARTIAL


def test_slow_and_deep_documents_stay_within_limits() -> None:
    bomb = docx(paragraph("0" * (30 << 20)))
    assert read("fil", bomb).unread == {"fil": (State.REFUSED, "limit:ratio")}


@pytest.mark.parametrize(
    "data", [docx(paragraph(NUMBER)), xlsx({"A": sheet([["x", NUMBER]])}), odf("text", "<text:p>x</text:p>")]
)
def test_damage_anywhere_is_read_or_named(data: bytes) -> None:
    """T47."""
    for offset in range(4, len(data), max(1, len(data) // 40)):
        assert read("fil", data[:offset]).unread
        broken = data[:offset] + bytes([data[offset] ^ 0xFF]) + data[offset + 1 :]
        found = read("fil", broken)
        assert found.unread or found.places


def test_long_running_text_is_cut_between_lines() -> None:
    found = read("fil", docx("".join(paragraph(f"rad {n}") for n in range(50))), text_block=100)
    assert ("fil", "row=1", "") in found.places
    assert "".join(value for place, value in found.places.items() if not place[2]).count("rad") == 50


def test_a_long_document_is_read_to_its_end() -> None:
    """The parser takes no more than 10 MB at once."""
    body = "".join(paragraph(f"Ärende {n}, larm {n * 7919}" + " kvitterat" * 9) for n in range(90_000))
    found = read("fil", docx(body + paragraph(NUMBER)))
    assert len(body) > 11 << 20
    assert found.where(NUMBER)
    assert not found.unread


def test_a_zip_that_only_looks_like_a_document_loses_nothing() -> None:
    found = read("a.zip", zipped({"[Content_Types].xml": "<x/>", "kund/anna.txt": "Anna Ek"}))
    assert found.where("Anna Ek") == {("a.zip!/kund/anna.txt", "", "")}


@pytest.mark.parametrize("name", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"])
def test_a_broken_part_of_a_workbook_does_not_hang_its_reader(name: str) -> None:
    good = xlsx({"A": sheet([["namn"], [NUMBER]])})
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    for cut in range(20, len(parts[name]), 15):
        found = read("a", zipped({**parts, name: parts[name][:cut]}))
        assert found.unread == {"a": (State.PARTIAL, "corrupt xml")}
    assert read("a", zipped({**parts, name: parts[name][:-3]})).where(NUMBER)
