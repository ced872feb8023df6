"""Identities of devices: phones (IMEI), SIM cards (ICCID, IMSI), and what programs call the device they run on.

Standards: 3GPP TS 23.003 (IMEI: 15 digits with a Luhn check digit; IMSI: 15 digits, Sweden 240), ITU-T E.118 (ICCID:
19 or 20 digits beginning with 89, Luhn). A tenth of all numbers pass Luhn: a label or a field is needed.
Example: `IMEI: 490154203237518` (the example of the standard); near-misses: `490154203237519` (check digit), a serial
number of an article, `ean 7310865004703`.
"""

from __future__ import annotations

import re
from typing import ClassVar

from recognizers.base import Candidate, Proof, Recognizer, Shape
from recognizers.labels import SIGN, SIGN_GATE, labelled, whole
from recognizers.luhn import luhn

_END = r"(?![0-9A-Za-z])(?![.,\-][0-9])"
_ICCID_GATE, _IMEI_GATE = re.compile("0{19}"), re.compile("00[ -]?0{6}[ -]?0{6}[ -]?0")
_ICCID = Shape(
    "iccid",
    re.compile(rf"8(?<![0-9A-Za-z.,\-+]8)9(?:46|47|45|358)[0-9]{{14,16}}{_END}"),
    0.4,
    _ICCID_GATE,
)
_IMEI = Shape(
    "imei",
    re.compile(rf"[0-9](?<![0-9A-Za-z.,\-+].)[0-9]-[0-9]{{6}}-[0-9]{{6}}-[0-9]{_END}"),
    0.7,
    _IMEI_GATE,
)
_LABELLED = (
    Shape(
        "imei",
        labelled((r"imei(?:[ -]?(?:nr|nummer|no|kod))?",), rf"[0-9]{{2}}(?:[ -]?[0-9]{{6}}){{2}}[ -]?[0-9]{_END}"),
        0.9,
        _IMEI_GATE,
    ),
    Shape(
        "iccid",
        labelled((r"iccid", r"sim(?:-?korts?)?(?:[ -]?(?:nr|nummer|id))?"), rf"89[0-9]{{17,18}}{_END}"),
        0.9,
        _ICCID_GATE,
    ),
    Shape("imsi", labelled((r"imsi(?:[ -]?(?:nr|nummer))?",), rf"[2-7][0-9]{{14}}{_END}"), 0.85, _IMEI_GATE),
    Shape("device", labelled((r"android[ _-]?id",), r"[0-9a-fA-F]{16}(?![0-9A-Za-z])"), 0.75),
    Shape(
        "device",
        labelled(
            (
                r"device[ _-]?id",
                r"android[ _-]?id",
                r"enhets-?id(?:et)?",
                r"udid",
                r"idfa",
                r"gaid",
                r"aaid",
                r"push[ _-]?token",
            ),
            r"[0-9A-Za-z](?:-?[0-9A-Za-z]){7,63}(?![0-9A-Za-z])",
            SIGN,
        ),
        0.75,
        SIGN_GATE,
    ),
)
_FIELD = Shape("field", whole(r"[0-9A-Za-z][0-9A-Za-z\-:_]{7,200}"), 0.5, named=True)
_DIGIT = re.compile("[0-9]")


class DeviceIdRecognizer(Recognizer):
    """Finds identities of devices; `kind` is `imei`, `iccid`, `imsi` or `device`."""

    entity: ClassVar[str] = "DEVICE_ID"
    version: ClassVar[str] = "2"
    needs: ClassVar[str] = "digit"
    shapes: ClassVar[tuple[Shape, ...]] = (_ICCID, _IMEI, *_LABELLED, _FIELD)
    context: ClassVar[tuple[str, ...]] = ("imei", "iccid", "simkort", "sim-kort", "sim", "imsi", "abonnemang")
    fields: ClassVar[re.Pattern[str] | None] = re.compile(
        r"(^|_)(imei|imsi|iccid|sim_?(nr|nummer|id|kort)|device_?id|enhets_?id|udid|idfa|gaid|push_?token|installation_?id)(_|$)"
    )
    by_column: ClassVar[bool] = False
    rank: ClassVar[int] = 22

    def prove(self, candidate: Candidate) -> Proof | None:
        """Check the length and the check digit of those that have one."""
        text, shape = candidate.text, candidate.shape
        digits = text.replace(" ", "").replace("-", "")
        if shape is _FIELD or shape.name == "device":
            return _device(text, digits, shape)
        if shape.name != "imsi" and not luhn(digits):
            return None
        why = ("checksum",) if shape.name != "imsi" else ("label",)
        return Proof(digits, shape.score, shape.name, why=why)

    def mask(self, value: str) -> str:
        """Keep the maker's part, the first four characters."""
        return value[:4] + "*" * (len(value) - 4)


def _device(text: str, digits: str, shape: Shape) -> Proof | None:
    if not _DIGIT.search(text):
        return None
    if len(digits) == 15 and digits.isdigit():
        if digits.startswith("240"):
            return Proof(digits, shape.score, "imsi", why=("field",))
        return Proof(digits, shape.score, "imei", why=("checksum",)) if luhn(digits) else None
    if digits[:2] == "89" and digits.isdigit() and len(digits) in {19, 20}:
        return Proof(digits, shape.score, "iccid", why=("checksum",)) if luhn(digits) else None
    return Proof(text.lower(), shape.score, "device", why=("field" if shape is _FIELD else "label",))
