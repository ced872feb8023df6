"""Words by which a firm, a house or a thing that bears a person's name is told from the person.

`Karl Hedin Bygghandel`, `Fastighets AB Erik Wallin`, `Malin Persgårdens äldreboende`, `chattboten heter Alva`,
`Clas Ohlson`. Near-misses: `Anna Ek, Larm AB`, `Anders Byggare`, `Sara Skog`.
"""

from __future__ import annotations

import re

_ENDS = (
    "handel|handeln|åkeri|måleri|snickeri|bageri|konditori|blommor|entreprenad|entreprenader|redovisning|fastigheter"
    "|förvaltning|äldreboende|gymnasium|gymnasiet|skola|skolan|församling|kyrka|sjukhus|kulturhus|kulturhuset|teater"
    "|museum|centrum|centret|byrå|byrån|transport|transporter|trafik|plåtslageri|service|salong|frisör|möbler|optik"
    "|tandvård|klinik|kliniken|stiftelse|minnesfond|verkstad|mekaniska|installation|installationer|konsult|vårdcentral"
    "|hårvård|skönhet|massage|fotvård|naglar|kakel|golv|galleria|galleriet|catering|städservice|hundtrim|försäkringar"
    "|trädgård|gruppen|invest|stugby|camping|krog|pizzeria|gatukök|hotell|galleri|bokhandel|järnhandel"
    "|butik|bryggeri|kafé|restaurang|institut|antikvariat"
    "|skrot|skroten|tryckeri|gjuteri|rökeri|tvätteri|stenhuggeri|ridskola|marina|varv|logistik|maskin|maskiner|sanering"
    "|rivning|uthyrning|assistans|hemtjänst|demolering|målning|takläggning|hyrbilar|cykel|cyklar|spolbil"
)
TRADE = re.compile(
    rf"[^\W\d_]*(?:{_ENDS})|bygg|bil|bilar|buss|taxi|rör|plåt|tak|städ|kök|livs|kiosk|grill|mode|skor|foto|form"
    "|glas|vvs|ventilation|smide|svets|schakt|isolering|däck|chark|deli|textil|tvätt|kem|flytt|kyl|värme|klister"
    "|foundation|education|institute|pro|plus|premium|group|consulting|design|studio|fashion|sport|media|film|records|security|solutions"
    "|hår|partners|capital|collection|shop|store|home|kit|hub|restaurant|h[oô]tel|cottage|room|church|college|university|hospital|clinic|tower|court|lodge|inn|pub|desk"
    "|team|office|airport|terminal|mall|suite|camera|cam|bar|café|trading|import|export"
    "|& co|& company|& söner|& son|& partners|och söner|plats|gård|förlag|hus",
    re.I,
)
"""What a firm or house is after the name it bears: `Hedin Bygghandel`, `Hassan & Co`."""
_HOUSE = re.compile(
    r"[A-ZÅÄÖ][^\W\d_]{2,}(?:boden|hörnan|butiken|shoppen|kliniken|salongen|studion|verkstaden|mottagningen|kiosken"
    r"|restaurangen|krogen|byrån|firman|skolan|hemmet|fabriken|bageriet|måleriet|åkeriet|apoteket|affären|macken"
    r"|föreningen)"
)
_ENGLISH_AFTER = re.compile(
    r"[ ](?:is|was|has|does|doesn|do|don|will|won|can|cannot|the|and|card|bank|account|app|never|not|costs?|keeps"
    r"|works?|stopped|subscription|device|order|password|login|bill|invoice|id|number|name|address|phone|house|alarm"
    r"|flat|apartment|husband|wife)(?![^\W\d_])"
)
_ENGLISH_BEFORE = re.compile(r"(?<![^\W\d_])(?:that|if|when|with|cancel|why|does|on|the|to|of|is|and)[ ]\Z")
_SMALL = r"(?:äldre|grupp|service|vård)boende|äldreboende|kulturhus|minnesfond|fond|gymnasium|frestelse|vårdcentral"
_AFTER = re.compile(
    rf"s?[ ](?:(?P<trade>[A-ZÅÄÖ&][\w-]*(?: (?:[Cc]o|[Cc]ompany|[Ss]öner|[Ss]on|[Pp]artners))?|och [Ss]öner)|{_SMALL})"
    r"(?![^\W_])"
)
OPENINGS = frozenset("&äågsvkmfo")
"""Small letters and signs with which what `has_trade` tells may begin."""
CALLED = frozenset(("heter", "hette", "kallas", "kallad", "till"))
"""Words between a thing and its name."""
_THINGS = (
    "hunden|katten|hästen|båten|fartyget|bogserbåten|skeppet|stormen|orkanen|systemet|servern|servrarna|chattboten|boten"
    "|appen|projektet|modellen|produkten|hållplatsen|stationen|gatan|vägen|kvarteret|huset|gården|filen|bolaget"
    "|pjäsen|baletten|kaféet|hotellet|filmen|boken|låten|musikalen|serien|operan|spelet|tidningen|modellerna|färjan|roboten|assistenten|rummet|salen"
    "|kampanjen|märket|varumärket|pumpen|motorn|kyrkan|kiosken|puben|krogen|företaget|firman|butiken|restaurangen|orten|byn|skolan|förskolan|sorten|tulpanen|rosen|familjehunden"
    "|färgen|kulören|tapeten|tyget|mattan|stol|stolen|pall|pallen|fåtölj|fåtöljen|byrå|soffa|soffan|bord|bordet|säng|sängen"
    "|lampa|lampan|hylla|hyllan|garderob|garderoben|spegel|spegeln|matta|detektorn|kameran|dosan|panelen|skåpet|paketet"
)
_BEFORE = re.compile(
    rf"(?<![^\W\d_])(?:(?i:{_THINGS})(?: (?:som )?(?:heter|hette|kallas|kallad|döptes till|döpte vi till))?"
    r"|(?i:fastighets|byggnads|handels|förvaltnings|åkeri) ?(?:AB|aktiebolaget)"
    r"|(?i:elfirman?|byggfirman?|målarfirman?|rörfirman?|advokatfirman|advokatbyrån|åkeriet|stormen|orkanen)"
    r"|(?:M/S|M/Y|S/Y|M/T)|(?:Salong|Kebab|Kiosk|Grill|Klinik|Projekt|Stormen|Galleri|Villa|Studio|Garage))[ ]\Z"
)
_HIS = re.compile(
    r"[ ](?:f\.? ?d\.? |nya |förra |gamla )?(?:fru|hustru|sambo|mamma|pappa|mor|far|dotter|son|syster|bror|barn"
    r"|föräldrar|granne|advokat|arbetsgivare|bil|telefon|mobil|nummer|namn|adress|larm|kod|tagg|nyckel|nycklar|konto"
    r"|e-?post|mejl|personnummer|lägenhet|hus|avtal|faktura|ärende|svar|fråga|dator|hund|katt|pass|körkort|lön)(?:en|n|et|s)?"
    r"(?![^\W\d_])"
)
"""What follows `Hans` where it is no name but the pronoun."""
_ITSELF = re.compile(
    r"[ ](?:heter|hette|kallas|kallades) (?:den|det)(?![^\W\d_])"
    r"|\.(?:java|py|js|ts|cs|cpp|go|rb|php|kt|swift|class|jar|exe|dll|sql)(?![\w.])"
)
_WORD = re.compile(r"[^\W\d_]+")
FIRMS = frozenset(
    (
        *("clas ohlson", "filippa k", "gina tricot", "hugo boss", "karl hedin", "jula", "elon", "arvid nordquist"),
        *("oscar jacobson", "carin wester", "odd molly", "axel arigato", "jack daniels", "johnnie walker"),
        *("tommy hilfiger", "calvin klein", "ralph lauren", "louis vuitton", "michael kors", "elizabeth arden"),
        *(
            "john deere",
            "jack wolfskin",
            "fred perry",
            "jack & jones",
            "trygg hansa",
            "charlie hebdo",
            "ben & jerry",
            "max hamburgare",
            "oscar properties",
            "lars larson",
            "erik olsson fastighetsförmedling",
        ),
        *(
            "dr. oetker",
            "captain morgan",
            "johnson controls",
            "harley davidson",
            "new york",
            "grant thornton",
            "baker tilly",
        ),
        *("kalle anka", "santa claus", "jack russell", "puerto rico", "costa rica", "gustav vasa", "alfons åberg"),
    )
)
"""Firms and brands that are known by a person's name more than the person is, casefolded."""
_FIRST = frozenset(firm.partition(" ")[0] for firm in FIRMS)


def is_house(word: str) -> bool:
    """Whether a capitalised word is a shop or a house in the definite form, whose name follows: `Tandkliniken Ek`."""
    return _HOUSE.fullmatch(word) is not None


def is_mine(text: str, name: str, start: int, end: int) -> bool:
    """Whether `My`, a given name too, is the English word before a thing: `My Chase card`, `that My Verisure costs`."""
    return name[:3] == "My " and (
        _ENGLISH_AFTER.match(text, end) is not None
        or _ENGLISH_BEFORE.search(text, max(0, start - 12), start) is not None
    )


def may_be_brand(folded: str) -> bool:
    """Whether a name, casefolded, can be a brand, alone or with the next word, or the pronoun."""
    return folded in FIRMS or folded in _FIRST or f"{folded}s" in FIRMS or folded == "hans"


def is_brand(text: str, name: str, end: int) -> bool:
    """Whether the name that ends at `end` is, maybe with the next word, a brand, or `Hans` the pronoun."""
    folded = name.casefold()
    if text[end : end + 1] == "s" and f"{folded}s" in FIRMS:
        return True
    if folded in _FIRST:
        return folded in FIRMS or (text[end : end + 1] == " " and _next_too(text, folded, end) in FIRMS)
    return folded in FIRMS or (name == "Hans" and _HIS.match(text, end) is not None)


def has_trade(text: str, end: int) -> bool:
    """Whether after the name that ends at `end` a trade or a house follows: it is a firm's."""
    after = _AFTER.match(text, end)
    return after is not None and (after["trade"] is None or TRADE.fullmatch(after["trade"]) is not None)


def is_called_so(text: str, end: int) -> bool:
    """Whether what follows the word that ends at `end` tells that a thing is called so: `Frida heter den`."""
    return _ITSELF.match(text, end) is not None


def is_borne(before: str) -> bool:
    """Whether a text ends with the firm or thing that is called so: `Fastighets AB `, `chattboten heter `."""
    return _BEFORE.search(before) is not None


def bears_alone(word: str) -> bool:
    """Whether a word, all letters, right before a name is a firm or thing that is called so: `Salong`."""
    return _BEFORE.match(f"{word} ") is not None


def _next_too(text: str, folded: str, end: int) -> str:
    """A name and the word after it, casefolded."""
    word = _WORD.match(text, end + 1)
    return f"{folded} {word.group().casefold()}" if word else ""


def bears_trade(words: list[str]) -> bool:
    """Whether a value is a firm's name by one of its words: `Karl Hedin Bygghandel`, `Salong Ebba`."""
    return any(map(TRADE.fullmatch, words[1:])) or (len(words) > 1 and is_borne(f"{words[0]} "))
