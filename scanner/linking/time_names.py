"""How columns are called that say from when to when something was.

By its name a column is but likely to: the days themselves settle what is meant (`times`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import permutations, product

from scanner.linking.links import normal_name

_DAY = r"(?=_|$|dat|dag|day|dt|tid|ar$|(?:at|on)$)"
_DAY_OR_D = r"(?=_|$|d$|dat|dag|day|dt|tid|ar$|(?:at|on)$)"
"""What follows a word in the name of a day: `start_datum`, `startedat`; `INSTD`."""
_OF = r"(?:^|_|valid|giltig|gilt|contract|agreement|lease|avtals?|period|dt)"
"""What stands before a short word, though nothing parts them: `validto`, `contractenddate`."""
_FIRST = re.compile(
    rf"(?:fran|from|start(?:s|ed|ar|ade?|at)?|(?:^|_)(?:fr|fr?_?o_?m|begins?|began|since|sedan)){_DAY}"
    r"|in_?flytt|till?trad|move_?in|moved_in|(?:ut|over)_?lamna|handed_out|issued|assigned|(?:start|from|fran|fom)d$"
    r"|^starts_on$|^dat_?(?:fr|from|fran|fom|in|start)$|^ut$|(?:^|_)(?:utl|utl?_?dat(?:um)?|(?:ut)?lanad|lent|loaned|checked_out)$"
)
_LAST = re.compile(
    rf"(?:till|(?<!be)(?<!an)slut(?:ade?|at|ar)?|{_OF}(?:to|ti|t_?o_?m|until|ends?|ended|expires|expired|expiry)){_DAY}"
    r"|ut_?flytt|av_?flytt|frantrad|move_?out|moved_out|upphor|(?:ater|in)_?lamna|returned|unassigned|revoked"
    r"|out_of_(?:service|use)|ur_(?:drift|bruk)|(?<!be)(?<!an)(?:slut|till|tom)d$"
    r"|^ends_on$|^dat_?(?:ti|to|till|tom|ut|slut)$|^in$|(?:^|_)(?:inl|ater|atl|(?:in|inl|ater|atl)_?dat(?:um)?|checked_in)$"
)
_BEGUN = re.compile(
    r"(?:^|_)(?:effective|signed|teckna(?:d|t|des)|joined|tilltr|granted|utfarda(?:d|t)|tilldela(?:d|t)|allocated|enrolled"
    r"|kop(?:t|tes)?|purchased?|bought|activation|aktivering|anst(?:alld)?|hired?|ingick|borja(?:n|r|de)|begynner"
    rf"|provisioned|deployed|attached){_DAY_OR_D}|(?:^|_)(?:first|forsta)_?(?:day|dag|dat(?:e|um)?)$"
)
_ENTERED = re.compile(rf"(?:^|_)(?:created|registered|reg|skapa(?:d|t)){_DAY_OR_D}")
_OVER = re.compile(
    r"(?:^|_)(?:terminated|termination|cancell?ed|cancellation|uppsag(?:d|t|ning)|avsluta(?:d|t)|avsl|left|lamna(?:de|t)|frantr"
    rf"|released|aterta(?:gen|get)|sal(?:d|t|des)|sold|avyttra(?:d|t)|decommissioned|detached|deactivation){_DAY_OR_D}"
    r"|(?:^|_)(?:last|sista)_?(?:day|dag|dat(?:e|um)?)$"
)
"""What else begins, is entered, and is over: none of these tells by itself of a time."""
_SET = re.compile(
    r"(?:^|_)(?:inst(?:all(?:ed|erad|ations?)?)?|insatt|mont(?:erad)?|mounted|activated|aktiverad)" + _DAY_OR_D
)
_TAKEN = re.compile(
    r"(?:^|_)(?:rem(?:oved)?|uninstalled|av_?inst(?:allerad)?|uttagen|(?:ned|de|av)_?mont(?:erad)?|dem|deactivated|avaktiverad|borttagen)"
    + _DAY_OR_D
)
"""The days on which something is put where it is, and taken away: only both tell how long it was there."""
_ELSE = re.compile(r"warrant|garant|batter|cert|besikt|inspect|insur|forsakr|licen|order")
"""What ends without anything being taken away, and what is cancelled before it is."""
_UNDONE = re.compile(r"(^|_)(?:(?:un|dis|de|av|fran|bort)_?(?=[a-z]{4})|in_?(?=a[ck]tiv))")
"""Before what was done, the other way round: `bound_at`, `unbound_at`; `kopplad`, `frankopplad`."""
_WAY = re.compile(r"(?:^|(?<=_))(?:in|ut|ur|out|bort)(?=_|$|dat|[a-z]{4})")
"""In and out, off and on: `inkopplad`, `urkopplad`. Which comes first, the days tell."""
_HANDED = re.compile(
    r"lamna|handed|issued|returned|checked|(?:^|_)(?:ut|in)l?(?:_?dat(?:um)?)?$|(?:^|_)(?:ater|lent|loaned|(?:ut)?lanad)"
)
_MEANT = re.compile(
    r"(?:^|_)(?:schedul|sched_|plan(?:ned|erad|erat)|bok(?:ad|ning)|book(?:ed|ing)|appoint|visit|besok|arbets?_?start|work_?start)"
)


def may_tell(name: str) -> bool:
    """Whether a column is called as one of a first or a last day, or by what undoes another."""
    normal = normal_name(name)
    ways = (_FIRST, _LAST, _BEGUN, _ENTERED, _OVER, _SET, _TAKEN, _UNDONE, _WAY)
    return any(way.search(normal) for way in ways)


class TimeNames:
    """What the names of the days in a table say.

    Args:
        names: Number of the name of each date -> the name, as the table has it.
    """

    def __init__(self, names: Mapping[int, str]) -> None:
        self._names = {number: normal_name(name) for number, name in names.items()}
        self.lasts = self._called(_LAST)
        self.firsts = [number for number in self._called(_FIRST) if number not in self.lasts]
        self.sets = self._called(_SET)

    def _called(self, way: re.Pattern[str]) -> list[int]:
        return [number for number, name in self._names.items() if way.search(name)]

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Columns of a first and a last day, those that say so most plainly first."""
        over = [number for number in self._called(_OVER) if not _ELSE.search(self._names[number])]
        ends = [number for number in self.lasts if not _ELSE.search(self._names[number])]
        begun = [number for number in self._called(_BEGUN) if number not in self.lasts]
        yield from product(self.firsts, self.lasts)
        yield from product(self.sets, [*self._called(_TAKEN), *([] if self.firsts else ends)])
        yield from (pair for pair in permutations(self._names, 2) if self._are_undone(*pair))
        yield from product([*self.firsts, *begun, *self.sets], over)
        yield from product(begun, ends)
        yield from product(self._called(_ENTERED), over)

    def _are_undone(self, first: int, last: int) -> bool:
        done, undone = self._names[first], self._names[last]
        ways = _WAY.sub("-", done)
        return _UNDONE.sub(r"\1", undone) == done != undone or (
            done != ways == _WAY.sub("-", undone) and done != undone
        )

    def are_handed(self, pair: tuple[int, int]) -> bool:
        """Whether something is lent on one day and comes back on the other, be it after a day or two."""
        return all(_HANDED.search(self._names[number]) for number in pair)

    def is_placed(self, number: int) -> bool:
        """Whether something is put somewhere that day; what is activated may be a contract."""
        name = self._names[number]
        return number in self.sets and "activ" not in name and "aktiv" not in name

    def is_meant(self, number: int) -> bool:
        """Whether it is meant that somebody comes that day: that lasts for no time."""
        return bool(_MEANT.search(self._names[number]))
