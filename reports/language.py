"""Words, numbers and order in the reader's language. Message ids are English; Swedish is the default.

The catalogues are `insyn.po` (reports) and `case.po` (letters and packages) in `locale/<lang>/LC_MESSAGES`; the `.mo`
beside each is compiled from it (`pybabel compile -D insyn -d reports/locale`); a test holds code, `.po` and `.mo` to
each other.
"""

from __future__ import annotations

import gettext
from functools import lru_cache
from importlib import resources

LANGUAGES = ("sv", "en")
_DOMAINS = ("insyn", "case")
_NARROW_SPACE = "\u202f"
_LAST = str.maketrans({"å": "{", "ä": "|", "ö": "}", "é": "e"})


class Language:
    """How things are said and written in one language."""

    def __init__(self, code: str, translations: gettext.NullTranslations) -> None:
        self.code = code
        self.translations = translations
        self._point = "," if code == "sv" else "."

    def text(self, message: str, **values: object) -> str:
        """Translate a message and fill in its `%(name)s`."""
        translated = self.translations.gettext(message)
        return translated % values if values else translated

    def ngettext(self, one: str, many: str, number: int, **values: object) -> str:
        """Translate a message in the form that a number asks for, and fill in its `%(num)d` and whatever else."""
        return self.translations.ngettext(one, many, number) % {"num": number, **values}

    def number(self, value: int) -> str:
        """Write a whole number with thin spaces between thousands: 12 480."""
        return f"{value:,}".replace(",", _NARROW_SPACE)

    def decimal(self, value: float, places: int = 2) -> str:
        """Write a fraction with the language's decimal mark: 0,97."""
        return f"{value:.{places}f}".replace(".", self._point)

    def percent(self, value: float) -> str:
        """Write a share as whole percent; what is neither none nor all never reads 0 or 100: 0.004 → `< 1 %`."""
        if 0 < value < 0.01:
            return f"<{_NARROW_SPACE}1{_NARROW_SPACE}%"
        if 0.99 < value < 1:
            return f">{_NARROW_SPACE}99{_NARROW_SPACE}%"
        return f"{value * 100:.0f}{_NARROW_SPACE}%"


@lru_cache
def translator(lang: str) -> Language:
    """The language with a code, `sv` or `en`.

    Raises:
        ValueError: there is no catalogue for it.
    """
    if lang not in LANGUAGES:
        raise ValueError(f"no language {lang!r}; there are {', '.join(LANGUAGES)}")
    translations, more = (_catalogue(lang, domain) for domain in _DOMAINS)
    translations.add_fallback(more)
    return Language(lang, translations)


def _catalogue(lang: str, domain: str) -> gettext.GNUTranslations:
    with (resources.files("reports") / "locale" / lang / "LC_MESSAGES" / f"{domain}.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def sort_key(text: str) -> tuple[str, str]:
    """Key that sorts as Swedish does: å, ä, ö last, upper and lower case together."""
    return text.casefold().translate(_LAST), text
