"""Small random months for the laws: rules, and the cells of some cards, as files; each is drawn by hypothesis."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Final, NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

import kpicard
from tests.random_rules import Extent, adjustments, number, random_cell, random_department, random_role, veto

PERIOD: Final = "2026-10"
EXAMPLES: Final = int(os.environ.get("KPICARD_LAWS_EXAMPLES", "6"))
"""How many months each law is tried with."""

law = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],  # a month that breaks a law is small as it is; shrinking takes minutes
    suppress_health_check=list(HealthCheck),
)
"""The same months each time, however long one takes."""


class Row(NamedTuple):
    """A row of the long form."""

    period: str
    employee: str
    role: str
    kpi: str
    actual: str
    target: str


@dataclass(frozen=True)
class Month:
    """Rules as the plain data of their files, and the rows of a month, card by card."""

    department: Mapping[str, Any]
    roles: Sequence[Mapping[str, Any]]
    cards: Sequence[Sequence[Row]]

    @property
    def rows(self) -> list[Row]:
        """All rows."""
        return [row for card in self.cards for row in card]

    def load(self, folder: Path) -> kpicard.Rules:
        """Write the rules into a folder and load them."""
        return load(folder, self.department, self.roles)


def load(folder: Path, department: Mapping[str, Any], roles: Iterable[Mapping[str, Any]]) -> kpicard.Rules:
    """Write rules into a folder, as JSON, which is YAML too, and load them."""
    (folder / "department.yaml").write_text(json.dumps(department), "utf-8")
    for role in roles:
        (folder / f"{role['id']}.yaml").write_text(json.dumps(role), "utf-8")
    rules, wrong = kpicard.load(folder)
    assert [] == [str(problem) for problem in wrong if problem.severity == "error"]
    return rules


@st.composite
def months(draw: st.DrawFn, *, own_targets: bool = True, extent: Extent | None = None) -> Month:
    """Draw a month of up to three roles, adjusted or not, and of up to eight cards."""
    random: Random = draw(st.randoms(use_true_random=False))
    extents: list[Extent] = [extent] if extent else ["ordinary", "extreme"]
    reach = random.choice(extents)
    department, roles = random_rules(random, reach)
    count = random.randint(1, 8)
    cards = [random_card(random, department, roles, f"E{index}", reach) for index in range(count)]
    if not own_targets:
        cards = [[row._replace(target="") for row in card] for card in cards]
    return Month(department, roles, cards)


def random_rules(random: Random, extent: Extent) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return a department and up to three roles, half of the time with adjustments and vetoes."""
    department = random_department(random, grades := random.choice([1, 2, 5]))
    roles = [random_role(random, f"role-{index}", extent) for index in range(random.randint(1, 3))]
    if random.random() < 0.5:
        department["adjustments"] = adjustments(random, "d")
        for role in roles:
            role["adjustments"] = adjustments(random, "a")
            role["kpis"] = [kpi | veto(random, grades) for kpi in role["kpis"]]
    return department, roles


def random_card(
    random: Random, department: Mapping[str, Any], roles: Sequence[Mapping[str, Any]], employee: str, extent: Extent
) -> list[Row]:
    """Return the rows of one employee's card in one of the roles."""
    role = random.choice(roles)
    cells = {kpi["id"]: random_cell(random, kpi, extent) for kpi in role["kpis"]}
    for adjustment in (*role.get("adjustments", ()), *department.get("adjustments", ())):
        count = number(random, 0, 9)
        cells[adjustment["id"]] = random.choice([count, count, "", "N/A"]), ""
    return [Row(PERIOD, employee, role["id"], kpi, *cell) for kpi, cell in cells.items()]


def write(path: Path, rows: Iterable[Row], columns: Sequence[str] = Row._fields) -> Path:
    """Write rows in the long form, their columns in an order."""
    return write_csv(path, [columns, *([getattr(row, column) for column in columns] for row in rows)])


def write_wide(path: Path, cards: Iterable[Sequence[Row]], headings: Sequence[str]) -> Path:
    """Write cards in the wide form, the columns of KPIs in an order."""
    return write_csv(path, [["period", "employee", "role", *headings], *_wide(cards, headings)])


def _wide(cards: Iterable[Sequence[Row]], headings: Sequence[str]) -> Iterator[Sequence[str]]:
    for card in cards:
        actuals = {row.kpi: row.actual for row in card}
        yield [*card[0][:3], *(actuals.get(kpi, "") for kpi in headings)]


def write_csv(path: Path, rows: Iterable[Sequence[str]]) -> Path:
    """Write a table."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    return path


def folder_of(factory: pytest.TempPathFactory) -> Path:
    """Return a new folder: each month has its own."""
    return factory.mktemp("law")
