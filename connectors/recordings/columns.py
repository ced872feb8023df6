"""What the columns of call lists, the keys of sidecars and the names of tags mean, in Swedish and English."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import tzinfo
from functools import lru_cache

from connectors.recordings.clues import Clues
from connectors.recordings.numbers import PREFIXED, normalize
from connectors.recordings.times import Moment, parse

_NAMES = {
    "number": """
        a_nummer a_number b_nummer b_number caller caller_id caller_number calling calling_number
        calling_party calling_party_number callee callee_number called called_number called_party called_party_number
        ani dnis cli clid
        from from_number to to_number src source dst destination dialed dialed_number originator remote_number
        uppringande uppringande_nummer uppringare uppringd uppringt uppringt_nummer från från_nummer till till_nummer
        ringande number nummer phone phone_number telephone telefon telefonnummer tel msisdn
        customer_phone kund_telefon""",
    "started": """
        start started start_time started_at starttid starttidpunkt start_datetime call_start call_date call_time
        timestamp tidpunkt datumtid datetime date_time begin begin_time setup_time connect_time recorded_at inspelad""",
    "date": "date datum start_date startdatum origination_date",
    "clock": "time tid klockslag klockan origination_time",
    "id": """
        call_id samtals_id samtal_id call_ref call_reference unique_id uuid call_uuid linked_id session_id guid ucid
        recording_id inspelnings_id interaction_id""",
    "row": "id",
    "file": """
        fil filnamn file file_name file_path recording recording_file recording_path recording_name recording_url
        inspelning inspelningsfil ljudfil audio audio_file media_file path sökväg""",
}
_CLOCKED = re.compile(r"^\d.*\d[:.]\d\d")
_PART = re.compile(r"[.\[\]/@{}]+")


def _plain(name: str) -> str:
    """Fold a name to letters and digits: `Uppringt nr.` and `uppringt_nummer` are the same."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", name.casefold()) if char.isalnum())
    return plain.removesuffix("nr") + "nummer" if plain.endswith("nr") else plain


_MEANING = {_plain(name): meaning for meaning, names in _NAMES.items() for name in names.split()}


@lru_cache(maxsize=4096)
def meaning(name: str) -> str:
    """Give `number`, `started`, `date`, `clock`, `id`, `row` (any id), `file`, "" for a column or path."""
    steps = [step for step in _PART.split(name) if step and not step.isdecimal()]
    ends = (name, "".join(steps[-2:]), *steps[-1:])
    return next((known for end in ends if (known := _MEANING.get(_plain(end)))), "")


def clues(fields: Mapping[str, str | None], local: tzinfo, *, of_call: bool = False) -> Clues:
    """Draw the clues from one description.

    Args:
        fields: Column, path or tag name -> text.
        local: Time zone of times that name none.
        of_call: The fields are a row of a call list: a bare `id` is the call's. Elsewhere it may be a customer's.
    """
    said: dict[str, list[str]] = {meaning_: [] for meaning_ in _NAMES}
    for name, value in fields.items():
        if value and value.strip() and (sense := meaning(name)):
            said[sense].append(value.strip())
    if not any(said.values()):
        said = _by_content(fields)
    return Clues(
        numbers=frozenset(filter(None, map(normalize, said["number"]))),
        started=_started(said, local),
        ids=frozenset(map(str.casefold, said["id"] + (said["row"] if of_call else []))),
        files=frozenset(value.casefold().replace("\\", "/") for value in said["file"]),
    )


def _by_content(fields: Mapping[str, str | None]) -> dict[str, list[str]]:
    """Take cells of a table without a header (`column_1` …) for numbers or times by how they look."""
    cells = [value.strip() for name, value in fields.items() if value and name.startswith("column_")]
    said: dict[str, list[str]] = {meaning_: [] for meaning_ in _NAMES}
    said["number"] = [cell for cell in cells if PREFIXED.fullmatch(cell)]
    said["started"] = [cell for cell in cells if _CLOCKED.search(cell)][:1]
    return said


def _started(said: Mapping[str, list[str]], local: tzinfo) -> Moment | None:
    """Take the first most exact reading; a date and a clock in two columns are one time."""
    clocks = [*said["clock"], *said["started"]]
    joined = [f"{date} {clock}" for date in said["date"] for clock in clocks]
    moments = [parse(text, local) for text in (*said["started"], *joined, *said["clock"], *said["date"])]
    return min((moment for moment in moments if moment), key=lambda moment: moment.precision, default=None)
