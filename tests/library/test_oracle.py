"""Random roles and rows: the program prints the same figures as an independent oracle in fractions."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

import kpicard
from kpicard.cards.left_out import left_out
from kpicard.numbers import plain
from tests.oracle import NOT_APPLICABLE
from tests.oracle import card as oracle_card
from tests.oracle_months import SEEDS, Missing, Month, Row


def rows_of_values(
    result: kpicard.Scorecards, *, with_vetoes: bool, with_sections: bool = False, with_full_marks: bool = False
) -> list[Row]:
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
            full = (plain(each.kpi.full),) if with_full_marks else ()
            full = (each.kpi.section, *full) if with_sections else full
            rows.append((*who, *map(text, (*figures, each.points)), each.status, *total, *vetoed, *full))
        for line in card.adjustments:
            held = line.adjustment.veto.grade_at_most if line.vetoes and line.adjustment.veto else None
            nothing = ((held,) if with_vetoes else ()) + (None,) * (with_sections + with_full_marks)
            points = (None, None, None, text(line.actual), None, None, text(line.points), line.status)
            rows.append((card.period, card.employee, card.role.id, line.adjustment.id, *points, *total, *nothing))
    return rows


def rows_of_csv(result: kpicard.Scorecards, folder: Path) -> list[Row]:
    """Return the rows of `--format csv` as they are written."""
    result.write_csv(folder / "out.csv")
    with (folder / "out.csv").open(encoding="utf-8", newline="") as stream:
        return [tuple(cell or None for cell in row) for row in csv.reader(stream)][1:]


def test_the_total_with_0_for_what_is_not_applicable_is_that_of_a_card_with_0(month: Month) -> None:
    """It is scored as any other card: N/A is taken for nothing that is reported, which counts 0."""
    roles = {role["id"]: role for role in month.roles}
    compared = 0
    for card in month.scored("zero").cards:
        found = left_out(card)
        cells = month.cards[card.role.id, card.employee]
        zeros = {
            id_: ("", target) if text in NOT_APPLICABLE else (text, target) for id_, (text, target) in cells.items()
        }
        expected = oracle_card(roles[card.role.id], month.department, zeros, "zero")
        if found and found.total_with_zero is not None and expected:
            assert expected.total == f"{found.total_with_zero:f}"
            compared += 1
    assert compared > 0


@pytest.fixture(params=SEEDS.items(), ids=lambda seed: seed[0])
def month(request: pytest.FixtureRequest, tmp_path: Path) -> Month:
    """A small month; tests/slow/test_oracle.py has large ones."""
    seed, extent = request.param
    return Month(tmp_path, seed, extent, figures=500)


def test_no_figure_differs_from_the_oracle(month: Month) -> None:
    """Every figure of every card, as values and as CSV, for each way to treat what is missing."""
    modes: tuple[Missing, ...] = ("refuse", "zero", "exclude")
    for missing in modes:
        result = month.scored(missing)
        expected = month.expected(missing)
        assert len(expected) > 0
        more = {"with_vetoes": month.is_adjusted, "with_full_marks": month.has_full_marks}
        more["with_sections"] = month.has_sections
        assert expected == rows_of_values(result, **more)
        assert expected == rows_of_csv(result, month.folder)
        assert result.count + result.withheld == len(month.cards)
