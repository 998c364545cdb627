"""Explanations: every formula comes to what the card says, for whoever types it into a calculator."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import pytest

import kpicard
from kpicard.cards.explanation.explain import explain, explain_all
from kpicard.cards.explanation.values import Explanation, Formula
from tests.oracle import rounded
from tests.oracle_months import Missing, Month
from tests.random_rules import Extent

_OPERATORS: Final[dict[type[ast.operator], Callable[[Fraction, Fraction], Fraction]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def calculate(text: str) -> Fraction:
    """Calculate what is written, as a pocket calculator with fractions would."""
    typed = text.replace("×", "*").replace("÷", "/").replace("−", "-").replace(",", "")

    def value(node: ast.expr) -> Fraction:
        if isinstance(node, ast.BinOp):
            return _OPERATORS[type(node.op)](value(node.left), value(node.right))
        if isinstance(node, ast.UnaryOp):
            return -value(node.operand)
        return Fraction(ast.get_source_segment(typed, node) or "")

    return value(ast.parse(typed, mode="eval").body)


def formulas(explanation: Explanation) -> Iterator[tuple[Formula, Decimal | None]]:
    """Yield each formula with the figure of the card that it must come to."""
    card = explanation.card
    found: list[tuple[Formula | None, Decimal | None]] = [(explanation.total, card.total)]
    found.append((explanation.bonus, card.bonus))
    for steps in explanation.kpis:
        scored = steps.scored
        found.append((steps.division, scored.actual))
        found.append((steps.attainment or steps.ratio, scored.attainment))
        found += [(steps.score, scored.score), (steps.points, scored.points)]
        if steps.effective_weight:
            found.append((steps.effective_weight, scored.effective_weight))
    found += [(steps.product, steps.adjusted.points) for steps in explanation.adjustments if not steps.bound]
    yield from ((formula, figure) for formula, figure in found if formula)


MONTHS: Final[list[tuple[str, Extent, Missing]]] = [
    ("ordinary-explained", "ordinary", "zero"),
    ("extreme-explained", "extreme", "exclude"),
    ("adjusted-explained", "ordinary", "exclude"),
]


@pytest.fixture(params=MONTHS, ids=lambda param: param[0], scope="module")
def random_cards(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Explanation, ...]:
    """Explanations of hundreds of random cards of all methods."""
    seed, extent, missing = request.param
    result = Month(tmp_path_factory.mktemp("month"), seed, extent).scored(missing)
    return tuple(explain(card, result.rules) for card in result.cards)


def test_every_formula_comes_to_the_figure_on_the_card(random_cards: Sequence[Explanation]) -> None:
    """Recomputed from the text alone, and rounded as the card is."""
    count = 0
    for explanation in random_cards:
        for formula, figure in formulas(explanation):
            exact = calculate(formula.text)
            assert exact == formula.value
            assert figure == formula.result, formula.text
            corrected = abs(rounded(exact, formula.places) - Fraction(formula.result))
            assert 0 < corrected <= Fraction(1, 10_000) if formula.is_corrected else corrected == 0
            count += 1
    assert count > 1000


def test_the_digits_that_are_shown_decide_how_a_value_is_rounded(random_cards: Sequence[Explanation]) -> None:
    """What is cut off behind the digits shown never turns the rounding."""
    for explanation in random_cards:
        for formula, _ in formulas(explanation):
            digits = formula.unrounded
            shown = Fraction(digits.rstrip("…"))
            assert formula.is_corrected or rounded(shown, formula.places) == Fraction(formula.result)
            assert digits.endswith("…") == (shown != formula.value)


def test_what_lies_on_a_card_lies_where_it_is_said_to(random_cards: Sequence[Explanation]) -> None:
    """The piece of the curve holds x, the grade's band holds the total, and a bound of an adjustment its points."""
    for explanation in random_cards:
        for steps in explanation.kpis:
            assert (steps.place is None) == (steps.scored.status != "scored")
            if steps.place:
                low, high = steps.place.low, steps.place.high
                assert low is None or (low.x <= steps.place.x if low.is_included else low.x < steps.place.x)
                assert high is None or (steps.place.x <= high.x if high.is_included else steps.place.x < high.x)
        for adjusted in explanation.adjustments:
            if adjusted.bound and adjusted.product:
                side, bound = adjusted.bound
                beyond = operator.lt if side == "at-least" else operator.gt
                assert beyond(calculate(adjusted.product.text), Fraction(bound))
                assert rounded(Fraction(bound), 4) == Fraction(adjusted.adjusted.points or 0)
        card, band = explanation.card, explanation.band
        assert card.grade_by_total == (band.grade.grade if band else None)
        if band and card.total is not None:
            assert band.is_last or band.grade.from_ <= card.total
            assert band.below is None or card.total < band.below


def test_printed_lines_are_right_as_they_stand(kpicard: Callable[..., Any]) -> None:
    """Each `a = b ≈ c` of the examples' explanations, thousands separated and all, read back from the Markdown."""
    examples = Path(__file__).parents[2] / "examples"
    printed = kpicard("explain", *sorted(examples.glob("2026-*.csv")), "--format", "markdown").stdout
    equation = r"^- [^:\n]*: ([-(\d][^=≈\n:;]*?) [=≈] ([-\d.,]+)(…)?%?(?: ≈ ([-\d.,]*\d)(, so that)?)?"
    equations = re.findall(equation, printed, re.MULTILINE)
    assert len(equations) > 500
    for text, value, more, result, is_corrected in equations:
        exact, said = calculate(text), calculate(value)
        assert 0 <= abs(exact) - abs(said) < Fraction(1, 10**6) if more else exact == said
        if result:
            decimals = len(result.partition(".")[2])
            difference = abs(rounded(exact, decimals) - calculate(result))
            assert difference == (Fraction(1, 10**decimals) if is_corrected else 0)


def test_a_mean_of_months_and_actuals_brought_together_are_explained() -> None:
    """A quarter's total is the mean of its months as they are printed; from actuals, it is a card as any other."""
    rules, _ = kpicard.load(Path(__file__).parents[2] / "roles")
    files = sorted((Path(__file__).parents[2] / "examples").glob("2026-*.csv"))
    totals = explain_all(kpicard.score(rules, files, by="quarter"))
    actuals = explain_all(kpicard.score(rules, files, by="quarter", rollup="actuals"))
    for explanations in (totals, actuals):
        assert len(explanations.explained) > 20
        for explanation in explanations.explained:
            for formula, figure in formulas(explanation):
                assert formula.result == figure
                assert formula.is_corrected or rounded(calculate(formula.text), formula.places) == Fraction(figure or 0)
    assert any(" ÷ 2" in explanation.total.text for explanation in totals.explained if explanation.total)
