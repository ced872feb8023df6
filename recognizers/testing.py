"""Cases of a recognizer as data, that any recognizer, ours or another's, can be held to.

from recognizers.testing import assert_cases

def test_cases():
    assert_cases(MyRecognizer(), tomllib.loads(Path("cases.toml").read_text())["case"])
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from recognizers.analyzer import Analyzer
from recognizers.base import Recognizer

FOUND = 0.5
"""From this score on a finding counts, as in reports."""
FORMS = ("value", "kind", "test", "entity")
"""What a case may say of each finding, beside its text."""
_KEYS = {"text", "find", "field", "why", *FORMS}


def assert_cases(recognizer: Recognizer, cases: Sequence[Mapping[str, Any]]) -> None:
    """Hold a recognizer to cases; it is run alone, as the scanner runs it.

    Args:
        recognizer: What is tested.
        cases: `text`: a value, or a list of values: a column. `find`: all that is found with a score of 0.5 or more, in
            order, as it stands in the text; `[]` = a near-miss. Optional: `field`, the column's name ("" = running
            text); `why`, shown when the case fails; `value`, `kind`, `test`, `entity`: of each finding.

    Raises:
        AssertionError: what is found instead, a line for each case.
        ValueError: there is no case, or one has no `text` or `find`, or a key that there is not.
    """
    if not cases:
        raise ValueError("there are no cases")
    analyzer = Analyzer([recognizer])
    wrong = [line for at, case in enumerate(cases, 1) for line in _wrong(analyzer, at, case)]
    if wrong:
        raise AssertionError("\n".join(wrong))


def _wrong(analyzer: Analyzer, at: int, case: Mapping[str, Any]) -> Iterator[str]:
    name = f"case {at} ({case.get('why', case.get('text'))})"
    if unknown := {*case} - _KEYS:
        raise ValueError(f"{name}: no such key: {', '.join(sorted(unknown))}; there are {', '.join(sorted(_KEYS))}")
    if not {"text", "find"} <= {*case}:
        raise ValueError(f"{name}: needs text and find")
    column = [case["text"]] if isinstance(case["text"], str) else list(case["text"])
    seen = [(one, column[one.record][one.start : one.end]) for one in analyzer.find({case.get("field", ""): column})]
    matches = [match for match, _ in seen if match.score >= FOUND]
    found = [text for match, text in seen if match.score >= FOUND]
    if found != list(case["find"]):
        below = ", ".join(f"{text} ({match.score:.2f})" for match, text in seen if match.score < FOUND)
        yield f"{name}: finds {found}, not {case['find']}" + (f"; below {FOUND}: {below}" if below else "")
        return
    for form in FORMS:
        if form in case and (got := [getattr(match, form) for match in matches]) != case[form]:
            yield f"{name}: {form} is {got}, not {case[form]}"
