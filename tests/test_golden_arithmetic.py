"""The arithmetic of the contract: cases computed with rational numbers, through the real command."""

from __future__ import annotations

import json
import subprocess
from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "data" / "arithmetic.json").read_text("utf-8"))


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
