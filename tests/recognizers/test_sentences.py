"""Which sentences of a column the name model gets to read."""

from __future__ import annotations

import pytest

from recognizers.sentences import opened, sentences, undecided


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Anna Ek", []),
        ("42 17 99 18", []),
        ("070-174 06 05\0Anna Ek\0ok", []),
        ("Ringde kl. 10 om larmet.", ["Ringde kl. 10 om larmet."]),
        (
            "Larmet tjuter hela natten. Ring mig genast om det.",
            ["Larmet tjuter hela natten.", "Ring mig genast om det."],
        ),
        ("Larmet tjuter hela natten.\nMvh\nAnna", ["Larmet tjuter hela natten.\nMvh\nAnna"]),
        ("kort\0hon vill byta kod\0nej", ["hon vill byta kod"]),
    ],
)
def test_cut(text: str, cut: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == cut


def test_a_text_without_full_stops_is_cut_at_blanks() -> None:
    text = "larmet tjuter " * 1000
    pieces = [text[start:end] for start, end in sentences(text)]
    assert max(map(len, pieces)) <= 1000
    assert "".join(pieces) == text


def test_a_text_without_blanks_is_cut_too() -> None:
    text = "hej du kund " + "a" * 100_000
    assert sum(end - start for start, end in sentences(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "sure", "open_"),
    [
        ("Teknikern kommer på Tisdag klockan tio.", [], False),
        ("Ringde Anna, inget svar än.", ["Anna"], False),
        ("larmet tjuter hela natten.", [], False),
        ("OK TACK FÖR HJÄLPEN HA EN BRA DAG", [], False),
        ("Tidsbokning och Glaskross är samma ärende.", [], False),
        ("Sten kastad genom rutan på baksidan.", [], False),
        ("skickade mail från karin.zylvane@example.se i går", [], False),
        ("2026-11-22 10:00:01 Xhevrije har loggat in i går", [], False),
        ("anropar Xhevrije(kund) och {Xhevrije} i går", [], False),
        ("Xhevrije Hoxha, Qendrim Zylvane, Teuta Brisko", [], False),
        ("Ringde Xhevrije, inget svar än.", [], True),
        ("Ringde Anna och Xhevrije i går.", ["Anna"], True),
        ("pratade med karin i går", [], True),
        ("jag heter björn och har glömt koden", [], True),
        ("frågade efter xhevrije i går", [], True),
    ],
)
def test_undecided(text: str, sure: list[str], open_: bool) -> None:
    known = [(text.index(name), text.index(name) + len(name)) for name in sure]
    cut = list(sentences(text))
    assert undecided(text, opened(text, cut), known) == (cut if open_ else [])
