"""The rules as SQL texts for DuckDB in binary floating point; `a` is the actual."""

from __future__ import annotations

from tests.bench.rules import GRADES, KPIS, ROLES, Kpi

KPI_TABLE = "(VALUES {}) AS k(number, role, kpi, weight, target, lower)".format(
    ", ".join(
        f"({number}, '{kpi.role}', '{kpi.id}', {kpi.weight}, {kpi.target}, {kpi.lower})"
        for number, kpi in enumerate(KPIS)
    )
)
ROLE_TABLE = "(VALUES {}) AS o(role, kpis)".format(
    ", ".join(f"('{role}', {sum(kpi.role == role for kpi in KPIS)})" for role in ROLES)
)
ATTAINMENT = "round(CASE WHEN lower THEN 200 - 100 * a / target ELSE 100 * a / target END, 2)"


def read_csv(actual: str) -> str:
    """Return what reads the file ACTUALS, its figures as the type given; no time goes into finding out its form."""
    columns = dict.fromkeys(("period", "employee", "role", "kpi"), "VARCHAR") | {"actual": actual}
    return f"read_csv('ACTUALS', header = true, auto_detect = false, delim = ',', quote = '\"', columns = {columns})"


def _curve(kpi: Kpi) -> str:
    x = "attainment" if kpi.on_attainment else "-a" if kpi.negated else "a"
    first, *others = kpi.segments
    cases = [
        f"WHEN {x} >= {each.start} THEN {each.score} + ({x} - {each.start}) * {each.rise} / {each.run}"
        if each.rise
        else f"WHEN {x} >= {each.start} THEN {each.score}"
        for each in reversed(others)
    ]
    return f"CASE {' '.join(cases)} ELSE {first.score} END"


SCORE = f"CASE number {' '.join(f'WHEN {number} THEN {_curve(kpi)}' for number, kpi in enumerate(KPIS))} END"


def _by_number(value: str) -> str:
    cases = [f"WHEN {number} THEN {getattr(kpi, value)!r}" for number, kpi in enumerate(KPIS)]
    return f"CASE number {' '.join(cases)} END AS {value.replace('id', 'kpi')}"


_KPI_ID, _WEIGHT, _TARGET = (_by_number(value) for value in ("id", "weight", "target"))
OF_NUMBER = f"{_KPI_ID}, {_WEIGHT}, {{effective}} AS effective_weight, {_TARGET}"
"""The columns from kpi to target: not carried through the sorting; and a join above that may lose its order."""


def _by_total(value: str) -> str:
    cases = [f"WHEN total >= {grade.start} THEN {getattr(grade, value)!r}" for grade in reversed(GRADES[1:])]
    return f"CASE {' '.join(cases)} WHEN total IS NOT NULL THEN {getattr(GRADES[0], value)!r} END"


OF_TOTAL = f"{_by_total('name')} AS grade, {_by_total('coefficient')} AS coefficient"
