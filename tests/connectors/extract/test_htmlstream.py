"""HTML that is too long for a tree: read bit by bit, it gives what it gives when it is held."""

from __future__ import annotations

import io

import pytest

from connectors import State, Unread
from connectors.base import Record
from connectors.extract import extract, htmlstream
from connectors.extract.limits import Limits

NAME = "Märta Åkesson-Öberg"
LONG = Limits(held_bytes=500, tree_bytes=1000, line_chars=256)
ROWS = "\n".join(
    f'<tr><td>{NAME} {n}</td><td><a href="mailto:k{n}%40example.se">brev</a></td>'
    f"<td><!--vip {n}--><b>070-</b>{n}</td></tr>"
    for n in range(300)
)


@pytest.fixture(autouse=True)
def short_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(htmlstream, "STRETCH", 200)
    monkeypatch.setattr(htmlstream, "_LONGEST", 3200)
    monkeypatch.setattr(htmlstream, "_CHUNK", 70)
    monkeypatch.setattr(htmlstream, "FRESH", 300)


def read(data: bytes, limits: Limits | None = None) -> tuple[dict[str, str], list[tuple[State, str]], list[Record]]:
    """Give all text of each field, what was not read, and the locators."""
    fields: dict[str, list[str]] = {}
    unread, records = [], []
    for answer in extract("a.html", io.BytesIO(data), limits):
        if isinstance(answer, Unread):
            unread.append((answer.state, answer.reason))
            continue
        records += answer.records
        for name, cells in answer.fields.items():
            fields.setdefault(name, []).extend(cell for cell in cells if cell is not None)
    return {name: "\n".join(cells) for name, cells in fields.items()}, unread, records


SCRIPT = "x = 1; y = `</p></tr>`;" * 90
AS_WRITTEN = "a</p>\n" * 90
SAME = {
    "a table": f"<!DOCTYPE html><html><head><title>Kunder\n2026</title></head><table>{ROWS}</table></html>",
    "what is not seen": "<html><script>var tel = '070-1';\nx</script><style>p</style><p>a</p>"
    f'<noscript>b<p>c</p></noscript><template>d</template><input value="e"><img alt="f" src="g%20h">{ROWS}</html>',
    "nothing is closed": f"<html><body><p>ett<p>två<ul><li>tre<li>fyra<br>fem{ROWS}",
    "text as it is written": f"<html><pre>a\n  b\nc</pre><textarea>d\ne</textarea><p>f\ng</p>{ROWS}</html>",
    "tags that are none": f"<html><p>a</p><script>{SCRIPT}</script><!--{'</p> </tr> ' * 90}-->{ROWS}"
    f"<p title='{'</p> ' * 90}'>b</p><pre>{AS_WRITTEN}</pre><textarea>{AS_WRITTEN}</textarea>{ROWS}</html>",
    "what follows the end": f"<!--före--><html><p>a</p></html>{ROWS}<p>efter</p><!--sist--><html>{ROWS}</html>",
    "ends that nothing began": f"<html></div></p></b><body>{ROWS}</html><p>efter</body>",
    "letters by name": f"<html><p>&Aring;sa &#214;berg &amp; S&ouml;ner</p>{ROWS}</html>",
    "many levels": f"<html>{'<div>' * 200}{NAME}{'</div>' * 200}{ROWS}</html>",
}


@pytest.mark.parametrize("text", SAME.values(), ids=SAME)
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_a_long_page_gives_what_a_held_one_gives(text: str, encoding: str) -> None:
    held, unread, _ = read(text.encode(encoding))
    streamed, faults, records = read(text.encode(encoding), LONG)
    assert streamed == held
    assert unread == faults == []
    assert records == [{"row": n} for n in range(1, len(records) + 1)]
    assert len(records) > 30


def test_a_record_is_a_stretch_with_all_that_belongs_to_it() -> None:
    text = f"<html><table>{ROWS}</table></html>".encode()
    for answer in extract("a.html", io.BytesIO(text), LONG):
        assert not isinstance(answer, Unread)
        for seen, unseen, address in zip(*(answer.fields[name] for name in ("", "@comment", "@href")), strict=True):
            assert seen and unseen and address
            numbers = [line[4:] for line in seen.split("\n") if line.startswith("070-")]
            assert unseen.split("\n") == [f"vip {number}" for number in numbers]
            assert address.split("\n") == [f"mailto:k{number}@example.se" for number in numbers]


def test_text_without_borders_is_cut_at_a_blank() -> None:
    text = f"<html><p>{f'{NAME} ' * 1000}</p><script>{'x' * 9000}</script><p>{'y' * 9000}</p></html>"
    fields, unread, records = read(text.encode(), LONG)
    assert fields[""].replace("\n", " ").count("Märta") == 1000
    assert (fields["@script"].count("x"), fields[""].count("y"), unread) == (9000, 9000, [])
    assert len(records) > 8


@pytest.mark.parametrize("end", ['<p title="Eva Lind', "<!-- Eva Lind", "<a Eva Lind"])
def test_a_page_that_ends_in_a_tag_is_read_to_its_end_and_named(end: str) -> None:
    fields, unread, _ = read(f"<html>{ROWS}{end}".encode(), LONG)
    assert unread == [(State.PARTIAL, "corrupt html")]
    assert "Eva Lind" in " ".join(fields.values())
    assert fields[""].count(NAME) == 300
