"""Whatever the bytes are: nothing is raised, nothing is unfit to be searched, nothing vanishes in silence."""

import io
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.base import Batch, Unread
from connectors.extract import Limits, extract

NAME = "Märta Åkesson"
SEEDS = [
    f'namn;tel\n{NAME};1\n"Bo\nÖh";2\n',
    f'{{"a": [{{"namn": "{NAME}", "b": [1, {{"c": null}}]}}], "a": 1}}',
    f'{{"a": "{NAME}"}}\n{{"a": 2}}\n',
    f"<?xml version='1.0'?><r><!--x--><k a='1'>{NAME} <b>x</b></k><k/></r>",
    f"<html><p>{NAME}<br>x<input value='y'><!-- z --></html>",
    f"2026-01-02 10:00:00 {NAME}\n2026-01-02 10:00:01 x\n",
]
SMALL = Limits(text_block=64, csv_field=32, json_depth=8, batch_records=2, batch_cells=6, tree_bytes=4000, members=5)


def check(data: bytes) -> None:
    """Read it, and hold every batch to the contract."""
    found = list(extract("fil", data, SMALL))
    for batch in found:
        if isinstance(batch, Unread):
            assert NAME not in batch.reason
            continue
        assert batch.records
        for column in (*batch.fields.values(), *batch.dates.values()):
            assert len(column) == len(batch.records)
        for value in (value for column in batch.fields.values() for value in column if value is not None):
            assert "\0" not in value
            value.encode()
    assert repr(found).count(NAME) == 0


@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    check(data)


@given(st.text(max_size=300), st.sampled_from(["utf-8", "utf-16-le", "utf-7", "cp850"]))
def test_any_text(text: str, encoding: str) -> None:
    check(text.encode(encoding, "ignore"))


@settings(max_examples=300)
@given(
    st.sampled_from(SEEDS),
    st.integers(0, 90),
    st.text("<>{}[]\"';:,\n\r\0&!-=/ \ud83da1å", max_size=6),
    st.integers(0, 5),
)
def test_documents_that_were_tampered_with(seed: str, place: int, inserted: str, removed: int) -> None:
    check((seed[:place] + inserted + seed[place + removed :]).encode("utf-8", "surrogatepass"))


@settings(max_examples=150)
@given(st.integers(0, 400), st.binary(max_size=4))
def test_archives_that_were_tampered_with(place: int, inserted: bytes) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, seed in enumerate(SEEDS[:3]):
            archive.writestr(f"{number}.txt", seed)
    data = out.getvalue()
    check(data[:place] + inserted + data[place + len(inserted) :])


def test_batches_say_nothing_of_what_they_hold() -> None:
    batches = [batch for batch in extract("fil", SEEDS[0].encode()) if isinstance(batch, Batch)]
    assert repr(batches) == "[Batch(2 records x 2 fields)]"
