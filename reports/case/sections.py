"""The chapters of an access package (Art. 15 GDPR), from page one's summary to what was masked and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from reports.case.document import Document, Section, Table
from reports.case.letters import closing
from reports.case.model import CategoryPart, PurposePart, Summary, Undone, ValuePart
from reports.case.words import CHANNELS, LOOKS, RIGHTS, ROLES
from reports.dates import today
from reports.language import Language
from reports.unread import reason_text
from reports.words import READ, state_name

RIGHTS_TOLD = ("rectification", "erasure", "restriction", "objection", "portability")
_LONGEST = 160
_LOOKS = 200
"""Look-ups listed one by one; more are counted."""


def package(summary: Summary, lang: Language) -> Document:
    """The answer as a document, without its entries.

    Args:
        summary: Of the package.
        lang: The person's.
    """
    _, case = lang.text, summary.case
    title = _("Your personal data with %(company)s", company=summary.company.name)
    return Document(
        title=title,
        sender=(summary.company.name, *summary.company.address),
        receiver=[line for line in (case.name, *case.contact.split("\n")) if line],
        facts=[(_("Date"), _day(summary.generated)), (_("Your case"), case.number)],
        paragraphs=list(_opening(summary, lang)),
        sections=list(_sections(summary, lang)),
        closing=closing(summary.company, lang),
        language=lang.code,
    )


def _day(moment: str) -> str:
    """The day in Sweden at a moment of UTC."""
    return today(datetime.fromisoformat(moment)).isoformat()


def _opening(summary: Summary, lang: Language) -> Iterator[str]:
    _, case = lang.text, summary.case
    yield _("Hello!")
    yield _(
        "On %(day)s you asked us, by %(channel)s, for %(right)s. Here is our answer.",
        day=case.received.isoformat(),
        channel=_(CHANNELS[case.channel]),
        right=_(RIGHTS[case.right]),
    )
    yield _(
        "This letter is the summary. Everything that we hold, word for word, is in the file uppgifter.html, and for a "
        "computer in uppgifter.json and uppgifter.csv. Documents, if there are any, are in the folder bilagor."
    )
    if not summary.complete:
        why = summary.incomplete_because
        yield _("This answer is not complete. We decided to send it now, because: %(reason)s", reason=why)


def _sections(summary: Summary, lang: Language) -> Iterator[Section]:
    yield _whether(summary, lang)
    yield from (_category(part, lang) for part in summary.parts)
    yield _why(summary, lang)
    yield _kept(summary, lang)
    yield from _others(summary, lang)
    yield _rights(summary, lang)
    yield _looks(summary, lang)
    yield _coverage(summary, lang)
    yield _masked(summary, lang)


def _whether(summary: Summary, lang: Language) -> Section:
    _ = lang.text
    heading = _("Do we hold information about you?")
    if not summary.entries:
        return Section(heading, [_("No. We found nothing about you, apart from this request itself.")])
    counts = {"n": len(summary.systems_with), "m": len(summary.systems)}
    found = [_("Yes. We found information about you in %(n)s of the %(m)s systems that we searched.", **counts)]
    others = summary.entries - summary.own
    if others:
        found.append(
            lang.ngettext(
                "In one place you are mentioned in something that is about somebody else.",
                "In %(num)d places you are mentioned in something that is about somebody else.",
                others,
            )
        )
    rows = [[part.name, lang.number(part.count), ", ".join(part.systems)] for part in summary.parts]
    return Section(heading, found, table=Table([_("Kind of information"), _("How often"), _("Where")], rows))


def _category(part: CategoryPart, lang: Language) -> Section:
    _ = lang.text
    rows = [
        [one.name or _("Running text"), _short(one.value), ", ".join(one.systems), _years(one), lang.number(one.count)]
        for one in part.values
    ]
    text = [_more(part.more, lang)] if part.more else []
    text += [] if rows else [_("None of it is written here. The last sections say why.")]
    table = Table([_("Field"), _("Value"), _("Where"), _("Year"), _("How often")], rows)
    return Section(_("Your data: %(category)s", category=part.name), text, table=table)


def _more(number: int, lang: Language) -> str:
    return lang.ngettext(
        "One more value is in uppgifter.html.", "%(num)d more different values are in uppgifter.html.", number
    )


def _years(one: ValuePart) -> str:
    if one.years is None:
        return "–"
    first, last = one.years
    return str(first) if first == last else f"{first}–{last}"


def _short(text: str) -> str:
    """The beginning of a long text; all of it stands among the entries."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[:_LONGEST].rsplit(" ", 1)[0] + " …"


def _why(summary: Summary, lang: Language) -> Section:
    _ = lang.text
    rows = [
        [purpose.purpose, ", ".join(names), purpose.basis, purpose.why] for purpose, names in _purposes(summary).items()
    ]
    none = [part.name for part in summary.parts if not part.purposes]
    text = _("For this we have stated no purpose, and we are looking into it: %(what)s.", what=", ".join(none))
    headings = [_("What we use it for"), _("Kind of information"), _("Legal basis"), _("Why we need it")]
    return Section(_("Why we hold it, and on what legal basis"), [text] if none else [], table=Table(headings, rows))


def _purposes(summary: Summary) -> dict[PurposePart, list[str]]:
    """Each purpose with the kinds of information that are used for it."""
    found: dict[PurposePart, list[str]] = {}
    for part in summary.parts:
        for purpose in part.purposes:
            found.setdefault(purpose, []).append(part.name)
    return found


def _kept(summary: Summary, lang: Language) -> Section:
    _ = lang.text
    rows = [[purpose.purpose, ", ".join(names), purpose.kept] for purpose, names in _purposes(summary).items()]
    headings = [_("What we use it for"), _("Kind of information"), _("How long we keep it")]
    return Section(_("How long we keep it"), table=Table(headings, rows))


def _others(summary: Summary, lang: Language) -> Iterator[Section]:
    _ = lang.text
    yield Section(_("Who receives it"), points=summary.recipients)
    yield Section(
        _("Where it comes from"),
        [_("We do not note for each datum where it came from. These are the ways in which information reaches us:")],
        points=summary.sources_of_data,
    )
    yield Section(_("Countries outside the EU and EEA"), points=summary.transfers)
    yield Section(
        _("Automated decisions"),
        [_("Our privacy policy describes no decisions that a computer alone makes about you.")],
    )


def _rights(summary: Summary, lang: Language) -> Section:
    _ = lang.text
    text = _(
        "If you are not content with our answer you can complain to %(authority)s, www.imy.se.",
        authority=summary.company.authority,
    )
    told = [_("You can ask us for %(right)s.", right=_(RIGHTS[right])) for right in RIGHTS_TOLD]
    return Section(_("Your rights, and where to complain"), [text], points=told)


def _looks(summary: Summary, lang: Language) -> Section:
    _ = lang.text
    rows = [[at[:16].replace("T", " "), _(LOOKS[what]) if what in LOOKS else what] for at, what in summary.looks]
    more = len(rows) - _LOOKS
    text = [_("Names of employees are not given.")]
    if more > 0:
        text.append(
            lang.ngettext(
                "One earlier look-up is not listed here.", "%(num)d earlier look-ups are not listed here.", more
            )
        )
    table = Table([_("When (UTC)"), _("What for")], rows[-_LOOKS:])
    return Section(_("When we have looked at your data with this tool"), text, table=table)


def _coverage(summary: Summary, lang: Language) -> Section:
    _ = lang.text
    rows = [
        [item.source, state_name(item.state, lang), lang.number(item.count), reason_text(item.reasons, lang)]
        for item in summary.coverage
    ]
    down = _("%(source)s could not be reached when this was put together.")
    text = [down % {"source": source} for source in summary.unreachable]
    if any(item.state not in READ for item in summary.coverage):
        text.append(_("Some of it could not be searched. The list below says what, why, and what we did instead."))
    points = [_undone(one, lang) for one in summary.undone]
    table = Table([_("System"), _("Result"), _("How many"), _("Reason")], rows)
    return Section(_("What we have searched, and what not"), text, points=points, table=table)


def _undone(one: Undone, lang: Language) -> str:
    _ = lang.text
    where = f"{one.source}: {one.place}" if one.place else one.source
    sentences = {
        "open": _("%(where)s: has not been gone through yet.", where=where),
        "answered": _("%(where)s: gone through by hand. %(note)s", where=where, note=one.note),
        "waived": _("%(where)s: not gone through. Reason: %(note)s", where=where, note=one.note),
    }
    return sentences[one.state]


def _masked(summary: Summary, lang: Language) -> Section:
    _ = lang.text
    points: list[str] = list(_masks(summary.masked, lang))
    if summary.secrets:
        points.append(
            lang.ngettext(
                "One code or password of yours is registered. For your safety it is not written here; "
                "ring us and identify yourself if you need it.",
                "%(num)d codes or passwords of yours are registered. For your safety they are not written here; "
                "ring us and identify yourself if you need one.",
                summary.secrets,
            )
        )
    points += [
        lang.ngettext(
            "One record is left out: %(reason)s", "%(num)d records are left out: %(reason)s", n, reason=reason
        )
        for reason, n in summary.withheld.items()
    ]
    points += list(_states(summary.states, lang))
    text = [] if points else [_("Nothing was masked or left out.")]
    return Section(_("What we have masked or left out, and why"), text, points=points)


def _masks(masked: Mapping[str, int], lang: Language) -> Iterator[str]:
    for role, count in masked.items():
        yield lang.ngettext(
            "In one place we have removed the data of %(role)s, to protect that person (Article 15.4).",
            "In %(num)d places we have removed the data of %(role)s, to protect that person (Article 15.4).",
            count,
            role=lang.text(ROLES[role]),
        )


def _states(states: Mapping[str, int], lang: Language) -> Iterator[str]:
    if changed := states.get("changed"):
        yield lang.ngettext(
            "One record has changed since the search; you get it as it is now.",
            "%(num)d records have changed since the search; you get them as they are now.",
            changed,
        )
    if gone := states.get("gone"):
        yield lang.ngettext(
            "One record has been removed since the search.", "%(num)d records have been removed since the search.", gone
        )
    if unreachable := states.get("unreachable"):
        yield lang.ngettext(
            "One record could not be read again, so what stands in it is missing here.",
            "%(num)d records could not be read again, so what stands in them is missing here.",
            unreachable,
        )
