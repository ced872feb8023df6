"""How well all that is held about one person is pulled together: `python -m bench.subject DIR` (of `insyn demo DIR`).

Everybody in the estate's truth is asked for with each single kind of seed. A hit is right if the record holds something
of the person's or is about the person. Recall is over the records that something leads to; those where nothing but the
name stands are counted apart, for a name alone is never more than possible. A seed that several people have (a couple's
e-mail, a re-used number, an IP address beside a couple's account) cannot tell them apart by itself: they are counted
apart, and asked for once more with their name beside it. So are persons whose seed stands nowhere in the estate, beside
anything of theirs or not, or in running text only: whose an IP address is there, nobody can tell.

With `--confirm` all is measured after somebody has decided on the possible hits: those that are theirs are confirmed.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.subject_truth import SEEDS, Row, Spot, Truth

Ask = Callable[[list[str], AbstractSet[Spot]], Iterable[Row]]
"""From what is asked for, and where the person's records are, to hits as `insyn subject --format json` gives them."""

GRADES = ("certain", "probable", "possible")
ALONE, SHARED, NAMED = "theirs alone", "shared with others", "shared, and the name"
IN_TEXT, NOWHERE = "in running text only", "stands nowhere"
GROUPS: Mapping[str, str] = {
    ALONE: "",
    SHARED: "cannot tell them apart: never more than possible, by rule",
    NAMED: "",
    IN_TEXT: "of nobody, by rule",
    NOWHERE: "nothing leads from it to them",
}
"""Parts of the people asked for, and why recall has no goal there."""
RECALL, PROBABLE = 0.98, 0.98
"""Shares that certain and probable hits together must reach; certain ones must all be right."""


@dataclass(slots=True)
class Score:
    """Counts over many persons who were asked for with one kind of seed."""

    asked: int = 0
    records: int = 0
    """Records of the persons that something leads to: an identifier, or a key."""
    sure: int = 0
    """Of these, given as certain or probable."""
    every: int = 0
    """… at any grade."""
    named: int = 0
    """Records, outside the person's own rows, where nothing but the name stands."""
    named_found: int = 0
    given: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    """Grade -> hits, and those of them that are right."""
    missed: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    """Where records were missed (not given as certain or probable), and where surer hits are not the person's."""

    @property
    def recall(self) -> float:
        """Share of the records given as certain or probable."""
        return self.sure / max(1, self.records)

    def precision(self, grade: str) -> float:
        """Share of the hits of a grade that are right; 1 where there are none."""
        return self.right[grade] / self.given[grade] if self.given[grade] else 1.0

    @property
    def holds(self) -> bool:
        """Whether the goals are reached."""
        return self.is_right and self.recall >= RECALL

    @property
    def is_right(self) -> bool:
        """Whether what is given as certain or probable is the person's."""
        return self.precision("certain") == 1.0 and self.precision("probable") >= PROBABLE


def measure(truth: Truth, ask: Ask, kind: str, *, every: int = 1) -> dict[str, Score]:
    """Ask for every n-th person with one kind of seed; those who share it also with their name.

    Returns:
        The score of all whose seed stands somewhere, and of its parts by what the seed can tell: `GROUPS`.
    """
    scores = {"": Score(), **{group: Score() for group in GROUPS}}
    single = truth.alone(kind)
    for person, seed in list(truth.askable(kind))[::every]:
        group = _group(truth, kind, (person, seed[0]), alone=person["person"] in single)
        own = {truth.spot(record) for record in person["records"]}
        hits = list(ask(seed, own))
        for name in (group,) if group == NOWHERE else ("", group):
            _count(person, hits, truth, scores[name])
        if group == SHARED and not kind.startswith("name"):
            _count(person, list(ask([*seed, person["name"]], own)), truth, scores[NAMED])
    return {f"{kind}, {group}" if group else kind: score for group, score in scores.items()}


def _group(truth: Truth, kind: str, asked: tuple[Row, str], *, alone: bool) -> str:
    person, seed = asked
    if not truth.stands(kind, person):
        return NOWHERE
    if not alone:
        return SHARED
    return IN_TEXT if truth.told_in_text(kind, seed) else ALONE


def _count(person: Row, hits: list[Row], truth: Truth, score: Score) -> None:
    own = {truth.spot(record) for record in person["records"]}
    grades = {truth.spot(hit): hit["grade"] for hit in reversed(hits)}
    score.asked += 1
    for record in person["records"]:
        _tell(record, grades.get(truth.spot(record), ""), score)
    for hit in hits:
        right = truth.spot(hit) in own
        score.given[hit["grade"]] += 1
        score.right[hit["grade"]] += right
        if not right and hit["grade"] != "possible":
            score.wrong[f"{hit['grade']} {_where(hit)} < {' < '.join(hit['why'])}"] += 1


def _tell(record: Row, grade: str, score: Score) -> None:
    keyed = record["source"] == "crm" and record["relation"] != "mention"
    if record["entities"] == ["PERSON"] and not keyed:
        score.named, score.named_found = score.named + 1, score.named_found + bool(grade)
        return
    score.records, score.every = score.records + 1, score.every + bool(grade)
    score.sure += grade in ("certain", "probable")
    if grade not in ("certain", "probable"):
        score.missed[f"{_where(record)} {record['relation']} {' '.join(record['entities'])} {grade or 'nowhere'}"] += 1


def _where(row: Row) -> str:
    return f"{row['source']} {row['unit'] if row['source'] == 'crm' else row['unit'].rpartition('.')[2]}"


def table(scores: Mapping[str, Score]) -> str:
    """Lay the scores out for a terminal."""
    heads = f"{'recall':>8}{'any':>7}" + "".join(f"{grade:>10}{'prec':>8}" for grade in GRADES)
    lines = [f"{'asked with':<46}{'persons':>8}{'records':>9}{heads}  by name alone"]
    for kind, score in scores.items():
        counts = f"{score.asked:>8}{score.records:>9}{score.recall:>8.3f}{score.every / max(1, score.records):>7.3f}"
        grades = "".join(f"{score.given[grade]:>10}{score.precision(grade):>8.4f}" for grade in GRADES)
        because = GROUPS.get(kind.partition(", ")[2], "")
        mark = "" if score.holds else f"  {because}" if because and score.is_right else "  below the goal"
        lines.append(f"{kind:<46}{counts}{grades}  {score.named_found}/{score.named}{mark}")
    return "\n".join(lines)


@contextmanager
def asker(directory: Path, confirming: Truth | None = None) -> Iterator[Ask]:
    """Ask as `insyn subject` does, without starting a process for each person; what one search read, the next knows.

    Args:
        directory: Of the estate.
        confirming: Whoever decides by the truth on possible hits, as `insyn case decide` does; None: nobody does.
    """
    from recognizers import Analyzer
    from scanner import config as configuration
    from scanner.subject import Search
    from scanner.subject.located import located
    from scanner.subject.outcome import Found, Grade, Outcome
    from scanner.subject.question import seeds
    from scanner.workflow import opened

    analyzer, config = Analyzer(), configuration.load(directory / "insyn.yaml")

    with opened(config) as store, store.reading() as connection:
        search = Search(store, connection)

        def where(found: Found) -> Row:
            return dict(zip(("source", "unit", "record"), located(store, search, found), strict=True))

        def theirs(outcome: Outcome, own: AbstractSet[Spot]) -> frozenset[int]:
            possible = (found for found in outcome.hits.values() if confirming and found.grade is Grade.POSSIBLE)
            return frozenset(found.record for found in possible if confirming and confirming.spot(where(found)) in own)

        def ask(identifiers: list[str], own: AbstractSet[Spot]) -> Iterator[Row]:
            asked, confirmed = seeds(analyzer, store.keys, identifiers), frozenset[int]()
            outcome = search.find(asked)
            while more := theirs(outcome, own) - confirmed:
                confirmed |= more
                outcome = search.find(asked, confirmed)
            for found in outcome.hits.values():
                why = [f"{step.code} {step.entity} {step.source}:{step.unit}" for step in reversed(found.chain)]
                yield where(found) | {"grade": found.grade.name.lower(), "why": why}

        yield ask


def main() -> None:
    """Measure the estate in a directory that has been scanned."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--seed", choices=tuple(SEEDS), help="only one kind of seed")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="ask for every N-th person only")
    parser.add_argument("--most", type=int, default=0, metavar="N", help="list the N commonest places of misses")
    parser.add_argument("--confirm", action="store_true", help="after all possible hits that are theirs are confirmed")
    options = parser.parse_args()
    truth, started = Truth(options.directory / "truth.json"), time.perf_counter()
    scores: dict[str, Score] = {}
    with asker(options.directory, truth if options.confirm else None) as ask:
        for kind in (options.seed,) if options.seed else SEEDS:
            scores |= {name: one for name, one in measure(truth, ask, kind, every=options.every).items() if one.asked}
    print(table(scores))
    asked = sum(score.asked for name, score in scores.items() if name in SEEDS or NOWHERE in name or NAMED in name)
    print(f"{asked} searches, {(time.perf_counter() - started) / max(1, asked) * 1000:.0f} ms each")
    for name, score in scores.items() if options.most else ():
        print(
            f"\n{name}: missed",
            *_listed(score.missed, options.most),
            "wrong",
            *_listed(score.wrong, options.most),
            sep="\n",
        )
    sys.exit(0 if all(score.holds for name, score in scores.items() if ALONE in name) else 1)


def _listed(places: Counter[str], most: int) -> Iterator[str]:
    yield from (f"  {count:>5}  {place}" for place, count in places.most_common(most))


if __name__ == "__main__":
    main()
