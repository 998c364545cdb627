"""Whether a card may still change: final where it is as its period was closed, provisional where that is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from kpicard.cards.closed import ClosedPeriod, Frozen, latest, read_closed
from kpicard.cards.impact.compare import compare_sides
from kpicard.cards.impact.sides import Side
from kpicard.cards.impact.values import Impact
from kpicard.cards.request import ScoreRequest
from kpicard.cards.scorecards import Scorecards
from kpicard.cards.values import Key, State
from kpicard.problems import Problem, Value, in_order

_OF_CARD = ("total", "grade", "coefficient", "bonus")


def with_states(result: Scorecards, request: ScoreRequest) -> Scorecards:
    """Return the same cards with their states, and with warnings where they differ from those of a closed period."""
    states: dict[Key, State] = {}
    problems: list[Problem] = []
    cards = () if request.longer or request.closed is None else result.cards
    for period in sorted({card.period for card in cards}):
        folder = latest(request.closed or Path(), period)
        closed = read_closed(folder) if folder else None
        if isinstance(closed, ClosedPeriod):
            old = Side.of_closed(closed)
            if isinstance(old, Side):
                diff = _against(old, result, period, request)
                differing = dict(_differing(diff))
                problems += [_problem(closed, key, said) for key, said in differing.items()]
                for key in (card.key for card in cards if card.period == period):
                    final = State("final", closed.manifest.date, closed.short_hash)
                    states[key] = final._replace(kind="differs") if key in differing else final
            else:
                problems.append(old)
        elif closed:
            problems.append(closed)
    if request.provisional:
        states |= {card.key: State("provisional") for card in result.cards if card.key not in states}
    return replace(result, problems=in_order([*result.problems, *problems]), states=states)


def with_closed(result: Scorecards, closed: Iterable[ClosedPeriod], request: ScoreRequest) -> Scorecards:
    """Return the cards with those of closed periods, of what was asked for; of these periods the frozen ones count.

    Cards of the same periods that differ are problems, and so are closed periods that cannot be read.
    """
    frozen: list[Frozen] = []
    problems = list(result.problems)
    for each in closed:
        side = Side.of_closed(each)
        report = each.report
        if isinstance(side, Problem) or isinstance(report, Problem):
            problems += [side] if isinstance(side, Problem) else []
            continue
        period = each.manifest.period
        chosen = side.chosen(request.selection)
        final = State("final", each.manifest.date, each.short_hash)
        cards = tuple(replace(card, state=final) for card in report.cards if card.key in chosen.cards)
        withheld = tuple(
            one for one in report.withheld if Key(one.period, one.role.id, one.employee) in chosen.withheld
        )
        frozen.append(Frozen(period, each.rules.rules, cards, withheld))
        if period in {*(card.period for card in result.cards), *(one.period for one in result.withheld_cards)}:
            diff = _against(side, result, period, request)
            problems += [_problem(each, key, said, "restated-beside-closed") for key, said in _differing(diff)]
    if any(each.cards for each in frozen):  # what was chosen is there, though not in the open files
        problems = [each for each in problems if each.code not in {"not-found", "nothing-selected"}]
    return replace(result, problems=in_order(problems), frozen=tuple(frozen))


def _against(old: Side, result: Scorecards, period: str, request: ScoreRequest) -> Impact:
    """Return what is another than in a closed period, of the cards that were asked for."""
    chosen = request.selection._replace(periods=(period,))
    sides = (old.chosen(chosen), Side.of(result).chosen(chosen))
    return compare_sides(*(replace(side, rows=None) for side in sides), is_diff=True)


def _differing(diff: Impact) -> Iterator[tuple[Key, dict[str, Value]]]:
    """Yield each card that differs, with the first thing that does."""
    for each in diff.not_compared:
        if (each.before is None) != (each.after is None):
            said = ("—" if card is None else card.total for card in (each.before, each.after))
            yield Key(each.period, each.role, each.employee), dict(zip(_SAID, ("total", *said), strict=True))
    others: dict[Key, tuple[Value, Value, Value]] = {}
    for figure in reversed(diff.figures):
        before, after = (side[0].actual if side else None for side in (figure.before, figure.after))
        others[figure.key] = (figure.item, before, after)
    others |= {each.key: (each.field, each.before, each.after) for each in reversed(diff.people)}
    for change in diff.cards:
        moved = ((name, getattr(change.before, name), getattr(change.after, name)) for name in _OF_CARD)
        first = next((each for each in moved if each[1] != each[2]), others.get(change.after.key))
        if first:
            yield change.after.key, dict(zip(_SAID, first, strict=True))


_SAID = ("field", "before", "after")


def _problem(closed: ClosedPeriod, key: Key, said: dict[str, Value], code: str = "differs-from-closed") -> Problem:
    shown = {name: "—" if value is None else str(value) for name, value in said.items()}
    values = {"employee": key.employee, "role": key.role, "period": key.period, **shown}
    return Problem(closed.name, None, None, code, values)
