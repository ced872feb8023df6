"""Every evidence code has words in both languages; the word or kind that follows a code is named."""

import pytest

from recognizers.codes import CODES
from reports.language import LANGUAGES
from scanner.web.because import PHRASES, because
from scanner.web.pages import catalogue


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_code_is_said_in_words(lang: str) -> None:
    said = {code: because(code, catalogue(lang)) for code in CODES}
    assert not [code for code, text in said.items() if text == code]
    assert len(set(said.values())) == len(CODES) == len(PHRASES)


def test_what_follows_a_code() -> None:
    swedish = catalogue("sv")
    assert because("context:personnummer", swedish) == "ett ord intill: personnummer"
    assert because("over:PHONE_NUMBER", swedish) == "troligare än ett annat slag: telefonnummer"
    assert because("column:share", swedish) == "de flesta värden i kolumnen är av detta slag"
    assert because("shape:street", swedish) == "skrivet som sådant brukar skrivas"
    assert because("acme:own", swedish) == "acme:own"
