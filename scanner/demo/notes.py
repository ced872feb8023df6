"""What people write: notes, chats, mails. A template is used where the estate knows all that it asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random
from string import Formatter

from scanner.demo import numbers, spelling
from scanner.demo.names import NICKNAMES
from scanner.demo.people import Person
from scanner.demo.texts import MISTYPED, Text, compose, mark

NOTES = (
    "Kund ringde om utlöst larm. Ingen åverkan, detektorn i hallen bytt.",
    "{kund} ringer och vill byta kontaktperson till {annan}, tel {tel2}. Ändrat i systemet.",
    "Pratat med {kund_f} som bekräftar sitt personnummer {pnr}. Kodord stämmer.",
    "Legitimerad med pnr {pnr}, ny e-post {epost}. Kvitto skickat.",
    "Kund uppger fel personnummer ({fel}), rättas när {kund_f} kommer hem.",
    "Återuppringning till {tel} efter kl 16.30, fråga efter {annan_f}.",
    "{kund_s} granne {annan} har nyckel. Nås på {tel2}, annars {epost2}.",
    "Flyttar den 1/6 till {adr}. Larmet ska följa med, montering bokad.",
    "Installation klar på {adr}. Centralenhet monterad i städskåp, 2 st rökdetektorer.",
    "Dödsbo. Kontakt är {annan}, {epost2}. Fakturorna ställs om.",
    "Vill ha faktura till {adr2} i stället, c/o {annan}. Kundnr {knr}.",
    "Inloggning spärrad från {ip}. Bad kunden byta lösenord via länk till {epost}.",
    "Autogiro: konto {konto}, kontohavare {annan}. Medgivande inskannat.",
    "Återbetalning 1 240 kr till IBAN {iban} (fakturan betald två gånger).",
    "Betalade till fel bankgiro, rätt är {bg}. OCR {ocr}.",
    "Order {order} levererad, kolli 00373500001234567890. Signerat av {annan}.",
    "Björn i trädgården utlöste kamera 2, ingen insats. Viltkamera rekommenderad.",
    "Sten kastad genom rutan på baksidan, polisanmälan gjord. Glaskross bytt.",
    "Lång väntetid i kön, kunden missnöjd. Stark vind river i sirenen.",
    "Alm har fallit över staketet, kabeln av. Gran bredvid måste också bort.",
    "Ask och eld i spisen utlöste röken. Berg bakom huset stör mottagningen.",
    "Bo kvar-läge används fel. Visat hur skalskydd slås på. Tor 14-16 passar.",
    "Trygg Hemma paket 3 beställt, Frisk Luft-sensor på köpet. Order {order}.",
    "Service utförd {stamp}, batteri bytt, signal 4/5. Tekniker {anst}.",
    "{anst} (teknik) åker ut 12/4. Portkod 4711#. Kund möter.",
    "Överlämnat till {anst}. Mvh {anst2}",
    "Även {annan_f} ska läggas till i appen. Nummer: {tel2}.",
    "Kundens sambo {annan_f} ringde, ej behörig. Ber {kund_f} höra av sig själv.",
    "{kund_om} vill säga upp avtalet. Uppsägningstid 3 mån informerad.",
    "KUND UPPRÖRD. {KUND} KRÄVER ATT CHEFEN RINGER {tel}.",
    "SKA EJ KONTAKTAS AV SÄLJ. {ANNAN} TAR ALLA SAMTAL.",
    "Ej svar på {tel} el {tel2}. Sms skickat. Nytt försök imorgon 08:15.",
    "Samtal från okänt nummer, säger sig heta {annan}. Lämnade ingen info.",
    "Kameran på {lat}, {lon} saknar täckning enligt kartan.",
    "Kopia av id skickad, {annan_om}, född {pnr2}.",
    "Offert till {epost2} - {annan} bor på {adr2} och är granne till kund {knr}.",
    "Enligt {annan_s} uppgift är {kund_f} bortrest till den 14:e.",
    "Kunden (fd {flick}) har gift sig, nytt efternamn {kund_e}. Legitimation visad.",
    "Hyresgäst: {annan}, tel. {tel2}, mail: {epost2}. Står ej på avtalet.",
    "Familjen {kund_e} bortrest v 28-31, {annan} vattnar blommorna och har kod.",
    "Faktura 2 st obetalda, ocr {ocr}, belopp 1 498,00 kr. Inkassovarning till {adr}.",
    "Tidsbokning 2024-03-12 10:15-12:00, ref {order}, zon 14, krets 0812.",
    "Kortbetalning med {kort} nekades, ny länk skickad.",
    "Fullmakt för {annan} ({pnr2}) att företräda {kund} ({pnr}).",
    "Testsamtal från växeln {vaxel}. {kund_f} hörde bra.",
)  # fmt: skip
CHATS = (
    "hej det är {kund} igen, larmet tjuter fortfarande, ring mig på {tel}",
    "hejsan! {kund_f} här. kan ni ändra min mail till {epost}? tack /{kund_f}",
    "hej jag heter {kund} och mitt personnummer är {pnr}, kan inte logga in",
    "min sambo {annan} kommer inte in i appen, numret är {tel2}",
    "hej! vi bor på {adr} och vill ha en offert. mvh {kund}",
    "ok tack för hjälpen ha en bra dag",
    "vem är det som ringt mig från {tel2}? presenterade sig som {annan_f}",
    "hälsa {anst} att det funkar nu! hälsningar {kund_f}",
    "mitt kundnummer är {knr}, men {annan_f} står som ägare",
    "tjena, {smek} här, ni känner mig. piper igen",
    "skickade mail från {epost} igår men ingen svarar",
)
"""Written by customers: now and then all in lower case."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who a text is about, and who else comes up in it."""

    who: Person
    other: Person
    staff: Person
    staff2: Person


@cache
def _needs(template: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name)


def ip(random: Random, owner: str | None) -> Text:
    """An address of the documentation ranges, or a private one."""
    drawn = random.random()
    text = f"{random.choice(('192.0.2', '198.51.100', '203.0.113'))}.{random.randint(1, 254)}"
    if drawn < 0.06:
        text = f"2001:db8:{random.randint(1, 0xFFFF):x}::{random.randint(1, 0xFFFF):x}"
    elif drawn < 0.12:
        text = f"192.168.{random.randint(0, 5)}.{random.randint(2, 254)}"
    return mark("IP_ADDRESS", text, owner)


def account(random: Random, owner: str | None) -> Text:
    """The account inside an IBAN of the registry's examples, as people write it."""
    return mark(
        "SE_BANK_ACCOUNT", random.choice(("5491-0000003", "5839-8257466", "5491 000 00 03", "5839, 825 74 66")), owner
    )


def stamp(random: Random, on: date | None = None) -> str:
    """A time as YYYYMMDDHHMM that is nobody's personnummer; on any day, if none is given."""
    day = f"{random.randint(2017, 2026)}{random.randint(1, 12):02d}{random.randint(1, 28):02d}"
    day = day if on is None else f"{on:%Y%m%d}"
    return numbers.innocent(int(f"{day}{random.randint(6, 21):02d}{random.randint(0, 50):02d}"))


def order(random: Random, *, test_allowed: bool = False) -> str:
    """An order number of ten digits; with `test_allowed` it may look like a test personnummer."""
    return numbers.innocent(2_000_000_000 + random.randrange(700_000_000), test_allowed=test_allowed)


def _of(person: Person, random: Random, suffix: str) -> dict[str, Callable[[], Text]]:
    parts: dict[str, Callable[[], Text]] = {}
    if person.phones:
        parts["tel" + suffix] = lambda: spelling.phone(random.choice(person.phones), random, person.id)
    if person.emails:
        parts["epost" + suffix] = lambda: spelling.email(person, random.choice(person.emails))
    if person.pnr:
        parts["pnr" + suffix] = lambda: spelling.identity(person, random)
    if person.address:
        parts["adr" + suffix] = lambda: spelling.address(person.home, person.id, random)
    return parts


def _names(person: Person, random: Random, key: str) -> dict[str, Callable[[], Text]]:
    return {
        key: lambda: spelling.name(person, random),
        key + "_f": lambda: spelling.given(person),
        key + "_e": lambda: spelling.surname(person),
        key + "_s": lambda: spelling.genitive(person, whole=random.random() < 0.5),
        key + "_om": lambda: spelling.reversed_name(person),
        key.upper(): lambda: spelling.full(person).map(str.upper),
    }


def _things(random: Random, who: Person) -> dict[str, Callable[[], Text]]:
    point = (round(random.uniform(55.4, 66.0), 5), round(random.uniform(12.0, 19.0), 5))
    return {
        "ip": lambda: ip(random, who.id),
        "konto": lambda: account(random, who.id),
        "iban": lambda: mark("IBAN_CODE", random.choice(numbers.IBANS), who.id),
        "bg": lambda: mark("SE_BANKGIRO", random.choice(numbers.BANKGIRO)),
        "kort": lambda: mark("CREDIT_CARD", random.choice(numbers.CARDS), who.id),
        "ocr": lambda: Text(numbers.ocr(random.randint(104200, 106000), random.randint(1, 99999))),
        "order": lambda: Text(order(random)),
        "stamp": lambda: Text(stamp(random)),
        "lat": lambda: mark("LOCATION_COORDINATES", str(point[0]), who.id),
        "lon": lambda: mark("LOCATION_COORDINATES", str(point[1]), who.id),
        "vaxel": lambda: spelling.phone(numbers.SWITCHBOARD, 0),
    }


def _parts(cast: Cast, random: Random) -> dict[str, Callable[[], Text]]:
    who = cast.who
    parts = _things(random, who) | _names(who, random, "kund") | _of(who, random, "")
    parts |= _names(cast.other, random, "annan") | _of(cast.other, random, "2")
    parts["anst"] = lambda: spelling.given(cast.staff)
    parts["anst2"] = lambda: spelling.full(cast.staff2)
    if who.pnr and who.born.year > 1926:
        parts["fel"] = lambda: spelling.identity(who, "{d}-{s}", tier=MISTYPED)
    if who.number:
        parts["knr"] = lambda: spelling.customer(who)
    if who.given in NICKNAMES:
        parts["smek"] = lambda: mark("PERSON", NICKNAMES[who.given], who.id)
    if who.born_as:
        parts["flick"] = lambda: mark("PERSON", who.born_as, who.id)
    return parts


def _fill(template: str, parts: Mapping[str, Callable[[], Text]]) -> Text:
    return compose(template, **{name: parts[name]() for name in sorted(_needs(template))})


def note(cast: Cast, random: Random, *, needing: str = "") -> Text:
    """One note by staff; with `needing` one that holds that part. Raises IndexError if no template can be filled."""
    parts = _parts(cast, random)
    fit = [t for t in NOTES if _needs(t) <= parts.keys() and (not needing or needing in _needs(t))]
    return _fill(random.choice(fit), parts)


def chat(cast: Cast, random: Random) -> Text:
    """One message by a customer, often all in lower case, some in capitals."""
    parts = _parts(cast, random)
    text = _fill(random.choice([t for t in CHATS if _needs(t) <= parts.keys()]), parts)
    drawn = random.random()
    return text.map(str.lower) if drawn < 0.45 else text.map(str.upper) if drawn < 0.5 else text
