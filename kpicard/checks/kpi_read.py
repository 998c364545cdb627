"""A KPI as the checks see it: what can be read of it, each thing once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple, cast, get_args

from pydantic import TypeAdapter, ValidationError

from kpicard.checks.curves import Wrong, first_wrong
from kpicard.numbers import read_decimal, round2, to_millionths
from kpicard.rules.curve import Curve
from kpicard.rules.models import Better
from kpicard.rules.route import Route, Tree
from kpicard.rules.scoring import Bands, Fault, Linear, Ratio, Scoring
from kpicard.rules.targets import Targets

_SCORING: TypeAdapter[Ratio | Linear | Bands] = TypeAdapter(Scoring)
_TARGETS: TypeAdapter[Mapping[str | None, Decimal]] = TypeAdapter(Targets)


class AtTarget(NamedTuple):
    """A target, the way to it, the score that it earns itself, and its x on the curve in millionths."""

    route: Route
    target: Decimal
    score: Decimal
    x: int


@dataclass(frozen=True)
class KpiRead:
    """What a KPI is scored by, as far as it can be read: None for what is missing or wrong."""

    route: Route
    written: Mapping[str, Tree]
    cap: Decimal

    @cached_property
    def better(self) -> Better | None:
        """The direction that is better."""
        written = self.written.get("better")
        return cast("Better", written) if written in get_args(Better) else None

    @cached_property
    def weight(self) -> Decimal | None:
        """The weight in percent, above 0 and up to 100."""
        written = self.written.get("weight")
        read = read_decimal(written) if isinstance(written, str) else None
        return read if isinstance(read, Decimal) and 0 < read <= 100 else None

    @cached_property
    def targets(self) -> Mapping[str | None, Decimal] | None:
        """The targets by the period that each holds from, and None for the one from the beginning; empty: no target."""
        targets: Mapping[str | None, Decimal] | None = _read(_TARGETS, self.written.get("target"))
        return targets

    @cached_property
    def scoring(self) -> Ratio | Linear | Bands | None:
        """The scoring; `ratio` where it is left out."""
        return _read(_SCORING, self.written["scoring"]) if "scoring" in self.written else Ratio()

    @cached_property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with the scoring's points or bands."""
        return tuple(self.scoring.faults()) if self.scoring else ()

    @cached_property
    def curve(self) -> Curve | None:
        """The curve; points out of order make none."""
        return None if self.scoring is None or self.faults else self.scoring.curve(self.cap)

    def curve_under(self, cap: Decimal) -> Curve | None:
        """Return the curve under the cap of a version of the department."""
        return self.curve if cap == self.cap or not (self.scoring and self.curve) else self.scoring.curve(cap)

    @cached_property
    def wrong(self) -> Wrong | None:
        """Where being better scores less."""
        return first_wrong(self.curve, self.better) if self.curve and self.better else None

    def target_route(self, period: str | None) -> Route:
        """Return the way to the target that holds from a period."""
        return (*self.route, "target") if period is None else (*self.route, "target", period)

    @property
    def is_on_attainment(self) -> bool:
        """Whether its curve is on the attainment."""
        return self.curve is not None and self.curve.axis == "attainment"

    @property
    def needs_target(self) -> bool:
        """Whether it is scored on its attainment; not where the direction or the target cannot be read."""
        return self.is_on_attainment and self.better is not None and self.targets is not None

    def at_targets(self) -> Iterator[AtTarget]:
        """Yield each target with the score that it earns itself, where there is one."""
        if self.curve is None or self.better is None:
            return
        for period, target in (self.targets or {}).items():
            x = Decimal(100) if self.is_on_attainment else target
            if x == target or (target > 0 and self.better != "within"):
                score = round2(self.curve.score_at(x))
                yield AtTarget(self.target_route(period), target, score, to_millionths(x))


def _read(kind: TypeAdapter[Any], written: Tree) -> Any:
    try:
        return kind.validate_python(written)
    except ValidationError:
        return None
