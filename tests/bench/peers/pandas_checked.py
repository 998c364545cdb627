"""The same with kpicard's checks: cards with a problem are withheld, and the problems told with their lines.

    python -m tests.bench.peers.pandas_checked ACTUALS.csv OUT.csv

Ends with status 1 where there are problems, which stand on standard error. Still binary floating point, plain numbers
and N/A only, and ids only.
"""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import compute, csv

from tests.bench.peers.pandas_curves import (
    KPIS_OF_ROLE,
    WEIGHT,
    attainment_of,
    of_kpi,
    of_total,
    round2,
    round4,
    score_of,
)
from tests.bench.rules import COLUMNS, KPIS, ROLES

_FEW = pa.dictionary(pa.int32(), pa.string())
_TYPES = {"period": _FEW, "employee": pa.string(), "role": _FEW, "kpi": _FEW, "actual": pa.string()}
_STATUSES = ("scored", "not_applicable", "not_reported")
_FAULTS = ("bad-period", "no-employee", "unknown-role", "unknown-kpi", "bad-value")
_OF_ROLE = [[kpi.role for kpi in KPIS], [kpi.id for kpi in KPIS]]
_NUMBERS = pd.Series(range(len(KPIS)), _OF_ROLE).unstack()  # noqa: PD010 - there is nothing to be brought together


def read(actuals: str) -> pd.DataFrame:
    """Read the month, and say of each row what it is: number of the KPI, actual, status and fault (-1 where none)."""
    table = csv.read_csv(actuals, convert_options=csv.ConvertOptions(column_types=_TYPES))
    text = table["actual"]
    is_plain = compute.match_substring_regex(text, r"^[-+]?\d+(\.\d+)?$")
    actual = compute.cast(compute.if_else(is_plain, text, None), pa.float64())
    status = np.select([is_plain, compute.equal(text, "N/A"), compute.equal(text, "")], [0, 1, 2], -1)

    month = table.to_pandas()
    period, role, kpi = (month[name].cat for name in ("period", "role", "kpi"))
    numbers = _NUMBERS.reindex(index=role.categories, columns=kpi.categories).fillna(-1).to_numpy(np.int64)
    number = numbers[role.codes, kpi.codes]
    is_period = period.categories.str.fullmatch(r"\d{4}-(0[1-9]|1[0-2])")[period.codes]
    is_role = role.categories.isin(ROLES)[role.codes]
    faults = [~is_period, month["employee"] == "", ~is_role, number < 0, status < 0]
    fault = np.select(faults, range(len(faults)), -1)
    line = np.arange(2, len(month) + 2)
    figures = {"text": month["actual"], "actual": actual, "number": number, "status": status, "fault": fault}
    return month.assign(line=line, **figures)


def by_card(month: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that belong to a card, by period, role, employee and KPI, with the number of their card."""
    rows = month[(month["fault"] < 0) | (month["fault"] >= _FAULTS.index("unknown-kpi"))]
    key = np.zeros(len(rows), np.int64)
    for name in ("period", "role", "employee"):
        codes, values = pd.factorize(rows[name], sort=True)
        key = key * len(values) + codes
    order = np.argsort(key * (len(KPIS) + 1) + rows["number"].to_numpy() + 1, kind="stable")
    return rows.iloc[order].assign(card=np.cumsum(np.diff(key[order], prepend=-1) > 0) - 1)


def check(rows: pd.DataFrame) -> pd.DataFrame:
    """Return of each card its first line, what it lacks, whether it is right, and the weights that count."""
    number, first = rows["number"].to_numpy(), np.flatnonzero(np.diff(rows["card"], prepend=-1))
    given = (number >= 0) & rows["status"].isin([0, 1]).to_numpy()
    mask = np.bitwise_or.reduceat(np.where(given, 1 << number.clip(0), 0), first)
    lacks = KPIS_OF_ROLE[pd.Index(ROLES).get_indexer(rows["role"].iloc[first])] & ~mask
    doubled = np.add.reduceat(given, first, dtype=np.int64) > np.bitwise_count(mask)
    faulty = np.logical_or.reduceat((rows["fault"] >= 0).to_numpy(), first)
    counted = np.add.reduceat(np.where(given & (rows["status"] == 0), WEIGHT[number], 0), first)
    line = np.minimum.reduceat(rows["line"].to_numpy(), first)
    return pd.DataFrame(
        {
            "line": line,
            "lacks": lacks,
            "doubled": doubled,
            "right": ~faulty & ~doubled & (lacks == 0),
            "counted": counted,
        }
    )


def score(rows: pd.DataFrame, cards: pd.DataFrame) -> pd.DataFrame:
    """Return the scored rows of the cards that are right."""
    rows = rows[cards["right"].to_numpy()[rows["card"]] & (rows["status"] != 2)]
    number, actual = rows["number"].to_numpy(), rows["actual"].to_numpy()
    attainment = attainment_of(number, actual)
    scores = score_of(number, actual, attainment)
    counted = cards["counted"].to_numpy(float)[rows["card"]]
    effective = np.where(rows["status"] == 0, round4(WEIGHT[number] * 100 / counted), np.nan)
    points = round4(effective * scores / 100)
    sums = np.bincount(rows["card"], np.nan_to_num(points), len(cards))[rows["card"]]
    total = np.where(counted > 0, round2(sums), np.nan)
    figures = {
        "effective_weight": effective,
        "attainment": attainment,
        "score": scores,
        "points": points,
        "total": total,
    }
    status = pd.Categorical.from_codes(rows["status"], _STATUSES)
    return rows.assign(**{**of_kpi(number), **figures}, **of_total(total), status=status)[list(COLUMNS)]


def problems(month: pd.DataFrame, rows: pd.DataFrame, cards: pd.DataFrame) -> list[str]:
    """Return what is wrong, by line."""
    found = [
        (row.line, f"{row.period}, {row.employee}, {row.role}, {row.kpi}, {row.text} [{_FAULTS[row.fault]}]")
        for row in month[month["fault"] >= 0].itertuples()
    ]
    twice = rows[cards["doubled"].to_numpy()[rows["card"]] & (rows["number"] >= 0) & rows["status"].isin([0, 1])]
    again = twice[twice.duplicated(["card", "number"])]
    found += [(row.line, f"{row.employee}, {row.kpi}, given already [doubled-figure]") for row in again.itertuples()]
    for card in cards[cards["lacks"] != 0].itertuples():
        lacks = [kpi.id for number, kpi in enumerate(KPIS) if card.lacks >> number & 1]
        found += [(card.line, f"{month['employee'][card.line - 2]}, {kpi} [not-reported]") for kpi in lacks]
    return [f"{line}: {what}" for line, what in sorted(found)]


def main(actuals: str, out: str) -> None:
    """Read, check, score and write."""
    month = read(actuals)
    rows = by_card(month)
    cards = check(rows)
    scored = pa.Table.from_pandas(score(rows, cards), preserve_index=False)
    csv.write_csv(scored, out, csv.WriteOptions(quoting_style="none"))
    wrong = problems(month, rows, cards)
    sys.stderr.writelines(f"{actuals}:{problem}\n" for problem in wrong)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
