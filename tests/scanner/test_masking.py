"""What of a record is another's, rule by rule, on records that a test lays out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import cast

import pytest

from reports.policy import load
from scanner.cases.package_mask import Masked, Masker
from scanner.finding import key_tokens
from scanner.keys import Keys
from scanner.linking.identity import EMAIL, NAME, PERSONNUMMER, PHONE, Seen, View
from scanner.linking.names import name_key
from scanner.linking.ownership import Place, Spot
from scanner.subject.answer import Searched
from scanner.subject.outcome import Found, Grade, Outcome, Owned
from scanner.subject.reread import Current

KEYS = Keys(bytes(32))
POLICY = load("omnipoint")
WORDS = {"other": "annan", "staff": "personal", "friend": "vän", "contact": "kontakt", "secret": "hemligt"}
OURS, THEIRS = frozenset({b"ours"}), frozenset({b"theirs"})


@dataclass
class Laid:
    """A search as it is laid out: names that the store knows, columns of running text, who has which column."""

    known: Sequence[str] = ()
    texts: Sequence[str] = ()
    owners: Sequence[str] = ()
    unit_key: str = "kunder"
    seen: tuple[Seen, ...] = ()
    concerns: bool = True
    about: bool = False
    tokens: Sequence[bytes] = ()
    read: str = ""
    outcome: Outcome = field(default_factory=Outcome)

    def having(self, token: bytes) -> list[int]:
        return [1] if token in {variant(name) for name in self.known} or token in self.tokens else []

    def is_text(self, _unit: int, name: str) -> bool:
        return name in self.texts

    def place_of(self, _unit: int, spot: Spot) -> Place:
        return Place.OWNER if spot.field in self.owners else Place.OTHER

    def field(self, _number: int) -> str:
        return "namn"

    def text(self, _record: int, _field: str, _token: bytes) -> str:
        return self.read

    def unit(self, _number: int) -> object:
        return SimpleNamespace(key=self.unit_key)

    def view(self, number: int) -> View:
        return View(number, 1, None, self.seen)

    def mask(self, fields: dict[str, str | None], *spots: Spot, whole: bool = False) -> Masked:
        self.outcome.owned.setdefault(b"ours", Owned(PERSONNUMMER, Grade.CERTAIN, ()))  # type: ignore[arg-type]
        search = SimpleNamespace(records=self, ownership=self)
        searched = Searched((), search, self.outcome, self)  # type: ignore[arg-type]
        found = Found(1, 1, Grade.CERTAIN, (), self.concerns, self.about)
        current = Current(found, cast("object", "same"), fields, spots)  # type: ignore[arg-type]
        return Masker(searched, POLICY, KEYS, WORDS).apply(current, whole=whole)


def variant(name: str) -> bytes | None:
    key = name_key(name.casefold())
    return key_tokens(KEYS, key).variant if key else None


def spot(name: str, text: str, part: str, entity: str, tokens: frozenset[bytes] = THEIRS) -> Spot:
    start = text.index(part)
    return Spot(name, start, start + len(part), entity, tokens)


TEXT = "Ring Bo Ek 070-1740606 snart"


@pytest.mark.parametrize(
    ("owners", "tokens", "expected"),
    [
        ((), THEIRS, "Ring [annan] snart"),
        ((), OURS, "Ring 070-1740606 snart"),
        (("a",), THEIRS, "Ring 070-1740606 snart"),
    ],
)
def test_what_points_to_another_is_masked(owners: tuple[str, ...], tokens: frozenset[bytes], expected: str) -> None:
    text = "Ring 070-1740606 snart"
    found = Laid(owners=owners).mask({"a": text, "b": None, "c": ""}, spot("a", text, "070-1740606", PHONE, tokens))
    assert found.fields == {"a": expected}
    assert found.masked == (Counter(other=1) if "[" in expected else Counter())
    assert found.secrets == 0


def test_of_a_record_about_somebody_else_only_the_persons_fields_are_given() -> None:
    mine, theirs = spot("a", "070-1740605", "070-1740605", PHONE, OURS), spot("b", "070-1740606", "070-1740606", PHONE)
    fields = {"a": "070-1740605", "b": "070-1740606", "c": "Storgatan"}
    assert Laid(concerns=False).mask(fields, mine, theirs).fields == {"a": "070-1740605"}
    assert Laid(concerns=False, about=True).mask(fields, mine, theirs).fields == {**fields, "b": "[annan]"}
    assert Laid(concerns=False, about=True, owners=("b",)).mask(fields, mine, theirs).fields["b"] == "[annan]"


def test_secrets_are_told_to_exist_and_never_given_whatever_was_decided() -> None:
    """S05."""
    text = "kod 4711 till Bo 070-1740606"
    code, phone = spot("a", text, "4711", "ALARM_CODE"), spot("a", text, "070-1740606", PHONE)
    whole = Laid().mask({"a": text}, code, phone, whole=True)
    assert (whole.fields, whole.secrets, whole.masked) == ({"a": "kod [hemligt] till Bo 070-1740606"}, 1, Counter())
    found = Laid().mask({"a": text}, code, phone)
    assert (found.fields, found.secrets) == ({"a": "kod [hemligt] till Bo [annan]"}, 1)
    assert found.masked == Counter(other=1)


def test_a_field_called_after_a_secret_is_one_unless_something_else_is_seen_in_it() -> None:
    found = Laid().mask({"larmkod": "4711", "kodord": "blomma"})
    assert (found.fields, found.secrets) == ({"larmkod": "[hemligt]", "kodord": "[hemligt]"}, 2)
    mail = "a@example.se"
    seen = Laid(owners=("larmkod",)).mask({"larmkod": mail}, spot("larmkod", mail, mail, EMAIL))
    assert (seen.fields, seen.secrets) == ({"larmkod": mail}, 0)


def test_what_is_of_the_texts_subject_is_anothers_beside_another() -> None:
    text = "konto 5000-1 ring 070-1740606"
    account, phone = spot("a", text, "5000-1", "SE_BANK_ACCOUNT"), spot("a", text, "070-1740606", PHONE)
    assert Laid(texts=("a",)).mask({"a": "konto 5000-1"}, account).fields == {"a": "konto 5000-1"}
    assert Laid(texts=("a",)).mask({"a": text}, account, phone).fields == {"a": "konto [annan] ring [annan]"}
    assert Laid().mask({"a": text}, account, phone).fields == {"a": "konto 5000-1 ring [annan]"}
    other = Laid(concerns=False, about=True).mask({"a": text}, account, phone)
    assert other.fields == {"a": "konto [annan] ring [annan]"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ring Vxo Ek snart", "Ring [annan] snart"), ("Ring Vxo_Ek snart", "Ring [annan] snart"),
        ("Ring Vxo, Ek snart", "Ring [annan] snart"), ("Ring Vxo\nEk snart", "Ring [annan] snart"),
        ("Ring Vxo; Ek snart", "Ring Vxo; Ek snart"), ("Ring Vxo eller Ek", "Ring Vxo eller Ek"),
    ],
)  # fmt: skip
def test_names_that_only_the_store_knows_are_masked_in_running_text(text: str, expected: str) -> None:
    assert Laid(known=["vxo ek", "vxo, ek"], texts=("a",)).mask({"a": text}).fields == {"a": expected}
    assert Laid(texts=("a",)).mask({"a": text}).fields == {"a": text}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("c/o Bo Ek", "c/o [annan]"),
        ("Bo Ek", "[annan]"),
        ("bo ek", "bo ek"),
        ("Bo ek", "Bo ek"),
        ("Ek-bo 3", "Ek-bo 3"),
    ],
)
def test_in_a_column_they_are_masked_as_names_are_spelt(text: str, expected: str) -> None:
    assert Laid(known=["bo ek"]).mask({"a": text}).fields == {"a": expected}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("c/o Priya Woldemichael", "c/o [annan]"), ("C/O: Nuur, Storgatan 5", "C/O: [annan], Storgatan 5"),
        ("c/o Bo Ek", "c/o Bo Ek"), ("c/o 5", "c/o 5"), ("Disco Ek", "Disco Ek"),
    ],
)  # fmt: skip
def test_with_whom_somebody_lives_is_another_known_or_not(text: str, expected: str) -> None:
    laid = Laid()
    laid.outcome.owned[variant("bo ek") or b""] = Owned(NAME, Grade.CERTAIN, ())  # type: ignore[arg-type]
    assert laid.mask({"a": text}).fields == {"a": expected}


def test_the_persons_own_name_is_no_strangers() -> None:
    laid = Laid(known=["bo ek"], texts=("a",))
    laid.outcome.owned[variant("bo ek") or b""] = Owned(NAME, Grade.CERTAIN, ())  # type: ignore[arg-type]
    assert laid.mask({"a": "Ring Bo Ek"}).fields == {"a": "Ring Bo Ek"}


def test_a_name_that_a_recognizer_saw_is_judged_by_what_it_saw() -> None:
    text = "Ring Bo Ek snart"
    seen = Laid(known=["bo ek", "ring bo", "ek snart"], texts=("a",), owners=("a",))
    assert seen.mask({"a": text}, spot("a", text, "Bo Ek", NAME)).fields == {"a": text}


def test_in_a_list_or_where_the_search_saw_another_nothing_is_the_persons() -> None:
    text, two = (
        "070-1740606",
        tuple(Seen(1, PERSONNUMMER, Place.OWNER, token, None, None, trusted=True) for token in (b"p", b"q")),
    )
    phone = spot("a", text, text, PHONE)
    assert Laid(owners=("a",), seen=two).mask({"a": text}, phone).fields == {"a": "[annan]"}
    elsewhere = Seen(1, PHONE, Place.OTHER, b"theirs", None, None, trusted=True)
    assert Laid(owners=("a",), seen=(elsewhere,)).mask({"a": text}, phone).fields == {"a": "[annan]"}
    here = Seen(1, PHONE, Place.OWNER, b"theirs", None, None, trusted=True)
    assert Laid(owners=("a",), seen=(elsewhere, here)).mask({"a": text}, phone).fields == {"a": text}
    unrelated = Seen(1, PHONE, Place.OTHER, b"x", None, None, trusted=True)
    assert Laid(owners=("a",), seen=(unrelated,)).mask({"a": text}, phone).fields == {"a": text}


def test_what_the_persons_own_records_hold_as_theirs_is_theirs() -> None:
    text = "bo@example.se"
    one = spot("a", text, text, EMAIL, frozenset({b"mail"}))
    assert Laid(outcome=Outcome(held={b"mail"})).mask({"a": text}, one).fields == {"a": text}
    assert Laid(outcome=Outcome(held={b"other"})).mask({"a": text}, one).fields == {"a": "[annan]"}


@pytest.mark.parametrize(
    ("field_name", "unit", "role"),
    [
        ("tekniker", "kunder", "personal"), ("av", "kunder", "personal"), ("van_tel", "kunder", "vän"),
        ("kontakt", "kunder", "kontakt"), ("tel", "larm/kontakter", "kontakt"), ("tel", "kontakter/kunder", "annan"),
        ("tel", "kunder", "annan"), ("avtal", "kunder", "annan"),
    ],
)  # fmt: skip
def test_the_role_of_another_is_told_by_field_or_place(field_name: str, unit: str, role: str) -> None:
    text = "070-1740606"
    found = Laid(unit_key=unit).mask({field_name: text}, spot(field_name, text, text, PHONE))
    assert found.fields == {field_name: f"[{role}]"}


def test_spans_that_overlap_are_one_and_a_secret_in_one_makes_it_secret() -> None:
    spots = [Spot("a", 5, 10, NAME, THEIRS), Spot("a", 8, 12, PHONE, THEIRS), Spot("a", 12, 14, PHONE, THEIRS)]
    assert Laid().mask({"a": "0123456789abcdef"}, *spots).fields == {"a": "01234[annan][annan]ef"}
    secret = Spot("a", 6, 7, "SECRET", THEIRS)
    found = Laid().mask({"a": "0123456789abcdef"}, *spots, secret)
    assert found.fields == {"a": "01234[hemligt][annan]ef"}
    at_the_end = Laid().mask({"a": "0123456789"}, Spot("a", 5, 10, NAME, THEIRS))
    assert at_the_end.fields == {"a": "01234[annan]"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("STEN NÄS TAR ALLA SAMTAL.", "[annan] TAR ALLA SAMTAL."),
        ("Kopia skickad, Näs, Sten, i dag.", "Kopia skickad, [annan], i dag."),
        ("Talade med Sten Näs.", "Talade med [annan]."),
        ("Foto sten_näs.jpg, Sten_Näs.pdf", "Foto sten_näs.jpg, [annan].pdf"),
        ("STEN HAR NYCKEL", "STEN HAR NYCKEL"), ("Hej, Sten ringde", "Hej, Sten ringde"),
        ("Detektor Alma i hallen", "Detektor Alma i hallen"), ("Ring Sten på måndag", "Ring Sten på måndag"),
        ("mobil 031.390.06.00", "mobil [annan]"), ("+46(0)31 / 390 06 00", "[annan]"), ("0 31 39 00 600", "[annan]"),
        ("öppet 08.30-" "17.00", "öppet 08.30-" "17.00"), ("den 01.02.2024 kl 10", "den 01.02.2024 kl 10"),
        ("order 0123", "order 0123"), ("mätte 031,25 volt", "mätte 031,25 volt"),
    ],
)  # fmt: skip
def test_what_no_recognizer_saw_is_masked_in_running_text(text: str, expected: str) -> None:
    """S05."""
    assert Laid(texts=("a",)).mask({"a": text}).fields == {"a": expected}
    assert Laid(owners=("a",)).mask({"a": text}).fields == {"a": text}, "a column of the person's own"


def test_customer_numbers_that_the_store_knows_are_masked_where_a_word_tells() -> None:
    """S05."""
    number = KEYS.token("CUSTOMER_ID", "104236")
    laid = Laid(texts=("a",), tokens=[number])
    assert laid.mask({"a": "Fel: hör till kund 3:104237, 104236."}).fields == {
        "a": "Fel: hör till kund 3:104237, [annan]."
    }
    assert laid.mask({"a": "Kunden betalade 104236 kr."}).fields == {"a": "Kunden betalade 104236 kr."}
    assert laid.mask({"a": "Larm 104236 i zon 3"}).fields == {"a": "Larm 104236 i zon 3"}
    laid.outcome.held.add(number)
    assert laid.mask({"a": "kund 104236"}).fields == {"a": "kund 104236"}
