"""A grade reaches from its limit, included, to the next one's, not included; a veto is for a score below, not at."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

import kpicard

GRADES = [
    {"grade": "S", "from": "100.005", "coefficient": "1.5"},
    {"grade": "A", "from": "90", "coefficient": "1.2"},
    {"grade": "B", "from": "80.001", "coefficient": "1.0"},
    {"grade": "C", "from": "-10", "coefficient": "0.5"},
    {"grade": "D", "from": "-20", "coefficient": "0"},
]
LINE = {"method": "linear", "points": [["-200", "-200"], ["200", "200"]]}
"""The score is the actual."""


def grades(folder: Path, totals: Sequence[str], veto: dict[str, str] | None = None) -> list[str | None]:
    """Return the grades of cards with these totals."""
    kpi = {"id": "only", "name": "Only", "weight": 100, "better": "higher", "scoring": LINE}
    role = {"id": "r", "title": "R", "kpis": [kpi | ({"veto": veto} if veto else {})]}
    (folder / "department.yaml").write_text(json.dumps({"title": "D", "grades": GRADES}), "utf-8")
    (folder / "r.yaml").write_text(json.dumps(role), "utf-8")
    rows = [f"E{index:02},r,{total}" for index, total in enumerate(totals)]
    (folder / "2026-10.csv").write_text("\n".join(["employee,role,only", *rows]), "utf-8")
    cards = kpicard.score(kpicard.load(folder).rules, folder / "2026-10.csv").cards
    assert list(map(Decimal, totals)) == [card.total for card in cards]
    return [card.grade for card in cards]


@pytest.mark.parametrize(
    ("total", "grade"),
    [
        *(("199.99", "S"), ("100.01", "S"), ("100.00", "A"), ("90.00", "A"), ("89.99", "B"), ("80.01", "B")),
        *(("80.00", "C"), ("0.00", "C"), ("-10.00", "C"), ("-10.01", "D"), ("-20.00", "D"), ("-20.01", "D")),
        ("-199.99", "D"),
    ],
)
def test_a_total_at_a_limit_has_the_better_grade(tmp_path: Path, total: str, grade: str) -> None:
    """Limits between two hundredths too; below the last one it is the last grade."""
    assert [grade] == grades(tmp_path, [total])


def test_a_score_at_the_bound_of_a_veto_is_not_vetoed(tmp_path: Path) -> None:
    """A bound between two hundredths counts from the next one up; a veto never lifts a grade."""
    totals = ["100.01", "95.50", "95.49", "95.00", "85.00", "-15.00"]
    veto = {"score_below": "95.50", "grade_at_most": "B"}
    assert ["S", "A", "B", "B", "B", "D"] == grades(tmp_path, totals, veto)
    assert ["S", "A", "B", "B", "B", "D"] == grades(tmp_path, totals, {**veto, "score_below": "95.495"})
