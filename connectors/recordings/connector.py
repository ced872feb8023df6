"""Call recordings and what describes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo

from connectors.base import Batch, Check, Connector, ConnectorError, Record, State, Unit, Unread
from connectors.content import ContentConnector, Globs, costs
from connectors.extract.formats import installed
from connectors.extract.sandbox import InProcess, Parser, Sandbox, checked, degraded
from connectors.recordings import compose
from connectors.recordings.gather import gather
from connectors.recordings.listing import Access, Entry, place
from connectors.recordings.numbers import normalize
from connectors.recordings.readers import PROGRAM, READERS
from connectors.recordings.survey import Settings, Survey
from connectors.recordings.tables import CallTables
from connectors.recordings.templates import template

_CALL, _READING = "call", "1"
"""Format of calls and what describes them, and version of how they are read and put together."""


class RecordingsConnector(Connector):
    """Reads each call as one record: its recording's path and tags, its row of a call list, its sidecars.

    A row that no recording took is read under its call list, a sidecar that none took as itself; other files are
    read as `FilesConnector` reads them. Call lists and sidecars are held in memory while the connector lives.
    """

    def __init__(
        self,
        *,
        path: str,
        calls: Sequence[str] = ("cdr*.csv", "calls*.csv", "samtal*.csv", "cdr*.json", "cdr*.xml"),
        company_numbers: Sequence[str] = (),
        skew: int = 120,
        timezone: str = "Europe/Stockholm",
        names: Sequence[str] = (),
        calls_url: str | None = None,
        calls_tables: Sequence[str] = ("*cdr*", "*call*", "*samtal*"),
        username: str | None = None,
        password: str | None = None,
        endpoint_url: str | None = None,
        profile: str | None = None,
        region: str | None = None,
        sandbox: bool = True,
    ) -> None:
        """Keep the options; nothing is opened.

        Args:
            path: A directory, a share `smb://HOST[:PORT]/SHARE[/DIR]` or a bucket `s3://BUCKET[/PREFIX]`.
            calls: Globs on the name or the relative path of call lists (CDR files), in any case.
            company_numbers: The company's own telephone numbers, in any spelling: no call is joined by them.
            skew: Seconds that the clocks of recorder and switchboard may differ.
            timezone: Name of the time zone of times that name none.
            names: How recordings are named, without the extension: `{date}_{time}_{number}_{agent}`, with `{id}` and
                `{any}`; what fits none is read by its look.
            calls_url: SQLAlchemy URL of a database that has call lists, if one has.
            calls_tables: Globs of those tables.
            username: Of a share: `USER`, `DOMAIN\\USER` or `USER@DOMAIN`.
            password: Of that user.
            endpoint_url: Of a bucket: the server, if it is not Amazon's.
            profile: Of a bucket: a profile of the AWS configuration.
            region: Of a bucket.
            sandbox: Parse files in a confined child process; False: in this one, unprotected.

        Raises:
            ConnectorError: an option that cannot be.
        """
        globs = (calls,) if isinstance(calls, str) else tuple(calls)
        own = (company_numbers,) if isinstance(company_numbers, str) else tuple(company_numbers)
        if skew < 0:
            raise ConnectorError(f"recordings: `skew` is {skew}; give it seconds, 0 or more")
        try:
            zone = ZoneInfo(timezone)
        except (KeyError, ValueError, OSError):
            raise ConnectorError(f"recordings: there is no time zone {timezone}; try Europe/Stockholm") from None
        numbers = frozenset(filter(None, map(normalize, own)))
        self._parser: Parser = Sandbox(program=PROGRAM) if sandbox else InProcess(readers=READERS)
        where = place(path, Access(username, password, endpoint_url, profile, region))
        named = tuple(map(template, (names,) if isinstance(names, str) else names))
        self._settings = Settings(where, tuple(map(str.casefold, globs)), numbers, skew, zone, self._parser, named)
        tables = (calls_tables,) if isinstance(calls_tables, str) else tuple(calls_tables)
        self._tables = CallTables(calls_url, tables) if calls_url else None
        self._files = ContentConnector(where, Globs(), costs("recordings", None), sandbox=sandbox)
        self._known: Survey | None = None

    def check(self) -> Check:
        """Count calls, rows of call lists, and what of either has no counterpart."""
        survey = self._survey(anew=True)
        protection, unprotected = checked(self._parser)
        orphans = sum(len(found.clues) - len(found.taken) for found in survey.lists.values())
        notes = (
            f"recordings: {len(survey.calls)}",
            f"rows of call lists: {sum(len(found.clues) for found in survey.lists.values())}",
            f"recordings that nothing describes: {sum(not call.described for call in survey.calls.values())}",
            f"rows of call lists without a recording: {orphans}",
            f"sidecars without a recording: {sum(not found.taken for found in survey.sidecars.values())}",
            *protection,
        )
        entries = _entries(survey)
        facts, faults = self._settings.where.remarks()
        closed = [f"{found.unit}: {found.reason}" for found in survey.unread if found.state is not State.SKIPPED]
        return Check(
            len(entries), sum(entry.size for entry in entries), (*notes, *facts), (*closed, *unprotected, *faults)
        )

    def units(self) -> Iterator[Unit | Unread]:
        """List recordings, call lists, sidecars, other files by their keys' order; the place is read anew."""
        survey = self._survey(anew=True)
        yield from survey.unread
        yield from (_unit(survey, entry) for entry in _entries(survey))

    def formats(self) -> Mapping[str, str]:
        """Versions of the readers of all formats, and of that of calls, whose tags come through a package."""
        return {**self._files.formats(), _CALL: f"{_READING} {installed('tinytag')}"}

    def read(self, unit: Unit) -> Iterator[Batch | Unread]:
        """Read a call as one record; of a call list the rows that no recording took; a sidecar that none took."""
        survey = self._survey()
        if call := survey.calls.get(unit.key):
            yield from self._noted(compose.read_call(survey, call, self._settings))
        elif found := survey.lists.get(unit.key):
            yield from self._noted(compose.read_call_list(found))
        elif found := survey.sidecars.get(unit.key):
            yield from self._noted(compose.read_sidecar(found))
        elif unit.key in survey.others:
            yield from self._files.read(unit)
        else:
            yield Unread(unit.key, State.VANISHED, "vanished")

    def fetch(self, unit: str, records: Sequence[Record]) -> Iterator[tuple[Record, dict[str, str | None]]]:
        """Read single records again: a call's None, rows of a call list that no recording has taken since."""
        survey = self._survey()
        if not any(unit in known for known in (survey.calls, survey.lists, survey.sidecars)):
            yield from self._files.fetch(unit, records)
            return
        wanted = [dict(record) if record else None for record in records]
        for batch in self.read(Unit(unit, "", "")):
            if isinstance(batch, Unread):
                continue
            for index, record in enumerate(batch.records):
                if record in wanted:
                    yield record, {name: column[index] for name, column in batch.fields.items()}

    def close(self) -> None:
        """End the processes that parse files."""
        self._parser.close()
        self._files.close()

    def _noted(self, found: Iterator[Batch | Unread]) -> Iterator[Batch | Unread]:
        """Say of each batch what it was read as, and how, if with less protection than there could be."""
        for item in found:
            if isinstance(item, Batch):
                item.notes = (*item.notes, *degraded(self._parser.confinement()))
                item.formats = (_CALL,)
            yield item

    def _survey(self, *, anew: bool = False) -> Survey:
        if self._known is None or anew:
            self._known = gather(self._settings, self._tables)
        return self._known


def _entries(survey: Survey) -> list[Entry]:
    """List all files, in the order of their keys."""
    entries = [call.entry for call in survey.calls.values()]
    entries += [found.entry for found in (*survey.lists.values(), *survey.sidecars.values())]
    return sorted([*entries, *survey.others.values()], key=lambda entry: entry.key)


def _unit(survey: Survey, entry: Entry) -> Unit:
    key, size, readers = entry.key, entry.size, entry.unit.readers
    if call := survey.calls.get(key):
        return Unit(key, compose.call_version(survey, call), "call", size, readers)
    if found := survey.lists.get(key):
        return Unit(key, compose.describing_version(found), "cdr", size, readers)
    if found := survey.sidecars.get(key):
        return Unit(key, compose.describing_version(found), "sidecar", size, readers)
    return Unit(key, entry.version, "file", size, readers)
