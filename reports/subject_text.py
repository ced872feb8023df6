"""One person as plain text: records of one place that belong for the same reasons stand together."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from reports.case.words import STATES
from reports.escape import visible
from reports.facts import Hit, SubjectAnswer
from reports.language import Language
from reports.lines import coverage
from reports.locators import part_name, record_text
from reports.policy import Policy
from reports.words import GRADES, category_names, entity_name, grade_name

_WIDTH = 100
_Record = Mapping[str, str | int] | None
_Group = tuple[str, str, str, tuple[str, ...]]


def subject(answer: SubjectAnswer, policy: Policy, lang: Language) -> bytes:
    """What is held about one person: how much, place by place with the reasons, and what was not searched."""
    _ = lang.text
    asked = ", ".join(f"{entity_name(item.entity, lang)} {item.masked}" for item in answer.asked)
    document = [
        _("Case %(case)s", case=answer.case),
        _("Asked for: %(what)s", what=asked),
        "",
        _sums(answer.hits, lang),
        "",
        *_groups(answer.hits, policy, lang),
        *coverage(answer.coverage, lang),
    ]
    return "".join(f"{visible(line)}\n" for line in document).encode()


def _sums(hits: Sequence[Hit], lang: Language) -> str:
    if not hits:
        return lang.text("Nothing was found. What was not searched stands below.")
    counts = Counter(hit.grade for hit in hits)
    grades = ", ".join(f"{grade_name(one, lang)} {lang.number(counts[one])}" for one in GRADES if counts[one])
    return lang.text("Records found: %(n)s (%(grades)s)", n=lang.number(len(hits)), grades=grades)


def _groups(hits: Sequence[Hit], policy: Policy, lang: Language) -> Iterator[str]:
    grouped: dict[_Group, list[Hit]] = {}
    for hit in hits:
        grouped.setdefault((hit.grade, hit.source, hit.unit, hit.why), []).append(hit)
    for (grade, source, unit, why), together in grouped.items():
        categories = category_names((field.category for hit in together for field in hit.fields), policy, lang)
        others = sum(hit.other_people for hit in together)
        yield f"{grade_name(grade, lang)}: {source} · {unit}"
        again = any(hit.now or hit.values is not None for hit in together)
        records = [] if again else [hit.record for hit in together]
        yield from _told(lang.text("Record"), "; ".join(_records(records, lang)))
        yield from _told(lang.text("Categories"), categories)
        yield from _told(lang.text("Because"), " → ".join(why))
        yield from _told(lang.text("Data of others"), lang.number(others) if others else "")
        for hit in together if again else ():
            yield from _read_again(hit, lang)
        yield ""


def _read_again(hit: Hit, lang: Language) -> Iterator[str]:
    """A record with what stands in it now; a value keeps its lines, set in so that none looks like one of ours."""
    state = STATES.get(hit.now, "")
    record = f"{lang.text('Record')} {record_text(hit.record, lang)}".rstrip()
    yield f"  {record}{f' ({lang.text(state)})' if state else ''}:"
    for name, value in (hit.values or {}).items():
        first, *rest = ("–" if value is None else value).replace("\r\n", "\n").split("\n")
        yield f"    {name or lang.text('running text')}: {first}"
        yield from (f"      {line}" for line in rest)


def _records(records: Sequence[_Record], lang: Language) -> Iterator[str]:
    """`id 41, 42, 43`: the name of a single key is written once."""
    alone: dict[str, list[str]] = {}
    for record in records:
        if record and len(record) == 1:
            ((name, value),) = record.items()
            alone.setdefault(part_name(name, lang), []).append(str(value))
    yield from (f"{name} {', '.join(values)}" for name, values in alone.items())
    yield from (record_text(record, lang) for record in records if record and len(record) > 1)


def _told(what: str, text: str) -> list[str]:
    """A line with its continuation set in; none where there is nothing to tell."""
    if not text:
        return []
    lead = f"  {what}: "
    return textwrap.wrap(text, _WIDTH, initial_indent=lead, subsequent_indent="    ", break_long_words=False)
