"""The tables of the customer register: Swedish, grown over twenty years, with the names that such tables have."""

from __future__ import annotations

from sqlalchemy import Column, Date, Double, ForeignKey, Integer, MetaData, String, Table, Text

METADATA = MetaData()


def _text(*names: str, size: int = 120) -> list[Column[str]]:
    return [Column(name, String(size)) for name in names]


def _dates(*names: str) -> list[Column[object]]:
    return [Column(name, Date()) for name in names]


PERSONAL = Table(
    "personal",
    METADATA,
    Column("anstnr", Integer, primary_key=True, autoincrement=False),
    *_text("namn", "pnr", "epost", "telefon", "anknytning", "titel", "konto"),
)
KUNDER = Table(
    "kunder",
    METADATA,
    Column("kundnr", Integer, primary_key=True, autoincrement=False),
    *_text(
        "kundtyp",
        "fnamn",
        "enamn",
        "kontakt",
        "pnr",
        "orgnr",
        "adr1",
        "adr2",
        "postnr",
        "ort",
        "tel1",
        "tel2",
        "epost",
        "bil_regnr",
    ),
    *_dates("kundsedan", "avslutad"),
    Column("saljare", Integer),
    Column("ovrigt", Text),
)
AVTAL = Table(
    "avtal",
    METADATA,
    Column("avtalsnr", String(20), primary_key=True),
    Column("kundnr", Integer, ForeignKey("kunder.kundnr")),
    *_text("produkt", "signerat_av", "medtecknare", "medtecknare_pnr", "ordernr"),
    *_dates("startdatum", "slutdatum"),
    Column("manad_ore", Integer),
)
ANLAGGNINGAR = Table(
    "anlaggningar",
    METADATA,
    Column("anl_id", Integer, primary_key=True, autoincrement=False),
    Column("kundnr", Integer, ForeignKey("kunder.kundnr")),
    *_text("gata", "pnr_ort", "typ", "centralenhet"),
    Column("lat", Double),
    Column("lon", Double),
    Column("kommentar", Text),
)
LARMKONTAKTER = Table(
    "larmkontakter",
    METADATA,
    Column("anl_id", Integer, ForeignKey("anlaggningar.anl_id"), primary_key=True, autoincrement=False),
    Column("prio", Integer, primary_key=True, autoincrement=False),
    *_text("namn", "relation", "tel", "tel_alt", "epost", "kodord"),
)
FAKTUROR = Table(
    "fakturor",
    METADATA,
    Column("fakturanr", Integer, primary_key=True, autoincrement=False),
    Column("kund", Integer),
    *_text("mottagare", "ocr", "ordernr", "skapad_ts"),
    Column("belopp_ore", Integer),
    *_dates("datum", "forfallo"),
)
BETALNINGAR = Table(
    "betalningar",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("fakturanr", Integer),
    *_text("betalsatt", "avsandare", "bankgiro", "iban", "konto", "kort"),
    *_dates("inkom"),
    Column("bokford", Integer),
)
ARENDEN = Table(
    "arenden",
    METADATA,
    Column("arendenr", Integer, primary_key=True, autoincrement=False),
    Column("kundnr", Integer, ForeignKey("kunder.kundnr")),
    *_text("kanal", "rubrik", "handlaggare"),
    *_dates("skapad"),
    Column("anteckning", Text),
)
INLOGGNINGAR = Table(
    "inloggningar",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    *_text("anvandare", "ip", "tidpunkt", "klient"),
)
LARMLOGG = Table(
    "larmlogg",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("anlaggning", Integer),
    *_text("tid", "zon", "handelse", "meddelande_id"),
)
OFFERTER = Table(
    "offerter",
    METADATA,
    Column("offertnr", Integer, primary_key=True, autoincrement=False),
    *_text("namn", "epost", "telefon", "adress", "status"),
    *_dates("skapad"),
    Column("meddelande", Text),
)
REKOMMENDATIONER = Table(
    "rekommendationer",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("kundnr", Integer),
    *_text("van_namn", "van_epost", "van_tel"),
    *_dates("skapad"),
)
NYHETSBREV = Table(
    "nyhetsbrev",
    METADATA,
    Column("epost", String(120), primary_key=True),
    *_text("namn", "kalla"),
    *_dates("anmald"),
    Column("aktiv", Integer),
)
WEBB_EVENTS = Table(
    "webb_events",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("tid", Integer),
    *_text("typ"),
    Column("payload", Text),
)
ARTIKLAR = Table(
    "artiklar",
    METADATA,
    Column("artnr", Integer, primary_key=True, autoincrement=False),
    *_text("benamning", "ean", "leverantor", "lagerplats", "kollinr", "uppdaterad", "bestallning"),
    Column("pris_ore", Integer),
)
IMPORT_2019 = Table("import_2019", METADATA, *_text("rad_info", "pnr", "orgnr", "falt1", "falt2", "falt3", "falt4"))
"""No key, and column names that say something else than what is in them."""
