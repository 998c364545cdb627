"""The same with kpicard's checks: cards with a problem are withheld, and the problems told with their lines.

    python -m tests.bench.peers.polars_checked ACTUALS.csv OUT.csv

Ends with status 1 where there are problems, which stand on standard error. Still binary floating point, plain numbers
and N/A only, and ids only.
"""

from __future__ import annotations

import sys

import polars as pl

from tests.bench.peers.polars_curves import ACTUAL, CARD, KPI_TABLE, OF_TOTAL, round2, round4, score
from tests.bench.rules import COLUMNS

_SCHEMA = pl.Schema(dict.fromkeys(("period", "employee", "role", "kpi", "actual"), pl.String))
_TEXTS = ("period", "employee", "role_text", "kpi_text", "text")
_KPI = KPI_TABLE.collect_schema()
_LINE, _TEXT, _NUMBER, _STATUS, _FAULT = (pl.col(name) for name in ("line", "text", "number", "status", "fault"))
_STATUSES = pl.Enum(["scored", "not_applicable", "not_reported"])
_FAULTS = pl.Enum(["bad-period", "no-employee", "unknown-role", "unknown-kpi", "bad-value"])
_GIVEN = _NUMBER.is_not_null() & (_STATUS != "not_reported")
_KPIS_OF_ROLE = KPI_TABLE.group_by("role").agg(kpis=(2**_NUMBER).sum())


def read(actuals: str) -> pl.LazyFrame:
    """Read the month, and say of each row what it is: number of the KPI, actual, status and fault (null where none)."""
    texts = pl.scan_csv(actuals, schema=_SCHEMA, row_index_name="line", row_index_offset=2).fill_null("")
    value = pl.col("actual").cast(pl.Float64, strict=False)
    typed = texts.select(
        *("line", "period", "employee"),
        pl.col("role", "kpi", "actual").name.suffix("_text"),
        pl.col("role").cast(_KPI["role"], strict=False),
        pl.col("kpi").cast(_KPI["kpi"], strict=False),
        pl.when(value.is_finite()).then(value).alias("actual"),
    ).rename({"actual_text": "text"})
    status = (
        pl.when(ACTUAL.is_not_null())
        .then(pl.lit("scored", _STATUSES))
        .when(_TEXT == "N/A")
        .then(pl.lit("not_applicable", _STATUSES))
        .when(_TEXT == "")
        .then(pl.lit("not_reported", _STATUSES))
    )
    fault = (
        pl.when(~pl.col("period").str.contains(r"^\d{4}-(0[1-9]|1[0-2])$"))
        .then(pl.lit("bad-period", _FAULTS))
        .when(pl.col("employee") == "")
        .then(pl.lit("no-employee", _FAULTS))
        .when(pl.col("role").is_null())
        .then(pl.lit("unknown-role", _FAULTS))
        .when(_NUMBER.is_null())
        .then(pl.lit("unknown-kpi", _FAULTS))
        .when(_STATUS.is_null())
        .then(pl.lit("bad-value", _FAULTS))
    )
    return typed.join(KPI_TABLE, on=["role", "kpi"], how="left").with_columns(status=status).with_columns(fault=fault)


def check(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return the cards: their first line, the KPIs that they lack, whether they are right, the weights that count."""
    cards = (
        rows.filter(_FAULT.is_null() | _FAULT.is_in(["unknown-kpi", "bad-value"]))
        .group_by(CARD)
        .agg(
            line=_LINE.min(),
            given=_GIVEN.sum(),
            mask=(2**_NUMBER).filter(_GIVEN).bitwise_or().fill_null(0),
            faulty=_FAULT.is_not_null().any(),
            counted=pl.col("weight").filter(_STATUS == "scored").sum(),
        )
        .join(_KPIS_OF_ROLE, on="role")
    )
    doubled = pl.col("given") > pl.col("mask").bitwise_count_ones()
    lacks = pl.col("kpis") - pl.col("mask")
    return cards.with_columns(doubled=doubled, lacks=lacks, right=~pl.col("faulty") & ~doubled & (lacks == 0))


def scored(rows: pl.LazyFrame, cards: pl.LazyFrame) -> pl.LazyFrame:
    """Return the scored rows of the cards that are right, in the order of the report."""
    right = cards.filter("right").select(*CARD, "counted")
    figures = score(rows.filter(_STATUS != "not_reported").join(right, on=CARD))
    figures = figures.with_columns(
        effective_weight=pl.when(ACTUAL.is_not_null()).then(round4(pl.col("weight") * 100 / pl.col("counted")))
    )
    figures = figures.with_columns(points=round4(pl.col("effective_weight") * pl.col("score") / 100))
    total = pl.when(pl.col("points").count() > 0).then(round2(pl.col("points").sum()))
    totals = figures.group_by(CARD).agg(total=total).with_columns(OF_TOTAL)
    return figures.join(totals, on=CARD).sort(*CARD, "number").select(COLUMNS)


def problems(rows: pl.LazyFrame, cards: pl.LazyFrame) -> list[pl.LazyFrame]:
    """Return what is wrong with rows, which figures are doubled, and which are lacking: line, code and what."""
    what = pl.concat_str(*_TEXTS, separator=", ").alias("what")
    twice = rows.filter(_GIVEN).join(cards.filter("doubled").select(CARD), on=CARD)
    again = _LINE > _LINE.min().over(*CARD, "number")
    lacking = cards.filter(pl.col("lacks") > 0).join(KPI_TABLE, on="role")
    return [
        rows.filter(_FAULT.is_not_null()).select(_LINE, _FAULT.cast(pl.String), what),
        twice.filter(again).select(_LINE, pl.lit("doubled-figure").alias("fault"), what),
        lacking.filter(pl.col("lacks") & 2**_NUMBER > 0).select(
            _LINE,
            pl.lit("not-reported").alias("fault"),
            pl.concat_str("employee", pl.col("kpi").cast(pl.String), separator=", ").alias("what"),
        ),
    ]


def main(actuals: str, out: str) -> None:
    """Read, check, score and write."""
    rows = read(actuals).collect(engine="streaming").lazy()
    cards = check(rows).collect(engine="streaming").lazy()
    scored(rows, cards).sink_csv(out, engine="streaming")
    found = pl.collect_all(problems(rows, cards), engine="streaming")
    wrong = pl.concat(found).sort("line")
    sys.stderr.writelines(f"{actuals}:{line}: {what} [{code}]\n" for line, code, what in wrong.iter_rows())
    sys.exit(1 if len(wrong) else 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
