import itertools

import pytest

from connectors.extract import table

BODY = [["Anna Ek", "070-1740605", "2026-01-02"], ["Bo Öh", "070-1740606", "2026-01-03"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("quote", ["", '"'])
def test_delimiter_line_end_and_quotes_are_found_out(delimiter: str, end: str, quote: str) -> None:
    text = end.join(delimiter.join(f"{quote}{cell}{quote}" for cell in row) for row in [["namn", "tel", "dag"], *BODY])
    found = table.rows(text)
    assert (found.header, found.delimiter, list(found.rows)) == (["namn", "tel", "dag"], delimiter, BODY)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('a_id;b\n1;"x;y"\n', [["1", "x;y"]]),
        ('a_id;b\n1;"x\ny"\n2;z\n', [["1", "x\ny"], ["2", "z"]]),
        ('a_id;b\n1;"sa ""hej"""\n', [["1", 'sa "hej"']]),
        ("a_id;b\n\n1;2\n\n\n3;4", [["1", "2"], ["3", "4"]]),
        ("a_id;b\n1\n2;3;4;5\n", [["1"], ["2", "3", "4", "5"]]),
        ("a_id;b\n1;\0x\0\n", [["1", "\0x\0"]]),
        ("sep=;\r\na_id;b\r\n1;2,5\r\n", [["1", "2,5"]]),
    ],
)
def test_rows(text: str, rows: list[list[str]]) -> None:
    assert list(table.rows(text).rows) == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('kund_id;namn\n1;Bo\n2;"Anna\n3;Ce\n4;De\n', [["1", "Bo"], ["2", '"Anna'], ["3", "Ce"], ["4", "De"]]),
        ('kund_id;namn\n1;Bo\n2;"An""na\n3;Ce', [["1", "Bo"], ["2", '"An""na'], ["3", "Ce"]]),
        ('kund_id;namn\n"', [['"']]),
    ],
)
def test_a_quote_that_is_never_closed_swallows_nothing(text: str, rows: list[list[str]]) -> None:
    """T43."""
    assert list(table.rows(text).rows) == rows


def test_a_cell_beyond_the_limit_is_split_plainly() -> None:
    long = "x" * 600
    text = f'kund_id;namn\n1;Bo\n2;"{long}\n{long};Anna"\n3;Ce\n'
    rows = list(table.rows(text, field_limit=1000).rows)
    assert rows == [["1", "Bo"], ["2", f'"{long}'], [long, 'Anna"'], ["3", "Ce"]]


def test_a_quote_open_for_megabytes_loses_no_line() -> None:
    text = 'kund_id;namn\n1;"Bo\n' + "".join(f"{n};Anna\n" for n in range(300_000))
    rows = list(table.rows(text).rows)
    assert len(rows) == 300_001
    assert rows[-1] == ["299999", "Anna"]


@pytest.mark.parametrize(
    "first",
    [
        ["Anna Ek", "070-1740605", "2026-01-02"],
        ["Anna Ek", "", ""],
        ["anna@example.com", "x", "y"],
        ["900118-9811", "namn", "tel"],
        ["Anna Landström", "Gustav Lindstad", "Norrland"],
        ["Rapport"],
        ["", "", ""],
    ],
)
def test_a_first_row_of_data_is_data(first: list[str]) -> None:
    found = table.rows("\n".join(";".join(row) for row in [first, ["Bo Öh", "Nisse", "Norr"], ["Ce", "Da", "Ed"]]), ";")
    assert found.header is None
    assert next(found.rows) == first


@pytest.mark.parametrize(
    "first",
    [
        ["Namn", "Telefon", "Skapad"],
        ["kund_id", "x", "y"],
        ["Förnamn", "Efternamn", "Anm"],
        ["createdAt", "who", "what"],
        ["Kundnummer", "Ort", ""],
        ["E-post", "Mobil", "Personnummer"],
    ],
)
def test_a_first_row_of_names_is_the_header(first: list[str]) -> None:
    found = table.rows("\n".join(";".join(row) for row in [first, ["Bo Öh", "Nisse", "Norr"], ["Ce", "Da", "Ed"]]), ";")
    assert found.header is not None


@pytest.mark.parametrize(
    "title", ["Kundlista Anna Ek 2026-01-02", "Kundlista;;", ";;2026-01-02", "Rapport\n\nUttag: Bo"]
)
def test_titles_above_the_header_are_rows(title: str) -> None:
    found = table.rows(f"{title}\n\nNamn;Telefon;Ort\nAnna Ek;070-1740605;Malmö\nBo;;Lund\nCe;;Lund\n", ";")
    assert found.header == ["Namn", "Telefon", "Ort"]
    assert list(found.rows)[:-3] == [line.split(";") for line in title.split("\n") if line]


def test_a_row_of_data_ends_the_search_for_a_header() -> None:
    found = table.rows("Anna Ek;070-1740605;Malmö\nNamn;Telefon;Ort\nBo;;Lund\n", ";")
    assert found.header is None


def test_names_that_differ_in_kind_from_what_is_below_are_the_header() -> None:
    assert table.rows("Vem;Var\nAnna;070-1740605\nBo;070-1740606\n").header == ["Vem", "Var"]


@pytest.mark.parametrize(
    "names",
    ["id,card_last4,x", "id,line_1,line_2", "vem,q1_2024,q2_2024", "n,address2,tel1", "a,adr2,Tel2", "x,ipv4,y-2"],
)
def test_names_of_columns_may_hold_numbers(names: str) -> None:
    found = table.rows(f"{names}\nch_a,4711,Ek\nch_b,4712,Bo\nch_c,4713,Ce\n")
    assert found.header == names.split(",")


@pytest.mark.parametrize("first", ["usr_1,Bo,x", "abc12,Bo,x", "ORD_2024,Bo,x", "abc123,Bo,x"])
def test_codes_over_codes_are_data(first: str) -> None:
    assert table.rows(f"{first}\nusr_2,Ek,y\nusr_3,Bo,z\nord_2025,Ce,o\n").header is None


def test_a_code_over_nothing_is_data() -> None:
    assert table.rows("usr_1,Bo,x\n,Ek,y\n,Ce,z\n").header is None


def test_names_are_unique_and_columns_beyond_them_have_one() -> None:
    found = table.rows("namn;namn;;namn_2\na;b;c;d\n", ";")
    assert found.header == ["namn", "namn_2", "column_3", "namn_2_2"]
    assert found.names(6) == ["namn", "namn_2", "column_3", "namn_2_2", "column_5", "column_6"]
    assert found.names(2) == ["namn", "namn_2"]


@pytest.mark.parametrize(
    "text",
    [
        "Hej, Anna!\nVi ses, Bo.\n",
        "En rad utan något",
        "a\nb\nc",
        "x = 1;\ny = f(x);\nz = 2;\n",
        "Kära Anna,\n\nTack, det var trevligt, och gott.\n\nHej, Bo",
        "",
    ],
)
def test_prose_is_no_table(text: str) -> None:
    assert not table.is_table(text)


@pytest.mark.parametrize("text", ["a;b\n1;2", "a\tb\tc\n1\t2\t3\n", "a,b\n1,2\n3,4", "a|b\n1|2\nx\n" + "3|4\n" * 9])
def test_even_columns_are_a_table(text: str) -> None:
    assert table.is_table(text)


def test_a_hundred_thousand_columns_cost_little() -> None:
    """T43."""
    text = ";".join(itertools.repeat("namn", 100_000)) + "\n" + ";".join(map(str, range(100_000)))
    found = table.rows(text, ";")
    assert found.header is not None
    assert len(set(found.header)) == 100_000
    assert len(next(found.rows)) == 100_000


@pytest.mark.parametrize(
    ("first", "is_header"),
    [
        ("Objekt;Kontakt 1;Tel 1;Kontakt 2;Tel 2", True),
        ("Storgatan 1;Storgatan 2;Ringvägen 7;Ek", False),
        ("Storgatan 1;Ringvägen 1;Kungsgatan 1;Ek", False),
        ("Byn 2;Ek 2;Byn 3;Ek 3", False),
    ],
)
def test_words_that_are_counted_from_one_are_names_of_columns(first: str, *, is_header: bool) -> None:
    body = "\nL41;Bo Ek;070-174 06 05;Eva Norling;070-174 06 06" * 3 if is_header else "\nÅvägen 3;Ek 4;Bo;Eva" * 3
    assert (table.rows(first + body).header is not None) == is_header
