"""The two shipped roles that the peers score, as somebody would copy them out of the YAML into a script.

Every curve is a list of segments by rising x: from `start` on, the score is `score + (x - start) * rise / run`, until
the next segment starts. x is the actual or the attainment; where `negated`, it is minus the actual, so that bands that
include their upper end become bands that include their lower one.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

LOWEST = -1e9
"""Below every figure."""


class Segment(NamedTuple):
    """A straight piece of a curve."""

    start: float
    score: float
    rise: float = 0
    run: float = 1


class Kpi(NamedTuple):
    """A KPI, and between which values its figures lie in a made month."""

    role: str
    id: str
    weight: int
    target: float
    low: float
    high: float
    segments: tuple[Segment, ...]
    lower: bool = False
    on_attainment: bool = False
    negated: bool = False


class Grade(NamedTuple):
    """A grade, the total that it starts at, and its coefficient; the last takes whatever is below it as well."""

    name: str
    start: float
    coefficient: float


def linear(*points: tuple[float, float]) -> tuple[Segment, ...]:
    """Return the segments through points, flat beyond both ends."""
    between = [
        Segment(x, score, next_score - score, next_x - x) for (x, score), (next_x, next_score) in pairwise(points)
    ]
    return Segment(LOWEST, points[0][1]), *between, Segment(*points[-1])


def bands(*steps: tuple[float, float]) -> tuple[Segment, ...]:
    """Return the segments of steps by rising x; below the first the score is 0."""
    return Segment(LOWEST, 0), *(Segment(*step) for step in steps)


_SATISFACTION = linear((3, 0), (4.2, 60), (4.5, 100), (4.8, 120))
_COMPLAINTS = linear((12, 120), (24, 100), (48, 60), (72, 0))
_RESPONSE = linear((15, 120), (30, 100), (60, 60), (120, 0))
_REPURCHASE = linear((0, 0), (120, 120))
_ACCURACY = bands((95, 60), (97, 80), (99, 100), (100, 120))
_TIMELINESS = linear((80, 0), (90, 60), (100, 100))
_MONITORING = bands((-60, 60), (-45, 80), (-30, 100), (-15, 120))
_METRICS = (Segment(LOWEST, 0), Segment(60, 60, 60, 60), Segment(120, 120))

KPIS = (
    Kpi("customer-service", "customer-satisfaction", 25, 4.5, 2.9, 5, _SATISFACTION),
    Kpi("customer-service", "complaint-resolution-time", 25, 24, 6, 80, _COMPLAINTS, lower=True),
    Kpi("customer-service", "response-time", 25, 30, 8, 130, _RESPONSE, lower=True),
    Kpi("customer-service", "repurchase-rate", 25, 25, 8, 32, _REPURCHASE, on_attainment=True),
    Kpi("data-analyst", "report-accuracy", 30, 99, 94, 100, _ACCURACY),
    Kpi("data-analyst", "decision-support-timeliness", 25, 100, 78, 100, _TIMELINESS),
    Kpi("data-analyst", "monitoring-response-time", 30, 30, 5, 70, _MONITORING, lower=True, negated=True),
    Kpi("data-analyst", "business-metric-attainment", 15, 100, 40, 100, _METRICS, on_attainment=True),
)

ROLES = tuple(dict.fromkeys(kpi.role for kpi in KPIS))
GRADES = (Grade("D", 0, 0.5), Grade("C", 60, 0.8), Grade("B", 80, 1.0), Grade("A", 95, 1.2), Grade("S", 110, 1.5))
COLUMNS = (
    *("period", "employee", "role", "kpi", "weight", "effective_weight", "target", "actual", "attainment"),
    *("score", "points", "status", "total", "grade", "coefficient"),
)
"""Of `kpicard score --format csv`, and so of every peer's rows."""
CARD_COLUMNS = ("period", "employee", "role", "total", "grade", "coefficient")
"""Of the peers that write a row per card."""
