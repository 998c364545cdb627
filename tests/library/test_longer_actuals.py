"""Quarters and years from the months' actuals, brought together by each KPI's rollup and then scored."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from kpicard.cards.values import Card, Scored
from kpicard.reports.card_notes import notes
from kpicard.reports.rollup_notes import longer_lines
from tests.longer_files import CLERK, DEPARTMENT, Shop, codes

END = "999999999999"


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    found = Shop(tmp_path)
    found.one_kpi()
    return found


def quarter(shop: Shop, *rows: str, **more: str) -> Card:
    return shop.card(*rows, rollup="actuals", **more)


def speed(shop: Shop, *rows: str, **more: str) -> Scored:
    (scored,) = quarter(shop, *rows, **more).kpis
    return scored


def test_10_of_100_and_90_of_1000_are_9_09_percent(shop: Shop) -> None:
    """Summed up and then divided, not 9.5: with every part on the card."""
    shop.rule("clerk", CLERK)
    rows = ("10 E1 rate 10/100", "11 E1 rate 90/1000", "10 E1 sales 120", "11 E1 sales 90")
    card = quarter(shop, *rows)
    rate, sales = card.kpis
    assert (Decimal("9.090909"), Decimal("90.91"), Decimal("54.546")) == (rate.actual, rate.attainment, rate.points)
    assert (Decimal(100), Decimal(1100)) == (rate.numerator, rate.denominator)
    assert (Decimal(210), Decimal(200), Decimal("105.00")) == (sales.actual, sales.target, sales.attainment)
    assert (Decimal("96.55"), "A", "actuals") == (card.total, card.grade, card.rollup)
    assert [
        "Scored from the months' actuals, brought together KPI by KPI; 2 of 3 months (none for 2026-12).",
        "Conversion (summed up, then divided): (10 + 90) ÷ (100 + 1,000) × 100 ≈ 9.090909%",
        "Sales (sum): 120 + 90 = 210; target 100 + 100 = 200",
    ] == longer_lines(card, "en")
    assert [
        "各指标先将各月实际值合并，再计分；3 个月中有 2 个月（缺 2026-12）。",
        "转化率（先合计后相除）：(10 + 90) ÷ (100 + 1,000) × 100 ≈ 9.090909%",
        "销售额（合计）：120 + 90 = 210；目标值 100 + 100 = 200",
    ] == longer_lines(card, "zh")


@pytest.mark.parametrize(
    ("rollup", "actual", "target", "said"),
    [
        ("sum", "29", "33", "Speed (sum): 9 + 12 + 8 = 29; target 10 + 12 + 11 = 33"),
        ("mean", "9.666667", "11", "Speed (mean): (9 + 12 + 8) ÷ 3 ≈ 9.666667; target (10 + 12 + 11) ÷ 3 = 11"),
        ("last", "8", "11", "Speed (last month): 9, 12, 8 → 8; target 10, 12, 11 → 11"),
        ("min", "8", "10", "Speed (lowest month): 9, 12, 8 → 8; target 10, 12, 11 → 10"),
        ("max", "12", "12", "Speed (highest month): 9, 12, 8 → 12; target 10, 12, 11 → 12"),
    ],
)
def test_actuals_and_targets_are_brought_together_alike(
    shop: Shop, rollup: str, actual: str, target: str, said: str
) -> None:
    """By what the KPI says; each month has the target that its own card has."""
    shop.one_kpi(rollup=rollup)
    rows = ("10 E1 speed 9", "12 E1 speed 8 11", "11 E1 speed 12 12")  # not in the order of the months
    card = quarter(shop, *rows)
    assert (Decimal(actual), Decimal(target)) == (card.kpis[0].actual, card.kpis[0].target)
    assert said == longer_lines(card, "en")[1]
    assert [Decimal(9), Decimal(12), Decimal(8)] == [month.kpis[0].actual for month in card.months]  # type: ignore[attr-defined]


def test_the_targets_of_a_ratio_are_weighted_by_the_denominators(shop: Shop) -> None:
    """So that on target in every month is on target in the quarter."""
    shop.one_kpi(unit='"%"', rollup="ratio")
    card = quarter(shop, "10 E1 speed 10/100 10", "11 E1 speed 160/1000 16")
    (scored,) = card.kpis
    assert (Decimal("15.454545"), Decimal("15.454545"), Decimal("100.00")) == (
        scored.actual,
        scored.target,
        scored.attainment,
    )
    assert longer_lines(card, "en")[1] == (
        "Speed (summed up, then divided): (10 + 160) ÷ (100 + 1,000) × 100 ≈ 15.454545%; "
        "target (10 × 100 + 16 × 1,000) ÷ (100 + 1,000) ≈ 15.454545%"
    )


def test_without_a_rollup_one_plain_figure_among_the_months_makes_it_a_mean(shop: Shop) -> None:
    """A curve on the actual is written for one month's figure, and a mean is one."""
    shop.one_kpi(unit='"%"')
    assert Decimal("9.5") == speed(shop, "10 E1 speed 10/100", "11 E1 speed 9").actual
    assert Decimal("9.090909") == speed(shop, "10 E1 speed 10/100", "11 E1 speed 90/1000", "12 E1 speed 0/0").actual
    assert None is speed(shop, "10 E1 speed 10/100", "11 E1 speed 9").denominator


def test_a_ratio_needs_numerator_and_denominator(shop: Shop) -> None:
    """Where the role says `ratio`, a single figure withholds the card, at its cell; never a mean instead."""
    shop.one_kpi(rollup="ratio")
    result = shop.score("10 E1 speed 10/100", "11 E1 speed 9", "10 E2 speed 10/1", rollup="actuals")
    assert ["rollup-needs-ratio"] == codes(result)
    assert ["E2"] == [card.employee for card in result.cards]
    (problem,) = result.problems
    assert (3, 24) == (problem.line, problem.column)
    assert "give numerator and denominator, or write `rollup: mean` for the KPI" == problem.hint
    assert () == shop.score("10 E1 speed 10/100", "11 E1 speed 9").problems


def test_months_not_applicable_are_left_out(shop: Shop) -> None:
    """Of actual and target alike; a KPI that applies in no month is not applicable."""
    shop.one_kpi(rollup="sum")
    card = quarter(shop, "10 E1 speed 9", "11 E1 speed N/A", "12 E1 speed 8")
    assert (Decimal(17), Decimal(20)) == (card.kpis[0].actual, card.kpis[0].target)
    assert "without 2026-11 (not applicable)" in longer_lines(card, "en")[1]
    nothing = quarter(shop, "10 E1 speed N/A", "11 E1 speed N/A")
    assert ("not_applicable", None, None) == (nothing.kpis[0].status, nothing.kpis[0].points, nothing.total)


def test_a_figure_not_reported_is_treated_as_was_chosen(shop: Shop) -> None:
    """`refuse` withholds, `exclude` leaves the month out, and `zero` scores the whole quarter 0 and says so."""
    rows = ("10 E1 speed 9", "11 E1 speed none")
    refused = shop.score(*rows, rollup="actuals")
    assert (["not-reported"], 0, 1) == (codes(refused), refused.count, refused.withheld)
    left_out = quarter(shop, *rows, missing="exclude")
    assert ("scored", Decimal(9)) == (left_out.kpis[0].status, left_out.kpis[0].actual)
    assert "Speed (mean): 9; without 2026-11 (not reported, left out)" in longer_lines(left_out, "en")
    zero = quarter(shop, *rows, missing="zero")
    assert ("not_reported", None, Decimal("0.00")) == (zero.kpis[0].status, zero.kpis[0].actual, zero.kpis[0].score)
    assert "Speed (mean): not reported in 2026-11, so that it scores 0" in longer_lines(zero, "en")
    assert "Speed（平均）：2026-11 未填报，故按 0 分计" in longer_lines(zero, "zh")


def test_weights_curves_and_vetoes_are_the_last_months(shop: Shop) -> None:
    """October's edition weighs otherwise; the quarter is scored by December's, also for who has no December."""
    shop.rule("clerk", CLERK)
    shop.rule(
        "clerk.2026-12",
        CLERK.replace("id: clerk", "id: clerk\nfrom: 2026-12")
        .replace("60", "50")
        .replace("weight: 40", "weight: 50")
        .replace("rollup: sum", "rollup: sum, veto: {score_below: 99, grade_at_most: C}"),
    )
    months = [f"{month} E1 {kpi}" for month in (10, 11, 12) for kpi in ("rate 10", "sales 90")]
    card = quarter(shop, *months)
    assert [Decimal(50), Decimal(50)] == [scored.kpi.weight for scored in card.kpis]
    assert (Decimal("95.00"), "C", "A") == (card.total, card.grade, card.grade_by_total)
    earlier = quarter(shop, *months[:4])
    assert (Decimal("96.00"), "A") == (earlier.total, earlier.grade)


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("rollup: sum", "rollup: mean", "sales"),
        ('unit: "%"', "unit: h", "rate"),
        ("id: sales", "id: revenue", "revenue, sales"),
    ],
)
def test_figures_that_changed_within_the_quarter_cannot_be_brought_together(
    shop: Shop, old: str, new: str, changed: str
) -> None:
    """Once for the role, and only the cards are withheld that have months of both; the totals have a mean still."""
    shop.rule("clerk", CLERK)
    shop.rule("clerk.2026-12", CLERK.replace("id: clerk", "id: clerk\nfrom: 2026-12").replace(old, new))
    after = "revenue" if "revenue" in new else "sales"
    rows = [f"{month} {who} {kpi} 9" for month in (10, 11) for who in ("E1", "E2", "E3") for kpi in ("rate", "sales")]
    rows += [f"12 {who} {kpi} 9" for who in ("E1", "E2") for kpi in ("rate", after)]
    result = shop.score(*rows, rollup="actuals")
    (problem,) = result.problems
    assert ("rules-changed-within", 2, 12) == (problem.code, problem.line, problem.column)
    assert f"{changed} changed in id, unit or rollup" in problem.message
    assert "--rollup totals" in problem.hint
    assert ["E3"] == [card.employee for card in result.cards]
    assert (3, ()) == ((totals := shop.score(*rows)).count, totals.problems)


def test_a_target_that_one_of_the_months_lacks_is_no_target_of_the_quarter(shop: Shop) -> None:
    """A sum of two actuals is not set against the target of one month; the curve on the actual scores it still."""
    curve = "{method: linear, points: [[0, 0], [20, 100]]}"
    shop.one_kpi(target="~", scoring=curve, rollup="sum")
    before = (shop.roles / "clerk.yaml").read_text("utf-8")
    shop.rule("clerk.2026-11", before.replace("id: clerk", "id: clerk\nfrom: 2026-11").replace("~", "10"))
    scored = speed(shop, "10 E1 speed 9", "11 E1 speed 8")
    assert (Decimal(17), None, None, Decimal("85.00")) == (
        scored.actual,
        scored.target,
        scored.attainment,
        scored.score,
    )


def test_the_fingerprint_of_a_card_from_actuals_hangs_on_the_rollups(shop: Shop) -> None:
    """And on nothing else that a month's does not hang on."""
    rows = ("10 E1 speed 9", "11 E1 speed 8")
    plain = quarter(shop, *rows)
    assert plain.rules == quarter(shop, rows[1]).rules
    shop.one_kpi(rollup="mean")
    mean = quarter(shop, *rows)
    assert (plain.total, plain.months[0].rules) == (mean.total, mean.months[0].rules)
    assert 3 == len({plain.rules, mean.rules, mean.months[0].rules})


def test_points_beside_the_100_are_the_mean_of_the_months(shop: Shop) -> None:
    """Their bounds are a month's, and so is the scale of a total: three months at the bound of -5 are -5, not -15."""
    shop.rule(
        "department", f"{DEPARTMENT}adjustments: [{{id: late, name: Lateness, points_each: -1.5, at_least: -5}}]\n"
    )
    rows = ["10 E1 speed 10", "10 E1 late 9", "11 E1 speed 10", "12 E1 speed 10", "12 E1 late 1"]
    card = quarter(shop, *rows)
    (late,) = card.adjustments
    assert (Decimal(10), Decimal("-2.1667"), "scored") == (late.actual, late.points, late.status)
    assert Decimal("97.83") == card.total
    assert (
        "Lateness (mean of the months' points): ((-5.00) + 0.00 + (-1.50)) ÷ 3 ≈ -2.1667" == longer_lines(card, "en")[2]
    )
    assert [
        "Lateness: 2026-10 9 × -1.5, at least -5 = -5.00; 2026-12 1 × -1.5, at least -5 = -1.50",
        "Points lost against target: none",
    ] == notes(card, "en")
    assert "Lateness：2026-10 9 × -1.5，最低 -5 = -5.00；2026-12 1 × -1.5，最低 -5 = -1.50" == notes(card, "zh")[0]
    assert Decimal("97.83") == shop.card(*rows).total
    at_the_bound = quarter(shop, *rows[:2], rows[2], "11 E1 late 20")
    assert Decimal("-5.00") == at_the_bound.adjustments[0].points
    none = quarter(shop, "10 E1 speed 10", "11 E1 speed 10")
    assert ("not_reported", None, Decimal("100.00")) == (
        none.adjustments[0].status,
        none.adjustments[0].points,
        none.total,
    )


def test_points_of_a_month_that_is_not_assessed_count_as_little_as_its_total(shop: Shop) -> None:
    """As on the month's own card, and as from the totals."""
    shop.rule("department", f"{DEPARTMENT}adjustments: [{{id: ideas, name: Ideas, points_each: 2}}]\n")
    rows = ("10 E1 speed 10", "10 E1 ideas 1", "11 E1 speed N/A", "11 E1 ideas 3")
    assert (Decimal("102.00"), Decimal("102.00")) == (quarter(shop, *rows).total, shop.card(*rows).total)


def test_what_is_too_large_when_summed_up_is_a_problem(shop: Shop) -> None:
    """Twelve digits are the most that a value may have; never a wrong number, and nobody else's card is touched."""
    shop.one_kpi(rollup="sum", target=END)
    result = shop.score(f"10 E1 speed {END}", f"11 E1 speed {END}", f"10 E2 speed {END}", rollup="actuals")
    assert (["rollup-out-of-range"], ["E2"]) == (codes(result), [card.employee for card in result.cards])
    assert (
        "Speed of E1 for 2026-Q4 is too large to be scored once its months are combined" == result.problems[0].message
    )
    shop.one_kpi(rollup="max", target=END)
    assert Decimal("100.00") == quarter(shop, f"10 E1 speed {END}", f"11 E1 speed {END}").total


def test_an_attainment_that_is_too_large_only_when_brought_together_is_a_problem(shop: Shop) -> None:
    """The lowest actual of one month over the lowest target of another: each month by itself is within range."""
    shop.one_kpi(rollup="min")
    rows = ("10 E1 speed 1 0.000001", "11 E1 speed -100000000 10")
    assert 1 == shop.score(*rows).count
    result = shop.score(*rows, rollup="actuals")
    assert ("rollup-out-of-range", 0, 1) == (result.problems[-1].code, result.count, result.withheld)


def test_a_years_sums_at_the_ends_of_the_range_stay_exact(shop: Shop) -> None:
    """Twelve months of the largest numerators, denominators and targets fit the engine's wide integers."""
    shop.one_kpi(unit='"%"', rollup="ratio", target="99.9")
    large = "83333333333.333333"
    rows = [f"{month:02} E1 speed {large}/{large} {9 + month}" for month in range(1, 13)]
    card = quarter(shop, *rows, by="year")
    assert (Decimal(100), Decimal("15.5")) == (card.kpis[0].actual, card.kpis[0].target)
    assert Decimal("999999999999.999996") == card.kpis[0].numerator
    more = shop.score(*(row.replace(large, END) for row in rows), by="year", rollup="actuals")
    assert (["rollup-out-of-range"], 0) == (codes(more), more.count)
