"""What people are to what a row joins them with, by a word in the row: `joint_holder`, or `kontakt`, in `role`.

The words are not kept, only which of four they mean.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from scanner.linking.links import normal_name
from scanner.linking.person_keys import is_holder, is_kin
from scanner.linking.role_words import is_contact_person, is_guardians, is_joint, is_others, is_payers

HOLDER, JOINT_HOLDER, OTHER, USER = ROLES = ("role:holder", "role:joint", "role:other", "role:user")
"""Whose it is, who has it together with another, who but has to do with it (whom to call, who pays), and who, beside
whoever has it, but uses it: the family in the app of a home."""
ROLE = "@"
"""Ends the name of what is kept of a column of roles."""
_COLUMN = re.compile(
    r"(^|_)(roll|rolltyp|role|relation(ship)?|funktion|capacity|kapacitet)(_?(typ|type|kod|code))?$"
    r"|^(typ|type|kind)(_?(kod|code))?$|(^|_)(part|party|member|medlems?|holder|innehavar|kontakt|contact|person)_?(typ|type|kind)$"
)
"""Not any type: of an event that is of a `customer` it is said so as well."""
_FIRST = re.compile(
    r"(^|_)(huvud|primar|primary|main|first|forsta)_?[a-z]*$|^(kund|customer|forsakringstagare|insured|policy_?holder)$"
)
_OTHER = re.compile(
    r"(^|_)(fakturamottagare|fullmakt\w*|god_?man|forvaltare|borgensman|nodkontakt|viewer|guest|gast|representative|inbjuden|invited|reserv)(_|$)"
)
_USER = re.compile(
    r"(^|_)(household|hushall[a-z]*|family|familj[a-z]*|children|child|barn|residents?|boende|inneboende"
    r"|members?|medlem|medlemmar|users?|[a-z]*anvandare)(_|$)"
)


def role_columns(columns: Mapping[str, Sequence[str | None]]) -> list[str]:
    """The columns in which a word says what people are to what the row joins them with."""
    named = filter(is_role_column, columns)
    return [name for name in named if any({*roles_in(word)} - {USER} for word in set(filter(None, columns[name])))]


def is_role_column(name: str) -> bool:
    """Whether a column is called as one of such words."""
    return _COLUMN.search(normal_name(name.rpartition(".")[2])) is not None


@lru_cache(maxsize=1024)  # the few words of a column stand in every row
def roles_in(value: str) -> tuple[str, ...]:
    """Which of `ROLES` a word means; none of any other word."""
    word = normal_name(value)
    if is_joint(word):
        return (JOINT_HOLDER,)
    others = (is_others, is_contact_person, is_guardians, is_payers, is_kin)
    if _OTHER.search(word) or any(tells(word) for tells in others):
        return (OTHER,)
    if is_holder(word) or _FIRST.search(word):
        return (HOLDER,)
    return (USER,) if _USER.search(word) else ()
