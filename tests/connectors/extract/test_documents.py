"""JSON, XML and HTML: which records and fields come out, and what is said of what does not."""

import json

import pytest

from connectors.base import Batch, Record, State, Unread
from connectors.extract import Limits, extract


def rows(data: bytes | str, unit: str = "fil", **limits: int) -> list[tuple[Record, dict[str, str]]]:
    """Give every record with the fields it has, in order."""
    found: list[tuple[Record, dict[str, str]]] = []
    for batch in extract(unit, data.encode() if isinstance(data, str) else data, Limits(**limits)):
        assert isinstance(batch, Batch), batch
        assert all(len(column) == len(batch.records) for column in batch.fields.values())
        for index, record in enumerate(batch.records):
            found.append((record, {k: v[index] for k, v in batch.fields.items() if v[index] is not None}))  # type: ignore[misc]
    return found


def outcome(data: bytes | str, **limits: int) -> tuple[str, list[tuple[State, str]]]:
    """Give all text that was read, and what was not."""
    text, unread = [], []
    for found in extract("fil", data.encode() if isinstance(data, str) else data, Limits(**limits)):
        if isinstance(found, Unread):
            unread.append((found.state, found.reason))
        else:
            text += [value for column in found.fields.values() for value in column if value]
    return "\n".join(text), unread


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ('{"namn": "Anna"}', [(None, {"namn": "Anna"})]),
        ('[{"namn": "Anna"}, {"tel": "1"}]', [({"row": 1}, {"namn": "Anna"}), ({"row": 2}, {"tel": "1"})]),
        ('{"v": 2, "kunder": [{"n": "Anna"}]}', [(None, {"v": "2"}), ({"row": 1}, {"n": "Anna"})]),
        ('{"a": [{"n": "1"}], "b": [{"n": "2"}]}', [(None, {"a[0].n": "1", "b[0].n": "2"})]),
        ('["x", {"n": "y"}]', [(None, {"[0]": "x", "[1].n": "y"})]),
        (
            '{"n": 1.10, "big": 12345678901234567890123, "f": 1e400}',
            [(None, {"n": "1.10", "big": "12345678901234567890123", "f": "1e400"})],
        ),
        ('{"namn": "Anna", "namn": "Bo"}', [(None, {"namn": "Anna", "namn_2": "Bo"})]),
        (r'{"namn": "\u00c5sa \u00d6berg"}', [(None, {"namn": "Åsa Öberg"})]),
        (
            '{"v": 1, "900118-9811": {"n": "Anna"}}',
            [(None, {"v": "1"}), ({"row": 1}, {"@key": "900118-9811", "n": "Anna"})],
        ),
        (
            '{"anna@example.com": {"n": "1"}, "bo@example.com": 2}',
            [({"row": 1}, {"@key": "anna@example.com", "n": "1"}), ({"row": 2}, {"@key": "bo@example.com", "": "2"})],
        ),
        ('{"n": "Anna"}\n\n{"n": {"m": "Bo"}}\n', [({"row": 1}, {"n": "Anna"}), ({"row": 3}, {"n.m": "Bo"})]),
        (
            "[2026-01-02 10:00:00] Anna\n[2026-01-02 10:00:01] Bo\n",
            [({"row": 1}, {"": "[2026-01-02 10:00:00] Anna"}), ({"row": 2}, {"": "[2026-01-02 10:00:01] Bo"})],
        ),
        ("[avsnitt]\nnamn = Anna\n", [(None, {"": "[avsnitt]\nnamn = Anna\n"})]),
        ("{}", []),
        ("[]", []),
    ],
)
def test_json(document: str, expected: list[tuple[Record, dict[str, str]]]) -> None:
    assert rows(document) == expected


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ("<k><namn>Anna</namn></k>", [(None, {"k.namn": "Anna"})]),
        (
            '<r v="1"><k id="7"><n>Anna</n></k><k/></r>',
            [(None, {"@v": "1"}), ({"row": 1}, {"@id": "7", "n": "Anna"}), ({"row": 2}, {})],
        ),
        ("<r><k>1</k><m>2</m><k>3</k></r>", [(None, {"r.k[0]": "1", "r.k[1]": "3", "r.m": "2"})]),
        ("<r>Anna <b>Ek</b>, <i>070</i>-1</r>", [(None, {"r": "Anna Ek, 070-1"})]),
        ("<r>Anna <!--Bo--><b a='1'>Ek</b></r>", [(None, {"r.@comment": "Bo", "r": "Anna Ek", "r.b.@a": "1"})]),
        ("<!--Anna--><r><k>1</k></r><!--Bo-->", [(None, {"@comment[0]": "Anna", "@comment[1]": "Bo", "r.k": "1"})]),
        ("<?xml version='1.0'?><?mall Anna?><r><k>1</k></r>", [(None, {"@comment[0]": "Anna", "r.k": "1"})]),
        ("<x:r xmlns:x='u:x'><x:k x:a='1'><![CDATA[<Anna>]]></x:k></x:r>", [(None, {"r.k.@a": "1", "r.k": "<Anna>"})]),
        ("<r>\n <k>A\n</k>\n <k>B</k>\n</r>", [({"row": 1}, {"": "A\n"}), ({"row": 2}, {"": "B"})]),
    ],
)
def test_xml(document: str, expected: list[tuple[Record, dict[str, str]]]) -> None:
    assert rows(document) == expected


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16", "cp850"])
def test_xml_is_decoded_whatever_it_declares(encoding: str) -> None:
    data = '<?xml version="1.0" encoding="utf-8"?><k><namn>Åsa Öberg i Malmö</namn></k>'.encode(encoding)
    assert rows(data)[0][1] == {"k.namn": "Åsa Öberg i Malmö"}


def test_what_stands_around_a_page_is_read_too() -> None:
    """Mail servers write below the end of a page, and pages are put one after the other."""
    page = "<!--a--><html><p>Bo</p></html><p>Eva</p><!--b--><html><input value='Åsa'></html>"
    [(_, fields)] = rows(page)
    assert fields == {"": "Bo\nEva", "@comment": "a\nb", "@value": "Åsa"}


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1252", "utf-8"])
def test_html_is_decoded_as_it_declares(charset: str) -> None:
    data = f"<html><head><meta charset='{charset}'></head><p>Åsa Óskar</p></html>".encode(charset)
    assert rows(data)[0][1][""] == "Åsa Óskar"


def test_html() -> None:
    page = """<!DOCTYPE html><html><head><title>Kund</title><meta name="author" content="Cia"><style>.x{}</style></head>
    <body><h1>Avtal</h1><p>Anna
    <b>Ek</b>&nbsp;<span>x</span></p><table><tr><td>Bo</td><td>Malm&ouml;</td></tr></table><br>slut<pre>rad 1
rad 2</pre><input type="hidden" value="dold"><a href="mailto:anna%40example.com">post</a><img alt="bild" src="x.png">
    <script>var tel="070-1740605"</script><!-- kommentar --></body></html>"""
    assert rows(page) == [
        (
            None,
            {
                "": "Avtal\nAnna     Ek\xa0x\nBo\nMalmö\nslut\nrad 1\nrad 2\npost",
                "title": "Kund",
                "@content": "Cia",
                "@style": ".x{}",
                "@value": "dold",
                "@href": "mailto:anna@example.com",
                "@alt": "bild",
                "@src": "x.png",
                "@script": 'var tel="070-1740605"',
                "@comment": " kommentar ",
            },
        )
    ]


PARTIAL = [
    ('{"namn": "Anna', "corrupt json"),
    ('[{"namn": "Anna"}, {"na', "corrupt json"),
    ('{"n": "Anna"}\n{"n": "B\n{"n": "C"}\n', "corrupt json (1 lines, first 2)"),
    ("[" * 300 + '"Anna"' + "]" * 300, "limit:json_depth"),
    ("[" * 100_000 + '"Anna"' + "]" * 100_000, "limit:json_depth"),
    ('[1, "Anna", ' + "[" * 100_000, "limit:json_depth"),
    ('{"a":' * 300 + '"Anna"' + "}" * 300, "limit:json_depth"),
    ("<k><namn>Anna</k>", "corrupt xml"),
    ("<k>Anna</k><k>Bo</k>", "corrupt xml"),
    ("<html><p>x</p><p Anna", "corrupt html"),
    ("<k>" * 300 + "Anna" + "</k>" * 300, "limit:xml_depth"),
    ("<div>" * 3000 + "Anna" + "</div>" * 3000, "limit:html_depth"),
]


@pytest.mark.parametrize(("document", "reason"), PARTIAL, ids=[reason for _, reason in PARTIAL])
def test_what_does_not_parse_is_read_as_text_and_reported(document: str, reason: str) -> None:
    text, unread = outcome(document)
    assert "Anna" in text
    assert unread == [(State.PARTIAL, reason)]


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "document",
    [
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><x>&l9;</x>',
        '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>',
        '<!-- a --><!DOCTYPE x SYSTEM "http://192.0.2.1/x>.dtd" [<!ENTITY f "ha">]><x>&f;</x>',
        "<?xml version='1.0'?><?p?><!-- <a> -->\n<!DOCTYPE x PUBLIC 'a[' \"b>\" [<!ENTITY f 'ha'>]><x>&f;</x>",
        "<!DOCTYPE x",
    ],
)
def test_entities_are_refused(document: str) -> None:
    """T49, S7: entities."""
    assert outcome(document) == ("", [(State.REFUSED, "dtd")])


def test_a_document_that_names_its_kind_is_read_and_no_definition_fetched() -> None:
    """Property lists, drawings, orders between companies: the address of the definitions is a name."""
    for kind in ("x", 'x SYSTEM "http://192.0.2.1/x.dtd"', "x PUBLIC '-//A//B' \"http://192.0.2.1/[x]>.dtd\""):
        text, unread = outcome(f"<?xml version='1.0'?><!DOCTYPE {kind}><x>Anna Ek &auml;r &LT;h&auml;r&LT; &egen;</x>")
        assert (text, unread) == ("Anna Ek är <här< &egen;", [])


@pytest.mark.parametrize(
    "document", ["<k>&lt;!DOCTYPE x&gt;</k>", "<k><![CDATA[<!DOCTYPE x>]]></k>", "<!--<!DOCTYPE x>--><k/>"]
)
def test_the_mention_of_a_doctype_is_no_doctype(document: str) -> None:
    text, unread = outcome(document)
    assert "DOCTYPE" in text
    assert unread == []


@pytest.mark.parametrize("opening", ["<!--a-->", "<?a?>", "<?xml a?>", "[", "{", "<", "<!--", '{"', "<p ", "\n "])
def test_telling_the_type_takes_linear_time(opening: str) -> None:
    text, unread = outcome(opening * 50_000 + "Anna")
    assert text or unread


def test_records_come_in_batches_of_both_limits() -> None:
    document = json.dumps([{"a": n, "b": n} for n in range(25)])
    sizes = [
        len(batch.records)
        for batch in extract("f", document.encode(), Limits(batch_records=10))
        if isinstance(batch, Batch)
    ]
    assert sizes == [10, 10, 5]
    sizes = [
        len(batch.records)
        for batch in extract("f", document.encode(), Limits(batch_cells=8))
        if isinstance(batch, Batch)
    ]
    assert sizes == [4, 4, 4, 4, 4, 4, 1]
