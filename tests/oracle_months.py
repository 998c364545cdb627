"""Random months of cards as files, and the rows that the oracle expects of them."""

from __future__ import annotations

import csv
import json
import os
import random
from collections.abc import Mapping
from dataclasses import astuple
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Literal

import kpicard
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
"""How many figures the large months have, in four of them."""

SEEDS: Final[Mapping[str, Extent]] = MappingProxyType(
    {
        "ordinary-1": "ordinary",
        "ordinary-2": "ordinary",
        "extreme-1": "extreme",
        "extreme-2": "extreme",
        "adjusted-1": "ordinary",
        "adjusted-extreme": "extreme",
    }
)
"""The months that are compared, and how far their figures reach."""

Row = tuple[str | None, ...]
Missing = Literal["refuse", "zero", "exclude"]


class Month:
    """Random roles and the cells of a month of cards, written as files; some with adjustments and vetoes."""

    def __init__(self, folder: Path, seed: str, extent: Extent, figures: int | None = None) -> None:
        self.random = random.Random(seed)  # noqa: S311 - the same numbers each time are wanted
        self.folder = folder
        self.department = random_department(self.random)
        self.roles = [random_role(self.random, f"role-{number:02}", extent) for number in range(60)]
        self.is_adjusted = seed.startswith("adjusted")
        if self.is_adjusted:
            self.adjust()
        self.cards: dict[tuple[str, str], dict[str, oracle.Cell]] = {}
        wanted = figures or CASES // 4
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
        self.department["adjustments"] = adjustments(self.random, "d", 5)
        for role in self.roles:
            role["adjustments"] = adjustments(self.random, "a", 5)
            role["kpis"] = [kpi | veto(self.random) for kpi in role["kpis"]]

    @property
    def has_sections(self) -> bool:
        """Whether any KPI of a card is in a section."""
        scored = {role for role, _ in self.cards}
        return any("sections" in role for role in self.roles if role["id"] in scored)

    @property
    def has_full_marks(self) -> bool:
        """Whether any KPI of a card says what its scores are out of."""
        scored = {role for role, _ in self.cards}
        return any("out_of" in kpi for role in self.roles if role["id"] in scored for kpi in role["kpis"])

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
                    *shown, vetoed, section, out_of = astuple(figure)
                    veto = (vetoed,) if self.is_adjusted else ()
                    full = (out_of,) if self.has_full_marks else ()
                    full = (section, *full) if self.has_sections else full
                    rows.append(("2026-10", employee, role, *shown, *total, *veto, *full))
        return rows
