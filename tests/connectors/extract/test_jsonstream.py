"""JSON that is too long for a tree: read bit by bit, it gives what it gives when it is held."""

import json
import random

import pytest

from connectors import State
from connectors.extract import jsonstream
from connectors.extract.limits import Limits
from tests.connectors.extract.streamed import Answer, by_record

pytestmark = pytest.mark.slow

NAME = "Märta Åkesson-Öberg"
PEOPLE = [{"namn": f"{NAME} {n}", "nr": n, "adress": {"gata": "Öregatan 5"}} for n in range(300)]
LONG = Limits(held_bytes=500, tree_bytes=1000, line_chars=256)


@pytest.fixture(autouse=True)
def short_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonstream, "WINDOW", 700)


def rows(text: str, limits: Limits | None = None) -> Answer:
    return by_record("a.json", text, limits)


SAME = {
    "an array": PEOPLE,
    "an array and what is around it": {
        "skapad": "2026-01-02",
        "system": {"namn": "CRM"},
        "kunder": PEOPLE,
        "antal": 300,
    },
    "keys that are data": {f"a{n}@example.se": {"namn": NAME, "nr": n} for n in range(300)},
    "items without content": [{}, *PEOPLE, {"a": None}, {"b": ""}],
}


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("document", SAME.values(), ids=SAME)
def test_a_long_document_gives_what_a_held_one_gives(document: object, indent: int | None) -> None:
    text = json.dumps(document, ensure_ascii=indent is None, indent=indent)
    held, unread = rows(text)
    streamed, faults = rows(text, LONG)
    assert {place: fields for place, fields in held.items() if fields} == streamed
    assert unread == faults == []


def test_arrays_that_lie_deep_or_beside_each_other_are_told_apart() -> None:
    document = {"data": {"kunder": PEOPLE, "ordrar": [{"nr": 7}, {"nr": 8}], "sidor": [[1, 2], [3]]}, "slut": True}
    found, unread = rows(json.dumps(document), LONG)
    assert found['{"row": 1}'] == {
        "data.kunder.namn": f"{NAME} 0", "data.kunder.nr": "0", "data.kunder.adress.gata": "Öregatan 5"
    }  # fmt: skip
    assert found['{"row": 302}'] == {"data.ordrar.nr": "8"}
    assert found["null"] == {"data.sidor[0][0]": "1", "data.sidor[0][1]": "2", "data.sidor[1][0]": "3", "slut": "true"}
    assert unread == []


def test_members_beyond_count_and_repeated_keys_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonstream, "_MEMBERS", 3)
    pairs = [("a", 1), ("a", 2), *((f"k{n}", {"namn": f"{NAME} {n}"}) for n in range(200))]
    found, _ = rows("{" + ", ".join(f'"{key}": {json.dumps(value)}' for key, value in pairs) + "}", LONG)
    assert found["null"] == {"a": "1", "a_2": "2", "k0.namn": f"{NAME} 0"}
    assert found['{"row": 1}'] == {"@key": "k1", "namn": f"{NAME} 1"}


TEXT = json.dumps(PEOPLE, ensure_ascii=False)
BROKEN = {
    "cut": (TEXT[:-30], "corrupt json"),
    "a word": (TEXT[:-1] + f', {{"a": sant, "b": "{NAME}"}}]' + " " * 900, "corrupt json"),
    "more after it": (TEXT + NAME, "corrupt json"),
    "a long text": (json.dumps([*PEOPLE, "larm " * 900 + NAME], ensure_ascii=False), "limit:json_text"),
    "deep": (TEXT[:-1] + "," + "[" * 3000 + f'"{NAME}"', "limit:json_depth"),
}


@pytest.mark.parametrize(("text", "reason"), BROKEN.values(), ids=BROKEN)
def test_from_a_fault_on_it_is_running_text(text: str, reason: str) -> None:
    found, unread = rows(text, LONG)
    assert unread == [(State.PARTIAL, reason)]
    assert found['{"row": 1}']["nr"] == "0"
    assert f"{NAME} 298" in str(found)
    assert NAME in str([*found.values()][-3:])


def made(chance: random.Random, depth: int) -> object:
    kind = chance.random()
    if depth > 5 or kind < 0.4:
        return chance.choice(
            [f"värde {chance.random()}", chance.randrange(10**12), chance.random(), True, 'a\\"]}, [{']
        )
    if kind < 0.7:
        return [made(chance, depth + 1) for _ in range(chance.randrange(8))]
    return {f"k{n}": made(chance, depth + 1) for n in range(chance.randrange(8))}


def leaves(value: object) -> list[str]:
    if isinstance(value, dict):
        return [leaf for member in value.values() for leaf in leaves(member)]
    if isinstance(value, list):
        return [leaf for member in value for leaf in leaves(member)]
    return ["true" if value is True else str(value)]


@pytest.mark.parametrize("seed", range(30))
def test_no_value_is_lost_or_doubled(seed: int) -> None:
    chance = random.Random(seed)
    document = {"först": [{"a": 1}] * 60, **{f"k{n}": made(chance, 0) for n in range(60)}}
    found, unread = rows(json.dumps(document, ensure_ascii=False), LONG)
    values = [cell for fields in found.values() for name, cell in fields.items() if not name.endswith("@key")]
    assert sorted(values) == sorted(leaves(document))
    assert unread == []
