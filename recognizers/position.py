"""Positions: coordinates of a place, WGS 84 or the Swedish grids.

Systems (Lantmäteriet): WGS 84 in decimal degrees or degrees, minutes and seconds; SWEREF 99 TM (N 6,100,000-7,700,000,
E 200,000-1,000,000 metres) and its twelve local zones (E about 150,000: `SWEREF 99 18 00`); RT 90 (X
6,100,000-7,700,000, Y 1,200,000-1,900,000). Sweden lies within 55-69.1 N and 10.5-24.2 E.
Example: `59.3293, 18.0686`, `N 6580822 E 674032`; near-misses: `59.3, 18.1` (too coarse for a person), `1.254, 3.501`
(figures), `6580822 674032` without letters.
"""

from __future__ import annotations

import re
from typing import ClassVar

from recognizers.base import Candidate, Proof, Recognizer, Shape

_DEGREES = r"-?[0-9]{1,3}[.,][0-9]{3,15}"
_LON = r"[\"']?(?i:lon(?:g(?:itud(?:e|en)?)?)?|lng)[\"'>]?[ :=]{0,3}[\"']?"
_MINUTES = r"° ?[0-9]{1,2}(?:[.,][0-9]{1,6})?['′’] ?(?:[0-9]{1,2}(?:[.,][0-9]+)?(?:\"|″|”|''|′′) ?)?"
_BARE_MINUTES = r"[0-5][0-9](?:[.,][0-9]{2,6}| [0-5][0-9](?:[.,][0-9]{1,4})?)"
"""Minutes with decimals, or minutes and seconds, without their signs: `46.194`, `46 11.6`."""
_SEPARATED = r"[ ,;/\n]{1,3}"
_TAGS = r"[\"']?(?:[ ,;/\n]{1,3}|</[a-zA-Z:]{1,16}>\s{0,8}<)"
"""Between two labelled coordinates: in a sentence, in attributes, in elements of their own."""
_END = r"(?!\w)(?![.,][0-9])"
"""No more digits; a full stop or a comma of the sentence may follow."""
_N_METRES = r"[67](?: ?[0-9]{3}){2}(?:[.,][0-9]+)?"
_E_METRES = r"(?:[0-9]{6,7}|[0-9]{1,3}(?: [0-9]{3}){1,2})(?:[.,][0-9]+)?"
_ZONE = r"(?: ?tm|[ -]?(?:1[2-8]|2[0-3])[ .]?(?:00|15|30|45))?"
_NORTH, _EAST = (55.0, 69.1), (10.5, 24.2)
_GRID_NORTH, _GRID_EAST = (6_100_000, 7_700_000), ((200_000, 1_000_000), (1_200_000, 1_900_000))
_LOCAL_EAST = (50_000, 250_000)
_NUMBER = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?")
_METRES_PAIR = re.compile(rf"({_N_METRES})[^0-9]{{1,12}}({_E_METRES})\Z")
"""A number of thousands with blanks, or with a comma after it, is told from the next by its length only."""

_METRES = frozenset(("grid", "system"))
_LETTERED = re.compile(r"[NSns].*[EWÖOewöo]")


def _value(text: str) -> list[float]:
    return [float(number.replace(",", ".")) for number in _NUMBER.findall(text)]


def _metres(number: str) -> float:
    return float(number.replace(" ", "").replace(",", "."))


class PositionRecognizer(Recognizer):
    """Finds pairs of coordinates, and single ones in fields that are called so."""

    entity: ClassVar[str] = "LOCATION_COORDINATES"
    needs: ClassVar[str] = "digit"
    shapes: ClassVar[tuple[Shape, ...]] = (
        Shape(
            "pair",
            re.compile(
                r"[0-9](?<![\w.,+][0-9])[0-9]?\.[0-9]{3,15}(?:, ?|; ?| ?/ ?| )"
                r"-?[0-9]{1,3}\.[0-9]{3,15}(?!\w)(?!\.[0-9])"
            ),
            0.8,
            re.compile(r"0\.0{3,15}[,;/ ]{1,3}-?0{1,3}\.000"),
        ),
        Shape(
            "pair",
            re.compile(
                r"[0-9](?<![\w.,+][0-9])[0-9],[0-9]{4,15}(?:, ?|; ?| ?/ ?| )"
                r"-?[0-9]{1,3},[0-9]{4,15}(?!\w)(?!,[0-9])"
            ),
            0.75,
            re.compile(r"00,0{4,15}[,;/ ]{1,3}-?0{1,3},0000"),
        ),
        Shape(
            "labelled",
            re.compile(
                rf"[lL](?<![^\W_][lL])(?i:at(?:itud(?:e|en)?)?)[\"'>]?[ :=]{{0,3}}[\"']?"
                rf"(?P<value>{_DEGREES}{_TAGS}{_LON}{_DEGREES}){_END}"
            ),
            0.9,
            re.compile("0[.,]000"),
        ),
        Shape(
            "dms",
            re.compile(rf"[0-9](?<!\w[0-9])[0-9]?{_MINUTES}[NS]{_SEPARATED}[0-9]{{1,3}}{_MINUTES}[EWÖO](?!\w)"),
            0.9,
            re.compile("0° ?0"),
        ),
        Shape(
            "dms",
            re.compile(rf"[NS](?<!\w[NS]) ?[0-9]{{1,2}}{_MINUTES}{_SEPARATED}[EWÖO] ?[0-9]{{1,3}}{_MINUTES}"),
            0.9,
            re.compile("0° ?0"),
        ),
        Shape(
            "dms",
            re.compile(
                rf"[NS](?<!\w[NS]) ?[0-9]{{2}}[ °]{{1,2}}{_BARE_MINUTES}{_SEPARATED}[EWÖO] ?0?[0-9]{{2}}[ °]{{1,2}}"
                rf"{_BARE_MINUTES}(?!\w)(?![.,][0-9])"
            ),
            0.85,
            re.compile("00[ °]{1,2}00"),
        ),
        Shape(
            "dms",
            re.compile(
                rf"[0-9](?<!\w[0-9])(?<![.,+][0-9])[0-9][ °]{{1,2}}{_BARE_MINUTES} ?[NS]{_SEPARATED}"
                rf"0?[0-9]{{2}}[ °]{{1,2}}{_BARE_MINUTES} ?[EWÖO](?!\w)"
            ),
            0.85,
            re.compile("00[ °]{1,2}00"),
        ),
        Shape(
            "grid",
            re.compile(
                rf"[NXnx](?<!\w[NXnx])(?i:(?:(?<=n)(?:ord?|orr|orthing))?)[ :=]{{0,2}}{_N_METRES}"
                rf"[ ,;/\n]{{1,3}}[EYÖey](?i:(?<=ö)st|(?<=e)asting)?[ :=]{{0,2}}{_E_METRES}(?!\w)"
            ),
            0.85,
            re.compile("0(?: ?000){2}"),
        ),
        Shape(
            "lettered",
            re.compile(
                r"[NSns0-9](?<![\w.,+\-].)(?:(?<=[NSns]) ?)?[0-9]{0,2}[.,][0-9]{1,15} ?°? ?[NSns]?[ ,;]{1,3}"
                r"[EWÖOewöo]? ?[0-9]{1,3}[.,][0-9]{1,15} ?°? ?[EWÖOewöo]?(?!\w)"
            ),
            0.85,
            re.compile("0[.,]0"),
        ),
        Shape(
            "system",
            re.compile(
                rf"[SsRr](?<!\w[SsRr])(?i:(?<=s)weref ?99{_ZONE}|(?<=r)t ?90(?: ?2[,.]5 ?gon ?v)?)"
                rf"(?:[ :,=]{{1,3}}|[ :,=]?\n)"
                rf"(?P<value>{_N_METRES}[ ,;/]{{1,3}}{_E_METRES})(?!\w)"
            ),
            0.85,
            re.compile("0(?: ?000){2}"),
        ),
        # One or two decimals: a kilometre or ten, and any two figures; a word must stand by.
        Shape(
            "coarse",
            re.compile(
                r"[56](?<![\w.,+\-][56])[0-9]\.[0-9]{1,15}(?:, ?|; ?| )[12][0-9]\.[0-9]{1,15}(?!\w)(?![.,][0-9])"
            ),
            0.2,
            re.compile("00[.]0{1,15}[,; ] ?00[.]0"),
        ),
        Shape(
            "metres pair",
            re.compile(rf"[67](?<![\w.,+\-][67])[0-9]{{6}}(?:, ?|; ?| ?/ ?| )[0-9]{{6,7}}{_END}"),
            0.3,
            re.compile("0{7}[,;/ ]{1,3}0{6}"),
        ),
        Shape("degrees", re.compile(r"[0-9\-](?<![^\0].)[0-9]{0,3}[.,][0-9]{3,15}(?![^\0])"), 0.6, named=True),
        Shape("metres", re.compile(r"[1-9](?<![^\0].)[0-9]{5,6}(?:[.,][0-9]{1,6})?(?![^\0])"), 0.5, named=True),
    )
    context: ClassVar[tuple[str, ...]] = (
        *(
            "koordinat",
            "position",
            "gps",
            "latitud",
            "plats",
            "karta",
            "kartan",
            "sweref",
            "rt90",
            "rt 90",
            "läge",
            "läget",
        ),
        *("mätpunkt", "northing", "easting", "coordinate", "location"),
    )
    fields: ClassVar[re.Pattern[str] | None] = re.compile(
        r"(^|_)(lat|latitude?|lon|lng|long|longitude?|gps|position|northing|easting)(_|$)|koordinat|coord|sweref|(^|_)rt_?90"
    )
    rank: ClassVar[int] = 25
    version: ClassVar[str] = "6"

    def prove(self, candidate: Candidate) -> Proof | None:
        """Check that the numbers lie on Earth, or on the Swedish grid; near Sweden they are worth more."""
        shape = candidate.shape
        if shape.name == "dms":
            return _pair(*_decimal(candidate.text), shape)
        if shape.name == "lettered" and not _LETTERED.search(candidate.text):
            return None
        if shape.name in _METRES or shape.name == "metres pair":
            pair = _METRES_PAIR.search(candidate.text)
            return _grid(_metres(pair[1]), _metres(pair[2]), shape) if pair else None
        numbers = _value(candidate.text)
        match shape.name:
            case "metres" | "degrees":
                return _single(numbers[0], shape)
            case _:
                return _pair(numbers[0], numbers[1], shape)

    def mask(self, value: str) -> str:
        """Keep whole degrees or the first two digits: about 100 km."""
        if "°" in value:
            return re.sub(r"°[^NSEWÖ]*", "°***", value)
        return re.sub(r"([0-9]{1,2})([0-9]{4,}|[.,][0-9]+)", r"\1***", value)


def _decimal(text: str) -> tuple[float, float]:
    """Read degrees, minutes and seconds of a latitude and a longitude as decimal degrees."""
    north, east = re.split(r"(?<=[NS])(?!\A.)|(?=[EWÖO])" if text[0].isdigit() else "(?=[EWÖO])", text, maxsplit=1)
    read = [sum(part / 60**power for power, part in enumerate(_value(half))) for half in (north, east)]
    return read[0] * (-1 if "S" in north else 1), read[1] * (-1 if "W" in east else 1)


def _within(number: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= number <= bounds[1]


def _pair(latitude: float, longitude: float, shape: Shape) -> Proof | None:
    if not (_within(latitude, (-90, 90)) and _within(longitude, (-180, 180))):
        return None
    here = _within(latitude, _NORTH) and _within(longitude, _EAST)
    if shape.name == "coarse" and not here:
        return None
    score = shape.score if here or shape.name in {"labelled", "dms"} else 0.3
    return Proof(f"{latitude:.5f},{longitude:.5f}", score, "wgs84", why=(shape.name, *(("sweden",) if here else ())))


def _grid(north: float, east: float, shape: Shape) -> Proof | None:
    local = shape.name in _METRES and _within(east, _LOCAL_EAST)
    if not _within(north, _GRID_NORTH) or not (local or any(_within(east, bounds) for bounds in _GRID_EAST)):
        return None
    kind = "rt90" if _within(east, _GRID_EAST[1]) else "sweref99"
    return Proof(f"{north:.0f},{east:.0f}", shape.score, kind, why=("grid",))


def _single(number: float, shape: Shape) -> Proof | None:
    if shape.name == "metres":
        on_grid = any(_within(number, bounds) for bounds in (_GRID_NORTH, *_GRID_EAST))
        return Proof(f"{number:.0f}", shape.score, "grid", why=("grid",)) if on_grid else None
    if not _within(number, (-180, 180)):
        return None
    here = _within(number, _NORTH) or _within(number, _EAST)
    return Proof(f"{number:.5f}", shape.score if here else 0.35, "wgs84", why=("sweden",) if here else ("degrees",))
