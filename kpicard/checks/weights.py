"""Weights: they sum to exactly 100."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kpicard.numbers import read_decimal
from kpicard.problems import Problem
from kpicard.rules.document import Document
from kpicard.rules.models import Rules

FULL = Decimal(100)


def check(document: Document, rules: Rules) -> Iterator[Problem]:  # noqa: ARG001 - one signature for all checks
    """Yield `weights-not-100`, with what is missing or too much, and one change that would mend it."""
    read = {route: read_decimal(text) for route, text in document.find("kpis", None, "weight")}
    weights = {route: weight for route, weight in read.items() if isinstance(weight, Decimal)}
    total = sum(weights.values(), Decimal(0))
    if total == FULL or len(weights) < document.size("kpis") or not weights:
        return
    heaviest = max(weights, key=lambda route: weights[route])
    mended = weights[heaviest] + FULL - total
    yield document.problem_at_key(
        "weights-not-100",
        ("kpis",),
        total=total,
        difference=abs(FULL - total),
        missing=FULL - total if total < FULL else None,
        line=document.values[heaviest][0],
        mended=mended if mended > 0 else None,
    )
