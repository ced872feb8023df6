"""Each rule by which a record is graded, by itself, on records that a test lays out."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest

from scanner.linking.identity import (
    ADDRESS,
    BORN,
    EMAIL,
    NAME,
    PERSONNUMMER,
    PHONE,
    PLATE,
    USERNAME,
    Seen,
)
from scanner.linking.ownership import CUSTOMER_ID, Place
from scanner.subject.bearers import Bearer
from scanner.subject.known import Known
from scanner.subject.outcome import Grade
from scanner.subject.records import Records
from tests.scanner.laid_out import ANNA, BO, OURS, THEIRS, Case, Laid, named, owned, persona, record, seen


def test_a_number_gives_its_own_grade_whatever_else_stands_there() -> None:
    case = Case()
    number, mail = owned(PERSONNUMMER, Grade.PROBABLE), owned(EMAIL, Grade.CERTAIN)
    assert case.grade(record(), persona(), a=number, b=mail) is Grade.PROBABLE
    assert case.grade(record(), persona(), a=number, b=owned(CUSTOMER_ID)) is Grade.CERTAIN


@pytest.mark.parametrize(("entity", "expected"), [(EMAIL, Grade.POSSIBLE), (PHONE, Grade.POSSIBLE), (NAME, None)])
def test_whoever_has_another_number_is_somebody_else(entity: str, expected: Grade | None) -> None:
    by_row = Case(Laid(about={1: {THEIRS}}))
    assert by_row.grade(record(), persona(), a=owned(entity)) is expected
    number = seen(PERSONNUMMER, THEIRS, Place.OTHER)
    assert Case().grade(record(), persona(number, place=Place.OTHER), a=owned(entity)) is expected


def test_a_record_with_the_persons_number_is_nobody_elses() -> None:
    both = Case(Laid(about={1: {OURS, THEIRS}}), {b"a": [Bearer(frozenset({OURS}))]})
    assert both.grade(record(), persona(), a=owned(EMAIL)) is Grade.PROBABLE
    row_of_another = Case(Laid(about={1: {THEIRS}}), {b"a": [Bearer(frozenset({OURS}))]})
    assert row_of_another.grade(record(), persona(place=Place.OTHER), a=owned(EMAIL)) is Grade.PROBABLE


def test_whoever_is_named_otherwise_is_only_possible() -> None:
    case = Case(people={b"a": [Bearer(names=frozenset({ANNA}))]})
    assert case.grade(record(), persona(named(BO, b"BO")), a=owned(EMAIL)) is Grade.POSSIBLE
    assert case.grade(record(), persona(named(BO, b"ANA")), a=owned(EMAIL)) is Grade.PROBABLE
    assert case.grade(record(), persona(named(ANNA, b"X")), a=owned(EMAIL)) is Grade.PROBABLE
    assert case.grade(record(), persona(), a=owned(EMAIL)) is Grade.PROBABLE


@pytest.mark.parametrize(
    ("numbers", "grade"),
    [((), Grade.PROBABLE), ((THEIRS,), Grade.POSSIBLE), ((OURS, THEIRS), Grade.PROBABLE), ((OURS,), Grade.PROBABLE)],
)
def test_a_name_that_sounds_alike_and_is_another_number_s_is_somebody_elses(
    numbers: tuple[bytes, ...], grade: Grade
) -> None:
    """Jan, and Jan-Erik who lives with him; a married name is of one's own number, or of none."""
    case = Case(people={b"a": [Bearer(names=frozenset({ANNA}))], BO: [Bearer(frozenset({one})) for one in numbers]})
    assert case.grade(record(), persona(named(BO, b"ANA")), a=owned(EMAIL)) is grade
    assert case.grade(record(), persona(named(ANNA, b"ANA")), a=owned(EMAIL)) is Grade.PROBABLE


@pytest.mark.parametrize(("ours", "grade"), [(THEIRS, Grade.PROBABLE), (OURS, Grade.POSSIBLE)])
def test_where_no_number_is_known_that_of_the_name_asked_for_tells(ours: bytes, grade: Grade) -> None:
    people = {
        b"a": [Bearer(names=frozenset({ANNA}))],
        BO: [Bearer(frozenset({THEIRS}))],
        ANNA: [Bearer(frozenset({ours}))],
    }
    case = Case(people=people, numbered=False)
    assert case.grade(record(), persona(named(BO, b"ANA")), a=owned(EMAIL)) is grade


def test_without_a_name_of_the_persons_nobody_is_named_otherwise() -> None:
    case = Case(people={b"a": []}, named=False)
    assert case.grade(record(), persona(named(BO, b"BO")), a=owned(EMAIL)) is Grade.PROBABLE


@pytest.mark.parametrize("entity", [ADDRESS, BORN, EMAIL, PLATE])
@pytest.mark.parametrize("others", [(), (OURS,), (OURS, THEIRS)])
def test_a_name_beside_what_narrows_it_down_is_probable_if_one_person_has_both(
    entity: str, others: tuple[bytes, ...]
) -> None:
    rows = [(2 + at, 1, 5, "") for at in range(len(others))]
    laid = Laid(about={2 + at: {one} for at, one in enumerate(others)}, standing={b"a": rows})
    laid.views = {2 + at: record(seen(entity, b"a", field=5), named(b"b"), number=2 + at) for at in range(len(others))}
    case = Case(laid, {b"a": [Bearer(), Bearer()]})
    found = case.grade(record(), persona(named(ANNA)), a=owned(entity), b=owned(NAME))
    assert found is (Grade.POSSIBLE if len(others) > 1 else Grade.PROBABLE)


def test_of_one_given_name_only_there_must_be_one_person_too() -> None:
    laid = Laid(about={2: {OURS}, 3: {THEIRS}}, standing={b"a": [(2, 1, 5, ""), (3, 1, 5, "")]})
    laid.views = {2: record(seen(ADDRESS, b"a", field=5), named(b"x", b"ANA"), number=2),
                  3: record(seen(ADDRESS, b"a", field=5), named(b"y", b"BO"), number=3)}  # fmt: skip
    assert Case(laid).grade(record(), persona(named(b"z", b"ANA")), a=owned(ADDRESS)) is Grade.PROBABLE
    laid.views[3] = record(seen(ADDRESS, b"a", field=5), named(b"y", b"ANA"), number=3)
    assert Case(laid).grade(record(), persona(named(b"z", b"ANA")), a=owned(ADDRESS)) is Grade.POSSIBLE
    assert Case(laid).grade(record(), persona(), a=owned(ADDRESS)) is Grade.POSSIBLE


def test_numbers_of_another_in_a_role_do_not_make_two_of_one() -> None:
    laid = Laid(about={2: {OURS}, 3: {THEIRS}}, standing={b"a": [(2, 1, 5, ""), (3, 1, 5, "")]})
    others = seen(ADDRESS, b"a", Place.OTHER, field=5), named(b"b", place=Place.OTHER)
    laid.views = {2: record(seen(ADDRESS, b"a", field=5), named(b"b"), number=2), 3: record(*others, number=3)}
    assert Case(laid).grade(record(), persona(named(ANNA)), a=owned(ADDRESS), b=owned(NAME)) is Grade.PROBABLE


def test_people_are_one_where_their_numbers_hang_together() -> None:
    rows = [(number, 1, 5, "") for number in (2, 3, 4)]
    laid = Laid(about={2: {b"p"}, 3: {b"q"}, 4: {b"p", b"q"}}, standing={b"a": rows})
    laid.views = {number: record(seen(ADDRESS, b"a", field=5), named(b"b"), number=number) for number in (2, 3, 4)}
    assert Case(laid).grade(record(), persona(named(ANNA)), a=owned(ADDRESS), b=owned(NAME)) is Grade.PROBABLE


def test_all_tokens_must_stand_in_one_record_to_be_anothers() -> None:
    laid = Laid(about={2: {OURS}, 3: {THEIRS}})
    laid.standing = {b"a": [(2, 1, 5, ""), (3, 1, 5, "")], b"c": [(2, 1, 6, "")]}
    laid.views = {number: record(seen(ADDRESS, b"a", field=5), seen(BORN, b"c", field=6), named(b"b"), number=number)
                  for number in (2, 3)}  # fmt: skip
    who = persona(named(ANNA))
    assert Case(laid).grade(record(), who, a=owned(ADDRESS), c=owned(BORN), b=owned(NAME)) is Grade.PROBABLE
    assert Case(laid).grade(record(), who, a=owned(ADDRESS), b=owned(NAME)) is Grade.POSSIBLE


def test_a_name_in_a_row_of_somebody_who_names_the_person_is_probable() -> None:
    case = Case(Laid(about={1: {THEIRS}}))
    who = persona(named(ANNA, place=Place.OTHER), place=Place.OTHER)
    assert case.grade(record(), who, b=owned(NAME)) is Grade.POSSIBLE
    case.known.near.add(THEIRS)
    assert case.grade(record(), who, b=owned(NAME)) is Grade.PROBABLE
    assert case.grade(record(), persona(place=Place.OTHER), b=owned(ADDRESS)) is Grade.POSSIBLE
    assert case.grade(record(), None, b=owned(NAME)) is Grade.POSSIBLE


def test_a_name_in_a_row_that_holds_a_key_of_the_persons_is_probable() -> None:
    case = Case(Laid(keys={1: {b"key"}}))
    assert case.grade(record(), persona(named(ANNA)), b=owned(NAME)) is Grade.POSSIBLE
    case.known.keys.add(b"key")
    assert case.grade(record(), persona(named(ANNA)), b=owned(NAME)) is Grade.PROBABLE
    assert case.grade(record(), persona(), b=owned(ADDRESS)) is Grade.POSSIBLE
    assert case.grade(record(number=2), persona(named(ANNA)), b=owned(NAME)) is Grade.POSSIBLE
    other = persona(named(ANNA, place=Place.OTHER), place=Place.OTHER)
    assert case.grade(record(), other, b=owned(NAME)) is Grade.POSSIBLE


WITH_OURS, WITH_THEIRS = Bearer(frozenset({OURS})), Bearer(frozenset({THEIRS}))


@pytest.mark.parametrize(
    ("people", "place", "expected"),
    [
        ([], Place.OWNER, Grade.PROBABLE),
        ([WITH_OURS], Place.OWNER, Grade.PROBABLE),
        ([WITH_THEIRS], Place.OWNER, Grade.POSSIBLE),
        ([Bearer(givens=frozenset({b"BO"}), names=frozenset({BO}))], Place.OWNER, Grade.POSSIBLE),
        ([WITH_OURS, Bearer(names=frozenset({BO}))], Place.OWNER, Grade.PROBABLE),
        ([WITH_OURS, Bearer(names=frozenset({BO}))], Place.OTHER, Grade.POSSIBLE),
        ([WITH_OURS, Bearer(names=frozenset({BO}))], None, Grade.POSSIBLE),
        ([WITH_THEIRS, Bearer(names=frozenset({ANNA}))], Place.OWNER, Grade.POSSIBLE),
        ([WITH_OURS, WITH_THEIRS], Place.OWNER, Grade.POSSIBLE),
        ([WITH_OURS, Bearer(frozenset({OURS}), names=frozenset({BO}))], Place.OTHER, Grade.PROBABLE),
    ],
)
def test_a_contact_says_as_much_as_people_have_it(people: list[Bearer], place: Place | None, expected: Grade) -> None:
    who = place and persona(place=place)
    assert Case(people={b"a": people}).grade(record(), who, a=owned(EMAIL)) is expected


def test_an_account_in_a_row_of_somebody_else_is_not_the_persons() -> None:
    people = {b"a": [WITH_OURS, Bearer(names=frozenset({BO}))]}
    assert Case(Laid(about={1: {OURS}}), people).grade(record(), persona(), a=owned(EMAIL)) is Grade.PROBABLE
    view = record(number=1)
    case = Case(Laid(about={1: {THEIRS}}), people)
    assert case.grader._is_holders(people[b"a"], view, persona()) is False


def test_a_contact_is_no_surer_than_how_it_was_learnt() -> None:
    assert Case().grade(record(), persona(), a=owned(EMAIL, Grade.POSSIBLE)) is Grade.POSSIBLE
    assert Case().grade(record(), persona(), a=owned(EMAIL), b=owned(ADDRESS)) is Grade.PROBABLE
    assert Case().grade(record(), persona()) is None


@pytest.mark.parametrize(("entity", "count", "expected"), [(EMAIL, 5, True), (EMAIL, 4, False), (ADDRESS, 9, False)])
def test_what_many_have_is_everybodys(entity: str, count: int, expected: bool) -> None:
    case = Case(people={b"a": [Bearer()] * count})
    assert case.grader.is_everybodys(entity, b"a") is expected


@pytest.mark.parametrize(("entity", "expected"), [(PHONE, Grade.POSSIBLE), (ADDRESS, Grade.POSSIBLE)])
def test_what_is_a_firms_carries_nobody(entity: str, expected: Grade) -> None:
    case = Case(people={b"a": [Bearer(strong=frozenset({OURS}))]}, firms={b"a"})
    assert case.grade(record(), persona(), a=owned(entity)) is expected
    assert case.grader.is_everybodys(entity, b"a") is (entity == PHONE)


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (seen(PERSONNUMMER, b"a"), True), (seen(PERSONNUMMER, b"a", trusted=False), False),
        (seen(EMAIL, b"a"), True), (seen(ADDRESS, b"a"), True), (seen(PLATE, b"a"), False),
        (named(b"a"), True), (seen(NAME, b"a"), False), (seen(BORN, b"a"), True),
    ],
)  # fmt: skip
def test_what_may_be_searched_further(one: Seen, expected: bool) -> None:
    assert Case().grader.may_learn(one, 1) is expected


@pytest.mark.parametrize(("unit", "expected"), [(1, True), (2, False)])
def test_a_user_name_is_searched_further_from_a_table_of_accounts(unit: int, expected: bool) -> None:
    case = Case(accounts={(1, seen(USERNAME, b"a").field)})
    assert case.grader.may_learn(seen(USERNAME, b"a"), unit) is expected


def test_a_day_of_birth_that_was_learnt_says_nothing_by_itself() -> None:
    learnt = replace(owned(BORN), record=7)
    assert Case().grade(record(), persona(), c=learnt) is None
    assert Case().grade(record(), persona(), c=owned(BORN)) is Grade.POSSIBLE
    assert Case().grade(record(), persona(), c=learnt, b=owned(NAME)) is not None


@pytest.mark.parametrize(("word", "grade"), [(b"ANA", Grade.PROBABLE), (b"BO", Grade.POSSIBLE)])
def test_a_given_name_alone_beside_a_couples_telephone_tells_which_of_the_two_it_is(word: bytes, grade: Grade) -> None:
    laid = Laid(about={2: {OURS}, 3: {THEIRS}}, standing={b"a": [(2, 1, 5, ""), (3, 1, 5, "")]})
    laid.views = {2: record(seen(PHONE, b"a", field=5), named(ANNA, b"ANA"), number=2),
                  3: record(seen(PHONE, b"a", field=5), named(BO, b"BO"), number=3)}  # fmt: skip
    couple = [Bearer(frozenset({OURS}), frozenset({ANNA})), Bearer(frozenset({THEIRS}), frozenset({BO}))]
    contact = persona(seen(NAME, b"w", Place.OTHER, further=word), place=Place.OTHER)
    assert Case(laid, {b"a": couple}).grade(record(), contact, a=owned(PHONE)) is grade
    laid.views[3] = record(seen(PHONE, b"a", field=5), seen(NAME, b"v", further=b"ANA"), number=3)  # called so, too
    assert Case(laid, {b"a": couple}).grade(record(), contact, a=owned(PHONE)) is Grade.POSSIBLE


def test_a_personnummer_that_is_met_in_a_record_only_later_then_has_the_numbers_of_that_record() -> None:
    class Met(Laid):
        met = False

        def person(self, entity: str, token: bytes) -> frozenset[bytes]:
            return frozenset({THEIRS}) if self.met and entity == PERSONNUMMER else super().person(entity, token)

    records = Met()
    known = Known(cast(Records, records))
    known.add(OURS, owned(PERSONNUMMER))
    assert known.numbers == {OURS}
    records.met = True
    assert known.numbers == {OURS, THEIRS}
    assert not known.differs({THEIRS})
