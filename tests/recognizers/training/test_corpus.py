"""Reading a corpus of words and tags."""

from __future__ import annotations

from pathlib import Path

import pytest

from recognizers.training.corpus import CorpusError, read

CORPUS = """\
Lindqvist\tPER
,\t0
Karin\tPER
Maria\tPER
sade\t0
:\t0
"\t0
Nej\t0
,\t0
\u00ad\t0
aldrig\t0
"\t0
.\t0

(\t0
Ek\tPER
)\t0
"""


def test_sentences_are_written_out_as_text(tmp_path: Path) -> None:
    path = tmp_path / "corpus.txt"
    path.write_text(CORPUS, encoding="utf-8")
    first, second = read(path)
    assert first.text == 'Lindqvist, Karin Maria sade: "Nej, aldrig".'
    assert [first.text[start:end] for start, end in first.spans] == ["Lindqvist", "Karin Maria"]
    assert (second.text, second.spans) == ("(Ek)", ((1, 3),))
    assert "Karin" not in repr(first)


def test_what_is_no_corpus_is_told_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "corpus.txt"
    path.write_text("Karin PER\nsade ingenting alls\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"corpus.txt:2: not a word and its tag$"):
        read(path)


def test_a_missing_one_is_told(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="cannot be read"):
        read(tmp_path / "none.txt")
