"""Where 64 bits are said to hold a month's arithmetic, no step of it leaves them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

import kpicard
from kpicard.numbers import LIMIT, to_millionths
from kpicard.rules.models import Kpi
from kpicard.rules.rule_index import Item, Numbered
from kpicard.rules.scoring.curve import Curve
from kpicard.spark.narrow import Range, fits_64_bits
from tests.oracle_months import Month

MOST = 2**63 - 1
FULL = 10**8
TIMES = 20


def test_no_step_of_the_arithmetic_leaves_64_bits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures of all sizes, up to the ends of the range, with targets of their own: each step by whole numbers."""
    monkeypatch.setattr("tests.oracle_months.CASES", 100)
    numbered = Numbered(kpicard.load(Month(tmp_path, "narrow", "ordinary").folder / "roles").rules)
    random = Random(1)  # noqa: S311 - the same numbers each time are wanted
    fitting = 0
    for _ in range(TIMES):
        for kpi, (_, _, item) in enumerate(numbered.items):
            furthest = _any(random)
            targets = [_any(random) for _ in range(random.choice([0, 0, 2]))]
            found = Range(furthest, max(targets, default=0), min((each for each in targets if each > 0), default=None))
            if not fits_64_bits(numbered, {kpi: found}):
                continue
            fitting += 1
            actuals = (furthest, -furthest, 0, random.randint(-furthest, furthest))
            for actual in actuals:
                for target in (*targets, None):
                    assert MOST >= max(map(abs, _steps(item, numbered.curves[kpi], actual, target)))
    assert fitting > 100


def _any(random: Random) -> int:
    return random.randint(0, min(int("1" + "0" * random.randint(0, 18)), LIMIT - 1))


def _steps(item: Item, curve: Curve, actual: int, target: int | None) -> Iterator[int]:
    """Yield each value of the text that scores, in its units."""
    if target is None and isinstance(item, Kpi) and item.target is not None:
        target = to_millionths(item.target)
    x = actual
    if isinstance(item, Kpi) and item.better != "within" and target and target > 0:
        numerator, denominator = 20_000 * actual + (-target if actual < 0 else target), 2 * target
        ratio = abs(numerator) // denominator * (-1 if numerator < 0 else 1)
        attainment = 20_000 - ratio if item.better == "lower" else ratio
        yield from (numerator, denominator, attainment)
        x = 10_000 * attainment if curve.axis == "attainment" else actual
    yield x
    for piece in curve.segments:
        if piece.first <= x <= piece.last:
            numerator = piece.intercept + piece.slope * x
            score = abs(2 * numerator) // (2 * piece.divisor) + 1
            yield from (piece.slope * x, piece.intercept, 2 * numerator, 2 * abs(numerator) + piece.divisor)
            yield from (2 * piece.divisor, score * FULL, 2 * score * FULL + 10**6)
            if not isinstance(item, Kpi):
                yield 2 * 100 * abs(numerator) + piece.divisor
