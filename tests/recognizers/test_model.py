"""The trained pipeline: what it finds beside the lists, when it is asked, what may take its place."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from recognizers.analyzer import Analyzer
from recognizers.installed import RecognizerError
from recognizers.model import VARIABLE, NameModel, Reader, by_spacy
from recognizers.name_model import ModelNameRecognizer
from recognizers.name_reader import SHIPPED, NameReader
from recognizers.pipeline import trained
from recognizers.training.fitting import digest

SHIPS_AT_MOST = 10_000_000  # bytes


def other(label: str = "PRS") -> Language:
    """A pipeline as somebody else has it: the words of a list, by another label."""
    nlp = spacy.blank("sv")
    words = ("Xhelvanije", "Maila", "Telefon", "Ring Qendrim Xhafa", "koden")
    nlp.add_pipe("entity_ruler", name="ner").add_patterns([{"label": label, "pattern": word} for word in words])
    return nlp


class Counted:
    """Loads a pipeline and counts how often; counts the sentences it reads."""

    def __init__(self) -> None:
        self.loads = 0
        self.read: list[str] = []

    def __call__(self) -> Reader:
        self.loads += 1
        nlp = other()
        tokenizer = nlp.tokenizer

        def noted(text: str) -> object:
            self.read.append(text)
            return tokenizer(text)

        nlp.tokenizer = noted
        return by_spacy(nlp)


def found(text: str, recognizer: ModelNameRecognizer, field: str = "") -> list[str]:
    matches = Analyzer([recognizer]).find({field: [text]})
    return [text[m.start : m.end] for m in matches if m.score >= 0.5]


@pytest.fixture(scope="module")
def ours() -> ModelNameRecognizer:
    return ModelNameRecognizer(NameModel())


@pytest.mark.parametrize(
    "text",
    [
        "Maila kundservice eller ring till Swedbank i Västerås.",
        "Telefon: 070-174 06 05 Ort: Östersund",
        "Teknikern kommer Tisdag mellan 10 och 12, Ring innan.",
        "larmet tjuter hela natten kan ni komma",
        "batteriet i rörelsedetektorn är slut",
        "Björn i trädgården utlöste kamera 2, ingen insats.",
        "Sten kastad genom rutan på baksidan, polisanmälan gjord.",
        "skickade mail från karin.zylvane@example.se igår",
        "wikander AB ringde tbx, nöjd med svaret",
        "han sade att han ville veta varför larmet gick",
        "Bygget leds av Skanska, Peab och Veidekke.",
        "Vi kör Docker, Maven och Grafana.",
        "Vikarie bokad via Student Consulting i måndags",
        "Failed password from 203.0.113.20 port 22",
    ],
)
def test_texts_without_names(ours: ModelNameRecognizer, text: str) -> None:
    assert found(text, ours) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("jag heter karin och har glömt min kod", ["karin"]),
        ("hej jag pratade med den där zylvane brisko i går", ["zylvane brisko"]),
        ("tack för hjälpen zeynab", ["zeynab"]),
        ("kodordet är ändrat enligt karin", ["karin"]),
        ("Ringde Zylvane, inget svar.", ["Zylvane"]),
        ("Ur protokollet: Närvarande Ek, Lo-Johansson, Sand", ["Lo-Johansson, Sand"]),
        ("min bror Guled kommer i morgon", ["Guled"]),
        ("Dear Ms Kowalczyk,\nWe have received your claim.", ["Kowalczyk"]),
        ("Läkarna Stenbeck, Zaki och Wallander är på kurs", ["Stenbeck", "Zaki", "Wallander"]),
    ],
)
def test_names_that_the_lists_leave_open(ours: ModelNameRecognizer, text: str, names: list[str]) -> None:
    assert found(text, ours) == names


def test_a_find_tells_that_it_is_the_models(ours: ModelNameRecognizer) -> None:
    (match,) = Analyzer([ours]).find({"": ["hej jag pratade med den där zylvane brisko i går"]})
    assert (match.entity, match.value, match.why[0]) == ("PERSON", "zylvane brisko", "model")
    assert "parts:brisko zylvane" in match.others


def test_words_and_numbers_are_no_names_whatever_a_pipeline_says() -> None:
    recognizer = ModelNameRecognizer(NameModel(lambda: by_spacy(other())))
    assert found("Maila eller Telefon till Xhelvanije om koden", recognizer) == ["Xhelvanije"]


def test_the_pipeline_is_loaded_at_the_first_sentence_and_once() -> None:
    load = Counted()
    recognizer = ModelNameRecognizer(NameModel(load))
    found("Anna Ek", recognizer)
    assert load.loads == 0
    found("Ringde Xhelvanije, inget svar.", recognizer)
    found("Ringde Xhelvanije igen, inget svar.", recognizer)
    assert load.loads == 1


def test_only_undecided_sentences_are_read_and_each_once() -> None:
    load = Counted()
    model = NameModel(load)
    texts = ["Xhelvanije", "Ringde Anna Lindqvist i går.", "Ringde Xhelvanije i går.", "Ja. Ringde Xhelvanije i går."]
    Analyzer([ModelNameRecognizer(model)]).find({"": texts})
    assert load.read == ["Ringde Xhelvanije i går.", "Ja. Ringde Xhelvanije i går."]
    Analyzer([ModelNameRecognizer(model)]).find({"": texts})
    assert len(load.read) == 2


def test_another_pipeline_can_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other().to_disk(tmp_path / "theirs")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "theirs"))
    assert found("Ringde Xhelvanije, inget svar.", ModelNameRecognizer()) == ["Xhelvanije"]


def test_one_that_is_not_there_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "sv_nowhere_lg")
    with pytest.raises(RecognizerError, match=r"\AINSYN_SPACY_MODEL=sv_nowhere_lg: no such spaCy pipeline; .*\Z"):
        ModelNameRecognizer()


def test_one_that_finds_no_persons_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other("LOC").to_disk(tmp_path / "places")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "places"))
    with pytest.raises(RecognizerError, match="finds no persons"):
        found("Ringde Xhelvanije, inget svar.", ModelNameRecognizer())


def test_one_that_is_missing_from_the_package_is_one_line(tmp_path: Path) -> None:
    for load in (trained, NameReader):
        with pytest.raises(RecognizerError, match="no trained name model"):
            load(tmp_path)


def test_what_ships_is_small_and_credits_its_corpus() -> None:
    assert sum(path.stat().st_size for path in SHIPPED.iterdir()) <= SHIPS_AT_MOST
    notice = (SHIPPED.parent / "NOTICE.md").read_text(encoding="utf-8")
    assert digest(SHIPPED) in notice
    assert "CC BY 4.0" in notice
