"""Comments in the actuals stand on the card; notes are not read."""

from __future__ import annotations

from pathlib import Path

import pytest

import kpicard
from kpicard.cards.values import Comment

ROLE = """\
id: seller
title: Seller
kpis:
  - {id: sales, name: Sales, weight: 60, better: higher, target: 100, definition: d, source: s}
  - {id: care, name: Care, weight: 40, better: higher, target: 5, definition: d, source: s}
"""


def scored(folder: Path, rows: str, by: str | None = None) -> kpicard.Scorecards:
    """Score rows."""
    (folder / "roles").mkdir(exist_ok=True)
    (folder / "roles" / "department.yaml").write_text("title: Shop\ngrades: [{grade: A, from: 0, coefficient: 1}]\n")
    (folder / "roles" / "seller.yaml").write_text(ROLE)
    (folder / "a.csv").write_text(rows, "utf-8")
    result = kpicard.score(kpicard.load(folder / "roles").rules, folder / "a.csv", by=by)  # type: ignore[arg-type]
    assert () == result.problems
    return result


@pytest.mark.parametrize(
    ("rows", "comments"),
    [
        (
            "period,employee,role,kpi,actual,评语,备注\n2026-10,E1,seller,sales,100,steady,private\n2026-10,E1,seller,care,5,,\n",
            [Comment("steady", "sales")],
        ),
        (
            "period,employee,role,sales,care,comment,note\n2026-10,E1,seller,100,5,kept the team together,private\n",
            [Comment("kept the team together")],
        ),
        (
            "period,employee,role,kpi,actual,comment\n2026-10,E1,seller,sales,100,good\n2026-10,E1,seller,care,5,good\n",
            [Comment("good")],
        ),
    ],
)
def test_a_comment_is_of_its_kpi_or_of_the_card(tmp_path: Path, rows: str, comments: list[Comment]) -> None:
    """In a row of one KPI it is that KPI's; in a row of all, and at several KPIs alike, the card's."""
    (card,) = scored(tmp_path, rows).cards
    assert comments == [*card.comments]


def test_a_quarter_has_the_comments_of_its_months(tmp_path: Path) -> None:
    """Each with its month."""
    rows = "period,employee,role,sales,care,comment\n" + "".join(
        f"2026-{month},E1,seller,100,5,{text}\n" for month, text in ((10, "slow start"), (11, ""), (12, "better"))
    )
    (card,) = scored(tmp_path, rows, "quarter").cards
    assert [Comment("slow start", None, "2026-10"), Comment("better", None, "2026-12")] == [*card.comments]
