"""Outlook's stores (PST, OST), where the extra is installed: mail, contacts, appointments, tasks and notes in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import Any, TypeAlias

from connectors.base import Batch, State, Unread
from connectors.extract import mapi
from connectors.extract.encoding import clean, decode
from connectors.extract.limits import Budget, LimitReachedError
from connectors.extract.names import Names
from connectors.extract.part import Part, whole
from connectors.extract.text import read_text

Answer: TypeAlias = "Batch | Unread | Part"

_DEEPEST = 64
_TYPE, _FOLDERS = 0x1F, (2, 3)
"""Of an item's number, the bits that tell what it is."""
_BROKEN = (OSError, ValueError, OverflowError)
"""What libpff raises; MemoryError, too, where it cannot make an item of what is there."""


def read_pst(part: Part) -> Iterator[Answer]:
    """Give each item as a member `store.pst!/Inkorg/Kunder/2097188`: its folder and its number in the file.

    Its fields are those of an Outlook message; attachments are members of it. Items that no folder holds any more are
    read too. What is damaged is named, item by item.
    """
    try:
        import pypff
    except ImportError:
        yield Unread(part.unit, State.UNSUPPORTED, "pst: pip install insyn[pst]")
        return
    if part.rest is not None and part.file is None:
        part = part.held(part.limits.whole_bytes)
    if part.rest is not None and part.file is None:
        yield Unread(part.unit, State.REFUSED, "limit:whole_bytes")
        return
    if part.depth >= part.limits.nesting:
        yield Unread(part.unit, State.REFUSED, "limit:nesting")
        return
    store = pypff.file()
    try:
        store.open_file_object(part.opened())
        root = store.get_root_folder()
    except (*_BROKEN, MemoryError):
        root = None
    if root is None:
        yield Unread(part.unit, State.UNREADABLE, "corrupt")
        return
    yield from _once(part.unit, chain(_folder(part, root, "", 0), _orphans(part, store)))


def _once(unit: str, answers: Iterator[Answer]) -> Iterator[Answer]:
    """Say of the file only once that something in it was not read."""
    said = False
    for answer in answers:
        about_file = isinstance(answer, Unread) and answer.unit == unit
        if not (about_file and said):
            yield answer
        said = said or about_file


def _orphans(part: Part, store: Any) -> Iterator[Answer]:
    try:
        for number in range(store.number_of_orphan_items):
            orphan = store.get_orphan_item(number)
            yield from _alone(part, orphan, f"orphans/{orphan.identifier}")
    except (*_BROKEN, MemoryError):
        yield Unread(part.unit, State.PARTIAL, "corrupt")


def _folder(part: Part, folder: Any, path: str, depth: int) -> Iterator[Answer]:
    """Read what lies in a folder: in the tree of the file, whether or not the folder's own list has it."""
    if depth > _DEEPEST:
        yield Unread(part.unit, State.PARTIAL, "limit:folder_depth")
        return
    names = Names()
    for number in range(folder.number_of_sub_items):
        try:
            inner = folder.get_sub_item(number)
            is_folder = inner.identifier & _TYPE in _FOLDERS
            name = names.take(clean((inner.name if is_folder else "") or str(inner.identifier)))
            below = f"{path}/{name}" if path else name
            yield from _folder(part, inner, below, depth + 1) if is_folder else _alone(part, inner, below)
        except (*_BROKEN, MemoryError):
            yield Unread(part.unit, State.PARTIAL, "corrupt")


def _alone(part: Part, item: Any, path: str) -> Iterator[Answer]:
    """Read an item with a budget of its own, as if it were a file: years of mail are no bomb."""
    member = replace(part, budget=Budget(part.limits, part.budget.packed)).member(path)
    if not part.wants(member.unit):
        return
    try:
        yield from _item(member, item)
    except LimitReachedError as limit:
        yield Unread(member.unit, State.REFUSED, str(limit))
    except _BROKEN:
        yield Unread(member.unit, State.PARTIAL, "corrupt")


def _item(part: Part, item: Any) -> Iterator[Answer]:
    entries = list(_entries(item))
    texts = [(tag, text) for tag, kind, data in entries if (text := _text(tag, kind, data))]
    fields = {"path": part.name} | mapi.named(texts)
    recipients = _recipients(item)
    if recipients:
        fields["recipients"] = "\n".join(dict.fromkeys(recipients))
    html = "".join(text for tag, text in texts if tag == mapi.HTML)
    rtf = next((data for tag, kind, data in entries if (tag, kind) == (mapi.RTF, mapi.BINARY)), b"")
    fields |= mapi.bodies(part, html, rtf, fields)
    if len(fields.get("", "")) > part.limits.text_block:
        yield from read_text(part, fields.pop(""), [])
    batch = whole(part.unit, fields)
    day = mapi.day_of({tag: int.from_bytes(data, "little") for tag, kind, data in entries if kind == mapi.TIME})
    yield replace(batch, dates={**batch.dates, "Date": [day]}) if day else batch
    yield from _attachments(part, item)


def _entries(item: Any) -> Iterator[tuple[int, int, bytes]]:
    """Give the properties of an item: tag, type, bytes."""
    for number in range(item.number_of_record_sets):
        record = item.get_record_set(number)
        for at in range(record.number_of_entries):
            entry = record.get_entry(at)
            tag, kind = entry.entry_type, entry.value_type
            if tag is None or kind is None or tag == mapi.DATA:
                continue
            yield tag, kind, entry.get_data() or b""


def _text(tag: int, kind: int, data: bytes) -> str:
    if kind & ~mapi.MULTIPLE == mapi.UNICODE:
        text = data.decode("utf-16-le", "replace")
    elif kind & ~mapi.MULTIPLE == mapi.STRING or (kind == mapi.BINARY and tag == mapi.HTML):
        text = decode(data)[0]
    else:
        return ""
    return clean(text.strip("\0\1"))


def _recipients(item: Any) -> list[str]:
    found = getattr(item, "recipients", None)
    if found is None:
        return []
    people = []
    for number in range(found.number_of_record_sets):
        record = found.get_record_set(number)
        entries = [record.get_entry(at) for at in range(record.number_of_entries)]
        texts = [(one.entry_type, _text(one.entry_type, one.value_type, one.get_data() or b"")) for one in entries
                 if one.entry_type is not None]  # fmt: skip
        people.append(mapi.addressed(texts))
    return [person for person in people if person]


def _attachments(part: Part, item: Any) -> Iterator[Answer]:
    names = Names()
    for number in range(getattr(item, "number_of_attachments", 0)):
        part.budget.open_member()
        attached = item.get_attachment(number)
        texts = {tag: _text(tag, kind, data) for tag, kind, data in _entries(attached)}
        label = next((texts[tag] for tag in mapi.ATTACHMENT_NAMES if texts.get(tag)), "attachment")
        member = part.member(names.take(label))
        if not part.wants(member.unit):
            continue
        yield from _attached(member, attached)


def _attached(member: Part, attached: Any) -> Iterator[Answer]:
    if member.depth > member.limits.nesting:
        yield Unread(member.unit, State.REFUSED, "limit:nesting")
        return
    try:
        if attached.number_of_sub_items:
            yield from _item(member, attached.get_sub_item(0))
            return
        size = attached.get_size()
        if size > member.limits.whole_bytes:
            yield Unread(member.unit, State.REFUSED, "limit:whole_bytes")
            return
        member.budget.spend(size)
        yield replace(member, data=attached.read_buffer(size) if size else b"")
    except _BROKEN:
        yield Unread(member.unit, State.UNREADABLE, "corrupt")
