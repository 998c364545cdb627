"""Advice on cards of quarters, whose adjustments are the mean of their months' points."""

from __future__ import annotations

from pathlib import Path

import pytest

import kpicard
from kpicard.cards.advice import Advice
from tests.oracle_months import Missing, Month


def said(advice: Advice) -> tuple[object, ...]:
    """Return all that a card's advice says."""
    steps = [[(s.scored.kpi.id, s.least, s.score, s.points) for s in each] for each in (advice.alone, advice.together)]
    return advice.grade, advice.lacking, steps, advice.is_cheapest


@pytest.mark.parametrize("missing", ["zero", "exclude"])
def test_a_quarter_of_three_equal_months_has_the_months_advice(tmp_path: Path, missing: Missing) -> None:
    """Random cards with adjustments and vetoes: what is counted three times earns its points once.

    But three times a count may reach a red line that one does not: such cards are left out.
    """
    month = Month(tmp_path, f"adjusted-longer-{missing}", "ordinary")
    of_month = month.scored(missing)
    october = tmp_path / "2026-10.csv"
    for other in ("2026-11", "2026-12"):
        october.with_stem(other).write_bytes(october.read_bytes())
    of_quarter = kpicard.score(
        of_month.rules, sorted(tmp_path.glob("*.csv")), missing=missing, by="quarter", rollup="actuals"
    )
    held = {(card.role.id, card.employee) for card in of_quarter.cards if card.red_lines}
    expected, found = (
        {(key.role, key.employee): said(advice) for key, advice in result.advice.items()}
        for result in (of_month, of_quarter)
    )
    assert {key: expected[key] for key in expected.keys() - held} == {key: found[key] for key in found.keys() - held}
    assert 30 < sum(any(line.points for line in card.adjustments) for card in of_quarter.cards)
    assert 30 < sum(bool(advice.alone) for advice in of_quarter.advice.values())


ROLE = """\
id: clerk
title: Clerk
kpis:
  - {{id: sold, name: Sold, weight: 100, better: higher, target: 8, rollup: sum, range: {{from: 0, upto: {upto}}},
     scoring: {{method: ratio, cap: 200}}}}
"""


@pytest.mark.parametrize(
    ("last", "upto", "expected"),
    [
        *(("8", "9.5996", ["28.7988"]), ("8", "9.5995", []), ("N/A", "9.5996", ["19.1992"]), ("N/A", "9.5995", [])),
        *(("", "9.5996", ["28.7988"]), ("", "9.5995", [])),
    ],
)
def test_a_sum_is_advised_within_the_ranges_of_its_months(
    tmp_path: Path, last: str, upto: str, expected: list[str]
) -> None:
    """28.7988 of 24 round to 120 %: three months of at most 9.5996 come to that, and a month of N/A adds none."""
    (tmp_path / "department.yaml").write_text(
        "title: Shop\ngrades: [{grade: A, from: 120, coefficient: 1}, {grade: B, from: 0, coefficient: 1}]\n", "utf-8"
    )
    (tmp_path / "clerk.yaml").write_text(ROLE.format(upto=upto), "utf-8")
    rows = [f"2026-{month},E1,clerk,sold,{actual}\n" for month, actual in ((10, "8"), (11, "8"), (12, last))]
    (tmp_path / "a.csv").write_text("period,employee,role,kpi,actual\n" + "".join(rows), "utf-8")
    rules, _ = kpicard.load(tmp_path)
    result = kpicard.score(rules, tmp_path / "a.csv", missing="zero", by="quarter", rollup="actuals")
    (card,) = result.cards
    assert card.grade == "B"
    assert expected == [str(step.actual) for step in result.advice[card.key].alone]
