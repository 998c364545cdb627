"""Advice as people read it: by the real command, on cards small enough to check by hand."""

from __future__ import annotations

import html
import json
import re
import subprocess
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

DEPARTMENT = """\
title: Shop
grades:
  - {grade: A, from: 100, coefficient: 1.2}
  - {grade: B, from: 80, coefficient: 1}
  - {grade: C, from: 60, coefficient: 0.8}
  - {grade: D, from: 0, coefficient: 0.5}
"""
CLERK = """\
id: clerk
title: {en: Clerk, zh: 文员}
kpis:
  - {id: speed, name: {en: Speed, zh: 速度}, weight: 50, unit: {en: orders, zh: 单}, better: higher, target: 10,
     veto: {score_below: 60, grade_at_most: C}}
  - {id: errors, name: {en: Errors, zh: 差错}, weight: 30, better: lower, target: 4,
     scoring: {method: bands, bands: [{upto: 2, score: 120}, {upto: 4, score: 100}, {upto: 8, score: 50}]}}
  - {id: stock, name: {en: "<b>Stock</b>", zh: "<b>库存</b>"}, weight: 20, unit: d, better: within, target: 30,
     scoring: {method: linear, points: [[10, 0], [30, 120], [50, 0]]}}
"""
LIGHTER = CLERK.replace("weight: 50", "weight: 20").replace("weight: 30", "weight: 60")
"""Where the KPI with the veto weighs less, so that its score hardly lowers the total."""


@pytest.fixture
def clerk(kpicard: Run, tmp_path: Path) -> Run:
    """Score one clerk: `clerk("9", "5", "20", "--lang", "zh", rules=...)`, the actuals in the order of the KPIs."""
    roles = tmp_path / "roles"
    roles.mkdir()

    def run(
        *given: str, rules: str = CLERK, department: str = DEPARTMENT, command: str = "score"
    ) -> subprocess.CompletedProcess[str]:
        speed, errors, stock, *args = given
        (roles / "department.yaml").write_text(department, "utf-8")
        (roles / "clerk.yaml").write_text(rules, "utf-8")
        wide = f"employee,role,speed,errors,stock\nE1,clerk,{speed},{errors},{stock}\n"
        (tmp_path / "2026-10.csv").write_text(wide, "utf-8")
        return kpicard(command, "2026-10.csv", *args, cwd=tmp_path, env={"COLUMNS": "300"})

    return run


def advice(done: subprocess.CompletedProcess[str]) -> Any:
    (card,) = json.loads(done.stdout, parse_float=Decimal, parse_int=Decimal)["cards"]
    return card["advice"]


def alone(done: subprocess.CompletedProcess[str]) -> dict[str, str]:
    """Return the advised actuals by KPI."""
    return {step["kpi"]: str(step["actual"]) for step in advice(done)["alone"]}


def step(kpi: str, actual: str, score: str, points: str) -> dict[str, Any]:
    return {"kpi": kpi, "actual": Decimal(actual), "score": Decimal(score), "points": Decimal(points)}


def test_each_kpi_alone_and_the_cheapest_way_together(clerk: Run) -> None:
    """45 + 15 + 16 = 76, 4 less than 80. Points and scores are those that just round to what is wanted.

    79.995 is enough, which rounds to 80. Speed: 48.995 points from a score of 97.99, which 9.7985 rounds to: of orders
    that are counted, 10. Stock: 19.996 points from 99.98, the score of 99.975, at 26.6625.
    """
    speed = step("speed", "10", "100.00", "50.00")
    assert {
        "grade": "B",
        "from": Decimal(80),
        "lacking": Decimal("4.00"),
        "alone": [speed, step("errors", "4", "100.00", "30.00"), step("stock", "26.6625", "99.98", "19.996")],
        "together": [speed],
    } == advice(clerk("9", "5", "23.333333", "--format", "json"))


def test_the_card_says_it_in_plain_words(clerk: Run) -> None:
    """Figures as the KPI has them, the unit once; names are shown as they are."""
    shown = clerk("9", "5", "23.333333").stdout
    assert "To reach B (80): 4.00 points more. One KPI alone: Speed 9 → 10 orders; Errors 5 → 4; <b>" in shown
    assert "<b>Stock</b> 23.333333 → 26.6625 d.\nThe least change in all: Speed 9 → 10 orders.\n" in shown
    shown = clerk("9", "5", "23.333333", "--lang", "zh").stdout
    assert "距 B（80 分）还差 4.00 分。单项提升即可：速度 9 → 10 单；差错 5 → 4；<b>库存</b>" in shown
    assert "<b>库存</b> 23.333333 → 26.6625 d。\n改动最小的组合：速度 9 → 10 单。\n" in shown


def test_a_range_is_approached_from_the_side_where_one_is(clerk: Run) -> None:
    """Above the best of a range, the advice is to come down: 6 * (50 - x) is just 99.975 at 33.3375."""
    assert "33" == alone(clerk("9", "5", "40", "--format", "json"))["stock"]


def test_weights_are_scaled_up_where_a_kpi_does_not_apply(clerk: Run) -> None:
    """Speed counts 50 of 70: from 64.2857 to 82.8572 points it needs 116.00, which 11.5995 rounds to: 12 orders."""
    found = clerk("9", "N/A", "20", "--format", "json")
    assert {"speed": "12"} == alone(found)
    assert [step("speed", "12", "120.00", "85.7143")] == advice(found)["alone"]


def test_a_veto_in_the_way_is_cleared_first_and_by_its_own_kpi(clerk: Run) -> None:
    """Where only a veto holds the grade down, its score is what is lacking; no other KPI can do anything about it."""
    found = clerk("5.99", "2", "30", "--format", "json")
    assert Decimal("0.00") == advice(found)["lacking"]
    assert [step("speed", "6", "60.00", "30.00")] == advice(found)["alone"] == advice(found)["together"]
    # the total lacks points as well: 32.00 of them from speed, or from others once the veto is cleared
    both = advice(clerk("5", "4", "25", "--format", "json"))
    assert ["speed"] == [each["kpi"] for each in both["alone"]]
    assert "speed" in {each["kpi"] for each in both["together"]}


@pytest.mark.parametrize(
    ("command", "format_"),
    [
        *(("score", format_) for format_ in ("terminal", "markdown", "html", "svg")),
        *(("explain", format_) for format_ in ("terminal", "markdown", "svg")),
    ],
)
@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "By its total this card is A; the veto holds it at C. To rise above that, clear the veto."),
        ("zh", "按总分为 A，因否决项只能评为 C。要评得更高，须先解除否决。"),
    ],
)
def test_what_a_veto_holds_a_card_at_is_told_from_what_its_total_is_worth(
    clerk: Run, command: str, format_: str, lang: str, said: str
) -> None:
    """11.98 + 72 + 24 is an A, which the veto holds at C: nobody reads that the total has only just reached B."""
    shown = clerk("5.99", "2", "30", "--format", format_, "--lang", lang, command=command, rules=LIGHTER).stdout
    assert "".join(said.split()) in "".join(re.sub("<[^>]*>", "", html.unescape(shown)).split())


def test_a_program_is_told_what_a_veto_holds_a_card_at(clerk: Run) -> None:
    """Only where a veto does; in the JSON of both commands."""
    for command in ("score", "explain"):
        held = advice(clerk("5.99", "2", "30", "--format", "json", command=command, rules=LIGHTER))
        assert ({"by_total": "A", "holds_at": "C"}, "B") == (held["veto"], held["grade"])
    assert "veto" not in advice(clerk("9", "5", "20", "--format", "json"))


def test_several_vetoes_are_all_to_be_cleared(clerk: Run) -> None:
    """They are said to be several, and the grade is that of the strictest."""
    both = LIGHTER.replace("better: lower, target: 4,", "better: lower, veto: {score_below: 121, grade_at_most: B},")
    shown = clerk("5.99", "2", "30", rules=both)
    assert "By its total this card is A; the vetoes hold it at C. To rise above that, clear them." in shown.stdout
    shown = clerk("5.99", "2", "30", "--lang", "zh", rules=both)
    assert "按总分为 A，因多个否决项只能评为 C。要评得更高，须先解除否决。" in shown.stdout


def test_what_is_not_reported_and_counts_0_needs_a_figure(clerk: Run) -> None:
    """The worst figure that does it; where any does it, there is no limit to name."""
    zero = ("9", "", "23.333333", "--missing", "zero")
    assert "4" == alone(clerk(*zero, "--format", "json"))["errors"]
    assert "One KPI alone: Errors 4.\n" in clerk(*zero).stdout
    lenient = CLERK.replace("{upto: 8, score: 50}]", "{upto: 8, score: 70}], otherwise: 65")
    assert "None" == alone(clerk(*zero, "--format", "json", rules=lenient))["errors"]
    assert "Errors, any figure that is reported" in clerk(*zero, rules=lenient).stdout
    assert "差错（只要填报）" in clerk(*zero, "--lang", "zh", rules=lenient).stdout


def test_the_best_grade_has_no_advice(clerk: Run) -> None:
    """Nor has a card that is not assessed."""
    assert advice(clerk("12", "2", "30", "--format", "json")) is None
    assert "To reach" not in clerk("12", "2", "30").stdout
    assert advice(clerk("N/A", "N/A", "N/A", "--format", "json")) is None


def test_what_cannot_be_reached_is_said(clerk: Run) -> None:
    """No false hope, and no claim beyond what was looked at: a KPI without a target cannot be measured by it."""
    hard = DEPARTMENT.replace("from: 100", "from: 125")
    assert "To reach A (125): 25.00 points more. No change of the actuals reaches it.\n" in (
        clerk("10", "4", "26.666667", department=hard).stdout
    )
    second_veto = CLERK.replace(
        "better: lower, target: 4,", "better: lower, veto: {score_below: 60, grade_at_most: C},"
    )
    shown = clerk("5", "5", "30", rules=second_veto).stdout
    assert "No KPI can do it alone, nor can all together that have an actual and a target above 0.\n" in shown
    shown = clerk("5", "5", "30", "--lang", "zh", rules=second_veto).stdout
    assert "也无法达到。\n" in shown


@pytest.mark.parametrize(
    ("speed", "errors", "expected"),
    [
        ("{from: 0, upto: 11.7985}", "{from: 4}", {"speed": "11.7985", "errors": "4"}),
        ("{from: 0, upto: 11.798499}", "{from: 4}", {"errors": "4"}),
        ("{upto: 11.8}", "{from: 4.000001}", {"speed": "11.7985"}),
        ("{upto: 11.7}", "{from: 5, upto: 8}", {}),
    ],
)
def test_nothing_is_advised_that_cannot_be_true(clerk: Run, speed: str, errors: str, expected: dict[str, str]) -> None:
    """Speed 11.7985 would do, and 4 errors: as far as the ranges of both have them."""
    rules = CLERK.replace("target: 10,", f"target: 10, range: {speed},").replace("target: 4,", f"range: {errors},")
    department = DEPARTMENT.replace("from: 100", "from: 98")
    assert expected == alone(clerk("11", "8", "30", "--format", "json", rules=rules, department=department))
