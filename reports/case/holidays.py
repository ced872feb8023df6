"""Names of days that nobody works, which the calendar of deadlines has in Swedish."""

from __future__ import annotations

from collections.abc import Mapping

from reports.language import Language
from reports.words import N_

NAMES: Mapping[str, str] = {
    "nyårsdagen": N_("New Year's Day"),
    "trettondedag jul": N_("Epiphany"),
    "långfredagen": N_("Good Friday"),
    "påskdagen": N_("Easter Sunday"),
    "annandag påsk": N_("Easter Monday"),
    "första maj": N_("May Day"),
    "Kristi himmelsfärdsdag": N_("Ascension Day"),
    "pingstdagen": N_("Whit Sunday"),
    "nationaldagen": N_("National Day"),
    "midsommarafton": N_("Midsummer Eve"),
    "midsommardagen": N_("Midsummer Day"),
    "alla helgons dag": N_("All Saints' Day"),
    "julafton": N_("Christmas Eve"),
    "juldagen": N_("Christmas Day"),
    "annandag jul": N_("Boxing Day"),
    "nyårsafton": N_("New Year's Eve"),
    "lördag": N_("Saturday"),
    "söndag": N_("Sunday"),
}
WEEKDAYS = (
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"),
)  # fmt: skip
MONTHS = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"), N_("August"),
    N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip


def holiday(name: str, lang: Language) -> str:
    """The name of such a day in the reader's language."""
    return lang.text(NAMES[name])
