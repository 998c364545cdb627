"""What comes to mind first: a loop over `csv` with `decimal`, exact and without checks.

python -m tests.bench.peers.python_loop ACTUALS.csv OUT.csv [rows]
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from tests.bench.rules import COLUMNS, GRADES, KPIS, Kpi

_HUNDREDTH = Decimal("0.01")
_KPIS = {(kpi.role, kpi.id): (number, kpi) for number, kpi in enumerate(KPIS)}


def _round2(value: Decimal) -> Decimal:
    return value.quantize(_HUNDREDTH, ROUND_HALF_UP)


def _exact(value: float) -> Decimal:
    return _round2(Decimal(value))


_SEGMENTS = {kpi.id: [tuple(map(_exact, segment)) for segment in reversed(kpi.segments)] for kpi in KPIS}


def _figures(kpi: Kpi, actual: Decimal) -> tuple[Decimal, Decimal, Decimal]:
    ratio = _round2(100 * actual / _exact(kpi.target))
    attainment = 200 - ratio if kpi.lower else ratio
    x = attainment if kpi.on_attainment else -actual if kpi.negated else actual
    start, base, rise, run = next(segment for segment in _SEGMENTS[kpi.id] if x >= segment[0])
    score = _round2(base + (x - start) * rise / run)
    return attainment, score, kpi.weight * score / 100


def main(actuals: str, out: str, _kind: str = "rows") -> None:
    """Read, score and write."""
    cards = defaultdict(list)
    with Path(actuals).open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            number, kpi = _KPIS[row["role"], row["kpi"]]
            actual = Decimal(row["actual"])
            cards[row["period"], row["role"], row["employee"]].append((number, kpi, actual, *_figures(kpi, actual)))
    with Path(out).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        for (period, role, employee), lines in sorted(cards.items()):
            total = _round2(sum((line[-1] for line in lines), Decimal()))
            grade = next(each for each in reversed(GRADES) if each.start <= total or each is GRADES[0])
            for _, kpi, *figures in sorted(lines, key=lambda line: line[0]):
                named = (period, employee, role, kpi.id, kpi.weight, kpi.weight, kpi.target)
                writer.writerow((*named, *figures, "scored", total, grade.name, grade.coefficient))


if __name__ == "__main__":
    main(*sys.argv[1:])
