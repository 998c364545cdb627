"""The figures of `kpicard score`: the same in every report, and what a calculator says."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests import oracle
from tests.oracle import round2

Run = Callable[..., subprocess.CompletedProcess[str]]

DATA = Path(__file__).parents[1] / "data"
COLUMNS = (
    "period,employee,role,kpi,weight,effective_weight,target,actual,attainment,score,points,status,total,grade,"
    "coefficient"
)


@pytest.fixture
def score(kpicard: Run) -> Run:
    """Score the month of tests/data, where one card is withheld for a bad value."""

    def run(*args: str) -> subprocess.CompletedProcess[str]:
        return kpicard("score", "2026-10.csv", "--roles", "roles", "--missing", "exclude", *args, cwd=DATA)

    return run


def report(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(done.stdout, parse_float=Decimal, parse_int=Decimal)
    return found


def text(value: object) -> str:
    return "" if value is None else str(value)


def test_json_has_the_fields_of_the_contract_in_their_order(score: Run) -> None:
    """What scripts read stays what it is."""
    found = report(score("--format", "json"))
    assert ["format", "rules", "cards", "combined", "withheld", "problems"] == list(found)
    assert found["format"] == "kpicard.scorecards/1"
    card = ["period", "employee", "name", "team", "role", "title", "kpis", "adjustments"]
    card += ["total", "grade", "coefficient", "grade_by_total", "vetoes", "rules"]
    card += ["base", "bonus", "days", "share", "advice"]
    kpi = ["kpi", "name", "unit", "better", "weight", "effective_weight", "target", "actual"]
    kpi += ["attainment", "score", "points", "status"]
    problem = ["path", "line", "column", "code", "severity", "message", "hint"]
    with_history = [*card[:-1], "before", "advice"]
    only_there = "not_applicable"  # only on a card with N/A
    assert {tuple(card), tuple(with_history)} == {
        tuple(key for key in each if key != only_there) for each in found["cards"]
    }
    for each in found["cards"]:
        assert (only_there in each) == any(line["status"] == only_there for line in each["kpis"])
    assert {tuple(kpi)} == {tuple(each) for card in found["cards"] for each in card["kpis"]}
    assert {tuple(problem)} == {tuple(each) for each in found["problems"]}
    assert sorted({card["rules"] for card in found["cards"]}) == found["rules"]
    order = [(card["period"], card["role"], card["employee"]) for card in found["cards"]]
    assert sorted(order) == order


def test_json_names_whose_cards_are_withheld(score: Run) -> None:
    """A script that pays by the cards sees who has none."""
    found = report(score("--format", "json"))
    assert [{"period": "2026-10", "employee": "E020", "name": None, "role": "support"}] == found["withheld"]
    assert [] == [card for card in found["cards"] if card["employee"] == "E020"]


def test_csv_has_the_figures_of_json(score: Run) -> None:
    """One row per KPI under the heading of the contract, each figure digit by digit as in JSON."""
    done = score("--format", "csv")
    assert done.stdout.splitlines()[0] == COLUMNS
    expected = [
        [card["period"], card["employee"], card["role"]]
        + [text(kpi[name]) for name in COLUMNS.split(",")[3:12]]
        + [text(card[name]) for name in COLUMNS.split(",")[12:]]
        for card in report(score("--format", "json"))["cards"]
        for kpi in card["kpis"]
    ]
    assert expected == list(csv.reader(io.StringIO(done.stdout)))[1:]


@pytest.mark.parametrize("format_", ["markdown", "terminal"])
def test_people_read_the_figures_of_json(score: Run, format_: str) -> None:
    """Every attainment, score, points and total of JSON stands in what people read, once per card."""
    shown = score("--format", format_).stdout
    for card in report(score("--format", "json"))["cards"]:
        figures = [card["total"]]
        is_partial = any(kpi["points"] is None for kpi in card["kpis"])
        for kpi in card["kpis"]:
            points = re.sub(r"(\.\d\d\d*?)0+$", r"\1", text(kpi["points"]))  # closing zeros are for data
            weights = [kpi["effective_weight"]] if is_partial else []
            figures += [points, kpi["attainment"], kpi["score"], *weights]
        for figure in filter(None, map(text, figures)):
            assert re.search(rf"(?<![\d.]){re.escape(figure)}(?![\d.]*\d)", shown), figure


RULES = {"refunds": {"scoring": {"method": "linear", "points": [["0", "100"], ["20", "0"]]}}}
GRADES = [("A", "95", "1.2"), ("B", "80", "1.0"), ("C", "0", "0.5")]


def test_a_card_can_be_checked_with_a_calculator(score: Run) -> None:
    """From its own printed actuals, targets and weights each card comes out the same; its points sum to its total."""
    grades = [dict(zip(("grade", "from", "coefficient"), grade, strict=True)) for grade in GRADES]
    said = {"not_applicable": "N/A", "not_reported": ""}
    for card in report(score("--format", "json"))["cards"]:
        kpis = [
            {"id": kpi["kpi"], "weight": str(kpi["weight"]), "better": kpi["better"], **RULES.get(kpi["kpi"], {})}
            for kpi in card["kpis"]
        ]
        cells = {
            kpi["kpi"]: (said.get(kpi["status"], str(kpi["actual"])), str(kpi["target"] or "")) for kpi in card["kpis"]
        }
        again = oracle.card({"kpis": kpis}, {"cap": "120", "grades": grades}, cells, "exclude")
        assert again is not None
        names = ("effective_weight", "attainment", "score", "points")
        figures = [[text(kpi[name]) for name in names] for kpi in card["kpis"]]
        assert figures == [[getattr(each, name) or "" for name in names] for each in again.figures]
        assert (text(card["total"]), text(card["grade"])) == (again.total or "", again.grade or "")
        points = [kpi["points"] for kpi in card["kpis"] if kpi["points"] is not None]
        assert (round2(Fraction(sum(points))) if points else None) == card["total"]


@pytest.mark.parametrize(("actual", "status"), [("N/A", "not_applicable"), ("", "not_reported"), ("45", "scored")])
def test_a_row_shows_its_own_target(kpicard: Run, tmp_path: Path, actual: str, status: str) -> None:
    """A target that a row gives is the one on the card, also where there is no actual to compare with it."""
    rows = f"2026-10,E1,support,quality,{actual},50\n2026-10,E1,support,speed,30,\n"
    (tmp_path / "a.csv").write_text(f"period,employee,role,kpi,actual,target\n{rows}", "utf-8")
    done = kpicard(
        "score", "a.csv", "--roles", DATA / "roles", "--missing", "exclude", "--format", "json", cwd=tmp_path
    )
    ((_, quality),) = [card["kpis"] for card in report(done)["cards"]]
    assert (status, 50) == (quality["status"], quality["target"])
