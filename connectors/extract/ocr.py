"""Text in pictures and on scanned pages, through Tesseract: only where the limit `ocr_pages` is set (extra `ocr`)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from connectors.extract.encoding import clean
from connectors.extract.limits import LimitReachedError, Limits

LANGUAGE_DATA = (*sorted(Path("/usr/share").glob("tesseract-ocr/*/tessdata")), Path("/usr/share/tessdata"))
"""Where systems keep what Tesseract knows of languages."""


class OcrError(Exception):
    """Nothing can be read; the message is the reason, as a code and a few words."""


def pages(data: bytes, limits: Limits) -> Iterator[str]:
    """Read the pages of a picture, one as a rule.

    Raises:
        OcrError: it cannot be opened, or what reads it is not installed.
        LimitReachedError: it has more pixels or pages than may be read.
    """
    try:
        from PIL import Image, ImageSequence
    except ImportError:
        raise OcrError("ocr: pip install insyn[ocr]") from None
    Image.MAX_IMAGE_PIXELS = None  # ours is asked before a pixel is decoded
    try:
        with Image.open(io.BytesIO(data)) as picture:
            for number, page in enumerate(ImageSequence.Iterator(picture)):
                if number >= limits.ocr_pages:
                    raise LimitReachedError("ocr_pages")
                yield text(page, limits)
    except (OSError, ValueError, SyntaxError, TypeError, EOFError, ZeroDivisionError) as error:
        raise OcrError("corrupt picture") from error


def text(picture: Any, limits: Limits) -> str:
    """Read one picture of Pillow's; raises as `pages` does."""
    if picture.width * picture.height > limits.ocr_pixels:
        raise LimitReachedError("ocr_pixels")
    reader = _reader()
    reader.SetImage(picture.convert("L"))
    return clean(reader.GetUTF8Text()).strip()


@cache
def _reader() -> Any:
    """Load Tesseract, once a process: it takes as long as ten pages."""
    try:
        import tesserocr
    except ImportError:
        raise OcrError("ocr: pip install insyn[ocr]") from None
    folder = next((one for one in LANGUAGE_DATA if (one / "swe.traineddata").is_file()), None)
    if folder is None:
        raise OcrError("ocr: no Swedish; install tesseract-ocr-swe")
    return tesserocr.PyTessBaseAPI(path=f"{folder}/", lang="swe")
