"""Longer periods: which months they have, and the fingerprint of what scores them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import groupby
from typing import Literal, NamedTuple, TypeAlias

from kpicard.cards.values import Rollup
from kpicard.rules.models import Kpi, Role
from kpicard.rules.rule_index import LENGTH, Edition
from kpicard.units import unit_of

By = Literal["quarter", "half", "year"]
"""What the months are brought together to."""


def longer_period(month: str, by: By) -> str:
    """Return the quarter, the half-year or the year that a month is in.

    >>> [longer_period("2026-10", by) for by in ("quarter", "half", "year")]
    ['2026-Q4', '2026-H2', '2026']
    """
    year, number = month.split("-")
    if by == "year":
        return year
    return f"{year}-H{(int(number) + 5) // 6}" if by == "half" else f"{year}-Q{(int(number) + 2) // 3}"


def months_of(period: str) -> tuple[str, ...]:
    """Return the months of a quarter, of a half-year or of a year.

    >>> months_of("2026-Q4"), months_of("2026-H1")[-1]
    (('2026-10', '2026-11', '2026-12'), '2026-06')
    """
    year, _, part = period.partition("-")
    count = {"Q": 3, "H": 6}.get(part[:1], 12)
    first = count * (int(part[1:]) - 1) + 1 if part else 1
    return tuple(f"{year}-{month:02}" for month in range(first, first + count))


class Longer(NamedTuple):
    """What the cards of a longer period are: of a quarter, a half-year or a year, from totals or from actuals."""

    by: By
    rollup: Rollup = "totals"


Shape: TypeAlias = frozenset[tuple[object, ...]]


def longer_fingerprint(months: Sequence[str], rollup: Rollup, role: Role) -> str:
    """Return the fingerprint of a longer period's rules, from its months' in order and the last month's role.

    From totals, it is that of the months where they all have the same; from actuals it also hangs on the rollups.
    """
    runs = [fingerprint for fingerprint, _ in groupby(months)]
    if rollup == "totals" and len(runs) == 1:
        return runs[0]
    rollups = [[kpi.id, kpi.rollup] for kpi in role.kpis] if rollup == "actuals" else []
    text = json.dumps([rollup, runs, sorted(rollups)], ensure_ascii=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()[:LENGTH]


def shape(edition: Edition) -> Shape:
    """Return what the actuals of several months can be brought together by: ids, units and rollups of all figures."""
    return frozenset((item.id, unit_of(item.unit).essence, _rollup(item)) for item in edition.items)


def changed(editions: Iterable[Edition]) -> tuple[str, ...]:
    """Return the ids of the figures that are not the same in all editions of a role."""
    shapes = [shape(edition) for edition in editions]
    return tuple(sorted({str(each[0]) for each in frozenset().union(*shapes) - frozenset.intersection(*shapes)}))


def _rollup(item: object) -> str | None:
    return item.rollup if isinstance(item, Kpi) else None
