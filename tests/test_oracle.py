"""Random roles and rows: the program prints the same figures as an independent oracle in fractions."""

from __future__ import annotations

import csv
import json
import os
import random
from collections.abc import Mapping
from dataclasses import astuple
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import duckdb
import pytest

import kpicard
from kpicard.engines.dialects import DUCKDB, NARROW
from kpicard.models.run import scoring_sql
from tests import oracle
from tests.random_rules import (
    ENDS,
    Extent,
    adjustments,
    number,
    random_cell,
    random_department,
    random_role,
    veto,
)

CASES = int(os.environ.get("KPICARD_ORACLE_CASES", "20000"))
"""How many figures are compared, in four runs."""

Row = tuple[str | None, ...]
Missing = Literal["refuse", "zero", "exclude"]


class Month:
    """Random roles and the cells of a month of cards, written as files; some with adjustments and vetoes."""

    def __init__(self, folder: Path, seed: str, extent: Extent) -> None:
        self.random = random.Random(seed)  # noqa: S311 - the same numbers each time are wanted
        self.folder = folder
        self.department = random_department(self.random)
        self.roles = [random_role(self.random, f"role-{number:02}", extent) for number in range(60)]
        self.is_adjusted = seed.startswith("adjusted")
        if self.is_adjusted:
            self.adjust()
        self.cards: dict[tuple[str, str], dict[str, oracle.Cell]] = {}
        wanted = CASES // 4
        while wanted > 0:
            role = self.random.choice(self.roles)
            employee = f"E{len(self.cards):05}"
            cells = {kpi["id"]: random_cell(self.random, kpi, extent) for kpi in role["kpis"]}
            for adjustment in (*role.get("adjustments", ()), *self.department.get("adjustments", ())):
                wide = extent == "extreme" and self.random.random() < 0.2
                count = self.random.choice(ENDS) if wide else number(self.random, 0, 9)
                cells[adjustment["id"]] = (self.random.choice([count, count, "", "N/A", "-"]), "")
            self.cards[role["id"], employee] = cells
            wanted -= len(cells)
        self.write()

    def adjust(self) -> None:
        """Give the department and the roles adjustments, and the KPIs vetoes."""
        self.department["adjustments"] = adjustments(self.random, "d")
        for role in self.roles:
            role["adjustments"] = adjustments(self.random, "a")
            role["kpis"] = [kpi | veto(self.random) for kpi in role["kpis"]]

    def write(self) -> None:
        """Write the rules as JSON, which is YAML too, and the rows in any order; some not reported have no row."""
        roles = self.folder / "roles"
        roles.mkdir()
        (roles / "department.yaml").write_text(json.dumps(self.department), "utf-8")
        for role in self.roles:
            (roles / f"{role['id']}.yaml").write_text(json.dumps(role), "utf-8")
        rows = [
            (employee, role, kpi, actual, target)
            for (role, employee), cells in self.cards.items()
            for kpi, (actual, target) in cells.items()
            # a card needs one row, here that of its first KPI, to be known at all
            if actual or kpi == next(iter(cells)) or self.random.random() < 0.5
        ]
        self.random.shuffle(rows)
        with (self.folder / "2026-10.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([("employee", "role", "kpi", "actual", "target"), *rows])

    def scored(self, missing: Missing) -> kpicard.Scorecards:
        rules, problems = kpicard.load(self.folder / "roles")
        assert () == problems
        return kpicard.score(rules, [self.folder / "2026-10.csv"], missing=missing)

    def expected(self, missing: Missing) -> list[Row]:
        """Return the rows of `--format csv` as the oracle has them."""
        rows: list[Row] = []
        roles: Mapping[str, Any] = {role["id"]: role for role in self.roles}
        for (role, employee), cells in sorted(self.cards.items()):
            card = oracle.card(roles[role], self.department, cells, missing)
            if card:
                total = (card.total, card.grade, card.coefficient)
                for figure in card.figures:
                    *shown, vetoed = astuple(figure)
                    veto = (vetoed,) if self.is_adjusted else ()
                    rows.append(("2026-10", employee, role, *shown, *total, *veto))
        return rows


def rows_of_values(result: kpicard.Scorecards, *, with_vetoes: bool) -> list[Row]:
    """Return the cards as the rows of `--format csv`."""

    def text(value: Decimal | None) -> str | None:
        return None if value is None else f"{value:f}"

    rows: list[Row] = []
    for card in result.cards:
        total = (text(card.total), card.grade, text(card.coefficient))
        for each in card.kpis:
            figures = (each.kpi.weight, each.effective_weight, each.target, each.actual, each.attainment, each.score)
            vetoed = (each.kpi.veto.grade_at_most if each.vetoes and each.kpi.veto else None,) if with_vetoes else ()
            who = (card.period, card.employee, card.role.id, each.kpi.id)
            rows.append((*who, *map(text, (*figures, each.points)), each.status, *total, *vetoed))
        for line in card.adjustments:
            nothing = (None,) if with_vetoes else ()
            points = (None, None, None, text(line.actual), None, None, text(line.points), line.status)
            rows.append((card.period, card.employee, card.role.id, line.adjustment.id, *points, *total, *nothing))
    return rows


def rows_of_csv(result: kpicard.Scorecards, folder: Path) -> list[Row]:
    """Return the rows of `--format csv` as they are written."""
    result.write_csv(folder / "out.csv")
    with (folder / "out.csv").open(encoding="utf-8", newline="") as stream:
        return [tuple(cell or None for cell in row) for row in csv.reader(stream)][1:]


@pytest.fixture(params=["ordinary-1", "ordinary-2", "extreme-1", "extreme-2", "adjusted-1", "adjusted-extreme"])
def month(request: pytest.FixtureRequest, tmp_path: Path) -> Month:
    return Month(tmp_path, request.param, "extreme" if "extreme" in request.param else "ordinary")


def test_no_figure_differs_from_the_oracle(month: Month) -> None:
    """Every figure of every card, as values and as CSV, for each way to treat what is missing."""
    modes: tuple[Missing, ...] = ("refuse", "zero", "exclude")
    for missing in modes:
        result = month.scored(missing)
        expected = month.expected(missing)
        assert len(expected) > 0
        assert expected == rows_of_values(result, with_vetoes=month.is_adjusted)
        assert expected == rows_of_csv(result, month.folder)
        assert result.count + result.withheld == len(month.cards)


def test_64_and_128_bits_give_the_same(tmp_path: Path) -> None:
    """An ordinary month fits 64 bits, and the same SQL in 128 bits gives the same rows."""
    ordinary = Month(tmp_path, "ordinary-3", "ordinary").scored("exclude")
    database = ordinary._database  # noqa: SLF001 - the tables that the SQL reads
    narrow, wide = (
        database.execute(f"FROM ({scoring_sql(each)}) ORDER BY ALL").fetchall() for each in (NARROW, DUCKDB)
    )
    assert len(narrow) > CASES // 8
    assert wide == narrow


def test_far_values_need_128_bits(tmp_path: Path) -> None:
    """The months at the ends of the range do go through the 128-bit run: 64 bits refuse them."""
    extreme = Month(tmp_path, "extreme-1", "extreme").scored("exclude")
    with pytest.raises((duckdb.OutOfRangeException, duckdb.ConversionException)):
        extreme._database.execute(f"FROM ({scoring_sql(NARROW)})").fetchall()  # noqa: SLF001 - the tables that the SQL reads
