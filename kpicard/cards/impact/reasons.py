"""Why the rules of one side give no card, and the impact in few numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Final

from kpicard.cards.impact.sides import Side
from kpicard.cards.impact.values import CardChange, Cause, Impact, NoCard, SideName, Summary
from kpicard.cards.values import Key
from kpicard.numbers import round2
from kpicard.problems import Problem, Value
from kpicard.rules.fields import Translations
from kpicard.rules.models import Role
from kpicard.rules.rules import held_in
from kpicard.text import Both, fold, spellings

_MOST: Final = 10
"""The most problems that are given for one card, of those that do not say whose they are."""


@dataclass(frozen=True)
class Reasons:
    """The errors of one side, ready to be asked which of them a card may be withheld for."""

    name: SideName
    side: Side
    of_employees: dict[Value, list[Problem]]
    of_roles: list[tuple[set[str], Problem]]
    """Those that name only a role or a KPI, each with what it is called; what is said of many rows is here once."""

    @classmethod
    def of(cls, name: SideName, side: Side, problems: Iterable[Problem]) -> Reasons:
        """Return the reasons that there are among `problems`."""
        of_employees: dict[Value, list[Problem]] = {}
        of_roles: dict[tuple[str, str], Problem] = {}
        for problem in problems:
            if problem.severity == "error" and "employee" in problem.values:
                of_employees.setdefault(problem.values["employee"], []).append(problem)
            elif problem.severity == "error":
                of_roles.setdefault((problem.code, problem.message), problem)
        return cls(name, side, of_employees, [(_named(each), each) for each in of_roles.values()])

    def why_none(self, key: Key, role: Role | None) -> NoCard:
        """Return why there is no card; `role` is the card's role as the other side has it."""
        problems = [*self._of_employee(key), *self._of_role(key, role)]
        return NoCard(self.name, self._cause(key), tuple(problems))

    def _of_employee(self, key: Key) -> Iterator[Problem]:
        for problem in self.of_employees.get(key.employee, ()):
            if problem.values.get("period", key.period) == key.period:
                yield problem

    def _of_role(self, key: Key, role: Role | None) -> list[Problem]:
        own = held_in(self.side.rules.versions.get(key.role, ()), key.period) if self.side.rules else None
        roles = [each for each in (own, role) if each]
        words = {fold(key.role), *(word for each in roles for word in _words(each.title))}
        words |= {word for each in roles for kpi in each.kpis for word in _words(kpi.name)}
        return [problem for named, problem in self.of_roles if named & words or problem.code == "no-grades"][:_MOST]

    def _cause(self, key: Key) -> Cause:
        rules = self.side.rules
        if rules and rules.department is None:
            return "no-grades"
        if rules and key.role in rules.broken:
            return "broken-role"
        if rules and key.role not in rules.versions:
            return "no-role"
        return "withheld" if key in self.side.withheld else "absent"


def _named(problem: Problem) -> set[str]:
    """Return the role that a problem names, or else the KPI."""
    return _words(problem.values.get("role") or problem.values.get("kpi"))


def _words(value: Value) -> set[str]:
    """Return a text in every language that it has, as it is compared; a number or a list is none."""
    return {fold(word) for word in spellings(value)} if isinstance(value, str | Translations | Both) else set()


def summarise(cards: Sequence[CardChange]) -> Summary:
    """Return how many of the cards went where."""
    totals = [card.total for card in cards if card.total is not None]
    coefficients = [card.coefficient for card in cards if card.coefficient is not None]
    moves = [card.move for card in cards]
    mean, mean_coefficient = _mean(totals), _mean(coefficients)
    return Summary(
        cards=len(cards),
        unchanged=sum(not card.is_change for card in cards),
        up=moves.count("up"),
        down=moves.count("down"),
        other=moves.count("other"),
        total_up=sum(change > 0 for change in totals),
        total_down=sum(change < 0 for change in totals),
        mean_total=None if mean is None else round2(mean),
        coefficients=sum(coefficients, Decimal(0)),
        mean_coefficient=None if mean_coefficient is None else round2(100 * mean_coefficient).scaleb(-2),
    )


def by_role(impact: Impact) -> Mapping[str, Summary]:
    """Return a summary for each role, by id."""
    cards = sorted(impact.cards, key=_role)
    return {role: summarise(list(group)) for role, group in groupby(cards, key=_role)}


def _role(card: CardChange) -> str:
    return card.after.role.id


def _mean(changes: Sequence[Decimal]) -> Fraction | None:
    return sum(map(Fraction, changes), Fraction(0)) / len(changes) if changes else None
