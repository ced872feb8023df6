"""What a field's name says beside the datum: fields of one group hold what is of one person."""

from __future__ import annotations

import re

_DATUM = re.compile(
    r"(^|_)((for|efter|till?tals|f|e|first|last|given|family|sur|full|vor|nach|familien)?_?(namn|name)|tel(efon)?(_?(nr|nummer|no|number))?"
    r"|phone(_?(no|number))?|mobil(_?(nr|nummer))?|mobile|cell|e_?post(_?adress)?|e_?mail(_?address)?|mail|pnr"
    r"|person_?(nummer|nr)|ssn|fodelse\w*|born|adress|address|addr|gata|street|post_?(nr|nummer|kod)|ort|city|alt|hem|arbete|privat)"
    r"_?\d?(?=_|$)"
)

_ENDS = re.compile(
    r"^(from|to|cc|bcc|sender|reply_to|return_path|delivered_to|envelope_to|callee|caller|ani|dnis|cli|clid|src|dst"
    r"|((src|source|dst|dest|destination|from|to|fran|till|caller|calling|callee|called|uppringande|uppringare|uppringd"
    r"|uppringt|ringande|a|b|dialed|originating|terminating)(_(party|side|parten))?_?(nr|nummer|num|no|number|msisdn|tel|phone))"
    r"|(calling|called)_party|uppringande|uppringare|uppringd|ringde_fran|ringde_till|anrufer)$"
)
"""Headers of a mail, and the ends of a call."""


_MAIL = re.compile(r"(from|to|cc|bcc|sender|reply_to|return_path|fran|till|kopia)")
"""What groups are called of addresses in a log of mails: `cc_addr`, `to_email`."""


def is_end_of_mail(group: str) -> bool:
    """Whether a group of an e-mail address is one of who wrote a mail, or got it."""
    return _MAIL.fullmatch(group) is not None


def is_correspondent(name: str) -> bool:
    """Whether a field, by its normalised name, or its group, is a header of a mail or an end of a call.

    Nobody owns a mail, or a call: each of them is a person, or several, of its own.
    """
    return _ENDS.search(name) is not None


def group_of(field: str) -> str:
    """What a field's name says beside the datum: `van_namn` and `van_tel` are both of `van`.

    Args:
        field: Normalised, each step of a path by itself.
    """
    head, _, last = field.rpartition(".")
    return f"{head}.{_DATUM.sub('', last).strip('_')}"
