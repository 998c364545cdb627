"""A role's file as the checks see it: what can be read of it and of each KPI, each thing once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast, get_args

from pydantic import TypeAdapter, ValidationError

from kpicard.numbers import DIGITS, from_millionths, read_decimal, round2, to_millionths
from kpicard.periods import is_period
from kpicard.problems import Problem, Value
from kpicard.rules.document import Document, Route, Tree
from kpicard.rules.fields import Text
from kpicard.rules.models import FULL, Department, marking, part_of
from kpicard.rules.ranges import Bounds, Range, Targets, bounds_of, target_at
from kpicard.rules.rules import Rules, held_in
from kpicard.rules.scoring import BY_DEFAULT, Scoring
from kpicard.rules.scoring.curve import HIGHEST, LOWEST, Axis, Better, Curve, Segment
from kpicard.rules.scoring.method import Fault, Marking, Method
from kpicard.text import Both

if TYPE_CHECKING:
    from kpicard.rules.lint.outcomes import Outcome


class Wrong(NamedTuple):
    """A piece of a curve on which the score moves the wrong way, what that way would be, and what is to be said."""

    better: Better
    route: Route
    values: dict[str, Value]


_AXES: Final[Mapping[Axis, Both]] = MappingProxyType(
    {"actual": Both("value", "数值"), "attainment": Both("attainment", "达成率"), "gap": Both("gap", "差值")}
)


def first_wrong(curve: Curve, better: Better) -> Wrong | None:
    """Return the first piece on which the score moves the wrong way, if there is one."""
    better = "higher" if curve.axis == "attainment" else better
    ends = [(x, piece.score_at(x), piece) for piece in curve.segments for x in (piece.first, _end(piece, curve))]
    inner = [end for end in ends if end[0] not in {LOWEST, HIGHEST}] or ends
    fallen = False
    for (x_before, before, _), (x_after, after, piece) in pairwise(inner):
        falls, rises = after < before, after > before
        if (falls and better == "higher") or (rises and better == "lower") or (rises and fallen):
            values = _values((x_before, before), (x_after, after)) | {"axis": _AXES[curve.axis]}
            return Wrong(better, piece.route, values)
        fallen = fallen or (falls and better == "within")
    return None


def _values(before: tuple[int, Fraction], after: tuple[int, Fraction]) -> dict[str, Value]:
    return {
        "before": round2(before[1]),
        "after": round2(after[1]),
        "x_before": from_millionths(before[0]),
        "x_after": from_millionths(after[0]),
    }


def _end(piece: Segment, curve: Curve) -> int:
    """Return the last x of a piece; a slope is said up to the point where the next piece begins."""
    return piece.last + 1 if piece.slope and piece is not curve.segments[-1] else piece.last


_SCORING: TypeAdapter[Method] = TypeAdapter(Scoring)
_TARGETS: TypeAdapter[Mapping[str | None, Decimal]] = TypeAdapter(Targets)
_RANGE: TypeAdapter[Range | None] = TypeAdapter(Range | None)
_UNIT: TypeAdapter[Text | None] = TypeAdapter(Text | None)


class AtTarget(NamedTuple):
    """A target, the way to it, the score that it earns itself, and in millionths its x and a fifth of it."""

    route: Route
    target: Decimal
    score: Decimal
    x: int
    fifth: int


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
    def scoring(self) -> Method | None:
        """The scoring."""
        return _read(_SCORING, self.written["scoring"]) if "scoring" in self.written else BY_DEFAULT

    @cached_property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with the scoring beyond its single keys."""
        return tuple(self.scoring.faults(self.marking(self.cap))) if self.scoring else ()

    @cached_property
    def curve(self) -> Curve | None:
        """The curve; points out of order make none."""
        return None if self.scoring is None or self.faults else self.scoring.curve(self.marking(self.cap))

    def marking(self, cap: Decimal) -> Marking:
        """Return what its curve hangs on beside its scoring, under the cap of a version of the department."""
        return marking(self.better or "higher", cap, self.out_of)

    @cached_property
    def out_of(self) -> Decimal | None:
        """The full marks, None where they are 100 or cannot be read."""
        written = self.written.get("out_of")
        read = read_decimal(written) if isinstance(written, str) else None
        return read if isinstance(read, Decimal) and read > 0 else None

    @property
    def full(self) -> Decimal:
        """The full marks."""
        return FULL if self.out_of is None else self.out_of

    @cached_property
    def unit(self) -> Text | None:
        """What its figures are in."""
        unit: Text | None = _read(_UNIT, self.written.get("unit"))
        return unit

    @cached_property
    def bounds(self) -> Bounds:
        """The lowest and the highest figure that can be true."""
        return bounds_of(_read(_RANGE, self.written.get("range")), self.unit)

    @property
    def time(self) -> Text | None:
        """The unit of a time that begins at 0 since its range does not say otherwise."""
        written = _read(_RANGE, self.written.get("range"))
        return None if self.bounds.lowest is None or (written and written.from_ is not None) else self.unit

    @property
    def is_crossed(self) -> bool:
        """Whether no figure lies between its bounds."""
        lowest, highest = self.bounds
        return lowest is not None and highest is not None and lowest > highest

    @cached_property
    def targets_outside(self) -> Mapping[str | None, Decimal]:
        """The targets that cannot be true, by the period that each holds from."""
        targets = self.targets if self.targets and not self.is_crossed else {}
        return {period: target for period, target in targets.items() if not self.bounds.hold(target)}

    @cached_property
    def is_curve_outside(self) -> bool:
        """Whether no actual that can be true lies at a point or in a band of its curve."""
        if self.scoring is None or self.curve is None or self.is_on_target or self.is_crossed:
            return False
        return not any(self.bounds.meet(*span) for span in self.scoring.spans())

    def possible_under(self, cap: Decimal) -> Curve | None:
        """Return what figures that can be true reach of the curve under the cap of a version of the department.

        Attainments and gaps are measured by the KPI's own targets. A range that the target or the curve contradicts
        is not believed: beside that error nothing else is said of it.
        """
        if self.scoring is None or self.curve is None:
            return None
        curve = self.curve if cap == self.cap else self.scoring.curve(self.marking(cap))
        if self.is_crossed or self.targets_outside or self.is_curve_outside:
            return curve
        ends = list(self._measured()) if self.is_on_target else [self.bounds]
        spans = [(_millionths(low, LOWEST), _millionths(high, HIGHEST)) for low, high in ends or [Bounds()]]
        first, last = min(low for low, _ in spans), max(high for _, high in spans)
        return curve.between(first, last)

    def _measured(self) -> Iterator[Bounds]:
        """Yield the lowest and the highest attainment or gap of figures that can be true, for each target."""
        for target in (self.targets or {}).values() if self.better else ():
            if not self.is_on_attainment:
                yield Bounds(*(None if each is None else each - target for each in self.bounds))
            elif target > 0:
                low, high = (None if each is None else self._attainment(each, target) for each in self.bounds)
                yield Bounds(high, low) if self.better == "lower" else Bounds(low, high)

    def _attainment(self, actual: Decimal, target: Decimal) -> Decimal:
        ratio = round2(100 * Fraction(actual) / Fraction(target))
        return 200 - ratio if self.better == "lower" else ratio

    def earned(self, example: Mapping[str, Tree], rules: Rules) -> Decimal | None:
        """Return the score of an example's actual; None where that cannot be computed."""
        actual, own = (read_decimal(str(example.get(key))) for key in ("actual", "target"))
        period = example.get("period")
        month = period if isinstance(period, str) else None
        if not isinstance(actual, Decimal) or self.scoring is None or self.curve is None or self.better is None:
            return None
        target = own if isinstance(own, Decimal) else target_at(self.targets or {}, month)
        held = held_in(rules.departments, month) if month else None
        curve = self.scoring.curve(self.marking(held.cap if held else self.cap))
        is_measured = target is not None and target > 0 and self.better != "within"
        x = curve.x(actual, target, self._attainment(actual, target) if is_measured and target else None)
        return None if x is None or abs(x) >= 10**DIGITS else round2(curve.score_at(x))

    @cached_property
    def wrong(self) -> Wrong | None:
        """Where being better scores less, among figures that can be true."""
        # With a target of somebody's own, any attainment or gap can be true.
        curve = self.curve if self.is_on_target else self.possible_under(self.cap)
        return first_wrong(curve, self.better) if curve and self.better else None

    def target_route(self, period: str | None) -> Route:
        """Return the way to the target that holds from a period."""
        return (*self.route, "target") if period is None else (*self.route, "target", period)

    @property
    def is_on_attainment(self) -> bool:
        """Whether its curve is on the attainment."""
        return self.curve is not None and self.curve.axis == "attainment"

    @property
    def is_on_target(self) -> bool:
        """Whether its curve is on the attainment or on the gap, so that it is nothing without a target."""
        return self.curve is not None and self.curve.axis != "actual"

    @property
    def axis_words(self) -> Both | None:
        """What people call the x of its curve."""
        return _AXES[self.curve.axis] if self.curve else None

    @property
    def needs_target(self) -> bool:
        """Whether it is scored by its target; not where the direction or the target cannot be read."""
        return self.is_on_target and self.better is not None and self.targets is not None

    def at_targets(self) -> Iterator[AtTarget]:
        """Yield each target with the score that it earns itself, where there is one."""
        if self.curve is None or self.better is None:
            return
        for period, target in (self.targets or {}).items():
            x = self.curve.aim(target)
            if x is not None and (not self.is_on_attainment or (target > 0 and self.better != "within")):
                score = round2(self.curve.score_at(x))
                room = x if self.curve.axis == "attainment" else target
                yield AtTarget(self.target_route(period), target, score, to_millionths(x), to_millionths(room) // 5)


def _millionths(bound: Decimal | None, end: int) -> int:
    """Return a bound as an x of a curve, the curve's end where there is none."""
    return end if bound is None else max(LOWEST, min(HIGHEST, to_millionths(bound)))


def _read(kind: TypeAdapter[Any], written: Tree) -> Any:
    try:
        return kind.validate_python(written)
    except ValidationError:
        return None


@dataclass(frozen=True)
class RoleFile:
    """A role's document, with the rules that it stands in; a newer version of the role holds from `until` on."""

    document: Document
    rules: Rules
    until: str | None = None

    @cached_property
    def kpis(self) -> tuple[KpiRead, ...]:
        """The KPIs, as far as they can be read."""
        return tuple(KpiRead(route, written, self.rules.cap) for route, written in self.document.maps("kpis", None))

    @property
    def is_in_sections(self) -> bool:
        """Whether the weights of its KPIs are parts of their sections."""
        return any(written == "in-section" for _, written in self.document.find("weights"))

    def share(self, kpi: KpiRead) -> Decimal | None:
        """Return the percent of the total that a KPI counts, where that can be read."""
        if kpi.weight is None or not self.is_in_sections:
            return kpi.weight
        for _, section in self.document.maps("sections", None):
            weight = read_decimal(str(section.get("weight")))
            if section.get("id") == kpi.written.get("section") and isinstance(weight, Decimal):
                return part_of(kpi.weight, weight)
        return None

    @cached_property
    def departments(self) -> tuple[Department, ...]:
        """The versions of the department that this version of the role is scored by."""
        start = next((text for _, text in self.document.find("from") if is_period(text)), "")
        ends = [each.from_ for each in self.rules.departments[1:]]
        return tuple(
            each
            for each, end in zip(self.rules.departments, [*ends, None], strict=False)
            if (end is None or start < end) and (self.until is None or (each.from_ or "") < self.until)
        )

    def faults(self, code: str) -> Iterator[Problem]:
        """Yield a problem for each fault of a KPI's scoring that is called `code`."""
        for kpi in self.kpis:
            for steps, called, values in kpi.faults:
                if called == code:
                    yield self.document.problem_at(code, (*kpi.route, "scoring", *steps), **values)

    def punished(self, better: Better) -> Iterator[Problem]:
        """Yield a problem for each KPI whose curve moves the wrong way for `better`."""
        for kpi in self.kpis:
            if kpi.wrong and kpi.wrong.better == better:
                yield self.document.problem_at(
                    f"punishes-{better}", (*kpi.route, "scoring", *kpi.wrong.route), **kpi.wrong.values
                )

    def lacking(self, key: str, code: str) -> Iterator[Problem]:
        """Yield a problem at the id of each KPI that lacks a key."""
        for kpi in self.kpis:
            if kpi.written.get(key) is None:
                yield self.document.problem_at(code, (*kpi.route, "id"))

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        """What comes out under each version of the department; nothing while the role cannot be scored as it is."""
        from kpicard.rules.lint.outcomes import outcomes

        return tuple(outcomes(self.document, [(kpi, self.share(kpi)) for kpi in self.kpis], self.departments))
