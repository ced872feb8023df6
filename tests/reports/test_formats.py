"""Documents: the same input gives the same bytes, and nothing in a name can act."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import fields, replace

import pytest
from lxml import html
from openpyxl import load_workbook
from pypdf import PdfReader

from reports.document import Column, Table
from reports.facts import Coverage, Estate, FieldFacts, Hit, HitField, Identifier, Source, SubjectAnswer
from reports.formats import (
    FINDINGS_FORMATS,
    INVENTORY_FORMATS,
    SUBJECT_FORMATS,
    render_findings,
    render_inventory,
    render_subject,
)
from reports.inventory import Inventory, Row, build
from reports.inventory_report import document
from reports.language import translator
from reports.policy import Policy
from tests.reports.keeping import READERS, golden, printed

PAYLOADS = [
    "=1+1", "+46701740605", "-2", "@SUM(A1)", "\t=1", "\r=1", "＝1+1",
    '"><b onmouseover=alert(1)>', "</style><script>alert(1)</script>", "{{ 7 * 7 }}", "javascript:alert(1)",
    "\x1b[31mred\x1b[0m", "fdp.\u202eexe", "two\nlines", "\x9b31m", "zero\u200bwidth", "%(what)s 100%", "\udcff.txt",
    "a;b\"c",
]  # fmt: skip
FINDING = {
    "source": "crm", "unit": "kunder", "record": {"id": 42}, "field": "epost", "entity": "EMAIL_ADDRESS", "kind": "",
    "test": False, "category": "email", "score": 1.0, "start": 0, "end": 15, "token": "ab12", "why": ["shape", "field"],
    "masked": None,
}  # fmt: skip


@pytest.fixture
def tagged(inventory: Inventory) -> Inventory:
    """The inventory with a fixed hash, so that a changed comment in the policy does not change every document."""
    policy = Policy(inventory.policy.document, "0" * 64)
    return replace(inventory, policy=policy)


@pytest.mark.parametrize("format", INVENTORY_FORMATS)
def test_inventory_is_as_kept(tagged: Inventory, format: str) -> None:
    data = render_inventory(tagged, format, "sv")
    golden(f"inventory.{format}", READERS[format](data) if format in READERS else data)


def test_english_inventory_is_as_kept(tagged: Inventory) -> None:
    golden("inventory.en.text", render_inventory(tagged, "text", "en"))


@pytest.mark.parametrize("format", SUBJECT_FORMATS)
def test_subject_is_as_kept(tagged: Inventory, answer: SubjectAnswer, format: str) -> None:
    golden(f"subject.{format}", render_subject(answer, tagged.policy, format, "sv"))


@pytest.mark.parametrize("format", INVENTORY_FORMATS)
def test_same_input_same_bytes(estate: Estate, policy: Policy, format: str) -> None:
    one, two = (render_inventory(build(estate, policy), format) for _ in range(2))
    assert one == two


def test_inventory_json_has_the_keys_scripts_rely_on(inventory: Inventory) -> None:
    document = json.loads(render_inventory(inventory, "json"))
    assert list(document) == ["generated", "policy", "rows", "gaps", "coverage", "trend"]
    assert list(document["policy"]) == ["id", "sha256"]
    assert list(document["rows"][0]) == [
        "source", "unit", "field", "entity", "category", "units", "values", "distinct", "records", "persons", "share",
        "share_low", "share_high", "confidence", "sampled", "owner", "purposes", "legal_bases", "retention", "oldest",
        "newest", "review", "readers",
    ]  # fmt: skip
    assert list(document["coverage"][0]) == ["source", "state", "count", "reasons"]


def test_json_lines_are_the_rows_of_the_json(inventory: Inventory) -> None:
    lines = render_inventory(inventory, "jsonl").splitlines()
    assert [json.loads(line) for line in lines] == json.loads(render_inventory(inventory, "json"))["rows"]


def test_subject_json_has_exactly_the_keys_scripts_rely_on(answer: SubjectAnswer, policy: Policy) -> None:
    document = json.loads(render_subject(answer, policy, "json"))
    assert list(document) == ["case", "asked", "identifiers", "hits", "coverage"]
    assert list(document["asked"][0]) == ["entity", "masked"]
    assert list(document["identifiers"][0]) == ["entity", "masked", "via", "grade"]
    assert list(document["hits"][0]) == ["source", "unit", "record", "grade", "why", "fields", "other_people"]
    assert list(document["hits"][0]["fields"][0]) == ["field", "entity", "category"]


def test_values_are_shown_only_where_they_were_read(answer: SubjectAnswer, policy: Policy) -> None:
    read = replace(answer, hits=[replace(answer.hits[0], values={"namn": "Test <b>", "epost": None}), answer.hits[1]])
    hits = json.loads(render_subject(read, policy, "json"))["hits"]
    assert hits[0]["values"] == {"namn": "Test <b>", "epost": None}
    assert "values" not in hits[1]
    assert "Test &lt;b&gt;" in render_subject(read, policy, "html").decode()


def test_values_stand_under_their_record_in_text(answer: SubjectAnswer, policy: Policy) -> None:
    read = replace(answer.hits[0], values={"namn": "Test Ek", "": "en rad\nSäker: crm", "epost": None}, now="changed")
    gone = replace(read, record={"id": 43}, values=None, now="unreachable")
    text = render_subject(replace(answer, hits=[read, gone]), policy, "text").decode()
    assert (
        """
  Därför: personnummer
  Post id 42 (ändrad sedan sökningen):
    namn: Test Ek
    löpande text: en rad
      Säker: crm
    epost: –
  Post id 43 (gick inte att läsa igen):

"""
        in text
    )


def test_names_are_masked_on_pages_and_plain_in_json(answer: SubjectAnswer, policy: Policy) -> None:
    hit = replace(answer.hits[0], unit="811218-9876.docx", record={"pnr": 8112189876})
    answer = replace(answer, hits=[hit])
    for format in ("html", "text"):
        page = render_subject(answer, policy, format, shown=lambda t: t.replace("9876", "••••")).decode()
        assert "811218-••••.docx" in page
        assert "9876" not in page
    assert "811218-9876.docx" in render_subject(answer, policy, "json", shown=lambda t: "•").decode()


def hostile(text: str, policy: Policy) -> Inventory:
    fact = FieldFacts(text, text, "file", text, text, values=1, total=1)
    return build(Estate([Source(text, text, owner=text)], [fact], [Coverage(text, "partial", 1, {text: 1})]), policy)


def hostile_answer(text: str) -> SubjectAnswer:
    field, identifier = HitField(text, text, text), Identifier(text, text, text)
    hit = Hit(text, text, {text: text}, "certain", (text,), (field,), 0, {text: text})
    return SubjectAnswer(text, [identifier], [identifier], [hit], [Coverage(text, "partial", 1, {text: 1})])


PAGES: dict[str, Callable[[str, Policy], bytes]] = {
    "inventory": lambda text, policy: render_inventory(hostile(text, policy), "html"),
    "subject": lambda text, policy: render_subject(hostile_answer(text), policy, "html"),
}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("text", PAYLOADS)
def test_a_page_shows_a_name_and_does_not_obey_it(policy: Policy, page: str, text: str) -> None:
    """S12."""
    data = PAGES[page](text, policy)
    harmless = PAGES[page]("name", policy)
    tags = [element.tag for element in html.fromstring(data).iter()]
    assert tags == [element.tag for element in html.fromstring(harmless).iter()]
    assert not any(bad in data.decode() for bad in "\x1b\x9b\u202e\u200b")


@pytest.mark.parametrize("text", PAYLOADS)
def test_no_cell_is_a_formula(policy: Policy, text: str) -> None:
    """S11, T65."""
    data = render_inventory(hostile(text, policy), "csv") + render_findings([FINDING | {"unit": text}], "csv")[3:]
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 4
    assert not [cell for row in rows for cell in row if cell[:1] in set("=+-@\t\r＝")]


@pytest.mark.parametrize("text", PAYLOADS)
def test_no_cell_of_a_workbook_is_a_formula_or_a_link(policy: Policy, text: str) -> None:
    """S11, T65."""
    book = load_workbook(io.BytesIO(render_inventory(hostile(text, policy), "xlsx")))
    every = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in every if cell.data_type == "f" or cell.hyperlink]
    if text in ("+46701740605", "=1+1", "-2"):
        assert text in {cell.value for cell in every}


def test_leading_zeros_and_plus_are_kept(policy: Policy) -> None:
    """S11, T65."""
    fact = FieldFacts("crm", "0070", "table", "+46", "EMAIL_ADDRESS", values=1, total=1)
    book = load_workbook(io.BytesIO(render_inventory(build(Estate([], [fact], []), policy), "xlsx")))
    rows = list(book["Fält"].values)
    assert rows[1][1:3] == ("0070", "+46")


def test_a_pdf_is_tagged_and_its_text_cannot_act(policy: Policy) -> None:
    pytest.importorskip("typst")
    for text in ("#panic()", ']; #read("/etc/passwd")', "*b* _i_ $x$ @ref <a>"):
        data = render_inventory(hostile(text, policy), "pdf")
        assert text in printed(data).decode()
        reader = PdfReader(io.BytesIO(data))
        assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
        assert reader.trailer["/Root"]["/Lang"] == "sv"
        assert b"pdfuaid" in reader.trailer["/Root"]["/Metadata"].get_data()


@pytest.mark.parametrize("text", PAYLOADS)
def test_text_holds_no_control_or_bidi_characters(policy: Policy, text: str) -> None:
    """S13."""
    document = render_inventory(hostile(text, policy), "text") + render_subject(hostile_answer(text), policy, "text")
    harmless = render_inventory(hostile("name", policy), "text") + render_subject(
        hostile_answer("name"), policy, "text"
    )
    assert not [char for char in document.decode() if (ord(char) < 32 and char != "\n") or char in "\x9b\u202e\u200b"]
    broken = b"\n      lines" in document  # a value's own second line, set in deeper than any line of ours
    assert document.count(b"\n") == harmless.count(b"\n") + broken
    assert broken == (text == "two\nlines")


@pytest.mark.parametrize("text", PAYLOADS)
def test_json_is_verbatim(policy: Policy, text: str) -> None:
    document = json.loads(render_inventory(hostile(text, policy), "json"))
    assert document["rows"][0]["unit"] == text


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_no_script_and_fetches_nothing(policy: Policy, page: str) -> None:
    """S12, T66."""
    tree = html.fromstring(PAGES[page]("name", policy))
    assert not tree.xpath("//script | //link | //img | //iframe | //object | //form | //*[@style]")
    assert not tree.xpath("//@*[starts-with(name(), 'on')]")
    assert all(href.startswith("#") for href in tree.xpath("//@href"))
    (rule,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert rule.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in rule


@pytest.mark.parametrize("page", PAGES)
def test_a_page_can_be_read_by_everyone(policy: Policy, page: str) -> None:
    tree = html.fromstring(PAGES[page]("name", policy))
    assert tree.get("lang") == "sv"
    assert len(tree.xpath("//h1")) == 1
    assert all(th.get("scope") for th in tree.xpath("//th"))
    named = {id for value in tree.xpath("//@aria-labelledby") for id in value.split()}
    assert named <= set(tree.xpath("//@id"))
    assert {href[1:] for href in tree.xpath("//@href")} <= set(tree.xpath("//@id"))
    assert len(tree.xpath("//@id")) == len(set(tree.xpath("//@id")))


@pytest.mark.parametrize("format", ["inventory", "subject"])
def test_every_cell_stands_under_a_heading(
    inventory: Inventory, answer: SubjectAnswer, policy: Policy, format: str
) -> None:
    page = render_inventory(inventory, "html") if format == "inventory" else render_subject(answer, policy, "html")
    for table in html.fromstring(page).xpath("//table[not(.//@rowspan)]"):
        width = len(table.xpath("thead/tr/th"))
        for row in table.xpath("tbody/tr"):
            assert sum(int(cell.get("colspan", 1)) for cell in row) == width


def test_the_page_says_all_the_policy_says(inventory: Inventory) -> None:
    tree = html.fromstring(render_inventory(inventory, "html"))
    text = " ".join(tree.text_content().split())
    policy = inventory.policy
    for purpose in policy.purposes.values():
        assert purpose.sv in text
        assert purpose.why in text
        assert purpose.legal_basis.sv in text
        assert policy.retention_rules[purpose.retention].text in text
        assert all(policy.label(id) in text for id in purpose.categories)
    assert policy.sha256 in text


def test_what_was_not_read_is_on_every_page(inventory: Inventory, answer: SubjectAnswer) -> None:
    for format in ("text", "html"):
        for page in (render_inventory(inventory, format), render_subject(answer, inventory.policy, format)):
            assert "ingen behörighet (2), skadad (bad magic) (1)" in page.decode()


def test_before_the_first_scan_there_is_a_page(policy: Policy) -> None:
    empty = build(Estate([], [], []), policy)
    for format in ("text", "html"):
        assert "Ingen genomsökning ännu." in render_inventory(empty, format).decode()


def test_a_source_that_was_never_searched_is_not_said_to_be_read(policy: Policy) -> None:
    never = build(Estate([], [], [Coverage("crm", "scanned", 3), Coverage("arkiv", "never_scanned", 0)]), policy)
    for format in ("text", "html"):
        text = render_inventory(never, format).decode()
        assert "Allt är inte genomsökt." in text
        assert "Allt har lästs i sin helhet." not in text
    assert document(never, translator("sv")).banner == "Allt är inte genomsökt."


def test_csv_is_what_a_swedish_excel_opens(inventory: Inventory) -> None:
    data = render_inventory(inventory, "csv", "sv")
    assert data.startswith(b"\xef\xbb\xbfSystem;Plats;")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    assert [row["Andel"] for row in rows[:2]] == ["", "0,0300"]
    assert len(rows) == len(inventory.rows)
    assert len(rows[0]) == len(fields(Row)) - 2 + 1  # tags and extensions are not shown; the category has name and id


@pytest.mark.parametrize("format", FINDINGS_FORMATS)
def test_findings_are_as_kept(format: str) -> None:
    rows = [FINDING, FINDING | {"unit": "=x.txt", "record": None, "masked": "a••@example.com"}]
    golden(f"findings.{format}", render_findings(iter(rows), format))


def test_unknown_formats_and_languages_are_refused(inventory: Inventory, answer: SubjectAnswer) -> None:
    with pytest.raises(ValueError, match="no format 'docx' here; there are text, json, jsonl, csv, xlsx, html, pdf"):
        render_inventory(inventory, "docx")
    with pytest.raises(ValueError, match="no format 'html'"):
        render_findings([], "html")
    with pytest.raises(ValueError, match="no format 'csv'"):
        render_subject(answer, inventory.policy, "csv")
    with pytest.raises(ValueError, match="no language 'fi'"):
        render_inventory(inventory, "text", "fi")


@pytest.mark.parametrize(
    ("widths", "below", "shown"),
    [((20, 60, 60), [], ["15.5%", "42.3%", "42.3%"]), ((20, 60, 80), [1, 2], ["100.0%"]), ((39,) * 5, [], ["295"] * 5)],
)
def test_of_a_table_wider_than_a_page_the_longest_columns_are_below(
    widths: tuple[int, ...], below: list[int], shown: list[str]
) -> None:
    columns = [Column("c", width=width) for width in widths]
    assert (Table("t", "t", "", columns, []).below, Table("t", "t", "", columns, []).widths) == (below, shown)
    assert Table("t", "t", "", columns, [], detail=True).below == []
