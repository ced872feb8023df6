"""Why something was not read, in the reader's language: the codes of connectors' `Unread` and what they say."""

from __future__ import annotations

import re
from collections.abc import Mapping

from reports.language import Language
from reports.words import N_

NOT_READ: Mapping[str, str] = {
    "permission": N_("no permission"),
    "corrupt": N_("damaged"),
    "encrypted": N_("has a password"),
    "binary cells": N_("cells of bytes were left out"),
    "binary": N_("unknown format"),
    "timeout": N_("took too long"),
    "connection": N_("the connection broke"),
    "locked": N_("locked by somebody else"),
    "limit:nesting": N_("archives in archives beyond the limit"),
    "limit:members": N_("more files in the archive than the limit"),
    "limit:ratio": N_("unpacks to much more than it is: perhaps a bomb"),
    "limit:unpacked_bytes": N_("unpacks to more than the limit"),
    "limit:whole_bytes": N_("too large to be held whole"),
    "limit:file_bytes": N_("the file is larger than the limit"),
    "limit:folder_depth": N_("folders in folders beyond the limit"),
    "limit:time": N_("reading took longer than the limit"),
    "limit:silence": N_("the reader said nothing for too long"),
    "limit:output": N_("more came out of it than the limit"),
    "limit:memory": N_("needed more memory than the limit"),
    "limit": N_("larger than the limits"),
    "vanished": N_("gone while it was read"),
    "gone": N_("gone while it was read"),
    "redefined": N_("the table was altered while it was read"),
    "changed since it was listed": N_("changed after it was listed"),
    "changed": N_("changed while it was read"),
    "irregular": N_("no ordinary file"),
    "excluded": N_("left out by the configuration"),
    "no text layer": N_("scanned, without text"),
    "no text": N_("no text in it"),
    "pixels not read": N_("what is seen in the picture was not read"),
    "sound not read": N_("what is said in the recording was not read"),
    "dtd": N_("defines its own markup, which is not followed"),
    "symlink": N_("a link, not followed"),
    "visited": N_("met before under another path"),
    "other device": N_("on another disk"),
    "dfs": N_("a link to another server"),
    "declared": N_("declared, not reached"),
    "foreign table": N_("lies in another database"),
    "storage class": N_("archived in the storage, must be restored first"),
    "kms": N_("its encryption key may not be used"),
    "checksum": N_("arrived damaged"),
    "server": N_("the server refused"),
    "read error": N_("the disk gave an error"),
    "crash": N_("the reader failed on it"),
    "fault": N_("the program failed on it"),
    "overlapping members": N_("an archive whose files overlap: perhaps a bomb"),
    "members outside the directory": N_("files that the archive's list lacks"),
    "zip method": N_("packed in a way that is not known"),
    "name": N_("its name cannot be asked for"),
    "doc of before Word 97": N_("Word document of before 1997"),
    "rows not read in time": N_("rows that took too long"),
    "cell": N_("a long cell was cut"),
    "deadlock": N_("locked by somebody else"),
    "memory": N_("needed more memory than there was"),
    "pst: pip install": N_("Outlook store: an extra is not installed"),
    "parquet: pip install": N_("Parquet: an extra is not installed"),
    "zstd: pip install": N_("zstd: an extra is not installed"),
    "7z: pip install": N_("7z: an extra is not installed"),
}
"""Code at the beginning of a reason -> words."""
_LONGEST_FIRST = sorted(NOT_READ, key=len, reverse=True)
_BETWEEN = re.compile(r"([,;] )(?![^(]*\))")
"""Between the reasons of one unit; what stands in brackets belongs to one of them."""


def reason_text(reasons: Mapping[str, int], lang: Language) -> str:
    """Reasons and how often, the commonest first: `no permission (3), damaged (1)`."""
    ordered = sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{reason_name(reason, lang)} ({lang.number(count)})" for reason, count in ordered)


def reason_name(reason: str, lang: Language) -> str:
    """Why something was not read, in words; what is not known here, and what follows a known code, stays as it is."""
    return "".join(_one(part, lang) for part in _BETWEEN.split(reason))


def _one(reason: str, lang: Language) -> str:
    code = next((code for code in _LONGEST_FIRST if re.match(rf"{re.escape(code)}(?!\w)", reason)), "")
    return lang.text(NOT_READ[code]) + reason.removeprefix(code) if code else reason
