"""What a field's name says beside the datum: fields of one group hold what is of one person."""

from __future__ import annotations

import re

_DATUM = re.compile(
    r"(^|_)((for|efter|till?tals|f|e|first|last|given|family|sur|full)?_?(namn|name)|tel(efon)?(_?(nr|nummer|no|number))?"
    r"|phone(_?(no|number))?|mobil(_?(nr|nummer))?|mobile|cell|e_?post(_?adress)?|e_?mail(_?address)?|mail|pnr"
    r"|person_?(nummer|nr)|ssn|fodelse\w*|born|adress|address|gata|street|post_?(nr|nummer|kod)|ort|city|alt|hem|arbete|privat)"
    r"_?\d?(?=_|$)"
)


def group_of(field: str) -> str:
    """What a field's name says beside the datum: `van_namn` and `van_tel` are both of `van`.

    Args:
        field: Normalised, each step of a path by itself.
    """
    head, _, last = field.rpartition(".")
    return f"{head}.{_DATUM.sub('', last).strip('_')}"
