"""English words that begin sentences and headings in the mails of a Swedish company: none is a name of a person.

English writes headings, days and months with capitals, and no Swedish dictionary has its words: `Please`, `Friday`. Nor
has one those of programs and their messages: `Exception`, `Failed`.
Words that are names as well (`Mark`, `Grace`, `May`) are not among them.
"""

_WORDS = """
about above accept accepted account accounts address after agreement alert all also although am amount and another any
anyone anything array asked asks attached attention because been before began begin being below between boolean both
build bump bumped bumps business but cache call called calls came cannot carbon case catch char cheers class client
close closed come comes commit company concern conditions confidential config const constructor content contract
cookie cost could create created creates currently customer customers date dear dearest debugging december default
delete delivery deploy deployment description did direct disclaimer does doing done door double download each either
email empty end ended error every everyone everything exception export extends failed faithfully false february few
file files finally finance first float floor folder foreign forward forwarded found friday from full function get gets
give given gives go goes going got guard guards had half has have having hello help helps her here hers hi him his
home host how however if implements import important information insert install int integer interface into invoice
invoices is issue issues it item items its january july june keep kept key keys kind know known knows last least leave
left less let lets login look looking madam main make makes manager many march marketing merge method might mobile
module monday monoxide month most much name names need needed needs neither new next nobody nor not note noted notes
nothing notice null number numbers object october offer offers office officer okay old only onto open opened order
orders other others our outlook package password payment payments period phone please previous primary private product
products public quantity query receive received recently refactor regards release rename renamed reply request
respectfully response return revert reverts rework road round sale sales saturday say says second security see seen
sees select send sends sent server services session settings setup several shall she shield shipping shop should since
sincerely sir smoke some someone something sorry stack start started static status stop stopped street string subject
success successful sunday support take taken takes team tell terms than thank thanks that their theirs them then there
therefore these they think third this those thought thread throw throws thursday ticket time timestamp today token
told tomorrow total trace tracking truly tuesday unfortunately until update updated upgrade upload upon user users
varchar variable version very void want wanted wants warm warning was we website wednesday week welcome what when
where which while who whom whose why will with within without would year yes yesterday you your yours
"""
ENGLISH = frozenset(_WORDS.split())
"""Casefolded."""
