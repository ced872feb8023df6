"""Every format in every encoding in one tree: each unit ends in one state, each record is fetched as it was read."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors import Batch, Record, State, Unit, Unread
from connectors.files import FilesConnector

pytestmark = pytest.mark.slow

NAME = "Märta Åkesson-Öberg"
TELEPHONE = "070-1740605"
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1", "cp850", "mac-roman")


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


FORMATS = {
    "brev.txt": f"Hej {NAME}!\nRing {TELEPHONE}, vi är på plats åtta till fyra.\n",
    "läs.md": f"# {NAME}\n\n- {TELEPHONE}\n",
    "larm.log": f"2026-01-02 10:00:00 {NAME} på plats\n\n2026-01-02 10:00:01 ring {TELEPHONE}\n",
    "kunder.csv": f"namn;telefon;skapad\n{NAME};{TELEPHONE};2026-01-02\nBo Öh;;\n",
    "kunder.tsv": f"namn\ttelefon\n{NAME}\t{TELEPHONE}\n",
    "utan.csv": f"{NAME};{TELEPHONE}\nBo Öh;070-1740606\n",
    "trasig.csv": f'kund_id;namn;telefon\n1;{NAME};x\n2;"öppen;{TELEPHONE}\n3;Bo;y\n',
    "kund.json": f'{{"kund": {{"namn": "{NAME}", "tel": ["{TELEPHONE}"]}}}}',
    "kunder.json": f'{{"antal": 1, "kunder": [{{"namn": "{NAME}"}}, {{"tel": "{TELEPHONE}"}}]}}',
    "trasig.json": f'{{"kund": {{"namn": "{NAME}", "tel": "{TELEPHONE}"',
    "kunder.jsonl": f'{{"namn": "{NAME}"}}\n{{"tel": "{TELEPHONE}"}}\n',
    "kund.xml": f"<kund><namn>{NAME}</namn><tel nr='{TELEPHONE}'/></kund>",
    "kunder.xml": f"<kunder><kund>{NAME}</kund><kund><tel>{TELEPHONE}</tel></kund></kunder>",
    "sida.html": f"<html><body><p>{NAME}</p><input type='hidden' value='{TELEPHONE}'></body></html>",
    "fel.jpg": f"namn;telefon\n{NAME};{TELEPHONE}\nBo Öh;1\n",
    "utan": f"{NAME} är på plats, {TELEPHONE}",
}


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> FilesConnector:
    """Every format in every encoding, plain, in a zip, and in a zip in a zip."""
    root = tmp_path_factory.mktemp("gallery")
    for encoding in ENCODINGS:
        files = {name: text.encode(encoding) for name, text in FORMATS.items()}
        (root / encoding).mkdir()
        for name, data in files.items():
            (root / encoding / name).write_bytes(data)
        (root / encoding / "allt.zip").write_bytes(zipped({**files, "in.zip": zipped(files)}))
    (root / "tom.txt").touch()
    (root / "avtal.pdf").write_bytes(b"%PDF-1.7\n")
    (root / "bomb.zip").write_bytes(zipped({"a.txt": b"0" * (20 << 20)}))
    return FilesConnector(path=str(root))


def units(source: FilesConnector) -> Iterator[Unit]:
    for unit in source.units():
        assert isinstance(unit, Unit)
        yield unit


def read(source: FilesConnector) -> dict[str, list[tuple[Record, dict[str, str | None]]]]:
    """Give the records of every unit and member, those of one place put together."""
    found: dict[str, list[tuple[Record, dict[str, str | None]]]] = {}
    for unit in units(source):
        for batch in source.read(unit):
            if isinstance(batch, Unread):
                continue
            for index, record in enumerate(batch.records):
                values = {name: column[index] for name, column in batch.fields.items()}
                known = next((fields for key, fields in found.setdefault(batch.unit, []) if key == record), None)
                if known is None:
                    found[batch.unit].append((record, values))
                else:
                    assert record is None, "only the record None may come in parts"
                    known |= values
    return found


@pytest.mark.parametrize("place", ["", "allt.zip!/", "allt.zip!/in.zip!/"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_name_and_number_are_read_whatever_the_format(gallery: FilesConnector, encoding: str, place: str) -> None:
    for name in FORMATS:
        outer = f"{encoding}/{place}{name}".partition("!/")[0]
        text = "".join(
            f"\n{value}"
            for batch in gallery.read(Unit(outer, "", "file"))
            if isinstance(batch, Batch) and batch.unit == f"{encoding}/{place}{name}"
            for column in batch.fields.values()
            for value in column
        )
        assert NAME in text, name
        assert TELEPHONE in text, name


def test_every_record_is_fetched_as_it_was_read(gallery: FilesConnector) -> None:
    found = read(gallery)
    assert len(found) > 400
    for unit, records in found.items():
        fetched = list(gallery.fetch(unit, [record for record, _ in records]))
        assert sorted(fetched, key=repr) == sorted(records, key=repr), unit


def test_single_records_are_fetched_and_those_that_are_gone_left_out(gallery: FilesConnector) -> None:
    unit = "utf-8/kunder.csv"
    bo = {"namn": "Bo Öh", "telefon": "", "skapad": ""}
    assert list(gallery.fetch(unit, [{"row": 2}, {"row": 3}])) == [({"row": 2}, bo)]
    assert list(gallery.fetch(unit, [None])) == [(None, {"path": unit})]
    assert list(gallery.fetch("utf-8/brev.txt", [None])) == [
        (None, {"path": "utf-8/brev.txt", "": FORMATS["brev.txt"]})
    ]
    assert list(gallery.fetch("utf-8/ingen.csv", [None, {"row": 1}])) == []
    assert list(gallery.fetch("utf-8/allt.zip!/ingen.csv", [None, {"row": 1}])) == []


def test_every_unit_ends_in_one_state(gallery: FilesConnector) -> None:
    """What is read whole says nothing; what is not says so once, of the unit or the member."""
    states: dict[str, tuple[State, str]] = {}
    for unit in units(gallery):
        for batch in gallery.read(unit):
            if isinstance(batch, Unread):
                assert batch.unit not in states
                states[batch.unit] = (batch.state, batch.reason)
    broken = {
        f"{encoding}/{place}trasig.json": (State.PARTIAL, "corrupt json")
        for encoding in ENCODINGS
        for place in ("", "allt.zip!/", "allt.zip!/in.zip!/")
    }
    assert states == {
        **broken,
        "avtal.pdf": (State.UNREADABLE, "corrupt"),
        "bomb.zip": (State.REFUSED, "limit:ratio"),
    }


@pytest.mark.parametrize("name", [*FORMATS, "allt.zip"])
def test_damage_anywhere_is_read_or_named(gallery: FilesConnector, tmp_path: Path, name: str) -> None:
    """Cut and flipped at many places, a file is still read without a crash, and never to nothing in silence."""
    whole = (
        zipped({"a.txt": b"Anna" * 50, "b.csv": b"namn;tel\nAnna;1\n"})
        if name == "allt.zip"
        else FORMATS[name].encode()
    )
    source = FilesConnector(path=str(tmp_path))
    for offset in range(1, len(whole), max(1, len(whole) // 20)):
        for data in (whole[:offset], whole[:offset] + bytes([whole[offset] ^ 0xFF]) + whole[offset + 1 :]):
            (tmp_path / name).write_bytes(data)
            found = list(source.read(Unit(name, "", "file")))
            assert len(found) > 1, f"{name} at {offset}"
