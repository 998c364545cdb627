"""Compare the scorecards that two sets of rules give for the same actuals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final

from kpicard.cards.impact.reasons import Reasons
from kpicard.cards.impact.sides import Side, figure_changes, person_changes
from kpicard.cards.impact.values import AdjustmentChange, CardChange, Impact, KpiChange, Move, NotCompared, Scales
from kpicard.cards.scorecards import Scorecards
from kpicard.cards.values import Adjusted, Card, Key, Scored
from kpicard.numbers import exact_difference
from kpicard.problems import Problem
from kpicard.rules.models import Grade
from kpicard.text import Text

CONDITIONS: Final[Mapping[str, Callable[[CardChange], bool]]] = {
    "grade-change": lambda card: card.move is not None,
    "grade-drop": lambda card: card.move == "down",
    "coefficient-change": lambda card: card.before.coefficient != card.after.coefficient,
    "total-change": lambda card: card.before.total != card.after.total,
    "any": lambda card: card.is_change,
}


def is_met(condition: str, impact: Impact) -> bool:
    """Whether there is a card for which a condition holds, or one that only one side's rules give."""
    one_sided = any((each.before is None) != (each.after is None) for each in impact.not_compared)
    return one_sided or any(map(CONDITIONS[condition], impact.cards)) or (condition == "any" and impact.is_any)


_NO_POINTS = Decimal("0.0000")


def compare(before: Scorecards, after: Scorecards) -> Impact:
    """Return what becomes of each card when the rules change. Both have scored the same actuals, in the same way.

    A card that only one side gives, or neither, is not compared; it is listed with the reason.
    """
    return compare_sides(Side.of(before), Side.of(after))


def compare_sides(old: Side, new: Side, *, is_diff: bool = False) -> Impact:
    """Return what becomes of each card from one side to the other; of a `diff` the figures may be others, too."""
    keys = sorted({*old.cards, *old.withheld, *new.cards, *new.withheld})
    only_before = _less(old.problems, new.problems)
    only_after = _less(new.problems, old.problems)
    # What both sides find is no reason why just one of them gives no card.
    of_one = Reasons.of("before", old, only_before), Reasons.of("after", new, only_after)
    of_both = Reasons.of("before", old, old.problems), Reasons.of("after", new, new.problems)
    return Impact(
        before=old.name,
        after=new.name,
        cards=tuple(_change(old, new, key) for key in keys if key in old.cards and key in new.cards),
        not_compared=tuple(
            _not_compared(old, new, key, of_one if key in old.cards or key in new.cards else of_both)
            for key in keys
            if key not in old.cards or key not in new.cards
        ),
        scales=tuple(dict.fromkeys(_scales(old, new, keys))),
        problems=new.problems,
        problems_before=only_before,
        is_diff=is_diff,
        figures=tuple(figure_changes(old, new)) if is_diff else (),
        people=tuple(person_changes(old, new)) if is_diff else (),
    )


def _change(old: Side, new: Side, key: Key) -> CardChange:
    before, after = old.cards[key], new.cards[key]
    move = _move(before, after, old.grades(key.period), new.grades(key.period))
    kpis = _kpis(before, after, knows_scoring=bool(old.rules and new.rules))
    return CardChange(before, after, tuple(kpis), tuple(_adjustments(before, after)), move)


def _kpis(before: Card, after: Card, *, knows_scoring: bool) -> list[KpiChange]:
    """Return the KPIs of both cards by the size of the change; equal ones as on the cards, those left out last."""
    old = {scored.kpi.id: scored for scored in before.kpis}
    new = {scored.kpi.id: scored for scored in after.kpis}
    changes = [
        KpiChange(old.get(id_), new.get(id_), _points(old.get(id_), new.get(id_)), knows_scoring)
        for id_ in {**new, **old}
    ]
    return sorted(changes, key=lambda change: (not change.is_change, -abs(change.points)))


def _adjustments(before: Card, after: Card) -> list[AdjustmentChange]:
    old = {adjusted.adjustment.id: adjusted for adjusted in before.adjustments}
    new = {adjusted.adjustment.id: adjusted for adjusted in after.adjustments}
    ids = {**new, **old}
    changes = [AdjustmentChange(old.get(id_), new.get(id_), _points(old.get(id_), new.get(id_))) for id_ in ids]
    return sorted(changes, key=lambda change: -abs(change.points))


def _points(before: Scored | Adjusted | None, after: Scored | Adjusted | None) -> Decimal:
    old, new = (each.points if each and each.points is not None else _NO_POINTS for each in (before, after))
    return exact_difference(new, old)


def _move(before: Card, after: Card, old: Sequence[Grade], new: Sequence[Grade]) -> Move | None:
    """Return where a grade went: by its rank, or by the coefficient where the scales have other grades."""
    if before.grade == after.grade:
        return None
    if before.grade is None or after.grade is None:
        return "other"
    ranks = [grade.grade for grade in old or new]  # of a report, the scale is that of the other side
    if {before.grade, after.grade} <= {*ranks} and (not new or ranks == [grade.grade for grade in new]):
        return "up" if ranks.index(after.grade) < ranks.index(before.grade) else "down"
    change = (after.coefficient or 0) - (before.coefficient or 0)
    return "up" if change > 0 else "down" if change < 0 else "other"


def _not_compared(old: Side, new: Side, key: Key, reasons: tuple[Reasons, Reasons]) -> NotCompared:
    """Return a card that a side lacks, or that both lack."""
    before, after = old.cards.get(key), new.cards.get(key)
    card = after or before
    role = card.role if card else None
    lacking = [each for each, there in zip(reasons, (before, after), strict=True) if there is None]
    name = card.name if card else new.withheld.get(key) or old.withheld.get(key)
    return NotCompared(
        period=key.period,
        role=key.role,
        title=_title(old, new, key),
        employee=key.employee,
        name=name,
        before=before,
        after=after,
        reasons=tuple(each.why_none(key, role) for each in lacking),
    )


def _title(old: Side, new: Side, key: Key) -> Text:
    """Return what a role is called, by the rules after if they have it."""
    roles = (
        side.cards[key].role if key in side.cards else side.rules and side.rules.roles.get(key.role)
        for side in (new, old)
    )
    return next((role.title for role in roles if role), key.role)


def _scales(old: Side, new: Side, keys: Iterable[Key]) -> Iterable[Scales]:
    """Yield the scales of the cards' periods that are others than before; a label or title makes no difference."""
    for period in sorted({key.period for key in keys}):
        before, after = old.grades(period), new.grades(period)
        if before and after and _bands(before) != _bands(after):
            yield Scales(before, after)


def _bands(grades: Iterable[Grade]) -> list[tuple[str, Decimal, Decimal]]:
    return [(grade.grade, grade.from_, grade.coefficient) for grade in grades]


def _less(problems: Sequence[Problem], others: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return the problems that are not among others: a hint may be another for the same."""
    known = {(problem.place, problem.code, problem.message) for problem in others}
    return tuple(each for each in problems if (each.place, each.code, each.message) not in known)
