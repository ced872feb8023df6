"""Plain files of the gallery: encodings, tables and their faults, data formats, file names, wrong extensions."""

from __future__ import annotations

import json
import unicodedata

from connectors.base import State
from tests.connectors.gallery.piece import ADDRESS, NAME, NUMBER, Piece, Planted

LETTER = f"Hej {NAME}!\nVi kommer till {ADDRESS} i maj, ring före åtta.\n"
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "cp1252", "iso-8859-1",
             "iso-8859-15", "cp850", "mac-roman", "utf-7")  # fmt: skip


def here(name: str, *planted: Planted, **more: object) -> Piece:
    """A piece whose data are planted in the file itself."""
    return Piece(name=name, planted=planted, **more)  # type: ignore[arg-type]


def encoded() -> list[Piece]:
    """T44: name and address in every encoding, in a letter and in a table."""
    pieces = []
    table = f"namn;adress\n{NAME};{ADDRESS}\nBo Öh;Åvägen 1\n"
    for encoding in ENCODINGS:
        pieces.append(here(f"brev-{encoding}.txt", (NAME, "", ""), (ADDRESS, "", ""), id="T44",
                           data=LETTER.encode(encoding)))  # fmt: skip
        pieces.append(here(f"register-{encoding}.csv", (NAME, "row=1", "namn"), (ADDRESS, "row=1", "adress"), id="T44",
                           data=table.encode(encoding)))  # fmt: skip
    apart = unicodedata.normalize("NFD", LETTER)
    pieces.append(here("brev-nfd.txt", (NAME, "", ""), (ADDRESS, "", ""), id="T44", data=apart.encode()))
    mixed = LETTER.encode() + f"Med vänlig hälsning, {NAME}\n".encode("cp1252")
    pieces.append(here("brev-blandat.txt", (ADDRESS, "", ""), (f"hälsning, {NAME}", "", ""), id="T44", data=mixed))
    return pieces


PERSON = ("row=2", "namn"), ("row=2", "telefon")
ROWS = [["kund_id", "namn", "telefon"], ["1", "Bo Öh", "08-1"], ["2", NAME, NUMBER], ["3", "Eva Ek", "08-2"]]


def joined(delimiter: str, end: str = "\n") -> str:
    return end.join(delimiter.join(row) for row in ROWS) + end


def table(name: str, text: str | bytes, name_at: tuple[str, str] = PERSON[0], number_at: tuple[str, str] = PERSON[1]
          ) -> Piece:  # fmt: skip
    data = text if isinstance(text, bytes) else text.encode()
    return here(name, (NAME, *name_at), (NUMBER, *number_at), id="T43", data=data)


def tables() -> list[Piece]:
    """T43: delimited text and what is wrong with it."""
    semicolon = joined(";")
    wide = ";".join(["kundnamn"] * 20_000) + "\n" + ";".join(["x"] * 19_999 + [NUMBER]) + "\n"
    quoted = "\n".join(";".join(f'"{cell}"' for cell in row) for row in ROWS)
    return [
        table("semikolon.csv", semicolon),
        table("komma.csv", joined(",")),
        table("tab.csv", joined("\t")),
        table("tab.tsv", joined("\t")),
        table("streck.csv", joined("|")),
        table("utan-ändelse", semicolon),
        table("fel-ändelse.jpg", semicolon),
        table("mac.csv", joined(";", "\r")),
        table("windows.csv", joined(";", "\r\n")),
        table("bom.csv", semicolon.encode("utf-8-sig")),
        table("excel.csv", "sep=;\r\n" + joined(";", "\r\n")),
        table("citerad.csv", quoted),
        table("radbrytning-i-cell.csv", quoted.replace("Bo Öh", "Bo\nÖh")),
        table("citat-i-cell.csv", quoted.replace("Bo Öh", 'Bo ""Bosse"" Öh')),
        table("öppen-cell-efter.csv", semicolon.replace("Eva", '"Eva')),
        table("öppen-cell-före.csv", semicolon.replace("Bo Öh", '"Bo Öh')),
        table("nul.csv", semicolon.replace("Bo Öh", "Bo\0Öh").encode()),
        table("kort-rad.csv", semicolon.replace(";08-1", "")),
        table("lång-rad.csv", semicolon.replace("08-1", "08-1;mer;och mer")),
        table("tomma-rader.csv", semicolon.replace("\n", "\n\n")),
        table("tom-sista.csv", semicolon.replace("\n", ";\n")),
        table("rubrik-ovanför.csv", "Kundlista 2026\n" + semicolon, ("row=3", "namn"), ("row=3", "telefon")),
        table("utan-rubrik.csv", semicolon.partition("\n")[2], ("row=2", "column_2"), ("row=2", "column_3")),
        table("två-likadana.csv", semicolon.replace("kund_id", "namn"), ("row=2", "namn_2")),
        here("tusentals-kolumner.csv", (NUMBER, "row=1", "kundnamn_20000"), id="T43", data=wide.encode()),
        here("en-kolumn.csv", (NUMBER, "row=2", "telefon"), id="T43", data=f"telefon\n08-1\n{NUMBER}\n".encode()),
        here("formel.csv", (NUMBER, "row=1", "telefon"), id="T43",
             data=f'namn;telefon\nBo;"=""{NUMBER}"""\nEva;08-2\n'.encode()),
    ]  # fmt: skip


def data_formats() -> list[Piece]:
    """Trees, lines and lists."""
    person = {"namn": NAME, "tel": [NUMBER]}
    tree = json.dumps({"kund": person}, ensure_ascii=False)
    card = f"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:{NAME}\r\nTEL:{NUMBER}\r\nEND:VCARD\r\n"
    event = f"BEGIN:VEVENT\r\nSUMMARY:Besök {NAME}\r\nCONTACT:{NUMBER}\r\nEND:VEVENT\r\n"
    event = f"BEGIN:VCALENDAR\r\n{event}END:VCALENDAR\r\n"
    keys = f'{{"{NUMBER}": {{"x": 1}}, "070-1740606": {{"x": 2}}}}'
    deep = '{"a":' * 30 + json.dumps(NUMBER) + "}" * 30
    return [
        here("kund.json", (NAME, "", "kund.namn"), (NUMBER, "", "kund.tel[0]"), data=tree.encode()),
        here("escapad.json", (NAME, "", "kund.namn"), data=json.dumps({"kund": person}).encode()),
        here("lista.json", (NAME, "row=2", "namn"), data=json.dumps([{"namn": "Bo"}, person]).encode()),
        here("djup.json", (NUMBER, "", ".".join("a" * 30)), data=deep.encode()),
        here("nyckel.json", (NUMBER, "row=1", "@key"), data=keys.encode()),
        here("trasig.json", (NUMBER, "", ""), data=tree[:-3].encode(), state=State.PARTIAL, reason="corrupt json"),
        here("kunder.jsonl", (NAME, "row=2", "namn"), data=f'{{"namn": "Bo"}}\n{json.dumps(person)}\n'.encode()),
        here("trasiga.jsonl", (NUMBER, "row=3", ""), state=State.PARTIAL, reason="corrupt json (1 lines, first 3)",
             data=f'{{"a": 1}}\n{{"b": 2}}\n{{"c": "{NUMBER}"\n{{"d": 4}}\n'.encode()),
        here("kund.xml", (NAME, "", "kund.namn"), (NUMBER, "", "kund.tel.@nr"),
             data=f"<kund><namn>{NAME}</namn><tel nr='{NUMBER}'/></kund>".encode()),
        here("kunder.xml", (NUMBER, "row=2", "tel"),
             data=f"<k><kund>{NAME}</kund><kund><tel>{NUMBER}</tel></kund></k>".encode()),
        here("trasig.xml", (NUMBER, "", ""), data=f"<kund><tel>{NUMBER}</kund>".encode(), state=State.PARTIAL,
             reason="corrupt xml"),
        here("sida.html", (NAME, "", ""), (NUMBER, "", "@value"),
             data=f"<html><body><p>{NAME}</p><input type='hidden' value='{NUMBER}'></body></html>".encode()),
        here("kommentar.html", (NUMBER, "", "@comment"), data=f"<html><p>x</p><!-- {NUMBER} --></html>".encode()),
        here("latin.html", (NAME, "", ""),
             data=f'<html><meta charset="iso-8859-1"><p>{NAME}</p></html>'.encode("iso-8859-1")),
        here("kund.yaml", (NUMBER, "", "kund.tel"), data=f"kund:\n  namn: {NAME}\n  tel: {NUMBER}\n".encode()),
        here("kommentar.yaml", (NUMBER, "", "@comment"), data=f"a: 1  # ring {NUMBER}\n".encode()),
        here("larm.log", (NUMBER, "row=2", ""),
             data=f"2026-01-02 10:00:00 start\n2026-01-02 10:00:01 ring {NUMBER}\n".encode()),
        here("läs.md", (NUMBER, "", ""), data=f"# Rubrik\n\n- {NUMBER}\n".encode()),
        here("kund.vcf", (NAME, "row=1", "FN"), (NUMBER, "row=1", "TEL"), data=card.encode()),
        here("möte.ics", (NAME, "row=1", "SUMMARY"), (NUMBER, "row=1", "CONTACT"), data=event.encode()),
        here("bok.se", (NAME, "row=4", "VER.text"), data=(
            "#FLAGGA 0\n#FORMAT PC8\n#SIETYP 4\n#VER A 1 20260102 \"" + NAME + "\"\n{\n#TRANS 1910 {} 1.00\n}\n"
        ).encode("cp437")),
        here("dump.sql", (NUMBER, "", ""), data=f"INSERT INTO kund VALUES (1, '{NAME}', '{NUMBER}');\n".encode()),
        here("kod.py", (NUMBER, "", ""), data=f"tel = '{NUMBER}'  # test\n".encode()),
        here("nycklar.ini", (NUMBER, "", ""), data=f"[kund]\ntelefon={NUMBER}\n".encode()),
        here("tom.txt", data=b""),
        here("blank.txt", data=b" \n\n"),
        here("brus.bin", data=bytes(range(256)) * 8, state=State.UNSUPPORTED, reason="binary"),
    ]  # fmt: skip


NAMES = ("CON", "trailing.", "trailing ", "a\nb", "\x1b[31mröd", "x" * 251, "Åsa", "A\u030asa", "'; drop", "-rf", "~",
         "%2e%2e", "a\\b", "\u202egpj")  # fmt: skip


def file_names() -> list[Piece]:
    """T45: whatever a file is called it is read, and its key leads back to it."""
    data = f"Ring {NUMBER}".encode()
    pieces = [
        here(f"{name}.txt" if name == "x" * 251 else name, (NUMBER, "", ""), id="T45", data=data) for name in NAMES
    ]
    latin = b"k\xf6tt-\xc5sa".decode("utf-8", "surrogateescape")
    return [*pieces, here(latin, (NUMBER, "", ""), id="T45", data=data)]


TEXTS = [*encoded(), *tables(), *data_formats(), *file_names()]
