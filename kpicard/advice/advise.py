"""Advice for cards: planned by inverting the curves, and checked by the engine before it is given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kpicard.actuals.beyond import FURTHEST
from kpicard.advice.invert import corner_scores
from kpicard.advice.plan import Plan, Scoring, plan
from kpicard.advice.values import Advice, Step
from kpicard.card import Card, Key
from kpicard.engine.database import Database
from kpicard.engine.what_if import Answer, Earned, Question, item_numbers, what_if
from kpicard.numbers import from_hundredths, from_millionths, from_ten_thousandths
from kpicard.rules.numbered import Numbered


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
    for id_, actual in of.alone.items():
        yield {id_: actual}
    yield of.together


def _advice(card: Card, of: Plan, answers: Iterator[Answer]) -> Advice:
    """Return what of a plan the engine agrees to; its answers come in the order of the questions."""
    alone = [_steps(card, of, actuals, next(answers)) for actuals in _asked(of)]
    together = alone.pop()
    return Advice(
        grade=of.goal.grade,
        from_=of.goal.from_,
        lacking=from_hundredths(of.lacking),
        alone=tuple(step for steps in alone for step in steps),
        together=together,
        is_cheapest=of.is_cheapest,
    )


def _steps(card: Card, of: Plan, actuals: Mapping[str, int], answer: Answer) -> tuple[Step, ...]:
    """Return the steps to these actuals; none where the engine does not find that they do."""
    if answer.grade not in of.reaching or not all(map(_in_range, answer.earned.values())):
        return ()
    return tuple(
        Step(
            scored=scored,
            actual=from_millionths(actuals[scored.kpi.id]),
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
