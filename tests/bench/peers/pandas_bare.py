"""What somebody who knows pandas would write: no checks, binary floating point.

    python -m tests.bench.peers.pandas_bare ACTUALS.csv OUT.csv rows|totals

CSV is read and written by pyarrow, which has both many times faster than pandas itself; rows are sorted once, by one
number, so that each card is a run of rows.
"""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import csv

from tests.bench.peers.pandas_curves import WEIGHT, attainment_of, of_kpi, of_total, round2, round4, score_of
from tests.bench.rules import CARD_COLUMNS, COLUMNS, KPIS

_FEW = {name: pa.dictionary(pa.int32(), pa.string()) for name in ("period", "role", "kpi")}


def main(actuals: str, out: str, shape: str) -> None:
    """Read, score and write."""
    month = csv.read_csv(actuals, convert_options=csv.ConvertOptions(column_types=_FEW)).to_pandas()
    number = pd.Index([kpi.id for kpi in KPIS]).get_indexer(month["kpi"].cat.categories)[month["kpi"].cat.codes]
    key = np.zeros(len(month), np.int64)
    for name in ("period", "role", "employee"):
        codes, values = pd.factorize(month[name], sort=True)
        key = key * len(values) + codes
    order = np.argsort(key * len(KPIS) + number, kind="stable")
    month, key, number = month.iloc[order], key[order], number[order]

    actual = month["actual"].to_numpy()
    attainment = attainment_of(number, actual)
    score = score_of(number, actual, attainment)
    points = round4(WEIGHT[number] * score / 100)
    first = np.flatnonzero(np.diff(key, prepend=-1))
    total = round2(np.add.reduceat(points, first))

    if shape == "totals":
        cards = month.iloc[first].assign(total=total, **of_total(total))[list(CARD_COLUMNS)]
    else:
        total = np.repeat(total, np.diff(first, append=len(key)))
        figures = {"attainment": attainment, "score": score, "points": points, "total": total, "status": "scored"}
        cards = month.assign(**of_kpi(number), **figures, **of_total(total))[list(COLUMNS)]
    csv.write_csv(pa.Table.from_pandas(cards, preserve_index=False), out, csv.WriteOptions(quoting_style="none"))


if __name__ == "__main__":
    main(*sys.argv[1:])
