"""Appraisal forms as departments have them, each with a month whose cards were worked out by hand.

A folder under tests/data/form-rules has `roles`, a month, and `expected.csv`: for each employee score and points of
each line, the weight and the points of each section, the grade and the total, and the total with 0 for what is not
applicable.
"""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import kpicard
from kpicard.cards.left_out import left_out

FORMS = sorted((Path(__file__).parents[1] / "data" / "form-rules").iterdir())


def _text(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"


def _rows(card: Any) -> list[tuple[str, str, str, str]]:
    found = [(each.kpi.id, _text(each.score), _text(each.points)) for each in card.kpis]
    found += [(each.adjustment.id, _text(each.actual), _text(each.points)) for each in card.adjustments]
    found += [(each.section.id, _text(each.effective_weight), _text(each.points)) for each in card.sections]
    out = left_out(card)
    found += [("with-zero", "", _text(out.total_with_zero))] if out else []
    return [(card.employee, *each) for each in [*found, ("total", card.grade or "", _text(card.total))]]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_a_form_gives_the_cards_that_were_worked_out_by_hand(form: Path) -> None:
    """Its rules have no error, its month no problem, and every figure is the one in `expected.csv`."""
    rules, problems = kpicard.load(form / "roles")
    assert [] == [str(problem) for problem in problems if problem.severity == "error"]
    result = kpicard.score(rules, form / "2026-10.csv")
    assert [] == [str(problem) for problem in result.problems]
    with (form / "expected.csv").open(encoding="utf-8", newline="") as stream:
        _, *expected = [tuple(row) for row in csv.reader(stream)]
    cards = sorted(result.cards, key=lambda card: card.employee)
    assert expected == [row for card in cards for row in _rows(card)]
