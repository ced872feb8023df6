import pytest

from connectors.extract.encoding import clean, decode

LETTER = "Märta Åkesson-Öberg, Öregatan 5, Malmö. Hämtning på måndag: ring André."
LETTERS = [
    LETTER,
    "Åsa",
    "Björn;Västerås;Ångström\r\nÖrjan;Malmö;Älg\r\n",
    "ÅSA ÖBERG\nVÄSTERÅS",
    "Kundmöte hölls i Åmål; återkommer på fredag – “bra”." * 50,
    "född i Örebro 1990, är på väg åt häradet",
]


@pytest.mark.parametrize("text", LETTERS)
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]
)
def test_every_unicode_form_is_read(encoding: str, text: str) -> None:
    """T44."""
    assert decode(text.encode(encoding))[0] == text


@pytest.mark.parametrize("text", LETTERS)
@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "cp850", "mac-roman"])
def test_every_swedish_code_page_is_read(encoding: str, text: str) -> None:
    """T44."""
    plain = text.encode(encoding, "ignore").decode(encoding)
    assert decode(plain.encode(encoding))[0] == plain


def test_utf7_is_read_where_it_hides_swedish_letters() -> None:
    """T44."""
    assert decode("Märta Åkesson, 070-1740605".encode("utf-7")) == ("Märta Åkesson, 070-1740605", "utf-7")


@pytest.mark.parametrize("text", ["+46701740605 +AOU+1", "a+b=c", "PGP+AAA/AAA=", "+AOU- 一二三 +ThA-"])
def test_a_plus_does_not_make_utf7(text: str) -> None:
    assert decode(text.encode())[0] == text


@pytest.mark.parametrize("cut", [1, 2, 3, 5, 9])
def test_utf8_that_was_cut_in_a_letter_stays_utf8(cut: int) -> None:
    data = LETTER.encode() + "å".encode()[:1] * cut
    text, encoding = decode(data)
    assert text.startswith(LETTER)
    assert encoding == "utf-8+cp1252"


def test_lines_of_two_encodings_are_both_read() -> None:
    data = "Åsa Öberg i Malmö\n".encode() * 3 + "Åsa Öberg\n".encode("cp1252")
    assert decode(data)[0] == "Åsa Öberg i Malmö\n" * 3 + "Åsa Öberg\n"


def test_padding_does_not_make_a_log_utf16() -> None:
    text, encoding = decode(b"Anna Ek 1990\n" + b"\0" * 4096)
    assert encoding == "utf-8"
    assert text.startswith("Anna Ek 1990\n")


@pytest.mark.parametrize("data", [b"", b"a", b"\0", b"\xff", b"\xfe\xff", b"\x81\x8d", bytes(range(256)), b"\xc3"])
def test_no_bytes_are_too_odd(data: bytes) -> None:
    text, encoding = decode(data)
    assert isinstance(text, str)
    assert encoding


@pytest.mark.parametrize(
    ("text", "searchable"),
    [
        ("A\u030asa O\u0308berg", "Åsa Öberg"),
        ("Anna\0Ek", "Anna Ek"),
        ("Anna\ud83d Ek", "Anna\ufffd Ek"),
        ("Åsa", "Åsa"),
    ],
)
def test_text_is_made_fit_to_be_searched(text: str, searchable: str) -> None:
    assert clean(text) == searchable
