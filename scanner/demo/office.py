"""Rows of the lists that finance and staff keep on the share."""

from __future__ import annotations

from random import Random

from scanner.demo import notes, numbers, spelling
from scanner.demo.customers import identity_cell
from scanner.demo.people import Person
from scanner.demo.rows import Cell, Row, Tree
from scanner.demo.texts import Text, mark


def mandate(person: Person, random: Random) -> Row:
    """A direct debit mandate."""
    cells: dict[str, Cell] = {
        "Betalarnummer": spelling.customer(person).optional(),
        "Kontohavare": spelling.reversed_name(person),
        "Personnummer": identity_cell(person, random),
        "Bankkonto": notes.account(random, person.id),
        "Medgivande": "2024-01-15",
    }
    return Row(cells, (person.id,))


def payment(person: Person, random: Random) -> Row:
    """A payment that came in."""
    cells: dict[str, Cell] = {
        "bokford": "2023-05-31",
        "belopp": "299,00",
        "avsändare": spelling.full(person).map(str.upper),
    }
    cells |= {"ocr": numbers.ocr(person.number or 0, random.randint(1, 9999)), "referens": notes.order(random)}
    cells |= {"iban": mark("IBAN_CODE", numbers.IBANS[0], person.id) if random.random() < 0.4 else None}
    return Row(cells, (person.id,))


def supplier(number: int) -> Row:
    """A supplier: a company."""
    cells: dict[str, Cell] = {"leverantör": ("Sten & Co", "Nordlarm", "Ekovakt")[number % 3] + f" {number}"}
    cells |= {"orgnr": mark("SE_ORGANISATIONSNUMMER", numbers.COMPANY_NUMBERS[number % 3])}
    cells |= {"momsnr": mark("SE_ORGANISATIONSNUMMER", f"SE{numbers.COMPANY_NUMBERS[number % 3].replace('-', '')}01")}
    return Row(cells | {"bankgiro": mark("SE_BANKGIRO", numbers.BANKGIRO[number % 2])})


def invoice(person: Person, random: Random) -> Row:
    """An invoice as the accounting system exports it."""
    kund: dict[str, Tree] = {"namn": spelling.full(person), "kundnr": spelling.customer(person)}
    kund |= {
        "adress": mark("ADDRESS", person.home.street, person.id),
        "postnr": spelling.postal(person.home, person.id),
        "ort": _town(person),
    }
    return Row(
        {
            "nummer": str(random.randint(300000, 399999)),
            "kund": kund,
            "ocr": numbers.ocr(person.number or 0, 77),
            "rad": "Larm",
        },
        (person.id,),
    )


def _town(person: Person) -> Text:
    return mark("ADDRESS", person.home.town, person.id).optional()


def wage(person: Person, random: Random) -> Row:
    """A line of the payroll."""
    cells: dict[str, Cell] = {
        "Namn": spelling.reversed_name(person),
        "Pnr": identity_cell(person, random),
        "Lön": str(random.randint(28, 52) * 1000),
    }
    return Row(cells | {"Konto": notes.account(random, person.id)}, (person.id,))
