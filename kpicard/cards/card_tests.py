"""Running the tests of rules, and writing one from a real card."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final

from kpicard.actuals.files.tables import Source
from kpicard.cards.request import ScoreRequest
from kpicard.cards.scorecards import score_request
from kpicard.cards.values import Card, Key
from kpicard.files import own_folder
from kpicard.numbers import plain
from kpicard.problems import Problem, in_order
from kpicard.rules.card_tests import CardTest, LoadedTests
from kpicard.rules.document import Route
from kpicard.rules.rules import Rules

_HEADING: Final = ("period", "employee", "role", "kpi", "actual", "numerator", "denominator", "target")


def run_tests(loaded: LoadedTests, rules: Rules) -> tuple[Problem, ...]:
    """Return what is not as a file of tests expects it, at the place of what was expected.

    What is wrong with the actuals that are given is said at their place.
    """
    tests, document = loaded.tests, loaded.document
    names = _names(tests.cards)
    rows = [row for index, test in enumerate(tests.cards) for row in _rows(index, test, loaded)]
    with own_folder() as folder:
        path = folder / "tests.csv"
        with path.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(_HEADING)
            writer.writerows((tests.period, names[card], tests.role, *values) for card, _, values in rows)
        request = ScoreRequest(missing=tests.missing, periods=(tests.period,))
        result = score_request(rules, [Source(path, document.path)], request)
    problems = [_placed(problem, loaded, [route for _, route, _ in rows]) for problem in result.problems]
    cards = {card.key: card for card in result.cards}
    for index, test in enumerate(tests.cards):
        card = cards.get(Key(tests.period, tests.role, names[index]))
        if card is not None:
            problems += _unexpected(index, test, card, loaded)
    return in_order(problems)


def _names(tests: tuple[CardTest, ...]) -> list[str]:
    """Return what each card's employee is called: as the test is, with its number where two have one name."""
    names = [test.name for test in tests]
    return [name if names.count(name) == 1 else f"{name} ({number})" for number, name in enumerate(names, start=1)]


def _rows(index: int, test: CardTest, loaded: LoadedTests) -> Iterator[tuple[int, Route, tuple[str, ...]]]:
    """Yield the row of each figure, and where in the file it stands; one at least, that the card is there."""
    given = [*test.actuals, *(kpi for kpi in test.ratios if kpi not in test.actuals)]
    for kpi in given or [loaded.role.kpis[0].id]:
        part = "actuals" if kpi in test.actuals or not given else "ratios"
        parts = map(plain, test.ratios[kpi]) if kpi in test.ratios else ("", "")
        target = plain(test.targets[kpi]) if kpi in test.targets else ""
        yield index, ("cards", index, part, kpi), (kpi, test.actuals.get(kpi, ""), *parts, target)


def _placed(problem: Problem, loaded: LoadedTests, routes: list[Route]) -> Problem:
    """Return a problem of the table that the tests were made, at its place in their file."""
    document = loaded.document
    known = problem.path == document.path and problem.line is not None and 0 <= problem.line - 2 < len(routes)
    route = routes[problem.line - 2] if known and problem.line else ()
    at = document.problem_at(problem.code, route)
    return replace(problem, line=at.line, column=at.column)


def _unexpected(index: int, test: CardTest, card: Card, loaded: LoadedTests) -> Iterator[Problem]:
    """Yield each figure of a card that is another than expected."""
    scores = {scored.kpi.id: scored.score for scored in card.kpis}
    checks: list[tuple[Route, str, Decimal | str | None, Decimal | str | None]] = [
        (("total",), "total", test.total, card.total),
        (("grade",), "grade", test.grade, card.grade),
        (("coefficient",), "coefficient", test.coefficient, card.coefficient),
        *((("scores", kpi), f"scores.{kpi}", expected, scores.get(kpi)) for kpi, expected in test.scores.items()),
    ]
    for route, field, expected, found in checks:
        if expected is not None and expected != found:
            values = {"test": test.name, "field": field, "expected": expected, "found": "—" if found is None else found}
            yield loaded.document.problem_at("test-fails", ("cards", index, *route), **values)


def recorded(card: Card, missing: str) -> str:
    """Return a file with a test that expects what a card says; it says nothing of whose it is."""
    actuals = {each.kpi.id: _actual(each.status, each.actual) for each in card.kpis if each.denominator is None}
    actuals |= {each.adjustment.id: _actual(each.status, each.actual) for each in card.adjustments}
    ratios = {
        each.kpi.id: f"[{plain(each.numerator)}, {plain(each.denominator)}]"
        for each in card.kpis
        if each.numerator is not None and each.denominator is not None
    }
    own = {
        each.kpi.id: plain(each.target)
        for each in card.kpis
        if each.target is not None and each.target != each.kpi.target
    }
    scores = {each.kpi.id: plain(each.score) for each in card.kpis if each.score is not None}
    parts = {"actuals": {kpi: actual for kpi, actual in actuals.items() if actual}, "ratios": ratios, "targets": own}
    lines = [
        f"role: {card.role.id}",
        f"period: {card.period}",
        *([f"missing: {missing}"] if missing != "refuse" else []),
    ]
    lines += ["cards:", f"  - name: {card.role.id} {card.period}"]
    for part, values in (*parts.items(), ("scores", scores)):
        if values:
            lines += [f"    {part}:", *(f"      {kpi}: {value}" for kpi, value in values.items())]
    result = {"total": card.total, "grade": card.grade and json.dumps(card.grade, ensure_ascii=False)}
    result["coefficient"] = None if card.coefficient is None else plain(card.coefficient)
    lines += [f"    {name}: {value}" for name, value in result.items() if value is not None]
    return "".join(f"{line}\n" for line in lines)


def _actual(status: str, actual: Decimal | None) -> str:
    """Return an actual as a test gives it; nothing where it is not reported."""
    return "N/A" if status == "not_applicable" else "" if actual is None else plain(actual)
