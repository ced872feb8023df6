"""XML that is too long for a tree: read bit by bit, it gives what it gives when it is held."""

from __future__ import annotations

import pytest

from connectors import State
from connectors.extract import xmlstream
from connectors.extract.bounds import Bounds
from connectors.extract.limits import Limits
from tests.connectors.extract.streamed import Answer, by_record

NAME = "Märta Åkesson-Öberg"
LONG = Limits(held_bytes=500, tree_bytes=1000, line_chars=256)
PEOPLE = "\n".join(
    f'<kund nr="{n}"><namn>{NAME} {n}</namn><tel/><!--vip--><tel>070-{n}</tel></kund>' for n in range(300)
)


@pytest.fixture(autouse=True)
def short_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xmlstream, "WINDOW", 3000)
    monkeypatch.setattr(xmlstream, "_CHUNK", 70)


def rows(text: str, limits: Limits | None = None) -> Answer:
    return by_record("a.xml", text, limits)


SAME = {
    "records": f"<kunder>{PEOPLE}</kunder>",
    "what stands around them": '<?xml version="1.0" encoding="ISO-8859-1"?>\n<!--från CRM--><k:kunder xmlns:k="urn:k" '
    f'k:datum="2026-01-02"><!--a-->{PEOPLE}<!--b--></k:kunder><!--slut-->',
    "a comment right in the root": f"<kunder><!--a-->{PEOPLE}</kunder>",
    "records without content": f"<kunder><kund/>{PEOPLE}<kund/></kunder>",
    "text mixed with elements": f"<r><p>Ring <b>{NAME}</b> på <i>070-1740605</i> i dag</p>{'<p>x</p>' * 300}</r>",
}


@pytest.mark.parametrize("text", SAME.values(), ids=SAME)
def test_a_long_document_gives_what_a_held_one_gives(text: str) -> None:
    held, unread = rows(text)
    streamed, faults = rows(text, LONG)
    assert {place: fields for place, fields in held.items() if fields} == {
        place: fields for place, fields in streamed.items() if fields
    }
    assert unread == faults == []


def test_records_that_lie_deeper_are_records_too() -> None:
    text = f'<export><datum>2026-01-02</datum><kunder system="CRM">{PEOPLE}</kunder><antal>300</antal></export>'
    found, unread = rows(text, LONG)
    kund = "export.kunder.kund"
    assert found['{"row": 1}'] == {"export.datum": "2026-01-02"}
    assert found['{"row": 2}'] == {"export.kunder.@system": "CRM"}
    assert found['{"row": 3}'] == {
        f"{kund}.@nr": "0", f"{kund}.@comment": "vip", f"{kund}.namn": f"{NAME} 0", f"{kund}.tel[1]": "070-0",
    }  # fmt: skip
    assert [fields[f"{kund}.@nr"] for fields in found.values() if f"{kund}.@nr" in fields] == list(map(str, range(300)))
    assert found['{"row": 303}'] == {"export.antal": "300"}
    assert unread == []


def test_text_beside_long_elements_is_kept() -> None:
    text = f"<r>före<a>{PEOPLE}</a>mellan<a>{PEOPLE}</a>efter</r>"
    found, _ = rows(text, LONG)
    assert [fields["r"] for fields in found.values() if "r" in fields] == ["före", "mellan", "efter"]
    assert sum("r.a.kund.@nr" in fields for fields in found.values()) == 600


@pytest.mark.parametrize("end", ["<kund><namn>Bo Alm</kund></kunder> Eva Lind", "<kund><namn>Bo Alm</namn> Eva Lind"])
def test_what_cannot_be_parsed_on_is_running_text(end: str) -> None:
    found, unread = rows(f"<kunder>{PEOPLE}{end}", LONG)
    assert unread == [(State.PARTIAL, "corrupt xml")]
    assert found['{"row": 300}']["namn"] == f"{NAME} 299"
    rest = " ".join(text for fields in [*found.values()][300:] for text in fields.values())
    assert "Bo Alm" in rest
    assert "Eva Lind" in rest


def test_limits_of_the_parser_are_named() -> None:
    deep = f"<kunder>{PEOPLE}{'<a>' * 400}{NAME}{'</a>' * 400}</kunder>"
    found, unread = rows(deep, LONG)
    assert unread == [(State.PARTIAL, "limit:xml_depth")]
    rest = "".join(fields.get("", "") for fields in found.values())
    assert NAME in rest
    assert "<a>" in rest


def test_definitions_are_refused() -> None:
    _, unread = rows(f"<!DOCTYPE kunder [<!ENTITY a 'b'>]><kunder>{PEOPLE}</kunder>", LONG)
    assert unread == [(State.REFUSED, "dtd")]


def test_the_time_a_file_may_take_grows_with_its_size() -> None:
    """323 MB of XML: twelve minutes; a small file two."""
    assert Bounds().seconds_for(0) == 120
    assert 700 < Bounds().seconds_for(323 << 20) < 800
