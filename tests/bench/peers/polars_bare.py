"""What somebody who knows Polars would write: one lazy query for the streaming engine, no checks, floating point.

    python -m tests.bench.peers.polars_bare ACTUALS.csv OUT.csv rows|totals

Of the forms that were tried this is the fastest: the others had a window for the totals, texts in place of enums, a
binary search of the segments, a branch for each KPI, or the engine in memory.
"""

from __future__ import annotations

import sys

import polars as pl

from tests.bench.peers.polars_curves import CARD, KPI_TABLE, OF_TOTAL, round2, round4, score
from tests.bench.rules import CARD_COLUMNS, COLUMNS

_KPI = KPI_TABLE.collect_schema()
_SCHEMA = pl.Schema(
    [
        ("period", pl.String),
        ("employee", pl.String),
        ("role", _KPI["role"]),
        ("kpi", _KPI["kpi"]),
        ("actual", pl.Float64),
    ]
)


def main(actuals: str, out: str, shape: str) -> None:
    """Read, score and write."""
    figures = score(pl.scan_csv(actuals, schema=_SCHEMA).join(KPI_TABLE, on=["role", "kpi"]))
    figures = figures.with_columns(effective_weight="weight", points=round4(pl.col("weight") * pl.col("score") / 100))
    cards = figures.group_by(CARD).agg(total=round2(pl.col("points").sum())).with_columns(OF_TOTAL)
    if shape == "totals":
        query = cards.sort(CARD).select(CARD_COLUMNS)
    else:
        rows = figures.with_columns(status=pl.lit("scored")).join(cards, on=CARD)
        query = rows.sort(*CARD, "number").select(COLUMNS)
    query.sink_csv(out, engine="streaming")


if __name__ == "__main__":
    main(*sys.argv[1:])
