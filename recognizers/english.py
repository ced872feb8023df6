"""English words that begin sentences and headings in the mails of a Swedish company: none is a name of a person.

English writes headings, days and months with capitals, and no Swedish dictionary has its words: `Please`, `Friday`.
Words that are names as well (`Mark`, `Grace`, `May`) are not among them.
"""

_WORDS = """
about above account accounts accepted address after all also although am and any asked asks attached because been
before being below between both bump bumped bumps business but call called calls came cannot case cheers class come
comes company concern conditions could create created creates currently customer customers date dear december default
delete delivery did does doing done door each either email error every failed faithfully february first floor forward
forwarded found friday from get gets give given gives go goes going got guard guards had has have having hello help
helps her here hers hi him his home how however if insert int integer into invoice invoices is issue issues it its
january july june keep kept key keys know known knows last least leave left less let lets login look looking madam
make makes manager march might mobile monday month most name names need needed needs neither new next nor not note
noted notes notice null number numbers october offer offers office officer okay old only onto order orders our
password payment payments period phone please previous primary receive received recently refactor regards rename
renamed reply revert reverts rework road sale saturday say says security see seen sees select send sends sent services
shall she shield shipping shop should since sincerely sir some sorry street subject sunday take taken takes tell terms
than thank thanks that their theirs them then there therefore these they think this those thought thursday ticket time
timestamp today told tomorrow tracking tuesday unfortunately until update updated upon user users varchar very want
wanted wants warning was we website wednesday week welcome what when where which while who whom whose why will with
within without would year yes yesterday you your
"""
ENGLISH = frozenset(_WORDS.split())
"""Casefolded."""
