"""The labelled texts: hand-written, one file a register, with spans in brackets and slots in braces.

`[PERSON Anna Ek]` is a labelled span, `[?CUSTOMER_ID 4711]` one that may be found or not, `{full}` a slot (see
`slots`), `{email@a}` a slot of persona `a`, `{full|upper}` a changed one. A blank line parts two texts; a line with a
single dot stands for a blank line within a text.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bench.accuracy import contact, identity, money, noise, people
from bench.accuracy.halves import half, seed
from bench.accuracy.slots import DATA, Filler, Slot

ENTITIES = (
    "SE_PERSONNUMMER", "SE_ORGANISATIONSNUMMER", "PERSON", "PHONE_NUMBER", "EMAIL_ADDRESS", "ADDRESS", "POSTAL_CODE",
    "SE_BANK_ACCOUNT", "SE_BANKGIRO", "SE_PLUSGIRO", "IBAN_CODE", "CREDIT_CARD", "OCR_REFERENCE", "IP_ADDRESS",
    "LOCATION_COORDINATES", "CUSTOMER_ID", "SE_LICENSE_PLATE", "SE_PROPERTY_DESIGNATION", "ALARM_CODE",
)  # fmt: skip
"""What is labelled, everywhere it occurs; findings of other entities are not looked at."""
SLOTS: dict[str, Slot] = people.SLOTS | identity.SLOTS | contact.SLOTS | money.SLOTS | noise.SLOTS
MARK = re.compile(r"\[(?P<optional>\??)(?P<entity>[A-Z]+(?:_[A-Z]+)*) (?P<text>[^\]]+)\]|"
                  r"\{(?P<slot>[a-z]\w*)(?:@(?P<persona>[a-z]))?(?:\|(?P<change>\w+))?\}")  # fmt: skip
OPEN = DATA / "open.txt"
"""Texts of many registers, written and labelled before the recognizers of that day were tried on them, and looked at
since: always of the `dev` half."""
SETS = {"first": DATA, "second": DATA / "second", "third": DATA / "third", "fourth": DATA / "fourth"}
"""Label sets and their folders; the second holds what the first has least of: operators' logs, chats in small letters,
names from everywhere, firms that bear a name, and near-misses, a third of it."""
FILLINGS = {"first": 4, "second": 1, "third": 1, "fourth": 1}
"""Texts made of one hand-written text that has slots."""


class LabelError(ValueError):
    """A text names an entity, slot or change that does not exist."""


@dataclass(frozen=True, slots=True)
class Span:
    """A labelled stretch of a text."""

    entity: str
    start: int
    end: int
    optional: bool = False
    tier: str = ""
    slot: str = ""
    """What filled it; spans without an entity are near-misses."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text with everything that is to be found in it."""

    register: str
    number: int
    """Of the hand-written text within its register, from 1."""
    part: str
    text: str
    spans: tuple[Span, ...]


CHANGES: dict[str, Callable[[str], str]] = {
    "": str,
    "upper": str.upper,
    "lower": str.lower,
    "genitive": lambda text: text if text[-1] in "sxzSXZ" else f"{text}s",
    "wide": lambda text: text.replace(" ", "  "),
    "lines": lambda text: text.replace(" ", "\n", 1),
}


def templates(register: str, series: str = "first") -> list[str]:
    """Read the hand-written texts of a register."""
    return _blocks(SETS[series] / "texts" / f"{register}.txt")


def _blocks(path: Path) -> list[str]:
    whole = path.read_text(encoding="utf-8").strip()
    return [re.sub(r"(?m)^\.$", "", block) for block in re.split(r"\n\s*\n", whole)]


def registers(series: str = "first") -> list[str]:
    """List the registers of a set: one file each."""
    return sorted(path.stem for path in (SETS[series] / "texts").glob("*.txt"))


def fill(template: str, filler: Filler) -> tuple[str, tuple[Span, ...]]:
    """Fill the slots of a text; give it with its spans. Raises `LabelError`."""
    text, at, spans = "", 0, []
    for mark in MARK.finditer(template):
        text += template[at : mark.start()]
        at = mark.end()
        slot, value = _value(mark, filler)
        end = len(text) + len(value)
        tier = _origin(filler.origin) if mark["slot"] and slot.entity == "PERSON" else slot.tier
        spans.append(Span(slot.entity, len(text), end, slot.optional, tier, mark["slot"] or "written"))
        text += value
    text += template[at:]
    return text, tuple(_joined(text, spans))


def _origin(group: str) -> str:
    """Name the tier of a name: people's names are counted by where they come from, that no group is overlooked."""
    return "names: swedish" if group.startswith("sv") else f"names: {group}"


def _joined(text: str, spans: list[Span]) -> Iterator[Span]:
    """Join a street with the postal code and town that follow it: one address."""
    last: Span | None = None
    for span in spans:
        if last and _continues(text, last, span):
            last = replace(last, end=span.end)
            continue
        if last:
            yield last
        last = span
    if last:
        yield last


def _continues(text: str, street: Span, place: Span) -> bool:
    pair = (street.entity, place.entity) == ("ADDRESS", "POSTAL_CODE")
    return pair and not text[street.end : place.start].strip(" ,\n")


def _value(mark: re.Match[str], filler: Filler) -> tuple[Slot, str]:
    if mark["entity"]:
        if mark["entity"] not in ENTITIES:
            raise LabelError(f"no entity {mark['entity']}")
        return Slot(mark["entity"], lambda *_: mark["text"], bool(mark["optional"])), mark["text"]
    slot, change = SLOTS.get(mark["slot"]), CHANGES.get(mark["change"] or "")
    if slot is None or change is None:
        raise LabelError(f"no slot or change {mark.group()}")
    return slot, change(slot.make(filler, mark["persona"] or ""))


def texts(part: str, series: str = "first") -> Iterator[Labelled]:
    """Give the labelled texts of a half, each slot text in several fillings."""
    for register in registers(series):
        for number, template in enumerate(templates(register, series), start=1):
            if half(template) != part:
                continue
            for copy in range(FILLINGS[series] if "{" in template else 1):
                filler = Filler(random.Random(seed(register, template, copy)), part)
                yield Labelled(register, number, part, *fill(template, filler))
    looked_at = _blocks(OPEN) if (part, series) == ("dev", "first") else ()
    for number, template in enumerate(looked_at, start=1):
        yield Labelled("mixed", number, part, *fill(template, Filler(random.Random(0), part)))


def lowered(labelled: Labelled) -> Labelled:
    """Give the text in lower case, as people write in chats; the spans stay where they are."""
    low = labelled.text.lower()
    if len(low) != len(labelled.text):
        low = "".join(one.lower() if len(one.lower()) == 1 else one for one in labelled.text)
    return Labelled(labelled.register, labelled.number, labelled.part, low, labelled.spans)
