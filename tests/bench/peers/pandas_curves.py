"""The rules as NumPy arrays, for all rows at once: one table of all segments, and a binary search per row."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from tests.bench.rules import GRADES, KPIS, ROLES

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int64]

_APART = 1e6
"""How far the curves are apart on the one axis that the search has; x is held within half of it."""
_SEGMENTS = [(number, segment) for number, kpi in enumerate(KPIS) for segment in kpi.segments]
_STARTS = np.array([number * _APART + max(segment.start, -_APART / 2) for number, segment in _SEGMENTS])
_START, _SCORE, _RISE, _RUN = (np.array(column) for column in zip(*(segment for _, segment in _SEGMENTS), strict=True))

WEIGHT, TARGET = np.array([kpi.weight for kpi in KPIS]), np.array([float(kpi.target) for kpi in KPIS])
_LOWER, _NEGATED = np.array([kpi.lower for kpi in KPIS]), np.array([kpi.negated for kpi in KPIS])
_ON_ATTAINMENT = np.array([kpi.on_attainment for kpi in KPIS])
_FROM, _COEFFICIENT = np.array([grade.start for grade in GRADES]), np.array([grade.coefficient for grade in GRADES])

KPIS_OF_ROLE = np.array([sum(1 << number for number, kpi in enumerate(KPIS) if kpi.role == role) for role in ROLES])
"""A bit for each of a role's KPIs."""


def round2(value: Floats) -> Floats:
    """Round to two decimals, a half up; `numpy.round` takes it to the even digit, so that 0.125 would be 0.12."""
    return np.floor(value * 100 + 0.5) / 100


def round4(value: Floats) -> Floats:
    """Round to four decimals, a half up."""
    return np.floor(value * 10_000 + 0.5) / 10_000


def attainment_of(number: Ints, actual: Floats) -> Floats:
    """Return the attainments in percent, of KPIs by their numbers."""
    ratio = 100 * actual / TARGET[number]
    return round2(np.where(_LOWER[number], 200 - ratio, ratio))


def score_of(number: Ints, actual: Floats, attainment: Floats) -> Floats:
    """Return the scores."""
    x = np.where(_ON_ATTAINMENT[number], attainment, np.where(_NEGATED[number], -actual, actual))
    x = np.clip(x, -_APART / 2, _APART / 2 - 1)
    at = np.searchsorted(_STARTS, number * _APART + x, side="right") - 1
    return round2(_SCORE[at] + (x - _START[at]) * _RISE[at] / _RUN[at])


def of_total(total: Floats) -> dict[str, pd.Categorical | Floats]:
    """Return the columns that follow from the totals: grade and coefficient."""
    at = np.maximum(np.searchsorted(_FROM, total, side="right") - 1, 0)
    none = np.isnan(total)
    grade = pd.Categorical.from_codes(np.where(none, -1, at), [grade.name for grade in GRADES])
    return {"grade": grade, "coefficient": np.where(none, np.nan, _COEFFICIENT[at])}


def of_kpi(number: Ints) -> dict[str, pd.Categorical | Ints | Floats]:
    """Return the columns that follow from the KPIs' numbers: kpi, target and weight, all of which counts."""
    kpi = pd.Categorical.from_codes(number, [kpi.id for kpi in KPIS])
    return {"kpi": kpi, "weight": WEIGHT[number], "effective_weight": WEIGHT[number], "target": TARGET[number]}
