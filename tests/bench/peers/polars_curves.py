"""The rules as a Polars table and expressions."""

from __future__ import annotations

import polars as pl

from tests.bench.rules import GRADES, KPIS, ROLES, Kpi

ACTUAL, ATTAINMENT, TOTAL = pl.col("actual"), pl.col("attainment"), pl.col("total")
CARD = ("period", "role", "employee")

KPI_TABLE = pl.LazyFrame(
    [(number, kpi.role, kpi.id, kpi.weight, float(kpi.target), kpi.lower) for number, kpi in enumerate(KPIS)],
    schema={
        "number": pl.Int64,
        "role": pl.Enum(ROLES),
        "kpi": pl.Enum([kpi.id for kpi in KPIS]),
        "weight": pl.Int64,
        "target": pl.Float64,
        "lower": pl.Boolean,
    },
    orient="row",
)


def round2(value: pl.Expr) -> pl.Expr:
    """Round to two decimals, a half up; `Expr.round` is slower."""
    return (value * 100 + 0.5).floor() / 100


def round4(value: pl.Expr) -> pl.Expr:
    """Round to four decimals, a half up."""
    return (value * 10_000 + 0.5).floor() / 10_000


def _curve(kpi: Kpi) -> pl.Expr:
    x = ATTAINMENT if kpi.on_attainment else -ACTUAL if kpi.negated else ACTUAL
    score = pl.lit(float(kpi.segments[0].score))
    for each in kpi.segments[1:]:
        at = each.score + (x - each.start) * each.rise / each.run if each.rise else pl.lit(float(each.score))
        score = pl.when(x >= each.start).then(at).otherwise(score)
    return score


def _score() -> pl.Expr:
    score = pl.lit(None, pl.Float64)
    for number, kpi in enumerate(KPIS):
        score = pl.when(pl.col("number") == number).then(_curve(kpi)).otherwise(score)
    return score


def _by_total(value: str) -> pl.Expr:
    found = pl.lit(getattr(GRADES[0], value))
    for grade in GRADES[1:]:
        found = pl.when(grade.start <= TOTAL).then(pl.lit(getattr(grade, value))).otherwise(found)
    return pl.when(TOTAL.is_not_null()).then(found)


_RATIO = 100 * ACTUAL / pl.col("target")


def score(figures: pl.LazyFrame) -> pl.LazyFrame:
    """Add the columns attainment and score."""
    attainment = round2(pl.when("lower").then(200 - _RATIO).otherwise(_RATIO))
    scored = round2(pl.when(ACTUAL.is_not_null()).then(_score()))
    return figures.with_columns(attainment=attainment).with_columns(score=scored)


OF_TOTAL = (_by_total("name").alias("grade"), _by_total("coefficient").alias("coefficient"))
