"""`kpicard score --by quarter|year`: what a user sees of quarters and years, and of `rollup` in a role."""

from __future__ import annotations

import csv
import json
import subprocess
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from tests.longer_files import CLERK, Shop

Run = Callable[..., subprocess.CompletedProcess[str]]

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("2026-*.csv"))
ROWS = ("10 E1 rate 10/100", "11 E1 rate 90/1000", "10 E1 sales 120", "11 E1 sales 90")


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    found = Shop(tmp_path)
    found.file(*ROWS)
    return found


def test_from_totals_csv_has_one_row_per_card(kpicard: Run, shop: Shop) -> None:
    """`months` says how many the mean is over."""
    done = kpicard("score", "a.csv", "--by", "quarter", "--format", "csv", cwd=shop.folder)
    assert (0, "") == (done.returncode, done.stderr)
    assert "period,employee,role,months,total,grade,coefficient\n2026-Q4,E1,clerk,2,99.00,A,1.2\n" == done.stdout


def test_a_half_year_is_called_by_its_number(kpicard: Run, shop: Shop) -> None:
    """It has six months."""
    done = kpicard("score", "a.csv", "--by", "half", "--format", "csv", cwd=shop.folder)
    assert (0, "") == (done.returncode, done.stderr)
    assert "2026-H2,E1,clerk,2,99.00,A,1.2\n" == done.stdout.partition("\n")[2]


def test_from_actuals_csv_has_one_row_per_kpi_as_for_a_month(kpicard: Run, shop: Shop) -> None:
    """The same columns, with the figures that were brought together."""
    done = kpicard("score", "a.csv", "--by", "year", "--rollup", "actuals", "--format", "csv", cwd=shop.folder)
    assert (0, "") == (done.returncode, done.stderr)
    assert [
        "period,employee,role,kpi,weight,effective_weight,target,actual,attainment,score,points,status,total,grade,coefficient",
        "2026,E1,clerk,rate,60,60,10,9.090909,90.91,90.91,54.5460,scored,96.55,A,1.2",
        "2026,E1,clerk,sales,40,40,200,210,105.00,105.00,42.0000,scored,96.55,A,1.2",
    ] == done.stdout.splitlines()


@pytest.mark.parametrize("rollup", ["totals", "actuals"])
@pytest.mark.parametrize("columns", ["60", "120"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_card_says_which_rollup_was_used(
    kpicard: Run, shop: Shop, rollup: str, columns: str, language: str
) -> None:
    """On the terminal, wide and narrow, and in Markdown, in both languages."""
    options = ("--by", "quarter", "--rollup", rollup, "--lang", language)
    shown = kpicard("score", "a.csv", *options, cwd=shop.folder, env={"COLUMNS": columns}).stdout
    markdown = kpicard("score", "a.csv", *options, "--format", "markdown", cwd=shop.folder).stdout
    said = {
        ("totals", "en"): "From the monthly totals: (108.00 + 90.00) ÷ 2 = 99.00; 2 of 3 months",
        ("totals", "zh"): "按各月总分平均：(108.00 + 90.00) ÷ 2 = 99.00；3 个月中有 2 个月",
        ("actuals", "en"): "Scored from the months' actuals, brought together KPI by KPI; 2 of 3 months",
        ("actuals", "zh"): "各指标先将各月实际值合并，再计分；3 个月中有 2 个月",
    }[rollup, language]
    for text in (shown, markdown):
        assert "".join(said.split()) in "".join(text.replace("\\", "").split())


def test_every_example_has_its_quarters_and_its_year(kpicard: Run) -> None:
    """Three months and 24 people: two quarters and a year for each, by either rollup, without a problem."""
    for rollup in ("totals", "actuals"):
        for by, periods in (("quarter", ["2026-Q3", "2026-Q4"]), ("year", ["2026"])):
            done = kpicard("score", *EXAMPLES, "--by", by, "--rollup", rollup, "--format", "csv")
            assert (0, "") == (done.returncode, done.stderr)
            rows = list(csv.DictReader(done.stdout.splitlines()))
            cards = {(row["period"], row["employee"]) for row in rows}
            assert [24] * len(periods) == [sum(period == each for each, _ in cards) for period in periods]


@pytest.mark.parametrize("by", ["quarter", "year"])
@pytest.mark.parametrize("rollup", ["totals", "actuals"])
def test_cards_of_the_examples_are_drawn_with_what_would_reach_the_next_grade(
    kpicard: Run, by: str, rollup: str
) -> None:
    """Cards of actuals are advised by the rules as those of a month are; cards of totals have nothing to be changed."""
    done = kpicard("score", *EXAMPLES, "--by", by, "--rollup", rollup, "--employee", "E015")
    assert (0, "") == (done.returncode, done.stderr)
    assert (rollup == "actuals") == ("To reach" in done.stdout)


def test_the_means_of_the_examples_are_those_of_their_months(kpicard: Run) -> None:
    """Whoever has the months' cards arrives at the quarter's total with a calculator."""
    months = json.loads(kpicard("score", *EXAMPLES, "--format", "json").stdout, parse_float=Decimal)["cards"]
    done = kpicard("score", *EXAMPLES, "--by", "year", "--format", "csv")
    for row in csv.DictReader(done.stdout.splitlines()):
        totals = [Decimal(card["total"]) for card in months if card["employee"] == row["employee"]]
        assert 3 == len(totals) == int(row["months"])
        assert abs(sum(totals, Decimal(0)) / 3 - Decimal(row["total"])) <= Decimal("0.005")


def test_a_rollup_needs_a_longer_period(kpicard: Run, shop: Shop) -> None:
    """Alone it means nothing, and is not passed over in silence."""
    done = kpicard("score", "a.csv", "--rollup", "actuals", cwd=shop.folder)
    assert (2, "") == (done.returncode, done.stdout)
    assert "it goes with --by quarter, half or year" in done.stderr


@pytest.mark.parametrize(
    ("option", "slip", "meant"),
    [("--by", "quater", "quarter"), ("--by", "Year", "year"), ("--rollup", "actual", "actuals")],
)
def test_a_slip_suggests_what_was_meant(kpicard: Run, shop: Shop, option: str, slip: str, meant: str) -> None:
    """As for every choice."""
    done = kpicard("score", "a.csv", option, slip, cwd=shop.folder)
    assert (2, "") == (done.returncode, done.stdout)
    assert f"did you mean '{meant}'" in " ".join(done.stderr.split())


def test_a_withheld_quarter_is_counted_and_its_problem_said(kpicard: Run, shop: Shop) -> None:
    """Exit status 1; the month's problem stands at its cell."""
    shop.file(*ROWS, "12 E1 rate x", "12 E1 sales 90")
    done = kpicard("score", "a.csv", "--by", "quarter", "--format", "csv", cwd=shop.folder)
    assert (1, 1) == (done.returncode, len(done.stdout.splitlines()))
    assert "a.csv:6:23: error" in done.stderr
    assert "Cards: 0 scored, 1 withheld." in done.stderr


def test_words_of_the_rules_come_out_as_text(kpicard: Run, shop: Shop) -> None:
    """A KPI's name cannot act on the terminal, nor in Markdown."""
    shop.rule("clerk", CLERK.replace("en: Sales", 'en: "[red]x\\e[31m|<b>"'))
    for format_ in ("terminal", "markdown"):
        done = kpicard("score", "a.csv", "--by", "quarter", "--rollup", "actuals", "--format", format_, cwd=shop.folder)
        assert (0, "") == (done.returncode, done.stderr)
        assert "\x1b" not in done.stdout
        assert "[red]x" in done.stdout.replace("\\", "")


def test_a_duty_sheet_says_how_months_are_brought_together(kpicard: Run, shop: Shop) -> None:
    """Where the role says it; as JSON under its key."""
    for language, said in (("en", "Over several months: sum of the months"), ("zh", "多月汇总：各月相加")):
        done = kpicard("roles", "clerk", "--lang", language, "--format", "markdown", cwd=shop.folder)
        assert 1 == done.stdout.count(said)
        assert (
            said.partition(":")[0].partition("：")[0]
            in kpicard("roles", "clerk", "--lang", language, cwd=shop.folder).stdout
        )
    (role,) = json.loads(kpicard("roles", "clerk", "--format", "json", cwd=shop.folder).stdout)["roles"]
    assert [None, "sum"] == [kpi.get("rollup") for kpi in role["kpis"]]


def test_validate_warns_of_sums_on_a_months_curve(kpicard: Run, shop: Shop) -> None:
    """On the attainment a sum is fine; a rollup that is none is an error."""
    on_actual = CLERK.replace("rollup: sum", "scoring: {method: linear, points: [[0, 0], [100, 100]]}, rollup: sum")
    shop.rule("clerk", on_actual)
    done = kpicard("validate", "roles", "--select", "sum-on-actual", cwd=shop.folder)
    assert "[sum-on-actual]" in done.stdout + done.stderr
    shop.rule("clerk", CLERK.replace("rollup: sum", "rollup: sums"))
    done = kpicard("validate", "roles", cwd=shop.folder)
    assert (1, True) == (done.returncode, "did you mean `sum`?" in done.stdout + done.stderr)
