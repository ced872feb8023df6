"""The call recordings, and what is known of a call from call lists, sidecars, tags and file names."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from scanner.demo import audio, notes, spelling
from scanner.demo.folder import disk, xml_tree
from scanner.demo.numbers import SWITCHBOARD
from scanner.demo.people import Person
from scanner.demo.rows import Cell, Row, Tree, leaves, plain
from scanner.demo.texts import Text, compose
from scanner.demo.truth import Place, Truth
from scanner.demo.world import World

SOURCE = "samtal"


@dataclass(frozen=True, slots=True)
class Call:
    """A call between somebody and the switchboard."""

    number: int
    person: Person
    agent: Person
    started: datetime
    incoming: bool

    @property
    def phone(self) -> str:
        """The other side's number."""
        return self.person.phones[0]

    @property
    def direction(self) -> str:
        """`in` or `ut`."""
        return "in" if self.incoming else "ut"


class Recorder:
    """Writes recordings and what describes them."""

    def __init__(self, root: Path, truth: Truth, random: Random) -> None:
        self.random, self.count = random, 0
        self._put, self._truth = disk(root, date(2025, 3, 28), 10), truth

    def recording(self, path: Text, call: Call, tags: dict[str, Text] | None = None, *, known: bool = True) -> str:
        """Write a WAV or MP3 file with tags; returns the unit's key. `known`: something says whose it is."""
        make = audio.mp3 if path.text.endswith(".mp3") else audio.wav
        self._put(path.text, make({name: text.text for name, text in (tags or {}).items()}))
        self.count += 1
        self.describe(path.text, {"path": path}, call if known else None)
        self.describe(path.text, {f"tag.{name}": text for name, text in (tags or {}).items()}, None)
        return path.text

    def describe(self, unit: str, fields: dict[str, Cell], call: Call | None, row: int | None = None) -> None:
        """Note fields that the connector will put with a call, or with a row of a call list."""
        place = Place(SOURCE, unit, None if row is None else {"row": row})
        for name, text in leaves(fields, ""):
            self._truth.see(place, name, text)
        if call:
            self._truth.concern(place, call.person.id)

    def call_list(self, path: str, rows: Sequence[Row], delimiter: str, encoding: str) -> None:
        """Write a call list."""
        out = io.StringIO()
        writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
        writer.writerow(rows[0].cells)
        writer.writerows([plain(cell) for cell in row.cells.values()] for row in rows)
        self._put(path, out.getvalue().encode(encoding))

    def sidecar(self, unit: str, tree: dict[str, Tree], form: str, call: Call) -> None:
        """Write a JSON or XML file of the recording's name beside it."""
        text = (
            json.dumps(plain(tree), ensure_ascii=False, indent=1)
            if form == "json"
            else f"<call>{xml_tree(tree)}</call>\n"
        )
        self._put(str(Path(unit).with_suffix(f".{form}")), text.encode())
        self.describe(unit, {f"sidecar.{name}": text for name, text in leaves(tree, "")}, call)

    def skewed(self, call: Call) -> datetime:
        """The start by another clock: up to a minute off."""
        return call.started + timedelta(seconds=self.random.randint(-55, 55))


def write_calls(root: Path, world: World, truth: Truth) -> int:
    """Write recordings, call lists and sidecars below a directory; returns the number of recordings."""
    random = world.random("calls")
    recorder = Recorder(root, truth, random)
    calls = _calls(world, random, 128)
    _english_list(recorder, calls[:40])
    _swedish_list(recorder, calls[40:72])
    for number, call in enumerate(calls[72:108]):
        _with_sidecar(recorder, call, "json" if number < 20 else "xml", world)
    for call in calls[108:122]:
        _with_tags(recorder, call)
    for call in calls[122:]:
        recorder.recording(Text(f"okant/memo_{call.number}.wav"), call, known=False)
    return recorder.count


def _calls(world: World, random: Random, count: int) -> list[Call]:
    reachable = [p for p in world.people.customers if p.phones and p.id not in world.ended]
    callers = [*world.people.callers, *world.people.callers, *random.sample(reachable, count - 40)]
    callers += random.sample([p for p in world.people.contacts if p.phones], 10) + random.sample(reachable, 14)
    random.shuffle(callers)
    for number in range(72, count):  # those known by a number only have no name for a sidecar or a tag
        other = next((n for n in range(72) if callers[n].given), 0) if not callers[number].given else number
        callers[number], callers[other] = callers[other], callers[number]
    start = datetime(2025, 3, 3, 8, 0, 0)  # noqa: DTZ001  a switchboard's local time
    times = [
        start + timedelta(days=n // 4, hours=2 * (n % 4), minutes=random.randint(0, 110), seconds=random.randint(0, 59))
        for n in range(count)
    ]
    return [
        Call(1000 + n, p, random.choice(world.people.staff), times[n], random.random() < 0.7)
        for n, p in enumerate(callers)
    ]


def _ends(call: Call, style: int, names: tuple[str, str]) -> dict[str, Cell]:
    other, own = spelling.phone(call.phone, style, call.person.id), spelling.phone(SWITCHBOARD, style)
    caller, callee = (other, own) if call.incoming else (own, other)
    return {names[0]: caller, names[1]: callee}


def _english_list(recorder: Recorder, calls: Sequence[Call]) -> None:
    rows = []
    for number, call in enumerate(calls, 1):
        has_recording = number % 8 != 0
        unit = f"2025/rec-A{call.number:06d}.wav"
        cells: dict[str, Cell] = {"call_id": f"A{call.number:06d}", **_ends(call, 3, ("caller", "callee"))}
        cells |= {
            "start": call.started.isoformat(),
            "duration": recorder.random.randint(12, 900),
            "direction": call.direction,
        }
        cells |= {"agent": spelling.email(call.agent), "recording": unit.rpartition("/")[2] if has_recording else ""}
        rows.append(Row(cells))
        if has_recording:
            recorder.recording(Text(unit), call)
        fields = {f"cdr.{name}": cell for name, cell in cells.items()}
        recorder.describe(unit if has_recording else "cdr_2025-03.csv", fields, call, None if has_recording else number)
    recorder.call_list("cdr_2025-03.csv", rows, ",", "utf-8")


def _swedish_list(recorder: Recorder, calls: Sequence[Call]) -> None:
    rows = []
    for number, call in enumerate(calls, 1):
        has_recording = number % 10 != 0
        cells: dict[str, Cell] = {"Samtals-ID": f"vx{call.number}", **_ends(call, 2, ("A-nummer", "B-nummer"))}
        cells |= {
            "Datum": call.started.date(),
            "Tid": f"{call.started:%H:%M:%S}",
            "Längd": recorder.random.randint(12, 900),
        }
        cells |= {"Riktning": call.direction, "Kö": "Kundtjänst"}
        rows.append(Row(cells))
        name = f"vaxel/{recorder.skewed(call):%Y%m%d_%H%M%S}_{{t}}_{call.direction}.wav"
        path = compose(name, t=spelling.phone(call.phone, 3 if number % 3 == 0 else 2, call.person.id))
        unit = recorder.recording(path, call) if has_recording else "cdr_vaxel_2025.csv"
        fields = {f"cdr.{column}": cell for column, cell in cells.items()}
        recorder.describe(unit, fields, call, None if has_recording else number)
    recorder.call_list("cdr_vaxel_2025.csv", rows, ";", "cp1252")


def _with_sidecar(recorder: Recorder, call: Call, form: str, world: World) -> None:
    kund: dict[str, Tree] = {
        "name": spelling.full(call.person),
        "phone": spelling.phone(call.phone, recorder.random, call.person.id),
    }
    if call.person.number:
        kund["customer_no"] = spelling.customer(call.person)
    tree: dict[str, Tree] = {
        "call_id": f"S{call.number:06d}",
        "started": recorder.skewed(call).isoformat(),
        "direction": call.direction,
    }
    tree |= {"customer": kund, "agent": {"name": spelling.full(call.agent), "id": str(call.number + 3000)}}
    if call.number % 3 == 0:
        tree["summary"] = notes.note(world.cast(call.person, recorder.random), recorder.random)
    unit = f"crm-koppling/S{call.number:06d}.wav"
    if call.number % 12:
        recorder.recording(Text(unit), call)
        recorder.sidecar(unit, tree, form, call)
    else:
        _lonely(recorder, tree, form, call)


def _lonely(recorder: Recorder, tree: dict[str, Tree], form: str, call: Call) -> None:
    """A sidecar whose recording is gone: the call's unit is the sidecar itself."""
    recorder.sidecar(f"crm-koppling/S{call.number:06d}.{form}", tree, form, call)


def _with_tags(recorder: Recorder, call: Call) -> None:
    who, tel = call.person, spelling.phone(call.phone, 0, call.person.id)
    title = compose("Samtal med {n}", n=spelling.full(who))
    comment = compose("{t} {d}", t=tel, d=f"{call.started:%Y-%m-%d %H:%M}")
    if call.number % 2:
        tags = {"title": title, "artist": spelling.full(call.agent), "comment": comment}
        recorder.recording(Text(f"mobil/samtal_{call.number}.mp3"), call, tags)
        return
    description = compose("{d} {n} {t}", d=call.direction, n=spelling.full(who), t=tel)
    recorder.recording(Text(f"mobil/samtal_{call.number}.wav"), call, {"title": title, "bext.description": description})
