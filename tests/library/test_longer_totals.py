"""Quarters and years from the months' totals: their mean, the last month's grades, and nothing in silence."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kpicard
from kpicard.cards.longer import longer_period, months_of
from kpicard.cards.values import FullMonth
from kpicard.numbers import round2
from kpicard.reports.rollup_notes import longer_lines, months_table
from tests.longer_files import DEPARTMENT, Shop, codes


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    found = Shop(tmp_path)
    found.one_kpi()
    return found


@pytest.mark.parametrize(
    ("actuals", "total"),
    [
        (["8", "9", "10"], "90.00"),
        (["8.001", "8.002"], "80.02"),  # 80.015, half away from zero
        (["10"], "100.00"),
        (["5", "5", "5.01"], "50.03"),
    ],
)
def test_the_total_is_the_mean_of_the_months_totals(shop: Shop, actuals: list[str], total: str) -> None:
    """Rounded once, half away from zero, from the totals as the months' cards print them."""
    card = shop.card(*(f"{month} E1 speed {actual}" for month, actual in zip((10, 11, 12), actuals, strict=False)))
    assert Decimal(total) == card.total
    assert ("2026-Q4", "totals", (), ()) == (card.period, card.rollup, card.kpis, card.adjustments)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(-1500, 1500), min_size=1, max_size=12))
def test_the_mean_is_exact_for_totals_of_either_sign(
    tmp_path_factory: pytest.TempPathFactory, scores: list[int]
) -> None:
    """Twelve months of a year, against fractions."""
    shop = Shop(tmp_path_factory.mktemp("shop"))
    shop.one_kpi(scoring="{method: linear, points: [[-1000, -1000], [1000, 1000]]}")
    rows = [f"{month:02} E1 speed {Decimal(score) / 10:f}" for month, score in enumerate(scores, start=1)]
    card = shop.card(*rows, by="year")
    assert round2(Fraction(sum(scores), 10 * len(scores))) == card.total


def test_the_grade_is_by_the_department_of_the_last_month_with_a_card(shop: Shop) -> None:
    """November's scale holds from November: October's card keeps its grade, the quarter's is by the new one."""
    shop.rule("department.2026-11", DEPARTMENT.replace("title", "from: 2026-11\ntitle").replace("90", "96"))
    rows = ("10 E1 speed 9.5", "11 E1 speed 9.5")
    card = shop.card(*rows)
    assert (Decimal("95.00"), "B", Decimal(1), "B") == (card.total, card.grade, card.coefficient, card.grade_by_total)
    assert ["A", "B"] == [month.grade for month in card.months]
    assert "A" == shop.card(rows[0]).grade


def test_the_fingerprint_is_the_months_own_where_they_have_one(shop: Shop) -> None:
    """Other rules in one of the months are other rules of the quarter."""
    same = shop.card("10 E1 speed 9", "11 E1 speed 9")
    assert {same.rules} == {month.rules for month in same.months}
    shop.one_kpi(target="{2026-01: 10, 2026-11: 12}")
    changed = shop.card("10 E1 speed 9", "11 E1 speed 9")
    assert 3 == len({changed.rules, *(month.rules for month in changed.months)})
    assert changed.months[0].rules == same.rules


def test_a_month_that_is_not_assessed_is_left_out_and_shown(shop: Shop) -> None:
    """No KPI applied in November: the mean is over the other months; all three are on the card."""
    card = shop.card("10 E1 speed 8", "11 E1 speed N/A", "12 E1 speed 9")
    assert (Decimal("85.00"), [Decimal("80.00"), None, Decimal("90.00")]) == (
        card.total,
        [month.total for month in card.months],
    )
    assert [
        "From the monthly totals: (80.00 + 90.00) ÷ 2 = 85.00; 3 of 3 months.",
        "Not assessed, and left out of the mean: 2026-11.",
    ] == longer_lines(card, "en")
    assert ("2026-11", "不予考核") == (months_table(card, "zh")[1][1][0], months_table(card, "zh")[1][1][2])


def test_a_quarter_without_an_assessed_month_is_not_assessed(shop: Shop) -> None:
    """No total, no grade, and the reason."""
    card = shop.card("10 E1 speed N/A", "11 E1 speed N/A")
    assert (None, None, None) == (card.total, card.grade, card.coefficient)
    assert ["按各月总分平均：各月均不予考核；3 个月中有 2 个月（缺 2026-12）。"] == longer_lines(card, "zh")


def test_a_withheld_month_withholds_the_quarter(shop: Shop) -> None:
    """Never a mean over fewer months: November's figure cannot be read, and E1 has no card; E2 has."""
    result = shop.score("10 E1 speed 8", "11 E1 speed x", "10 E2 speed 8", "11 E2 speed 9")
    assert ["bad-value"] == codes(result)
    assert ["E2"] == [card.employee for card in result.cards]
    assert (1, 1) == (result.count, result.withheld)
    assert [("2026-Q4", "E1")] == [(each.period, each.employee) for each in result.withheld_cards]


def test_months_without_a_row_are_said(shop: Shop) -> None:
    """Who joined in November has two of three months, and the card says so."""
    card = shop.card("11 E1 speed 8", "12 E1 speed 9")
    assert ["From the monthly totals: (80.00 + 90.00) ÷ 2 = 85.00; 2 of 3 months (none for 2026-10)."] == longer_lines(
        card, "en"
    )
    of_year = shop.card("11 E1 speed 8", "12 E1 speed 9.01", by="year")
    assert [
        "按各月总分平均：(80.00 + 90.10) ÷ 2 = 85.05；12 个月中有 2 个月（缺 2026-01 至 2026-10）。"
    ] == longer_lines(of_year, "zh")


def test_a_row_that_may_be_the_month_that_is_lacking_withholds_the_quarter(shop: Shop) -> None:
    """November's row has no period that can be read: it may be anybody's month who lacks one, here E1's."""
    result = shop.score("10 E1 speed 8", "2026-1x E1 speed 9", "10 E2 speed 8")
    assert ["bad-period", "month-maybe-misread"] == sorted(codes(result))
    assert ["E2"] == [card.employee for card in result.cards]
    (said,) = (problem for problem in result.problems if problem.code == "month-maybe-misread")
    assert 2 == said.line
    assert "E1 as Clerk has 1 of 3 months of 2026-Q4, unless the row that kpicard cannot read" in said.message
    assert str(said.values["other"]).endswith("a.csv:3:1")


def test_a_row_that_cannot_be_a_lacking_month_withholds_nothing_more(shop: Shop) -> None:
    """E1 has every month; and a month that was not chosen is not lacking."""
    whole = ("10 E1 speed 8", "11 E1 speed 8", "12 E1 speed 8")
    assert ["bad-period"] == codes(shop.score(*whole, "2026-1x E1 speed 9"))
    chosen = shop.score("10 E1 speed 8", "2026-1x E1 speed 9", periods="2026-10")
    assert (["bad-period"], 1) == (codes(chosen), chosen.count)


def test_a_file_that_cannot_be_read_may_be_the_month_that_is_lacking(shop: Shop) -> None:
    """Then nobody who lacks a month has a card for the quarter."""
    months = ("10 E1 speed 8", "11 E1 speed 8", "12 E1 speed 8", "10 E2 speed 8")
    broken = shop.folder / "2026-11.csv"
    broken.write_bytes(b"\x00\x01\x02" * 100)
    rules = kpicard.load(shop.roles).rules
    result = kpicard.score(rules, [shop.file(*months), broken], by="quarter")
    assert "month-maybe-unread" in codes(result)
    assert ["E1"] == [card.employee for card in result.cards]


def test_a_veto_stays_with_its_month(shop: Shop) -> None:
    """October's grade is held down; the quarter's is by its total, and the card says which month was vetoed."""
    shop.one_kpi(veto="{score_below: 70, grade_at_most: C}")
    card = shop.card("10 E1 speed 6.5", "11 E1 speed 12")
    assert (Decimal("92.50"), "A", "A") == (card.total, card.grade, card.grade_by_total)
    assert ["C", "A"] == [month.grade for month in card.months]
    assert [True, False] == [month.is_vetoed for month in card.months if isinstance(month, FullMonth)]
    said = "Veto in 2026-10: grade C there (by the total: B); it holds for that month only."
    assert said in longer_lines(card, "en")
    assert "2026-10 有否决：当月等级为 C（按总分为 B），只影响当月。" in longer_lines(card, "zh")
    assert "C (veto; by the total: B)" == months_table(card, "en")[1][0][2]


def test_two_roles_and_two_quarters_are_cards_of_their_own(shop: Shop) -> None:
    """Who moves to another role within a quarter has a card for each."""
    packer = (shop.roles / "clerk.yaml").read_text("utf-8").replace("clerk", "packer").replace("Clerk", "Packer")
    shop.rule("packer", packer)
    file = shop.file("09 E1 speed 8", "10 E1 speed 9", "11 E1 speed 9.5")
    file.write_text(file.read_text("utf-8").replace("2026-11,E1,clerk", "2026-11,E1,packer"), "utf-8")
    result = kpicard.score(kpicard.load(shop.roles).rules, file, by="quarter")
    assert [
        ("2026-Q3", "clerk", Decimal("80.00")),
        ("2026-Q4", "clerk", Decimal("90.00")),
        ("2026-Q4", "packer", Decimal("95.00")),
    ] == [(card.period, card.role.id, card.total) for card in result.cards]


def test_name_and_team_are_the_last_months_and_what_is_paid_for_adds_up(shop: Shop) -> None:
    """A base that one of the months lacks would be too small: then there is none, which is said at the month."""
    heading = "period,employee,role,name,team,base,days,speed\n"
    rows = [
        "2026-10,E1,clerk,Ann Lee,North,1000.10,20,8",
        "2026-11,E1,clerk,Ann Fox,South,2000,18.5,9",
        "2026-10,E2,clerk,Bo,North,1000,20,8",
        "2026-11,E2,clerk,,,,20,8",
    ]
    file = shop.folder / "wide.csv"
    file.write_text(heading + "\n".join(rows) + "\n", "utf-8")
    result = kpicard.score(kpicard.load(shop.roles).rules, file, by="quarter")
    ann, bo = result.cards
    assert ("Ann Fox", "South", Decimal("3000.1"), Decimal("38.5")) == (ann.name, ann.team, ann.base, ann.days)
    assert ("Bo", "North", None, Decimal(40)) == (bo.name, bo.team, bo.base, bo.days)
    assert [(5, 20, "base-lacking")] == [(each.line, each.column, each.code) for each in result.problems]


@pytest.mark.parametrize("quarter", [1, 2, 3, 4])
def test_a_quarter_has_the_months_that_are_in_it(quarter: int) -> None:
    """Each month is one of three of its quarter, and one of twelve of its year."""
    months = months_of(f"2026-Q{quarter}")
    assert 3 == len(months)
    assert {f"2026-Q{quarter}"} == {longer_period(month, "quarter") for month in months}
    assert set(months) < set(months_of("2026"))
    assert 12 == len(months_of("2026"))


@pytest.mark.parametrize("slip", [{"by": "month"}, {"by": "year", "rollup": "mean"}, {"rollup": "actuals"}])
def test_a_slip_in_the_callers_own_words_is_raised(shop: Shop, slip: dict[str, str]) -> None:
    """As for the other choices: what is in the code is an error at once."""
    with pytest.raises(ValueError, match="is none of"):
        kpicard.score(kpicard.load(shop.roles).rules, shop.file("10 E1 speed 8"), **slip)  # type: ignore[arg-type]
