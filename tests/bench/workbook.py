"""The same month as a spreadsheet that computes every figure.

    python -m tests.bench.workbook ACTUALS.csv COMPUTED.xlsx PLAIN.xlsx

COMPUTED has the columns of `kpicard score --format csv`, those that follow as formulas: one row per KPI, sorted as
there, and each card's total over its own block of rows, since SUMIFS over the whole sheet would take quadratic time.
The results that it brings along are all 0, so that whoever believes them is found out. PLAIN has the actuals only.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import xlsxwriter

from tests.bench.rules import COLUMNS, GRADES, KPIS, Kpi

_KPIS = {kpi.id: kpi for kpi in KPIS}
_ORDER = {kpi.id: number for number, kpi in enumerate(KPIS)}


def _curve(kpi: Kpi, row: int) -> str:
    x = f"I{row}" if kpi.on_attainment else f"-H{row}" if kpi.negated else f"H{row}"
    formula = f"{kpi.segments[0].score}"
    for each in kpi.segments[1:]:
        at = f"{each.score}+({x}-({each.start}))*{each.rise}/{each.run}" if each.rise else f"{each.score}"
        formula = f"IF({x}>={each.start},{at},{formula})"
    return f"=ROUND({formula},2)"


def _by_total(results: Sequence[str], row: int) -> str:
    formula = results[0]
    for grade, result in zip(GRADES[1:], results[1:], strict=True):
        formula = f"IF(M{row}>={grade.start},{result},{formula})"
    return f"={formula}"


def _figures(kpi: Kpi, row: int, first: int, last: int) -> dict[int, str]:
    """Return the formulas of a row by their columns."""
    ratio = f"100*H{row}/G{row}"
    return {
        8: f"=ROUND({f'200-{ratio}' if kpi.lower else ratio},2)",
        9: _curve(kpi, row),
        10: f"=ROUND(F{row}*J{row}/100,4)",
        12: f"=ROUND(SUM(K{first}:K{last}),2)",
        13: _by_total([f'"{grade.name}"' for grade in GRADES], row),
        14: _by_total([f"{grade.coefficient}" for grade in GRADES], row),
    }


def _sorted(actuals: str) -> list[dict[str, str]]:
    with Path(actuals).open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return sorted(rows, key=lambda row: (row["period"], row["role"], row["employee"], _ORDER[row["kpi"]]))


def main(actuals: str, computed: str, plain: str) -> None:
    """Write both workbooks."""
    rows = _sorted(actuals)
    with xlsxwriter.Workbook(computed, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("cards")
        sheet.write_row(0, 0, COLUMNS)
        row = 1
        for _, card in groupby(rows, key=lambda each: (each["period"], each["role"], each["employee"])):
            lines = list(card)
            first, last = row + 1, row + len(lines)
            for line in lines:
                kpi = _KPIS[line["kpi"]]
                sheet.write_row(row, 0, (line["period"], line["employee"], line["role"], kpi.id))
                sheet.write_row(row, 4, (kpi.weight, kpi.weight, kpi.target, float(line["actual"])))
                cells = {11: "scored", **_figures(kpi, row + 1, first, last)}
                for column in sorted(cells):
                    sheet.write(row, column, cells[column])
                row += 1
    with xlsxwriter.Workbook(plain, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("2026-10")
        sheet.write_row(0, 0, list(rows[0]))
        for number, line in enumerate(rows, 1):
            sheet.write_row(number, 0, (*list(line.values())[:-1], float(line["actual"])))


if __name__ == "__main__":
    main(*sys.argv[1:])
