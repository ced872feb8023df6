"""Files as they lie on the shares of a Swedish company: from Exchange, Excel, Visma, banks, telephones and scanners."""

from __future__ import annotations

import base64
import io
import lzma
import zipfile
from email import message_from_bytes, policy
from email.message import EmailMessage

import pyzipper

from connectors.base import State
from tests.connectors.extract import test_dbase, test_frames, test_ldif, test_legacy, test_pst, test_signed, test_tnef
from tests.connectors.extract.binary_book import xlsb
from tests.connectors.extract.made import IMAGE, W, pdf, sheet, stream, xlsx, zipped
from tests.connectors.gallery.piece import ADDRESS, NAME, NUMBER, Piece, Planted

CELL = "Workbook.Worksheet.Table.Row.Cell"
WHOLE: tuple[Planted, ...] = ((NAME, "", ""), (NUMBER, "", ""))


def tables() -> list[Piece]:
    """Exports of programs for books and customers."""
    head = "Kundnr;Namn;Personnr/Orgnr;Adress;Telefon;E-post\r\n"
    fortnox = head + f'"1";"{NAME}";"19900118-9811";"{ADDRESS}";"{NUMBER}";"marta@example.se"\r\n' * 2
    unicode_text = f"Namn\tTelefon\r\n{NAME}\t{NUMBER}\r\nBo Ek\t08-1\r\n"
    bgmax = "01BGMAX               0120260105173035010331P\r\n" + "26" + NAME.ljust(35) + ADDRESS.ljust(35) + "\r\n"
    sie = f'#FLAGGA 0\n#FORMAT PC8\n#SIETYP 4\n#FNAMN "Larm AB"\n#OBJEKT 6 "1" "{NAME}"\n'
    spreadsheet = (
        '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Kunder"><Table>'
        f"<Row><Cell><Data ss:Type='String'>{NAME}</Data></Cell><Cell><Data ss:Type='String'>{NUMBER}</Data></Cell>"
        "</Row></Table></Worksheet></Workbook>"
    )
    page = (
        f"<html xmlns:x='urn:schemas-microsoft-com:office:excel'><table><tr><td>{NAME}<td x:str>{NUMBER}</table></html>"
    )
    return [
        Piece("fortnox-kunder.csv", fortnox.encode("cp1252"), ((NAME, "row=2", "Namn"), (NUMBER, "row=2", "Telefon"))),
        Piece("unicode-text från Excel.txt", unicode_text.encode("utf-16"),
              ((NAME, "row=1", "Namn"), (NUMBER, "row=1", "Telefon"))),
        Piece("bgmax.txt", bgmax.encode("latin-1"), ((NAME, "", ""), (ADDRESS, "", ""))),
        Piece("kundreskontra.se", sie.encode("cp437"), ((NAME, "row=5", "OBJEKT.objektnamn"),)),
        Piece("rapport.xls", spreadsheet.encode(), ((NAME, "", f"{CELL}[0].Data"), (NUMBER, "", f"{CELL}[1].Data"))),
        Piece("KUNDER.DBF", test_dbase.table(), ((NAME, "row=1", "NAMN"), (NUMBER, "row=1", "TEL"))),
        Piece("rapport från webben.xls", page.encode("cp1252"), WHOLE),
    ]  # fmt: skip


def letters() -> list[Piece]:
    """What Word, WordPad, scanners and browsers save."""
    rtf = (
        rb"{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0{\fonttbl{\f0\fswiss Arial;}}{\*\htmltag64 <p>}"
        rb"M\'e4rta \'c5kesson-\'d6berg\par Ring 070-174\'30605\par}"
    )
    word = f'<?mso-application progid="Word.Document"?><w:wordDocument {W.replace("openxmlformats.org", "x")}>'
    word += f"<w:body><w:p><w:r><w:t>{NAME}</w:t></w:r></w:p><w:p><w:r><w:t>{NUMBER}</w:t></w:r></w:p></w:body>"
    hidden = b"BT 3 Tr /F1 12 Tf 10 100 Td (%s) Tj 0 -14 Td (%s) Tj ET" % (NAME.encode("cp1252"), NUMBER.encode())
    scanned = pdf([
        b"<</Type/Catalog/Pages 3 0 R>>", b"<<>>", b"<</Type/Pages/Kids[4 0 R]/Count 1>>",
        b"<</Type/Page/Parent 3 0 R/MediaBox[0 0 200 200]/Contents 5 0 R"
        b"/Resources<</Font<</F1 6 0 R>>/XObject<</I 7 0 R>>>>>>",
        stream(b"q 200 0 0 200 0 0 cm /I Do Q " + hidden),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>", IMAGE,
    ])  # fmt: skip
    glyphs = "".join(f'<Glyphs UnicodeString="{text}"/>' for text in (NAME, NUMBER))
    printed = {"Documents/1/Pages/1.fpage": f"<FixedPage>{glyphs}</FixedPage>"}
    xps = zipped({"[Content_Types].xml": "<Types/>", "_rels/.rels": "<r/>", **printed})
    saved = (
        "From: <Saved by Blink>\r\nSubject: Kund\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/related; boundary=x\r\n\r\n"
        "--x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        "<html><body>M=C3=A4rta =C3=85kesson-=C3=96berg<br>070-174=\r\n0605</body></html>\r\n--x--\r\n"
    )
    return [
        Piece("avtal.doc", test_legacy.word({"": f"Avtal med {NAME}\r{NUMBER}\r"}), WHOLE),
        Piece("mejl.rtf", rtf, WHOLE),
        Piece("egentligen-rtf.doc", rtf, WHOLE, id="T51"),
        Piece("word2003.xml", word.encode() + b"</w:wordDocument>", WHOLE),
        Piece("skannat med textlager.pdf", scanned, ((NAME, "page=1", ""), (NUMBER, "page=1", ""))),
        Piece(
            "utskrift.xps",
            xps,
            ((NAME, "row=1", "@UnicodeString"), (NUMBER, "row=2", "@UnicodeString")),
            "!/Documents/1/Pages/1.fpage",
        ),
        Piece("sparad sida.mht", saved.encode(), WHOLE),
    ]


def machines() -> list[Piece]:
    """What systems and telephones write."""
    reg = f'Windows Registry Editor Version 5.00\r\n\r\n[HKEY_USERS\\S]\r\n"Owner"="{NAME}"\r\n"Tel"="{NUMBER}"\r\n'
    plist = '<?xml version="1.0"?><!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/p.dtd">'
    plist += f"<plist><dict><key>n</key><string>{NAME}</string><key>t</key><string>{NUMBER}</string></dict></plist>"
    quoted = "".join(f"={byte:02X}" for byte in NAME.encode())
    card = "BEGIN:VCARD\r\nVERSION:2.1\r\n"
    card += f"N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:;{quoted[:30]}=\r\n{quoted[30:]};;;\r\n"
    card += f"TEL;CELL:{NUMBER}\r\nEND:VCARD\r\n"
    event = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Installation\r\n"
    event += f'ATTENDEE;CN="{NAME}":mailto:marta@example.se\r\nDESCRIPTION:Ring\\n{NUMBER[:5]}\r\n {NUMBER[5:]}\r\n'
    event += "END:VEVENT\r\nEND:VCALENDAR\r\n"
    chat = f"[2026-01-02 10:00:00] {NAME}: hej\n[2026-01-02 10:00:05] Support: ring {NUMBER}\n"
    larm = f"2026-01-02 10:00:00;1041;Inbrott;{NAME};{NUMBER}\r\n" * 3
    return [
        Piece(
            "kontakter.plist",
            plist.encode(),
            ((NAME, "", "plist.dict.string[0]"), (NUMBER, "", "plist.dict.string[1]")),
        ),
        Piece("användare.reg", reg.encode("utf-16"), WHOLE),
        Piece("telefonbok.vcf", card.encode(), ((NAME, "row=1", "N"), (NUMBER, "row=1", "TEL"))),
        Piece("bokning.ics", event.encode(), ((NAME, "row=1", "ATTENDEE.CN"), (NUMBER, "row=1", "DESCRIPTION"))),
        Piece("chatt.txt", chat.encode(), ((NAME, "row=1", ""), (NUMBER, "row=2", ""))),
        Piece("larmlogg.log", larm.encode("latin-1"), ((NAME, "row=3", ""), (NUMBER, "row=3", ""))),
    ]


def workbooks() -> list[Piece]:
    """Excel's hidden places, and what is left of a file after a broken copy."""
    pivot = f'<pivotCacheDefinition><sharedItems><s v="{NAME}"/></sharedItems></pivotCacheDefinition>'
    records = f'<pivotCacheRecords><r><s v="{NUMBER}"/></r></pivotCacheRecords>'
    book = xlsx(
        {"Öppet": sheet([["a", "b"], ["1", "2"]]), "Dolt": sheet([["namn", "telefon"], [NAME, NUMBER]])},
        {"xl/pivotCache/pivotCacheDefinition1.xml": pivot, "xl/pivotCache/pivotCacheRecords1.xml": records},
    )
    return [
        Piece("budget.xlsx", book, ((NAME, "row=1 sheet=Dolt", "namn"), (NAME, "", "@v"), (NUMBER, "", "@v"))),
        Piece("kunder.xlsb", xlsb({"Kunder": [["namn", "telefon"], [NAME, NUMBER]]}),
              ((NAME, "row=1 sheet=Kunder", "namn"), (NUMBER, "row=1 sheet=Kunder", "telefon"))),
        Piece("avbruten kopia.xlsx", book[: len(book) // 2], state=State.UNREADABLE, reason="corrupt"),
    ]  # fmt: skip


def mail() -> list[Piece]:
    """What Outlook and Exchange leave: wrapped, forwarded, and years of it in one file."""
    store = Piece("arkiv.pst", test_pst.STORE, ((test_pst.NAME, "", "Subject"), (test_pst.NUMBER, "", "")),
                  test_pst.FIRST.removeprefix("fil"))  # fmt: skip
    wrapped = EmailMessage()
    wrapped["From"], wrapped["To"], wrapped["Message-ID"] = "a@example.se", "b@example.se", "<1@example.se>"
    wrapped.set_content("Vidarebefordrat")
    wrapped.add_attachment(message_from_bytes(test_tnef.in_mail(), policy=policy.default))
    planted = (test_tnef.NAME, "", "Subject"), (test_tnef.NUMBER, "", "")
    note = test_legacy.message({}, test_legacy.attachment(0, "winmail.dat", test_tnef.WINMAIL))
    return [
        store,
        Piece("VB.eml", wrapped.as_bytes(), planted, "!/message1.eml!/winmail.dat"),
        Piece("VB.msg", note, planted, "!/winmail.dat"),
    ]


def archives() -> list[Piece]:
    """Zips of Windows' own and of DOS, names in the code page of the machine; and one that 7-Zip has locked."""
    locked = io.BytesIO()
    with pyzipper.AESZipFile(locked, "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(b"hemligt")
        archive.writestr("kunder.txt", NAME)
    inner = _named(f"{NAME}.txt".encode("cp850"), f"Ring {NUMBER}".encode("cp850"))
    outer = _named("Åtgärder 2009.zip".encode("cp437"), inner)
    return [
        Piece("gammal.zip", outer, ((NUMBER, "", ""), (f"{NAME}.txt", "", "path")), f"!/Åtgärder 2009.zip!/{NAME}.txt"),
        Piece("låst av 7-Zip.zip", locked.getvalue(), state=State.UNREADABLE, reason="encrypted", about="!/kunder.txt",
              id="T48"),
    ]  # fmt: skip


def _named(name: bytes, data: bytes) -> bytes:
    """A zip whose one name is not in UTF-8, nor said to be."""
    out = io.BytesIO()
    stand_in = "x" * len(name)
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo(stand_in), data)
    return out.getvalue().replace(stand_in.encode(), name)


def exports() -> list[Piece]:
    """Of directories, statistics programs and data warehouses; what is signed, and what only looks like text."""
    second = ((NAME, "row=2", "namn"), (NUMBER, "row=2", "tel"))
    packed = lzma.compress(f"{NAME}, {NUMBER}".encode(), lzma.FORMAT_ALONE)
    body = base64.b64encode(f"{NAME}, {NUMBER}".encode()).decode()
    apple = f"From: a@example.se\nContent-Transfer-Encoding: base64\n\n{body}\n"
    noted = zipped({"a.txt": "x"})[:-2] + len(NUMBER).to_bytes(2, "little") + NUMBER.encode()
    return [
        *(Piece(name, data, second) for name, data in test_frames.MADE.items()),
        Piece("kund.xpt", test_frames.transport(), ((NAME, "row=1", "NAMN"),)),
        Piece("katalog.ldif", test_ldif.EXPORT.encode(), ((NAME, "row=2", "cn"), (NUMBER, "row=2", "telephoneNumber"))),
        Piece("signerat.p7m", test_signed.in_pieces(test_signed.INNER), ((NUMBER, "", ""),), "!/signed.eml"),
        Piece("brev.txt.lzma", packed, WHOLE, "!/brev.txt"),
        Piece("brev.emlx", f"{len(apple)}\n{apple}<plist/>".encode(), WHOLE),
        Piece("med anteckning.zip", noted, ((NUMBER, "", "@comment"),)),
        Piece(
            "hemligt.asc",
            b"-----BEGIN PGP MESSAGE-----\n\nhQ==\n",
            state=State.UNREADABLE,
            reason="encrypted",
            id="T48",
        ),
    ]


COMPANY = [*tables(), *letters(), *machines(), *workbooks(), *mail(), *archives(), *exports()]
