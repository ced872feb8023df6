"""From a place to a survey: list, read what describes calls, join."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from fnmatch import fnmatchcase

from connectors.base import Unread
from connectors.recordings import columns, described, names, tags
from connectors.recordings.clues import Clues
from connectors.recordings.described import Described
from connectors.recordings.join import MOST_SHARING, Matches, References, by_number_and_time
from connectors.recordings.listing import Entry, open_recording, seekable, walk
from connectors.recordings.parsing import parse_described, parse_tags
from connectors.recordings.survey import Call, Describing, Row, Settings, Survey
from connectors.recordings.tables import CallTables, read_tables

_LARGEST = 256 << 20
"""Bytes of a describing file; a larger one is refused."""


def gather(settings: Settings, calls: CallTables | None = None) -> Survey:
    """Read the place, and tables of calls, once.

    Raises:
        ConnectorError: one of them cannot be listed.
    """
    survey = Survey()
    found = list(walk(settings.where))
    survey.unread = [item for item in found if isinstance(item, Unread)]
    entries = [item for item in found if isinstance(item, Entry)]
    survey.calls = {entry.key: Call(entry) for entry in entries if entry.extension in tags.AUDIO}
    stems = {stem for call in survey.calls.values() for stem in call.stems}
    for entry in entries:
        if entry.key not in survey.calls:
            _sort_in(entry, survey, stems, settings)
    for described_ in read_tables(calls, settings) if calls else ():
        if isinstance(described_, Unread):
            survey.unread.append(described_)
        else:
            survey.lists[described_.entry.key] = described_
    _Joining(survey, settings).run()
    return survey


def _sort_in(entry: Entry, survey: Survey, stems: set[str], settings: Settings) -> None:
    """Tell call lists, sidecars and other files apart: by the globs; what is called like a recording is its sidecar."""
    beside = entry.stem in stems
    listed = not beside and _matches(entry.key, settings.globs)
    if not listed and entry.extension not in described.FORMS:
        survey.others[entry.key] = entry
        return
    found = _read(entry, settings, listed=listed)
    if not listed and not beside and entry.extension in described.NESTED:
        rows = _read(entry, settings, listed=True)
        found = rows if _is_call_list(rows) else found
    if listed or _is_call_list(found):
        survey.lists[entry.key] = found
    else:
        survey.sidecars[entry.key] = found


def _matches(key: str, globs: Iterable[str]) -> bool:
    path = key.casefold()
    return any(fnmatchcase(path, glob) or fnmatchcase(path.rpartition("/")[2], glob) for glob in globs)


def _is_call_list(found: Describing) -> bool:
    """Tell a table of calls, whatever its name: most rows name a recording, or a time and a number or call id."""
    telling = [clues for clues in found.clues if clues.files or (clues.timed and (clues.numbers or clues.ids))]
    return len(found.clues) > 1 and 2 * len(telling) > len(found.clues)


def _read(entry: Entry, settings: Settings, *, listed: bool) -> Describing:
    opened = settings.where.open(entry.key, _LARGEST)
    if isinstance(opened, Unread):
        return Describing(entry, Described(), [], opened)
    with opened:
        content, failure = parse_described(settings.parser, entry.key, opened.data, listed=listed)
    clues = [columns.clues(row, settings.zone, of_call=listed).without(settings.own) for row in content.rows]
    return Describing(entry, content, clues, failure)


class _Joining:
    """The steps of joining, each with what the one before left over."""

    def __init__(self, survey: Survey, settings: Settings) -> None:
        self._survey = survey
        self._settings = settings
        self._calls = survey.calls
        self._clues: dict[str, Clues] = {}

    def run(self) -> None:
        """Join sidecars, then rows of call lists; tags are read only of recordings that are not told of otherwise."""
        wanted = self._wanted_ids()
        for key in self._calls:
            said, self._calls[key].agent = self._named(key)
            self._clues[key] = replace(said, ids=said.ids & wanted)
            self._calls[key].told = bool(said.numbers)
        self._sidecars_beside()
        self._by_reference(self._calls)
        untold = [key for key, call in self._calls.items() if not call.rows and not self._is_placed(key)]
        for key in untold:
            self._read_tags(key)
        self._by_reference(untold)
        self._rows_by_number_and_time()
        self._by_reference(self._calls)  # by the call ids that came with rows
        self._sidecars_by_number_and_time()

    def _named(self, key: str) -> tuple[Clues, str]:
        """Read the name of a recording, by the templates or by what names usually look like."""
        zone, own = self._settings.zone, self._settings.own
        for template in self._settings.templates:
            if found := template.read(key, zone):
                return found[0].without(own), found[1]
        return names.clues(key, zone).without(own), ""

    def _by_reference(self, keys: Iterable[str]) -> None:
        keys = list(keys)
        self._sidecars_by_reference(keys)
        self._rows_by_reference(keys)

    def _wanted_ids(self) -> frozenset[str]:
        files = (*self._survey.lists.values(), *self._survey.sidecars.values())
        return frozenset(call_id for found in files for clues in found.clues for call_id in clues.ids)

    def _is_placed(self, key: str) -> bool:
        return bool(self._clues[key].numbers) and self._clues[key].timed

    def _read_tags(self, key: str) -> None:
        call = self._calls[key]
        opened = open_recording(self._settings.where, call.entry)
        if isinstance(opened, Unread):
            return  # reported when the call is read
        with opened:
            found = parse_tags(self._settings.parser, key, seekable(opened))
        self._clues[key] = self._clues[key].with_more(found.clues(self._settings.zone).without(self._settings.own))
        call.told = call.told or found.telling

    def _sidecars_beside(self) -> None:
        """Give a recording the sidecars that are called like it."""
        called: dict[str, list[str]] = defaultdict(list)
        for key, call in self._calls.items():
            for stem in call.stems:
                called[stem].append(key)
        for sidecar, found in self._survey.sidecars.items():
            for key in called.get(found.entry.stem, ()):
                self._take_sidecar(sidecar, key)

    def _sidecars_by_reference(self, keys: list[str]) -> None:
        references = References({key: self._clues[key] for key in keys})
        for sidecar, clues in self._free_sidecars().items():
            for key in references.find(clues):
                self._take_sidecar(sidecar, key)

    def _sidecars_by_number_and_time(self) -> None:
        matches = by_number_and_time(self._clues, self._free_sidecars(), self._settings.skew)
        for sidecar, key in matches.joined.items():
            self._take_sidecar(sidecar, key)
        self._doubt(matches)
        for sidecar in matches.doubtful_rows:
            self._survey.sidecars[sidecar].doubtful.add(1)

    def _free_sidecars(self) -> dict[str, Clues]:
        """List the sidecars of one record that no recording took; a table of several is no sidecar of one call."""
        found = self._survey.sidecars
        return {key: found[key].clues[0] for key in found if not found[key].taken and len(found[key].clues) == 1}

    def _take_sidecar(self, sidecar: str, key: str) -> None:
        found = self._survey.sidecars[sidecar]
        found.taken.update(range(1, len(found.content.rows) + 1) or (0,))
        self._calls[key].sidecars.append(sidecar)
        for clues in found.clues[:1]:
            self._clues[key] = clues.with_more(self._clues[key])

    def _rows_by_reference(self, keys: list[str]) -> None:
        references = References({key: self._clues[key] for key in keys})
        for name, found in self._survey.lists.items():
            shared = _shared_ids(found.clues)
            for number, clues in enumerate(found.clues, 1):
                if number in found.taken:
                    continue
                for key in references.find(replace(clues, ids=clues.ids - shared)):
                    self._take_row((name, number), key)

    def _take_row(self, row: Row, key: str) -> None:
        found = self._survey.lists[row[0]]
        found.taken.add(row[1])
        self._calls[key].rows.append(row)
        self._clues[key] = self._clues[key].with_more(found.clues[row[1] - 1])

    def _rows_by_number_and_time(self) -> None:
        """Join list by list, for two lists may tell of the same call."""
        free = {key: self._clues[key] for key, call in self._calls.items() if not call.rows}
        for name, found in self._survey.lists.items():
            rows = {(name, n): clues for n, clues in enumerate(found.clues, 1) if n not in found.taken}
            matches = by_number_and_time(free, rows, self._settings.skew)
            for row, key in matches.joined.items():
                self._take_row(row, key)
            self._doubt(matches)
            found.doubtful |= {number for _, number in matches.doubtful_rows}

    def _doubt(self, matches: Matches[Row] | Matches[str]) -> None:
        for key in matches.doubtful_recordings:
            self._calls[key].doubtful = True


def _shared_ids(rows: Iterable[Clues]) -> frozenset[str]:
    """List the ids that too many rows have to be a call's."""
    counts = Counter(call_id for clues in rows for call_id in clues.ids)
    return frozenset(call_id for call_id, count in counts.items() if count > MOST_SHARING)
