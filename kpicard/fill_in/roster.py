"""Who a template is for: the people of a roster, or one blank line for each role."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kpicard.actuals.files.tables import Source
from kpicard.files import own_folder
from kpicard.problems import Problem, has_errors, in_order
from kpicard.roster.people import Roster
from kpicard.roster.read import read_roster
from kpicard.rules.rules import Rules


class Chosen(NamedTuple):
    """Who the template is for, and the problems found. None where somebody would be missing from it."""

    roster: Roster | None
    problems: tuple[Problem, ...]


def choose(rules: Rules, roster: Source | None, roles: Iterable[str] = (), period: str | None = None) -> Chosen:
    """Return the people of a roster, or without one each role once; of `roles`, given by id, where some are chosen.

    With a `period` only those who are there in that month.
    """
    wanted = tuple(dict.fromkeys(roles))
    if roster is None:
        if not rules.roles or (rules.broken and not wanted):
            return Chosen(None, ())
        return Chosen(Roster.blank(rules.roles[id_] for id_ in wanted or rules.roles), ())
    with own_folder() as folder:
        people, problems = read_roster(roster, rules, folder)
    if period and not has_errors(problems):
        people = people.at(period)
        if not people.people:
            return Chosen(None, (*problems, Problem(roster.name, None, None, "nobody-then", {"period": period})))
    if not has_errors(problems):
        problems = in_order([*problems, *_not_found(people, rules, roster, wanted)])
    if has_errors(problems):
        return Chosen(None, problems)
    return Chosen(people.only(wanted) if wanted else people, problems)


def _not_found(people: Roster, rules: Rules, roster: Source, wanted: Iterable[str]) -> Iterator[Problem]:
    """Yield the chosen roles that nobody has: no choice comes to nothing in silence."""
    found = {person.role.id for person in people.people}
    known = tuple(rules.roles[id_].title for id_ in sorted(found))
    for id_ in wanted:
        if id_ not in found:
            yield Problem(roster.name, None, None, "nobody-chosen", {"role": rules.roles[id_].title, "found": known})
