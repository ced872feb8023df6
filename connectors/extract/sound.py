"""Sound and film: tags, covers apart; never what is said."""

from __future__ import annotations

import io
from collections.abc import Iterator

from tinytag import TinyTag, TinyTagException

from connectors.base import Batch, State, Unread
from connectors.extract.encoding import clean
from connectors.extract.names import Names
from connectors.extract.part import Part, whole

_BROKEN = (TinyTagException, ValueError, LookupError, TypeError, OSError, OverflowError)


def read_sound(part: Part) -> Iterator[Batch | Unread]:
    """Give the tags as one record, `tag.title` …, `tag.duration` in seconds; what is said in it was not read."""
    fields: dict[str, str] = {}
    reason = "sound not read"
    file = part.opened()
    if not file.seekable():
        file, reason = io.BytesIO(part.data), "tags at the end and sound not read"
    try:
        tag = TinyTag.get(file_obj=file)
        fields = dict(_tags(tag))
    except _BROKEN:
        reason = "corrupt tags; sound not read"
    if fields:
        yield whole(part.unit, fields)
    yield Unread(part.unit, State.PARTIAL, reason)


def _tags(tag: TinyTag) -> Iterator[tuple[str, str]]:
    names = Names()
    if tag.duration:
        yield "tag.duration", f"{tag.duration:.3f}"
    shown = {
        key: getattr(tag, key)
        for key in ("title", "artist", "album", "albumartist", "composer", "genre", "comment", "year")
    }
    for key, value in (*shown.items(), *tag.other.items()):
        for one in value if isinstance(value, list | tuple) else [value]:
            if one and str(one).strip():
                yield names.take(f"tag.{key}"), clean(str(one))
