"""Number plates in lists and sentences about vehicles: what is written before, after and above them, and between them.

Example: `Bilar: ABC 123, DEF45G`; a heading `Fordon` with a plate a line; `GBS 440 (Volvo XC60)`. Near-misses, for
another word is nearer or the list is of other things: `Bilen kommer, artikel ABC 123`, `Produkter: GSM 900, PIR 180`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from recognizers.lexicon import GIVEN, OTHER_GIVEN, names

MAKES = (
    "volvo|tesla|saab|skoda|škoda|bmw|audi|toyota|ford|kia|mercedes|merca|peugeot|renault|nissan|opel|mazda|hyundai|honda"
    "|citroën|citroen|fiat|volkswagen|vw|polestar|subaru|dacia|lexus|mini cooper|porsche|jeep|cupra|byd|scania|iveco"
    "|suzuki|mitsubishi|chevrolet|land rover|range rover|mg4|passat|golf|tiguan|octavia|transit|sprinter|kangoo"
)
"""Makes of vehicles, and some models that are called by their name alone."""
_OF_CARS = (
    "tjänste|service|hyr|låne|förmåns|person|last|skåp|firma|el|hus|drag|pool|jour|kund|bud|besöks|företags|familje"
)
VEHICLES = (
    rf"(?:{_OF_CARS})?bil(?:en|ens|ar|arna|arnas)?(?![^\W_])|\w{{0,12}}fordon|reg(?:istrerings)?[. -]{{0,2}}n(?:umme)?r"
    r"|registreringss|nummerplåt|nummerskylt|(?:reg)?skylt(?:en|ar)?(?![^\W_])|släp(?:et|vagn(?:en)?)?(?![^\W_])|husvagn"
    r"|motorcykel|(?:mc|moped|truck|taxi)(?:n|en)?(?![^\W_])|p-?(?:plats|tillstånd|böter|bot)|parker(?:a[dt]?|ar|ing)"
    r"|(?:garage|bil|laddnings?|carport)plats|besikt|trängselskatt|bilskatt|trafikförsäkr|körjournal|bogser|anpr|däckbyte"
    rf"|vehicle|cars?(?![^\W_])|licen[cs]e plate|number plate|(?:{MAKES})(?![^\W_])"
)
_OTHERS = (
    r"modell|bokning|rabatt|kampanj|produkt|typ(?:en)?(?![^\W_])|flight|flyg|rum(?:met)?(?![^\W_])|sal(?:en)?(?![^\W_])"
    r"|kurs|hyll|lager|låda|lådor|panel|sensor|detektor|siren|sirén|kamera(?!ns)|lås|cylind|kabel|artik|art\.|kod|kort"
    r"|zon|taxa|område|ärende|biljett|punkt|standard|version|larmsänd|gate|hus(?:et)?(?![^\W_])|plan(?![^\W_])|order"
    r"|serie|batteri|referens|ref\b|ref\.|belopp|faktura|invoice|kolli|dnr|diarie|imei|spårning|tagg|nyckel|skruv|mått"
    r"|larm(?:et|en)?(?![^\W_])|reservdel|däckdim|motorvärmare|chassi|vagn \d|spår \d|linje"
    r"|väg(?![^\W_])|konto|avtal|kontrakt|protokoll"
)
_THINGS = re.compile(rf"(?i:(?<![^\W\d_])(?:(?P<vehicle>{VEHICLES})|(?P<other>{_OTHERS})))")
_BEFORE, _AFTER, _BETWEEN = 100, 30, 60
"""Characters: of the line before a plate, of what follows it, and from one plate to the next."""
_NEAR = 200
"""Characters before a plate of which more is not looked at, however long its value is."""
_OPENING = re.compile(r"[\s\-*•·–>\d.:,/()#|T]*(?:(?i:p-?plats|plats|bil|nr|in|ut) ?\d*[:.)]?\s*)?")
"""What may stand before the first plate of a line: a bullet, a number, a day and time, the place it parks at."""
_HEADING = 60
_HOLDER = re.compile(r"[ \t,;:–-]{1,3}(?P<given>[^\W\d_]{2,})(?: [^\W\d_][^\W\d_'-]*){1,3}[ ,;.]?(?=[\n\0]|\Z)")
"""After a plate, all of the line: a name."""
_ASIDE = re.compile(r" ?[,(:–-]? ?[^\n\0;.]{0,30}")


def about_vehicles(text: str, places: Sequence[tuple[int, int]]) -> list[bool]:
    """Tell of each of some spans shaped as plates, in order, whether what stands around it speaks of vehicles.

    Args:
        text: Values joined by NUL.
        places: Start and end of each, ascending.
    """
    told: list[bool] = []
    last, said = 0, None
    for at, (start, end) in enumerate(places):
        left = max(0, start - _NEAR)
        value = text.rfind("\0", left, start) + 1 or left
        near = at > 0 and last >= value and start - last <= _BETWEEN
        before = _said(text, last if near else max(value, start - _BEFORE), start)
        if before is not None or not near or "\n" in text[last:start]:
            said = before  # else what was said before the last one is said of this one
        own = said
        if own is None:
            own = (near and told[-1] and _goes_on(text[last:start])) or _headed(text, value, start)
            own = own or _aside(text, end)
        told.append(own)
        last = end
    held = [_held(text, start, end) for start, end in places]
    return [
        one or (held[at] and (held[at - 1 : at] == [True] or held[at + 1 : at + 2] == [True]))
        for at, one in enumerate(told)
    ]


def _said(text: str, left: int, start: int) -> bool | None:
    """What the nearest telling word before a place on its line says: a vehicle, something else; None: there is none."""
    line = text[max(left, text.rfind("\n", left, start) + 1) : start]
    found = [match.lastgroup for match in _THINGS.finditer(line)]
    return found[-1] == "vehicle" if found else None


def _goes_on(between: str) -> bool:
    """Whether one list goes on from a plate to the next: no blank line, and nothing of other things."""
    return "\n\n" not in between and not any(match["other"] for match in _THINGS.finditer(between))


def _headed(text: str, value: int, start: int) -> bool:
    """Whether the place begins a line under a short one that speaks of vehicles."""
    line = text.rfind("\n", value, start) + 1
    if line <= value or not _OPENING.fullmatch(text, line, start):
        return False
    above = text[value:line].rstrip()
    heading = above[above.rfind("\n") + 1 :]
    return len(heading) <= _HEADING and _said(heading, 0, len(heading)) is True


def _held(text: str, start: int, end: int) -> bool:
    """Whether the place begins a line of which the rest is a person's name."""
    left = max(0, start - _HEADING)
    line = max(text.rfind("\n", left, start), text.rfind("\0", left, start)) + 1
    if left and not line:
        return False
    holder = _HOLDER.match(text, end) if _OPENING.fullmatch(text, line, start) else None
    return holder is not None and bool(names().get(holder["given"].lower(), 0) & (GIVEN | OTHER_GIVEN))


def _aside(text: str, end: int) -> bool:
    """Whether what follows speaks of a vehicle first: ` (Volvo XC60)`, `, blå skåpbil`."""
    aside = _ASIDE.match(text, end)
    found = _THINGS.search(aside.group().replace("\0", ";").partition(";")[0]) if aside else None
    return found is not None and found["vehicle"] is not None
