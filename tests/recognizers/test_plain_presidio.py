"""The same recognizers in anyone's `AnalyzerEngine`: the same answers, no language model, no network."""

from __future__ import annotations

import spacy
from presidio_analyzer import AnalyzerEngine
from presidio_analyzer.nlp_engine import SpacyNlpEngine

from recognizers import Analyzer, registry
from recognizers.personnummer import PersonnummerRecognizer

TEXT = "Kund Anna Lindqvist, personnummer 9001189811, ringde 070-174 06 05 från 192.0.2.17. Ordernr 9001189811."


class BlankSwedish(SpacyNlpEngine):  # type: ignore[misc]
    """Swedish without a model: nothing is loaded or downloaded."""

    def __init__(self) -> None:
        super().__init__()
        self.nlp = {"sv": spacy.blank("sv")}


def engine(**options: object) -> AnalyzerEngine:
    return AnalyzerEngine(nlp_engine=BlankSwedish(), supported_languages=["sv"], **options)


def test_the_registry_gives_what_the_analyzer_gives() -> None:
    results = engine(registry=registry()).analyze(TEXT, language="sv", score_threshold=0.5)
    expected = [m for m in Analyzer().find({"": [TEXT]}) if m.score >= 0.5]
    assert sorted((r.entity_type, r.start, r.end, r.score) for r in results) == sorted(
        (m.entity, m.start, m.end, m.score) for m in expected
    )
    assert {r.entity_type for r in results} >= {"PERSON", "SE_PERSONNUMMER", "PHONE_NUMBER", "IP_ADDRESS"}


def test_only_the_entities_asked_for_are_given() -> None:
    results = engine(registry=registry()).analyze(TEXT, language="sv", entities=["IP_ADDRESS"])
    assert [TEXT[r.start : r.end] for r in results] == ["192.0.2.17"]


def test_a_single_recognizer_is_one_of_presidios() -> None:
    recognizer = PersonnummerRecognizer().for_presidio()
    results = recognizer.analyze(TEXT, ["SE_PERSONNUMMER"])
    assert [(TEXT[r.start : r.end], r.score >= 0.5) for r in results] == [("9001189811", True), ("9001189811", False)]
    assert recognizer.analyze(TEXT, ["PERSON"]) == []


def test_words_given_with_the_call_speak_as_those_beside_it() -> None:
    analyze = engine(registry=registry()).analyze
    bare = analyze("ABC123", language="sv")
    told = analyze("ABC123", language="sv", context=["regnr"])
    named = analyze("ABC123", language="sv", context=["fordon_reg"])
    other = analyze("ABC123", language="sv", context=["produkt"])
    assert [(r.entity_type, r.score < 0.5) for r in bare] == [("SE_LICENSE_PLATE", True)]
    assert [[r.score >= 0.5 for r in results] for results in (told, named, other)] == [[True], [True], [False]]
