"""Fingerprints of what scored the card of a longer period, and what of a role must not change within one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import groupby
from typing import TypeAlias

from kpicard.card import Rollup
from kpicard.quantities import unit_of
from kpicard.rules.editions import Edition
from kpicard.rules.fingerprint import LENGTH
from kpicard.rules.models import Kpi, Role

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
    return frozenset(
        (item.id, unit.kind, str(unit.scale), unit.words if unit.kind == "other" else (), _rollup(item))
        for item in edition.items
        for unit in [unit_of(item.unit)]
    )


def changed(editions: Iterable[Edition]) -> tuple[str, ...]:
    """Return the ids of the figures that are not the same in all editions of a role."""
    shapes = [shape(edition) for edition in editions]
    return tuple(sorted({str(each[0]) for each in frozenset().union(*shapes) - frozenset.intersection(*shapes)}))


def _rollup(item: object) -> str | None:
    return item.rollup if isinstance(item, Kpi) else None
