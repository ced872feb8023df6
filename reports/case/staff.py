"""The words of those who work with requests: which right, where a case stands, what becomes of its records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reports.words import N_

RIGHTS: Mapping[str, str] = {
    "access": N_("Access (Art. 15)"),
    "rectification": N_("Rectification (Art. 16)"),
    "erasure": N_("Erasure (Art. 17)"),
    "restriction": N_("Restriction (Art. 18)"),
    "portability": N_("Portability (Art. 20)"),
    "objection": N_("Objection (Art. 21)"),
}
CHANNELS: Mapping[str, str] = {
    "email": N_("E-mail"),
    "phone": N_("Telephone"),
    "letter": N_("Letter"),
    "portal": N_("My pages"),
    "chat": N_("Chat"),
    "visit": N_("Visit"),
    "other": N_("Other way"),
}
STATES: Mapping[str, str] = {
    "open": N_("open"),
    "released": N_("released"),
    "delivered": N_("delivered"),
    "closed": N_("finished"),
}
IDENTITIES: Sequence[str] = (
    N_("not known"),
    N_("claimed: what they say agrees with what is held"),
    N_("answered from a contact registered before"),
    N_("electronic identification or document seen"),
)
"""How well it is known who asks, by level."""
MANDATES: Mapping[str, str] = {
    "power_of_attorney": N_("power of attorney"),
    "guardian": N_("guardian or administrator"),
    "parent": N_("custodial parent"),
    "lawyer": N_("lawyer"),
    "estate": N_("for the estate of somebody deceased"),
    "other": N_("other right to act"),
}
"""By what right somebody acts for the person."""
LACKS: Mapping[str, str] = {
    "identity": N_("it is not known well enough who asks"),
    "mandate": N_("the mandate of who acts for the person is not checked"),
}
"""What must be settled before anything is handed out."""
DECISIONS: Mapping[str, str] = {
    "release": N_("hand out whole"),
    "mask": N_("hand out, others masked"),
    "withhold": N_("leave out"),
}
OWN: Mapping[bool, str] = {True: N_("the person's own"), False: N_("another's, mentions the person")}
"""Whether a record is about the person."""
TASKS: Mapping[str, str] = {
    "declared": N_("Ask the owner"),
    "unread": N_("Could not be read"),
    "listen": N_("Listen or look"),
}
TASK_STATES: Mapping[str, str] = {
    "open": N_("to be done"),
    "answered": N_("answered"),
    "waived": N_("left undone"),
}
MEASURES: Mapping[str, str] = {
    "erase": N_("erase"),
    "keep": N_("keep: a law says so"),
    "remove_mention": N_("remove what is the person's, keep the rest"),
    "rectify": N_("correct"),
    "restrict": N_("do not use"),
    "stop": N_("stop the use that is objected to"),
    "look": N_("look first: it may be about somebody else"),
}
"""What an owner has to do with a record."""
