"""Advice on cards of quarters, whose adjustments are the mean of their months' points."""

from __future__ import annotations

from pathlib import Path

import pytest

import kpicard
from kpicard.advice.values import Advice
from tests.test_oracle import Missing, Month


def said(advice: Advice) -> tuple[object, ...]:
    """Return all that a card's advice says."""
    steps = [[(s.scored.kpi.id, s.actual, s.score, s.points) for s in each] for each in (advice.alone, advice.together)]
    return advice.grade, advice.lacking, steps, advice.is_cheapest


@pytest.mark.parametrize("missing", ["zero", "exclude"])
def test_a_quarter_of_three_equal_months_has_the_months_advice(tmp_path: Path, missing: Missing) -> None:
    """Random cards with adjustments and vetoes: what is counted three times earns its points once."""
    month = Month(tmp_path, f"adjusted-longer-{missing}", "ordinary")
    of_month = month.scored(missing)
    october = tmp_path / "2026-10.csv"
    for other in ("2026-11", "2026-12"):
        october.with_stem(other).write_bytes(october.read_bytes())
    of_quarter = kpicard.score(
        of_month.rules, sorted(tmp_path.glob("*.csv")), missing=missing, by="quarter", rollup="actuals"
    )
    expected = {(key.role, key.employee): said(advice) for key, advice in of_month.advice.items()}
    assert expected == {(key.role, key.employee): said(advice) for key, advice in of_quarter.advice.items()}
    assert 30 < sum(any(line.points for line in card.adjustments) for card in of_quarter.cards)
    assert 30 < sum(bool(advice.alone) for advice in of_quarter.advice.values())
