"""What reading files costs beside what must be done anyway: `python -m bench.files`.

Text is read end to end (opened, sent to the confined child, parsed, analyzed) and set beside the analyzer alone on the
same text in memory; PDF and Word beside the bare library that parses them (PDFium; zipfile and lxml). A ratio of 1.00
means that nothing is added. The child works beside the analyzer, so wall time counts; on a busy machine read the ratios
of several runs, and the processor's time of PDF and Word: of this process, the child, and the way between them. The
least of several rounds is taken. The documents are large: what any reading costs, however short, decides nothing.
"""

from __future__ import annotations

import io
import os
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
from lxml import etree

from connectors import Batch, Unit
from connectors.files import FilesConnector
from recognizers import Analyzer

_LINE = "Ärende {}: larm kvitterat på Storgatan 5, ring Märta Åkesson-Öberg 070-174 06 05 i morgon.\n"
_WINDOW = 256
_PARAGRAPH = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
_AS_WORD_WRITES = (
    '<w:p w:rsidR="00A77B3E" w:rsidRDefault="00B12F04" w:rsidP="00C41A55">'
    '<w:pPr><w:pStyle w:val="Normal"/>'
    '<w:rPr><w:lang w:val="sv-SE"/></w:rPr></w:pPr>'
    '<w:r w:rsidRPr="00A77B3E"><w:rPr><w:b/><w:lang w:val="sv-SE"/></w:rPr>'
    '<w:t xml:space="preserve">{}</w:t></w:r><w:r><w:rPr><w:lang w:val="sv-SE"/></w:rPr><w:t>.</w:t></w:r></w:p>'
)
ROUNDS = 5


def least(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """Seconds of the fastest round."""
    times = []
    for _ in range(ROUNDS):
        began = clock()
        work()
        times.append(clock() - began)
    return min(times)


def batches(source: FilesConnector) -> Iterator[Batch]:
    """Everything in a source, read as a scan reads it."""
    units = [unit for unit in source.units() if isinstance(unit, Unit)]
    for number, unit in enumerate(units):
        if number % _WINDOW == 0:
            source.expect(units[number : number + _WINDOW])
        yield from (one for one in source.read(unit) if isinstance(one, Batch))


def listing(folder: Path) -> None:
    """List many empty files, with what tells whether they have changed."""
    for number in range(20_000):
        if number % 200 == 0:
            (folder / str(number)).mkdir()
        (folder / str(number - number % 200) / f"{number}.txt").touch()
    with FilesConnector(path=str(folder)) as source:
        taken = least(lambda: sum(1 for _ in source.units()))
    print(f"{'listing':<28}{20_000 / taken:>10,.0f} files a second")


def text(folder: Path, count: int, lines: int) -> None:
    """Read and analyze so many files of so many lines."""
    analyzer = Analyzer()
    for number in range(count):
        body = "".join(_LINE.format(number * lines + line) for line in range(lines))
        (folder / f"{number}.txt").write_text(body, encoding="utf-8")
    with FilesConnector(path=str(folder)) as source:
        held = [batch.fields for batch in batches(source)]
        alone = least(lambda: [analyzer.find(fields) for fields in held])
        whole = least(lambda: [analyzer.find(batch.fields) for batch in batches(source)])
        reading = least(lambda: sum(1 for _ in batches(source)))
    size = sum(path.stat().st_size for path in folder.iterdir())
    _print(f"text, {count:,} x {size // count:,} bytes", (size, alone, whole), f"reading alone {reading:.2f} s")


def pdf(folder: Path) -> None:
    """A document of a thousand pages."""
    document = pypdfium2.PdfDocument(_pdf(1000))
    document.save(folder / "a.pdf")
    data = (folder / "a.pdf").read_bytes()
    _beside("pdf, 1,000 pages", folder, lambda: _pdfium(data), len(data))


def word(folder: Path, paragraph: str, count: int) -> None:
    """A document of so many paragraphs."""
    name = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = "".join(paragraph.format(_LINE.format(n)) for n in range(count))
    with zipfile.ZipFile(folder / "a.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {name}><w:body>{body}</w:body></w:document>")
    data = (folder / "a.docx").read_bytes()
    kind = "bare" if paragraph is _PARAGRAPH else "Word's"
    _beside(f"docx, {count:,} {kind} paragraphs", folder, lambda: _lxml(data), len(data))


def _beside(name: str, folder: Path, bare: Callable[[], object], size: int) -> None:
    with FilesConnector(path=str(folder)) as source:
        sum(1 for _ in batches(source))
        whole = least(lambda: sum(1 for _ in batches(source)))
        ours = least(lambda: sum(1 for _ in batches(source)), _processor)
    _print(name, (size, least(bare), whole), f"processor's {ours / least(bare, time.process_time):.2f}")


def _processor() -> float:
    """Seconds of processor time that this process and its children have had."""
    own = Path("/proc/self/task", str(os.getpid()), "children").read_text(encoding="ascii").split()
    ran = [Path("/proc", child, "schedstat").read_text(encoding="ascii").split()[0] for child in own]
    return time.process_time() + sum(map(int, ran)) / 1e9


def _print(name: str, measured: tuple[int, float, float], more: str = "") -> None:
    size, alone, whole = measured
    speed = f"{size / whole / 1e6:>8.2f} MB/s"
    print(f"{name:<34}{speed}  bare {alone:>6.2f} s  whole {whole:>6.2f} s  ratio {whole / alone:>5.2f}  {more}")


def _pdfium(data: bytes) -> int:
    document = pypdfium2.PdfDocument(data)
    return sum(len(page.get_textpage().get_text_range()) for page in document)


def _lxml(data: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found = etree.fromstring(archive.read("word/document.xml"))
    return sum(len("".join(paragraph.itertext())) for paragraph in found.iter("{*}p"))


def _pdf(pages: int) -> bytes:
    """Pages of forty lines each, written by hand."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>"]
    kids = b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(pages))
    objects.append(b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages))
    objects.append(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
    for number in range(pages):
        lines = b"".join(b"(%s) Tj T*\n" % _LINE.format(number).strip().encode("cp1252") for _ in range(40))
        content = b"BT /F1 9 Tf 12 TL 20 800 Td\n" + lines + b"ET"
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>>>>>"
            % (5 + 2 * number)
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, one in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return bytes(out) + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)


def main() -> None:
    """Measure and print."""
    cases: tuple[Callable[[Path], None], ...] = (
        listing,
        lambda folder: text(folder, 500, 10),
        lambda folder: text(folder, 5, 1000),
        lambda folder: text(folder, 1, 5000),
        pdf,
        lambda folder: word(folder, _PARAGRAPH, 200_000),
        lambda folder: word(folder, _AS_WORD_WRITES, 50_000),
    )
    for case in cases:
        with tempfile.TemporaryDirectory(prefix="insyn-bench-") as made:
            case(Path(made))


if __name__ == "__main__":
    main()
