"""What one card would need for its next grade: planned by inverting the curves, and checked by the engine."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, lcm
from typing import NamedTuple, TypeAlias

from kpicard.actuals.check import FURTHEST
from kpicard.cards.levers import Corner, Lever, Search, corner_scores, reaching
from kpicard.cards.values import Adjusted, Card, FullMonth, Key, Scored
from kpicard.engines.duckdb import Database
from kpicard.engines.what_if import Answer, Earned, Question, item_numbers, what_if
from kpicard.numbers import from_hundredths, from_millionths, from_ten_thousandths, to_millionths, to_ten_thousandths
from kpicard.rules.models import Grade
from kpicard.rules.rule_index import Numbered
from kpicard.rules.scoring.curve import Curve


@dataclass(frozen=True, slots=True)
class Step:
    """A figure that one KPI would need. `actual` is in the KPI's unit; `score` and `points` are what it would earn.

    It has as many decimals as the KPI's figures have on the card: it is rounded to the better side.
    """

    scored: Scored
    """The KPI as it stands on the card."""
    actual: Decimal
    least: Decimal
    """The smallest change that does: `actual` before it was rounded."""
    score: Decimal
    points: Decimal
    is_any: bool = False
    """Whether any figure would do, where none is reported yet; `actual` is then the worst that can be scored."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What would bring one card to the next better grade; every step was scored by the engine and reaches it.

    `lacking` are the points that its total lacks: 0.00 where only a limit holds the grade down. `alone` has, in the
    card's order, each KPI that could do it by itself, with the smallest change of its actual. `together` is the
    cheapest way: the least sum of changes, each measured in percent of its target. Only KPIs with an actual and a
    target above 0 can be measured so; it is empty where no change of these can do it. Scores have two decimals, and
    changes that save less than a hundredth of a score costs are not sought out for it.
    """

    grade: str
    from_: Decimal
    """The lowest total of that grade."""
    lacking: Decimal
    alone: tuple[Step, ...]
    together: tuple[Step, ...]
    is_cheapest: bool = True
    """Whether all ways were gone through; with many KPIs, `together` may be just the best that was found."""


class Aim(NamedTuple):
    """An actual that a KPI would need, in millionths: the nearest one, and the same in the KPI's own precision."""

    least: int
    shown: int

    @classmethod
    def of(cls, lever: Lever, actual: int) -> Aim:
        """Return the nearest actual of a lever with what is shown for it."""
        return cls(actual, lever.in_precision(actual))


Aims: TypeAlias = Mapping[str, Aim]
"""What KPIs would need, by their ids."""


class Plan(NamedTuple):
    """What would bring a card to the grade `goal`: each of `alone` by itself, or all of `together`."""

    goal: Grade
    lacking: int
    """The points that the total lacks, in hundredths; 0 where only a limit holds the grade down."""
    reaching: Sequence[str]
    """The grades that are good enough."""
    alone: Aims
    any_: Collection[str]
    """The KPIs of `alone` of which any figure would do, where none is reported yet."""
    together: Aims
    is_cheapest: bool


class Scoring(NamedTuple):
    """What a KPI is scored by: its curve, and the scores at the corners of it."""

    curve: Curve
    corners: Sequence[int]


def plan(card: Card, grades: Sequence[Grade], scorings: Mapping[str, Scoring]) -> Plan | None:
    """Return what would bring a card to a better grade.

    None for one that is not assessed, has no KPI or the best grade, or is held down by a count.
    """
    ranks = {grade.grade: rank for rank, grade in enumerate(grades)}
    if card.total is None or card.grade is None or ranks[card.grade] == 0 or not card.kpis:
        return None
    goal = grades[ranks[card.grade] - 1]
    held = [ranks[each.adjustment.red_line.grade_at_most] for each in card.red_lines if each.adjustment.red_line]
    if max(held, default=0) > ranks[goal.grade]:
        return None
    least = _hundredths(to_millionths(goal.from_))
    lacking = max(0, reaching(least, 1, 100) - _sum(card))
    levers = {
        scored.kpi.id: Lever(
            scored=scored,
            curve=scorings[scored.kpi.id].curve,
            weight=to_millionths(scored.effective_weight),
            points=to_ten_thousandths(scored.points),
            least_score=_least_score(scored, ranks, ranks[goal.grade]),
            full=to_millionths(scored.kpi.full),
            months=_months(card, scored),
        )
        for scored in card.kpis
        if scored.points is not None and scored.effective_weight is not None
    }
    in_the_way = {id_ for id_, lever in levers.items() if lever.least_score is not None}
    able = {id_: lever for id_, lever in levers.items() if in_the_way <= {id_}}
    found = {id_: (lever, lever.actual_for(lacking)) for id_, lever in able.items()}
    alone = {id_: Aim.of(lever, actual) for id_, (lever, actual) in found.items() if actual is not None}
    movable = {id_: lever for id_, lever in levers.items() if lever.target and lever.actual is not None}
    together, is_cheapest = _together(movable, lacking, scorings) if in_the_way <= movable.keys() else ({}, True)
    return Plan(
        goal=goal,
        lacking=max(0, least - _hundredths(to_millionths(card.total))),
        reaching=[grade.grade for grade in grades[: ranks[card.grade]]],
        alone=alone,
        any_={id_ for id_, aim in alone.items() if levers[id_].is_any(aim.least)},
        together=together,
        is_cheapest=is_cheapest,
    )


def _sum(card: Card) -> int:
    """Return the sum of a card's points in ten-thousandths, which its total is rounded from."""
    lines: tuple[Scored | Adjusted, ...] = (*card.kpis, *card.adjustments)
    return sum(to_ten_thousandths(line.points) for line in lines if line.points is not None)


def _least_score(scored: Scored, ranks: Mapping[str, int], goal: int) -> int | None:
    """Return the score that is no limit any more, where the KPI's score allows only grades below the goal."""
    limit = scored.limit
    if limit is None or ranks[limit.grade] <= goal:
        return None
    return ceil(100 * Fraction(limit.below))


def _months(card: Card, scored: Scored) -> int:
    """Return how many months' figures are summed up in the actual; 1 where it is not a sum."""
    if scored.kpi.rollup != "sum" or not card.months:
        return 1
    lines = [line for month in card.months if isinstance(month, FullMonth) for line in month.kpis]
    same = [line.status for line in lines if line.kpi.id == scored.kpi.id]
    return same.count("scored") if scored.status == "scored" else len(same)


def _hundredths(millionths: int) -> int:
    """Return a bound in hundredths; where it lies between two of them, the higher, since nothing else lies between."""
    return -(-millionths // 10_000)


def _together(levers: Mapping[str, Lever], lacking: int, scorings: Mapping[str, Scoring]) -> tuple[Aims, bool]:
    """Return the actuals that gain what is lacking at the least sum of changes, and whether there is none cheaper."""
    common = lcm(*(lever.target or 1 for lever in levers.values()))
    moves = [Move.of(lever, common, lacking, scorings[id_].corners) for id_, lever in levers.items()]
    search = Search(moves, lacking)
    way = search.run()
    found: dict[str, Aim] = {}
    for (id_, lever), gain in zip(levers.items(), way.gains if way else (), strict=bool(way)):
        actual = lever.actual_for(gain)
        if actual is not None and actual != lever.actual:
            found[id_] = Aim.of(lever, actual)
    return found, search.is_complete


class Move(NamedTuple):
    """A lever with what moving it costs: the change as a part of the target, times a multiple of all targets."""

    lever: Lever
    price: int
    """The cost of a millionth."""
    corners: Sequence[Corner] = ()

    @classmethod
    def of(cls, lever: Lever, common: int, lacking: int, scores: Iterable[int]) -> Move:
        """Return a lever with the corners of its curve, as far as they are of use for what is lacking."""
        move = cls(lever, common // (lever.target or 1))
        gains = {gain for score in scores if 0 < (gain := lever.gain(score)) < lacking}
        corners: list[Corner] = []
        for gain in sorted({0, lacking, *gains}, reverse=True):
            cost = move.cost(gain)
            if cost is not None and (not corners or cost < corners[-1].cost):
                corners.append(Corner(gain, cost))
        return move._replace(corners=corners[::-1])

    def cost(self, gain: int) -> int | None:
        """Return what so many points cost at least, None where there are not so many."""
        actual = self.lever.actual_for(gain)
        return None if actual is None else abs(actual - (self.lever.actual or 0)) * self.price


def advise(cards: Sequence[Card], numbered: Numbered, database: Database) -> Mapping[Key, Advice]:
    """Return what would reach the next grade, for each card that has a better grade above it.

    The database is only where the engine works; what is in it already does not count.
    """
    found = list(plans(cards, numbered))
    questions = [Question(card, actuals) for card, each in found for actuals in _asked(each)]
    answers = iter(what_if(questions, numbered, database))
    return {card.key: _advice(card, each, answers) for card, each in found}


def plans(cards: Sequence[Card], numbered: Numbered) -> Iterator[tuple[Card, Plan]]:
    """Yield the plan for each card of these rules that has a better grade above it."""
    editions = {id(edition.role): edition for edition in numbered.editions}
    scorings = {
        role: {id_: Scoring(numbered.curves[number], corner_scores(numbered.curves[number])) for id_, number in items}
        for role, items in ((role, numbers.items()) for role, numbers in item_numbers(numbered).items())
    }
    for card in cards:
        edition = editions.get(id(card.role))
        if edition and (found := plan(card, edition.department.grades, scorings[id(card.role)])):
            yield card, found


def _asked(of: Plan) -> Iterator[Mapping[str, int]]:
    """Yield what the engine is asked about a plan: each KPI alone, and then all together."""
    for id_, aim in of.alone.items():
        yield {id_: aim.shown}
    yield {id_: aim.shown for id_, aim in of.together.items()}


def _advice(card: Card, of: Plan, answers: Iterator[Answer]) -> Advice:
    """Return what of a plan the engine agrees to; its answers come in the order of the questions."""
    alone = [_steps(card, of, {id_: aim}, next(answers)) for id_, aim in of.alone.items()]
    together = _steps(card, of, of.together, next(answers))
    return Advice(
        grade=of.goal.grade,
        from_=of.goal.from_,
        lacking=from_hundredths(of.lacking),
        alone=tuple(step for steps in alone for step in steps),
        together=together,
        is_cheapest=of.is_cheapest,
    )


def _steps(card: Card, of: Plan, aims: Aims, answer: Answer) -> tuple[Step, ...]:
    """Return the steps to these actuals; none where the engine does not find that they do."""
    if answer.grade not in of.reaching or not all(map(_in_range, answer.earned.values())):
        return ()
    return tuple(
        Step(
            scored=scored,
            actual=from_millionths(aims[scored.kpi.id].shown),
            least=from_millionths(aims[scored.kpi.id].least),
            score=from_hundredths(earned.score or 0),
            points=from_ten_thousandths(earned.points or 0),
            is_any=scored.kpi.id in of.any_,
        )
        for scored in card.kpis
        if (earned := answer.earned.get(scored.kpi.id))
    )


def _in_range(earned: Earned) -> bool:
    """Return whether a figure would be scored at all."""
    return earned.score is not None and (earned.attainment is None or abs(earned.attainment) <= FURTHEST)
