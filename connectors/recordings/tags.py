"""The tags in a recording: what its file says of itself, by name."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import BinaryIO, cast

from tinytag import TinyTag, TinyTagException

from connectors.extract.encoding import decode
from connectors.extract.limits import LimitReachedError
from connectors.extract.names import Names
from connectors.extract.tree import flatten
from connectors.recordings import columns, riff
from connectors.recordings.clues import Clues
from connectors.recordings.numbers import mentioned
from connectors.recordings.xmltree import XmlError, xml_tree

AUDIO = frozenset((
    "wav", "wave", "mp3", "mp2", "ogg", "oga", "opus", "spx", "m4a", "m4b", "mp4", "3gp", "flac", "wma", "aif",
    "aiff", "aifc", "gsm", "amr", "awb", "vox", "g729", "g722", "g711", "al", "alaw", "ul", "ulaw", "sln", "raw",
    "pcm", "au", "snd", "aac", "caf", "webm", "mka", "dss", "ds2",
))  # fmt: skip
"""Extensions of recordings."""

_BARE = frozenset((
    "gsm", "awb", "amr", "vox", "g729", "g722", "g711", "al", "alaw", "ul", "ulaw", "sln", "raw", "pcm",
))  # fmt: skip
_NO_READER = frozenset(("au", "snd", "aac", "caf", "webm", "mka", "dss", "ds2"))
_SIGNATURE = {
    "ogg": re.compile(rb"OggS"),
    "flac": re.compile(rb"fLaC|ID3"),
    "m4a": re.compile(rb"(?s).{4}ftyp"),
    "wma": re.compile(rb"\x30\x26\xb2\x75"),
    "aif": re.compile(rb"(?s)FORM.{4}AIF"),
    "mp3": re.compile(rb"ID3|(?s:.{0,4000}?)\xff[\xe2-\xff]"),
    "amr": re.compile(rb"#!AMR"),
}
_ALIKE = {
    "oga": "ogg",
    "opus": "ogg",
    "spx": "ogg",
    "m4b": "m4a",
    "mp4": "m4a",
    "3gp": "m4a",
    "aiff": "aif",
    "aifc": "aif",
}
_ALIKE |= {"mp2": "mp3", "awb": "amr", "wave": "wav"}
_TECHNICAL = frozenset((
    "software", "encoder", "encoded_by", "encoder_settings", "encoding", "coding_history", "origination_date",
    "origination_time", "date", "year", "producer", "genre", "track", "track_total", "disc", "disc_total", "bpm",
    "language", "media", "time_reference",
))  # fmt: skip
_ABOUT_FILE = frozenset((
    "filename", "filesize", "mime_type", "duration", "channels", "bitrate", "bitdepth", "samplerate", "is_lossless",
))  # fmt: skip
_PARSERS: Mapping[str, Callable[[bytes], Iterable[tuple[str, bytes]]]] = {
    "LIST": riff.info,
    "bext": riff.bext,
    "cart": riff.cart,
}


@dataclass(slots=True)
class Tags:
    """What was found, and what kept the rest from being read."""

    fields: dict[str, str] = field(default_factory=dict, repr=False)
    """Name in lower case (`title`, `bext.description`) -> text."""
    problem: str = ""
    _names: Names = field(default_factory=Names, repr=False)

    def add(self, name: str, text: str) -> None:
        """Keep a text that is not blank under a name of its own."""
        if text := text.replace("\0", " ").strip():
            self.fields[self._names.take("_".join(name.lower().split()))] = text

    @property
    def telling(self) -> bool:
        """Tell whether a tag says more than how the file was made."""
        return any(name.rpartition(".")[2] not in _TECHNICAL for name in self.fields)

    def clues(self, local: tzinfo) -> Clues:
        """Draw the clues: fields that say what they are, and telephone numbers anywhere."""
        known: dict[str, str | None] = dict(self.fields)
        known["date"] = self.fields.get("date") or self.fields.get("year")
        if written := self.fields.get("bext.origination_date"):
            clock = re.sub(r"\D", ":", self.fields.get("bext.origination_time", ""))
            known["bext.origination_date"] = re.sub(r"\D", "-", written)
            known["bext.origination_time"] = clock
        numbers = frozenset[str]().union(*map(mentioned, self.fields.values()))
        return columns.clues(known, local).with_more(Clues(numbers))


def read(file: BinaryIO, extension: str) -> Tags:
    """Read the tags of a recording. Audio is not read.

    Args:
        file: The open file, seekable.
        extension: Lower case, without the dot: one of `AUDIO`.

    Returns:
        All tags that could be read; `problem` says why others could not: `corrupt audio header`, `truncated audio`.
    """
    tags, kind = Tags(), _ALIKE.get(extension, extension)
    signature = _SIGNATURE.get(kind)
    if kind in _NO_READER:
        tags.problem = f"no tag reader ({extension})"
    elif signature and not signature.match(file.read(4096)):
        tags.problem = "corrupt audio header"
    elif kind == "wav":
        _read_wav(file, tags)
    elif kind not in _BARE:
        _read_other(file, extension, tags)
    return tags


def _read_wav(file: BinaryIO, tags: Tags) -> None:
    try:
        for chunk, data in riff.chunks(file):
            if chunk == "iXML":
                _read_ixml(data, tags)
            elif parser := _PARSERS.get(chunk):
                for name, raw in parser(data):
                    tags.add(name, decode(raw.strip(b"\0 "))[0])
            else:
                _read_other(io.BytesIO(data), "mp3", tags)
    except riff.RiffError as error:
        tags.problem = str(error)


def _read_ixml(data: bytes, tags: Tags) -> None:
    text = decode(data.strip(b"\0"))[0]
    try:
        for path, leaf in flatten(xml_tree(text)).items():
            tags.add(f"ixml.{path}" if path else "ixml", leaf)
    except (XmlError, LimitReachedError):
        tags.add("ixml", text)
        tags.problem = "corrupt (iXML)"


def _read_other(file: BinaryIO, extension: str, tags: Tags) -> None:
    """Read by tinytag: ID3, Vorbis comments, MP4 atoms, ASF, AIFF."""
    if _cut_id3(file):
        tags.problem = "corrupt audio header"
    file.seek(0)
    try:
        found = TinyTag.get(f"x.{extension}", file_obj=cast(BinaryIO, _Bounded(file)), duration=False).as_dict()
    except TinyTagException:
        tags.problem = "corrupt audio header"
        return
    for name, text in _texts(found):
        tags.add(name, text)


def _texts(found: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name, values in found.items():
        if name not in _ABOUT_FILE and isinstance(values, list):
            yield from ((name, str(value)) for value in values)


def _cut_id3(file: BinaryIO) -> bool:
    """Tell whether an ID3v2 tag says that it is longer than its file."""
    end = file.seek(0, os.SEEK_END)
    file.seek(0)
    head = file.read(10)
    size = sum((byte & 0x7F) << shift for byte, shift in zip(head[6:], (21, 14, 7, 0), strict=False))
    return head.startswith(b"ID3") and size + 10 > end


class _Bounded(io.RawIOBase):
    """A file that refuses to give more at once than tags need: sizes in a header may lie."""

    _largest = 64 << 20

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def read(self, size: int = -1) -> bytes:
        if not 0 <= size <= self._largest:
            raise LimitReachedError("tag_bytes")
        return self._file.read(size)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()
