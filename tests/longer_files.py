"""A small shop and its months, for the tests of quarters and years."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import kpicard

DEPARTMENT = """\
title: Shop
grades:
  - {grade: A, from: 90, coefficient: 1.2}
  - {grade: B, from: 60, coefficient: 1}
  - {grade: C, from: 0, coefficient: 0.5}
"""
CLERK = """\
id: clerk
title: {en: Clerk, zh: 文员}
kpis:
  - {id: rate, name: {en: Conversion, zh: 转化率}, weight: 60, unit: "%", better: higher, target: 10}
  - {id: sales, name: {en: Sales, zh: 销售额}, weight: 40, better: higher, target: 100, rollup: sum}
"""
HEADING = "period,employee,role,kpi,actual,numerator,denominator,target\n"


class Shop:
    """A folder with rules and rows of months."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.roles = folder / "roles"
        self.roles.mkdir()
        self.rule("department", DEPARTMENT)
        self.rule("clerk", CLERK)

    def rule(self, name: str, text: str) -> None:
        """Write a file of the rules."""
        (self.roles / f"{name}.yaml").write_text(text, "utf-8")

    def one_kpi(self, **more: str) -> None:
        """Let clerks have the one KPI `speed`, of weight 100; what it has besides is given."""
        kpi = {"better": "higher", "target": "10", **more}
        keys = ", ".join(f"{key}: {value}" for key, value in kpi.items())
        self.rule("clerk", f"id: clerk\ntitle: Clerk\nkpis:\n  - {{id: speed, name: Speed, weight: 100, {keys}}}\n")

    def file(self, *rows: str, name: str = "a.csv", heading: str = HEADING) -> Path:
        """Write rows of clerks, as `10 E1 rate 9.5` or `10 E1 rate 9/100 target`: month, employee, KPI, figure."""
        (self.folder / name).write_text(heading + "".join(f"{_row(row)}\n" for row in rows), "utf-8")
        return self.folder / name

    def score(self, *rows: str, by: str = "quarter", rollup: str = "totals", **more: Any) -> kpicard.Scorecards:
        """Score rows by the rules as they are."""
        rules, problems = kpicard.load(self.roles)
        assert () == problems
        return kpicard.score(rules, self.file(*rows), by=by, rollup=rollup, **more)  # type: ignore[arg-type]

    def card(self, *rows: str, by: str = "quarter", rollup: str = "totals", **more: Any) -> kpicard.Card:
        """Score rows that give just one card, and no problem."""
        result = self.score(*rows, by=by, rollup=rollup, **more)
        assert () == result.problems
        (card,) = result.cards
        return card


def _row(text: str) -> str:
    month, employee, kpi, figure, *target = text.split()
    period = month if "-" in month else f"2026-{month}"
    actual, numerator, denominator = (
        ("", *figure.split("/")) if figure.count("/") == 1 and figure != "N/A" else (figure, "", "")
    )
    return ",".join(
        (period, employee, "clerk", kpi, actual.replace("none", ""), numerator, denominator, *(target or [""]))
    )


def codes(result: kpicard.Scorecards) -> list[str]:
    """Return the codes of the problems."""
    return [problem.code for problem in result.problems]
