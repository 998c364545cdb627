"""The arithmetic of the contract: cases computed with rational numbers, through the real command."""

from __future__ import annotations

import csv
import json
import subprocess
from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

DATA = Path(__file__).parents[1] / "data"
CASES: list[dict[str, Any]] = json.loads((DATA / "arithmetic.json").read_text("utf-8"))
CARDS: list[dict[str, Any]] = json.loads((DATA / "totals.json").read_text("utf-8"))


def write_department(folder: Path, cap: object) -> None:
    department = {"title": "Department", "cap": cap, "grades": [{"grade": "A", "from": 0, "coefficient": 1}]}
    folder.mkdir(parents=True)
    (folder / "department.yaml").write_text(json.dumps(department), "utf-8")


def write_role(folder: Path, id_: str, case: dict[str, Any]) -> None:
    """Write the case's KPI, with a second KPI for the rest of the 100. JSON is YAML too, its numbers partly quoted."""
    weight = Decimal(case["weight"])
    measured = {"id": "measured", "name": "Measured", **{key: case[key] for key in ("better", "scoring", "weight")}}
    if case["target"] is not None:
        measured["target"] = case["target"]
    kpis = [measured]
    if weight < 100:
        rest = {"id": "rest", "name": "Rest", "weight": str(100 - weight), "better": "higher", "target": 1}
        kpis.append(rest)
    (folder / f"{id_}.yaml").write_text(json.dumps({"id": id_, "title": id_, "kpis": kpis}), "utf-8")


def by_cap() -> list[tuple[object, list[tuple[str, dict[str, Any]]]]]:
    """Return the cases by the department's cap, each with a name: one run of the command for each cap."""
    groups: dict[object, list[tuple[str, dict[str, Any]]]] = defaultdict(list)
    for number, case in enumerate(CASES):
        groups[case["cap"]].append((f"case-{number:03}", case))
    return list(groups.items())


def cells(case: dict[str, Any]) -> list[tuple[str, str]]:
    return [("measured", case["actual"]), *([("rest", "1")] if Decimal(case["weight"]) < 100 else [])]


@pytest.mark.parametrize(("cap", "cases"), by_cap())
def test_every_figure_is_what_a_calculator_says(
    kpicard: Run, tmp_path: Path, cap: object, cases: list[tuple[str, dict[str, Any]]]
) -> None:
    """Attainment, score and points of all cases of the contract, digit by digit."""
    write_department(tmp_path / "roles", cap)
    rows = ["employee,role,kpi,actual"]
    for id_, case in cases:
        write_role(tmp_path / "roles", id_, case)
        rows += [f"E1,{id_},{kpi},{actual}" for kpi, actual in cells(case)]
    (tmp_path / "2026-10.csv").write_text("\n".join(rows) + "\n", "utf-8")

    done = kpicard("score", "2026-10.csv", "--roles", "roles", "--format", "json", cwd=tmp_path)

    assert (0, "") == (done.returncode, done.stderr)
    figures = {
        card["role"]: [str(card["kpis"][0][name]) for name in ("attainment", "score", "points")]
        for card in json.loads(done.stdout, parse_float=Decimal, parse_int=Decimal)["cards"]
    }
    expected = {id_: [str(case[name]) for name in ("attainment", "score", "points")] for id_, case in cases}
    assert expected == figures


def write_card(folder: Path, id_: str, card: dict[str, Any]) -> list[str]:
    """Write a role whose scores are the actuals, and return the rows that give it the card's scores."""
    scoring = {"method": "linear", "points": [[-200, -200], [200, 200]]}
    kpis = [
        {
            "id": f"k{index}",
            "name": f"K{index}",
            "weight": weight,
            "better": "higher",
            "target": 100,
            "scoring": scoring,
        }
        for index, weight in enumerate(card["weights"])
    ]
    (folder / f"{id_}.yaml").write_text(json.dumps({"id": id_, "title": id_, "kpis": kpis}), "utf-8")
    return [f"E1,{id_},k{index},{score or 'N/A'}" for index, score in enumerate(card["scores"])]


@pytest.mark.parametrize("format_", ["json", "csv"])
def test_every_card_is_what_a_calculator_says(kpicard: Run, tmp_path: Path, format_: str) -> None:
    """Effective weights, points and totals of whole cards, digit by digit, in JSON and in CSV."""
    write_department(tmp_path / "roles", 120)
    rows = ["employee,role,kpi,actual"]
    for number, card in enumerate(CARDS):
        rows += write_card(tmp_path / "roles", f"case-{number:03}", card)
    (tmp_path / "2026-10.csv").write_text("\n".join(rows) + "\n", "utf-8")

    done = kpicard("score", "2026-10.csv", "--roles", "roles", "--format", format_, cwd=tmp_path)

    assert (0, "") == (done.returncode, done.stderr)
    if format_ == "csv":
        lines = list(csv.DictReader(done.stdout.splitlines()))
        cards = {
            role: (
                [(each["effective_weight"] or None, each["points"] or None) for each in of_role],
                of_role[0]["total"],
            )
            for role, group in groupby(lines, key=itemgetter("role"))
            if (of_role := list(group))
        }
    else:
        cards = {
            card["role"]: ([(each["effective_weight"], each["points"]) for each in card["kpis"]], card["total"])
            for card in json.loads(done.stdout, parse_float=str, parse_int=str)["cards"]
        }
    expected = {
        f"case-{number:03}": (list(zip(card["effective"], card["points"], strict=True)), card["total"])
        for number, card in enumerate(CARDS)
    }
    assert expected == cards
